"""Which dates a page gives itself, where they stand, and which come first."""

from __future__ import annotations

import json

import pytest

from provenance.model import Event, Precision, Witness
from tests.read.pages import article, page, paragraphs, read, read_plain

WHERE = "https://harbour-gazette.example/news/ferry"


def node(**fields: object) -> str:
    text = json.dumps({"@type": "NewsArticle", "headline": "x", **fields})
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            node(datePublished="2026-02-14T09:30:00+01:00"),
            "",
            [("published", "2026-02-14T09:30:00+01:00", "second", "json_ld datePublished")],
        ),
        (
            node(datePublished="2026-02-14", dateModified="2026-02-15"),
            "",
            [
                ("published", "2026-02-14T00:00:00+00:00", "day", "json_ld datePublished"),
                ("modified", "2026-02-15T00:00:00+00:00", "day", "json_ld dateModified"),
            ],
        ),
        (
            "<meta property='article:published_time' content='2026-02-14T09:30:00Z'>",
            "",
            [("published", "2026-02-14T09:30:00+00:00", "second", "meta article:published_time")],
        ),
        (
            "<meta name='DC.date.issued' content='2026-02-14'>",
            "",
            [("published", "2026-02-14T00:00:00+00:00", "day", "meta dc.date.issued")],
        ),
        (
            "",
            "<time datetime='2026-02-14T09:30:00Z'>today</time>",
            [("published", "2026-02-14T09:30:00+00:00", "second", "time")],
        ),
        (
            "",
            "<time class='updated' datetime='2026-02-14T09:30:00Z'>today</time>",
            [("modified", "2026-02-14T09:30:00+00:00", "second", "time")],
        ),
        (
            "",
            "<span itemprop='datePublished' content='2026-02-14'>today</span>",
            [("published", "2026-02-14T00:00:00+00:00", "day", "datePublished")],
        ),
        (
            "",
            "<p>14 February 2026</p>",
            [("published", "2026-02-14T00:00:00+00:00", "day", "written")],
        ),
        (
            "",
            "<p>Updated on 14 February 2026</p>",
            [("modified", "2026-02-14T00:00:00+00:00", "day", "written")],
        ),
        (
            "<title>Ferry | 14.02.2026</title>",
            "",
            [("published", "2026-02-14T00:00:00+00:00", "day", "title")],
        ),
        (node(datePublished="soon"), "", []),
        ("<meta name='created' content='2026-02-14'>", "", []),
        ("", "", []),
    ],
)
def test_dates(head: str, body: str, expected: list[tuple[str, ...]]) -> None:
    document = read(page(f"<h1>Ferry</h1>{body}<div>{paragraphs()}</div>", head), WHERE)
    found = [(d.event.value, d.at.isoformat(), d.precision.value, d.basis) for d in document.dates]
    assert found == expected
    assert all(d.witness is Witness.SELF and d.url == WHERE for d in document.dates)


def test_the_surest_statement_comes_first() -> None:
    head = node(datePublished="2026-02-13") + "<meta name='date' content='2026-02-12'>"
    document = read(page(f"<h1>x</h1><p>14 February 2026</p>{paragraphs()}", head))
    assert [d.at.day for d in document.dates if d.event is Event.PUBLISHED] == [13, 12, 14, 14]
    assert [d.basis for d in document.dates][-2:] == ["url", "written"]


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='comments'><time datetime='2026-02-14'>then</time></div>",
        "<aside class='related'><time datetime='2026-02-14'>then</time></aside>",
        "<nav><p>14 February 2026</p></nav>",
    ],
)
def test_dates_of_others_are_left_out(markup: str) -> None:
    assert read(article(after=f"</div>{markup}"), WHERE).dates == ()


@pytest.mark.parametrize(
    "markup",
    ["<time datetime='2026-02-10T20:15:00Z'>before</time>", "<p>10 February 2026</p>"],
)
def test_a_loose_date_of_another_day_is_a_teaser_s(markup: str) -> None:
    head = node(datePublished="2026-02-14T09:30:00Z")
    document = read(page(f"<h1>x</h1>{markup}{paragraphs()}", head), WHERE)
    assert [d.basis for d in document.dates] == ["json_ld datePublished"]


def test_of_loose_dates_alone_the_first_counts() -> None:
    times = "".join(f"<time datetime='2026-02-{day}T09:30:00Z'>x</time>" for day in (14, 11, 12))
    document = read(
        page(f"<time datetime='2026-01-01'>x</time><h1>x</h1>{times}{paragraphs()}"), WHERE
    )
    assert [d.at.day for d in document.dates] == [14]


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Ferry sails | 14.02.2026", [14]),
        ("Ferry sails | 3/4/2026", []),
        ("Ferry sails | 31.02.2026", []),
        ("What the ferry did on 14 February 2026", []),
        ("14 February 2026: a goat sails", []),
    ],
)
def test_a_day_in_a_title(title: str, days: list[int]) -> None:
    document = read(page(f"<h1>Ferry</h1>{paragraphs()}", f"<title>{title}</title>"), WHERE)
    assert [d.at.day for d in document.dates] == days


