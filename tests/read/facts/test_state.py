"""What kind of page was served, and the notes that go with it."""

from __future__ import annotations

import json

import pytest

from provenance.model import PageState
from tests.read.pages import STORY, article, page, paragraphs, read

CONSENT = (
    "We value your privacy. We and our 812 partners store cookies and process personal data with "
    "your consent or on the ground of legitimate interest. Accept all or reject all; see our "
    "privacy policy and the list of vendors for how cookies are used."
)


def node(**fields: object) -> str:
    text = json.dumps({"@type": "NewsArticle", "headline": "x", **fields})
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    ("markup", "state"),
    [
        (article(), PageState.ARTICLE),
        (page("<h1>Page not found</h1><p>Sorry, nothing is here.</p>"), PageState.SOFT_404),
        (page("<p>Sorry.</p>", "<title>Seite nicht gefunden</title>"), PageState.SOFT_404),
        (
            page("<p>Checking your browser.</p>", "<title>Just a moment...</title>"),
            PageState.SOFT_404,
        ),
        (
            page(f"<h1>Goat lost: 404 days not found</h1>{paragraphs(*STORY, *STORY)}"),
            PageState.ARTICLE,
        ),
        (page(f"<h1>Before you go on</h1><p>{CONSENT}</p>"), PageState.CONSENT_WALL),
        (
            article(after=f"</div><div class='cookie-banner'><p>{CONSENT}</p></div>"),
            PageState.ARTICLE,
        ),
        (page("<div id='root'></div><script src='/app.js'></script>"), PageState.SCRIPT_SHELL),
        (
            page("<noscript>Please enable JavaScript to read.</noscript><script></script>Loading"),
            PageState.SCRIPT_SHELL,
        ),
        (
            page(f"<h1>x</h1>{paragraphs(*STORY[:2])}", node(isAccessibleForFree=False)),
            PageState.PAYWALL_STUB,
        ),
        (
            page(
                f"<h1>x</h1>{paragraphs(*STORY[:2], 'Already a subscriber? Log in to continue.')}"
            ),
            PageState.PAYWALL_STUB,
        ),
        (
            page(f"<h1>x</h1>{paragraphs(*STORY * 4)}", node(isAccessibleForFree="False")),
            PageState.ARTICLE,
        ),
        (page("<script>x</script><img src='/a.png'>"), PageState.EMPTY),
    ],
)
def test_states(markup: str, state: PageState) -> None:
    assert read(markup).state is state


def test_a_404_answer_is_no_article() -> None:
    assert read(article(), status=404).state is PageState.SOFT_404


def test_a_consent_host_is_a_wall() -> None:
    assert read(article(), "https://consent.portal.example/v2").state is PageState.CONSENT_WALL


def test_a_front_page_is_a_listing() -> None:
    teasers = "".join(f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(STORY * 3))
    document = read(page(f"<h2>News</h2><ul>{teasers}</ul><p>{STORY[0]}</p>"), "https://g.example/")
    assert document.state is PageState.LISTING


@pytest.mark.parametrize(
    ("classes", "state"),
    [
        ("archive category category-ferries category-3", PageState.LISTING),
        ("archive tag paged", PageState.LISTING),
        ("home blog logged-out", PageState.LISTING),
        ("post-template-default single single-post postid-7 category", PageState.ARTICLE),
        ("archive", PageState.ARTICLE),
        ("blog", PageState.ARTICLE),
    ],
)
def test_wordpress_says_which_of_its_pages_list_others(classes: str, state: PageState) -> None:
    markup = article().replace("<body", f"<body data-x=1 class='{classes}'", 1)
    assert f"class='{classes}'" in markup
    assert read(markup).state is state


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (page(f"<article>{paragraphs(*STORY * 2)}</article>" * 3), "3 articles"),
        (
            page(paragraphs(), "<link rel=next href='/ferry?page=2'>"),
            "goes on at https://harbour-gazette",
        ),
        (page(paragraphs(), node(isAccessibleForFree=False)), "not free to read"),
        (page(paragraphs(), node(**{"@type": "LiveBlogPosting"})), "live blog"),
        (f"<html ⚡><head></head><body>{paragraphs()}</body></html>", "AMP"),
    ],
)
def test_notes(markup: str, words: str) -> None:
    assert any(words in note for note in read(markup).notes)


def test_an_ordinary_article_has_nothing_to_note() -> None:
    assert read(article()).notes == ()
