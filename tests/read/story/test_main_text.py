"""What is story, and where everything else goes."""

from __future__ import annotations

import json

import pytest

from provenance.model import PageState, Place
from provenance.read.dom.blocks import Piece
from provenance.read.story.align import locate_lines
from provenance.read.story.best_run import best_run, story_run
from tests.read.pages import STORY, article, blocks_at, page, paragraphs, read

RELATED = "".join(
    f"<li><a href='/{n}'>Another story of the harbour, number {n}</a></li>" for n in range(8)
)


def test_a_plain_article_is_all_story() -> None:
    document = read(article())
    assert blocks_at(document, Place.TEXT) == list(STORY)
    assert document.title == "Last ferry leaves with a goat"
    assert document.title not in document.text


@pytest.mark.parametrize(
    "line",
    [
        "Source: Town Crier",
        "Source link",
        "Quelle: Hafenblatt",
        "来源：港口日报",
        "This article was originally published on Town Crier.",
        "(Reporting by Ada Fenwick; editing by Bo Lind)",
        "© 2026 Town Crier. All rights reserved.",
        "Read the original article here",
    ],
)
@pytest.mark.parametrize(
    "markup", ["<p>{}</p>", "<p><em>{}</em></p>", "<p><a href='//o.example/a'>{}</a></p>"]
)
def test_what_the_end_says_of_its_source_is_tail(line: str, markup: str) -> None:
    document = read(article(after=markup.format(line)))
    assert line in blocks_at(document, Place.TAIL)
    assert blocks_at(document, Place.TEXT) == list(STORY)


def test_a_source_line_in_the_middle_stays_where_it_is() -> None:
    document = read(
        article(inside="<p>Source: a fisherman who saw the goat board the boat at noon.</p>")
    )
    assert "Source: a fisherman" in document.text


@pytest.mark.parametrize(
    "line",
    [
        "The quay at dusk. Anna Berg/Getty Images",
        "The quay at dusk. (Photo: Anna Berg)",
        "Photo by Anna Berg",
        "The quay at dusk. Anna Berg via Reuters",
    ],
)
def test_captions_stand_aside(line: str) -> None:
    document = read(article(inside=f"<p>{line}</p>"))
    assert line in blocks_at(document, Place.ASIDE)
    assert blocks_at(document, Place.TEXT) == list(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "He sold the picture of the goat to Getty Images last spring, and never saw it again.",
        "The boat was bought by Reuters reporters. It has since been painted green by its owner.",
        "The captain pointed at the photo: it showed the goat at the wheel, years ago. He laughed.",
    ],
)
def test_sentences_that_name_an_agency_are_no_captions(line: str) -> None:
    assert line in read(article(inside=f"<p>{line}</p>")).text


@pytest.mark.parametrize(
    "box",
    [
        f"<aside class='related'><h3>More</h3><ul>{RELATED}</ul></aside>",
        "<div class='newsletter-signup'><p>Get the harbour in your inbox every day.</p></div>",
        "<p><a href='/other'>READ MORE: Goat seen on mainland</a></p>",
        "<p>Advertisement</p>",
        "<div class='share-buttons'><a href='/s'>Share</a></div>",
    ],
)
def test_boxes_between_paragraphs_stand_aside(box: str) -> None:
    assert blocks_at(read(article(inside=box)), Place.TEXT) == list(STORY)


def test_bylines_and_dates_above_are_head() -> None:
    document = read(article(before="<p>By Ada Fenwick</p><p>14 February 2026, 09:30</p>"))
    assert "By Ada Fenwick" in blocks_at(document, Place.HEAD)
    assert blocks_at(document, Place.TEXT)[0] == STORY[0]


def test_comments_are_not_tail() -> None:
    document = read(
        article(after=f"</div><div class='comments'><p>Source: my uncle. {STORY[0]}</p></div>")
    )
    assert "my uncle" in document.aside
    assert "my uncle" not in document.tail + document.text