def test_a_day_without_zone_is_known_to_the_day() -> None:
    (seen,) = read(page(paragraphs(), node(datePublished="2026-02-14T09:30:00")), WHERE).dates
    assert seen.precision is Precision.DAY


def test_plain_text_shows_its_day_above_the_story() -> None:
    document = read_plain(
        "Ferry sails at dusk\n14 February 2026\n\n" + "The boat left the quay. " * 9
    )
    assert [(d.at.day, d.basis) for d in document.dates] == [(14, "written")]


FOURTEENTH, FIFTEENTH = ("published", 14), ("modified", 15)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published 14 February 2026, updated 15 February 2026", [FOURTEENTH, FIFTEENTH]),
        ("Updated 15 February 2026, published 14 February 2026", [FIFTEENTH, FOURTEENTH]),
        ("14 February 2026 (updated 15 February 2026)", [FOURTEENTH, FIFTEENTH]),
        ("14 February 2026 | Updated 4:28 PM", [FOURTEENTH]),
        ("Last updated: 15 February 2026", [FIFTEENTH]),
        ("Zuletzt geändert am 15.02.2026, erschienen am 14.02.2026", [FIFTEENTH, FOURTEENTH]),
        ("Publié le 14 février 2026 - Mis à jour le 15 février 2026", [FOURTEENTH, FIFTEENTH]),
        ("2026-02-14 09:30 发布 2026-02-15 10:00 更新", [FOURTEENTH, FIFTEENTH]),
        ("입력 2026.02.14 09:30 | 수정 2026.02.15 10:00", [FOURTEENTH, FIFTEENTH]),
        ("2026年2月15日 10:00 更新", [FIFTEENTH]),
        ("14-FEB-2026", [FOURTEENTH]),
        ("Sat, 14 Feb 26 09:30:00 +0100", [FOURTEENTH]),
        ("Ngày 14 tháng 2 năm 2026", [FOURTEENTH]),
        ("<span>Published</span> <time>14 February 2026</time>", [FOURTEENTH]),
        ("<span>Updated</span> <time datetime='2026-02-15'>yesterday</time>", [FIFTEENTH]),
        ("Source: Senn Post, <a href='https://x.example/'>14 February 2026</a>", []),
        ("First published on 14 February 2026 in The Senn Post", []),
        ("Originally published 14 February 2026 at 2:53 pm", [FOURTEENTH]),
        ("See https://senn-post.example/2026/02/14/ferry", []),
        ("See senn-post.example/2026/02/14/ferry", []),
    ],
)
def test_each_date_keeps_its_word(line: str, expected: list[tuple[str, int]]) -> None:
    document = read(page(f"<h1>Ferry</h1><div>{line}</div><div>{paragraphs()}</div>"), WHERE)
    assert list(dict.fromkeys((d.event.value, d.at.day) for d in document.dates)) == expected


def test_a_label_may_stand_in_a_line_of_its_own() -> None:
    words = ("Published", "14 February 2026", "Updated", "15 February 2026")
    lines = "".join(f"<div>{word}</div>" for word in words)
    document = read(page(f"<h1>Ferry</h1>{lines}{paragraphs()}"), WHERE)
    assert {(d.event.value, d.at.day) for d in document.dates} == {FOURTEENTH, FIFTEENTH}


@pytest.mark.parametrize(
    ("first", "days"),
    [
        ("On 14 February 2026, the last ferry of the season left the harbour with a goat.", []),
        (
            "HARROW QUAY, 14 February 2026 (AP) — The last ferry of the season has left at dusk.",
            [14],
        ),
    ],
)
def test_a_day_in_the_first_sentence_is_the_story_s(first: str, days: list[int]) -> None:
    document = read(page(f"<h1>Ferry</h1><p>{first}</p>{paragraphs()}"), WHERE)
    assert [d.at.day for d in document.dates] == days


def test_the_day_between_headline_and_story_counts_where_the_headline_is_story() -> None:
    headline = "The last ferry of the season has left its harbour, and nobody waved."
    markup = f"<div class='entry-content'><h2>{headline}</h2><div>14 February 2026</div>"
    document = read(page(f"{markup}{paragraphs()}</div>"), WHERE)
    assert [(d.event.value, d.at.day) for d in document.dates] == [FOURTEENTH]


@pytest.mark.parametrize(
    ("owner", "events", "publisher"),
    [
        ("Wikimedia Foundation, Inc.", ["modified"], "Wikipedia"),
        ("Harbour Post", ["published", "modified"], "Harbour Post"),
    ],
)
def test_the_first_day_of_a_wiki_s_page_is_not_that_of_its_words(
    owner: str, events: list[str], publisher: str
) -> None:
    said = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {"@type": "Organization", "name": owner},
        "datePublished": "2011-05-02T10:00:00Z",
        "dateModified": "2024-02-03T09:00:00Z",
    }
    head = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    document = read(page(paragraphs(), head), "https://en.wikipedia.org/wiki/Saltmarsh_Light")
    assert [sighting.event.value for sighting in document.dates] == events
    assert document.publisher == publisher