def test_a_story_cut_in_boxes_of_one_kind_is_read_to_its_end() -> None:
    box = "<div class='body-chunk'>{}</div><div class='ad-slot'>Advertisement</div>"
    chunks = "".join(box.format(paragraphs(*STORY)) for _ in range(3))
    assert (
        blocks_at(read(page(f"<main><h1>Ferry</h1>{chunks}</main>")), Place.TEXT) == list(STORY) * 3
    )


def test_a_page_without_paragraph_tags_is_read() -> None:
    document = read(page("<h1>Ferry</h1><div>" + "<br><br>".join(STORY) + "</div>"))
    assert blocks_at(document, Place.TEXT) == list(STORY)


def test_a_large_page_is_read_by_the_simple_method_and_says_so() -> None:
    lines = [f"{line} {n}." for n in range(600) for line in STORY]
    document = read(page(f"<article>{paragraphs(*lines)}</article>"))
    assert blocks_at(document, Place.TEXT) == lines
    assert any("simple method" in note for note in document.notes)


def test_ten_megabytes_are_read() -> None:
    lines = [f"{' '.join(STORY)} {n}" for n in range(20_000)]
    document = read(page(f"<article>{paragraphs(*lines)}</article>"))
    assert lines[0] in document.text
    assert len(document.text) > 8_000_000


@pytest.mark.parametrize("joint", ["\n\n", "</p><p>"])
def test_a_story_only_in_structured_data_is_read_from_there(joint: str) -> None:
    body = joint.join(STORY)
    node = {"@type": "NewsArticle", "articleBody": f"<p>{body}</p>" if "<" in joint else body}
    script = f"<script type='application/ld+json'>{json.dumps(node)}</script>"
    document = read(page("<div id='root'></div><p>Loading the harbour.</p>", script))
    assert blocks_at(document, Place.TEXT) == list(STORY)
    assert document.state is PageState.ARTICLE
    assert any("structured data" in note for note in document.notes)


def test_a_story_on_the_page_is_read_from_the_page() -> None:
    node = json.dumps({"@type": "NewsArticle", "articleBody": "Another text. " * 200})
    script = f"<script type='application/ld+json'>{node}</script>"
    assert blocks_at(read(article() + script), Place.TEXT) == list(STORY)


def test_deep_nesting_neither_raises_nor_loses_text() -> None:
    document = read(page("<div>" * 400 + paragraphs() + "</div>" * 400))
    assert blocks_at(document, Place.TEXT) == list(STORY)
    assert read(page("<b>" * 50_000 + paragraphs())).notes


def piece(text: str, home: str = "") -> Piece:
    return Piece(text=text, hints=0, home=(home, ""))


@pytest.mark.parametrize(
    ("values", "run"),
    [
        ([], (0, 0)),
        ([-1, -2], (0, 0)),
        ([3, -1, 4], (0, 3)),
        ([3, -9, 4, 5, -1], (2, 4)),
        ([1, -1, 1], (0, 1)),
    ],
)
def test_best_run(values: list[int], run: tuple[int, int]) -> None:
    assert best_run(values) == run


def test_story_run_leaves_short_lines_out() -> None:
    pieces = [
        piece("Home"),
        *map(piece, STORY[:2]),
        piece("Share"),
        *map(piece, STORY[2:]),
        piece("Top"),
    ]
    assert story_run(pieces) == {1, 2, 4, 5, 6}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["one two", "three"], {0, 1}),
        (["- three"], {1}),
        (["| one  two | three |"], {0, 1}),
        (["nowhere to be found"], set()),
        (["three", "three"], {1, 3}),
        ([], set()),
    ],
)
def test_lines_are_found_again(lines: list[str], found: set[int]) -> None:
    assert (
        locate_lines(lines, [piece("one two"), piece("three"), piece("four"), piece("three")])
        == found
    )


def test_a_changed_line_is_found_by_its_ends() -> None:
    changed = STORY[0] + " [1] " + STORY[1]
    assert locate_lines([changed], [piece("Home"), piece(STORY[0]), piece(STORY[1])]) == {1, 2}
