"""Where the story ends: what follows the last paragraph of prose is no part of it."""

from __future__ import annotations

from itertools import cycle, product

import pytest

from provenance.model import Place
from tests.read.pages import STORY, blocks_at, page, read

TARGET = "https://origin-post.example/2026/02/13/ferry"
LONG = (
    "The harbour master has kept a book of every crossing since the line was opened in 1911.",
    "In winter the strait closes on one day in six, and nobody has yet found another way over.",
    "A ferry needs a crew of four, of whom two must hold a licence that takes three years.",
    "The islanders have paid half of the fare themselves since the county stopped doing so.",
)
PROSE = (*STORY, *LONG, *(f"{line} So it stands in the book." for line in STORY))
BIO = "Mara Oldane is a former pilot and served on the harbour board."
BANNERS = (
    "QuayNet",
    "New 100% Free",
    "Social Platform",
    "QUAYNET.EXAMPLE",
    "Give it a spin!",
    "Sign Up Today",
)

LINKS = {
    "bare": f"<br><a href='{TARGET}'>Source link </a>",
    "paragraph": f"<p><a href='{TARGET}'>Source link</a></p>",
    "division": f"<div><a href='{TARGET}' rel='nofollow'>Source link</a></div>",
    "no target": "<p>Source link</p>",
    "no target, bare": "<br>Source link<br>",
}
BANNER_LAYOUTS = {
    "paragraphs": "".join(f"<p>{line}</p>" for line in BANNERS),
    "breaks": "<p>" + "<br>".join(BANNERS) + "</p>",
    "division": "<div>" + "".join(f"<div>{line}</div>" for line in BANNERS) + "</div>",
    "link": "<a href='https://quaynet.example/'><p>" + "<br>".join(BANNERS) + "</p></a>",
    "heading": "<h3>QuayNet</h3>" + "".join(f"<p>{line}</p>" for line in BANNERS[1:]),
    "list": "<ul>" + "".join(f"<li>{line}</li>" for line in BANNERS) + "</ul>",
    "sentences": (
        "<p>Join our free speech social platform QuayNet today.</p>"
        "<p>QuayNet is new and one hundred per cent free, so give it a spin and sign up today!</p>"
    ),
    "table": "<table><tr><td>" + "</td></tr><tr><td>".join(BANNERS) + "</td></tr></table>",
}
COLUMNS = {
    "inside": "<div class='entry-content'>{before}{story}{link}{after}</div>",
    "outside": "<div class='entry-content'>{before}{story}{link}</div>{after}",
    "beside": "<div class='entry-content'>{before}{story}</div><div class='x'>{link}</div>{after}",
    "no classes": "<div>{before}{story}{link}{after}</div>",
    "cells": "<table><tr><td>{before}{story}{link}{after}</td></tr></table>",
}


def story(form: str) -> str:
    lines = (*PROSE, BIO)
    return "<br><br>".join(lines) if form == "breaks" else "".join(f"<p>{x}</p>" for x in lines)


# Each layout with each form of banners and of paragraphs; the form of the link goes round.
LAYOUTS = [
    (column, link, banners, form)
    for (column, banners, form), link in zip(
        product(COLUMNS, BANNER_LAYOUTS, ("paragraphs", "breaks")), cycle(LINKS), strict=False
    )
]


@pytest.mark.parametrize(("column", "link", "banners", "form"), LAYOUTS)
def test_a_bare_source_link_between_banners_stands_after_the_story(
    column: str, link: str, banners: str, form: str
) -> None:
    parts = {
        "before": BANNER_LAYOUTS[banners],
        "story": story(form),
        "link": LINKS[link],
        "after": BANNER_LAYOUTS[banners] * 2,
    }
    document = read(page(f"<h1>Ferry leaves</h1>{COLUMNS[column].format(**parts)}"))
    assert [line for line in PROSE if line not in document.text] == []
    assert "Source link" in blocks_at(document, Place.TAIL)[:3]
    assert "Give it a spin" not in document.text


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("<p>He agreed.</p>", True),
        ("<p>“Never,” she said.</p>", True),
        ("<h2>Crossings</h2><ul><li>1911: 400</li><li>2025: 90</li></ul>", True),
        ("<p>Hanne Roth</p>", False),
        ("<p>(hr/po)</p>", False),
        ("<h2>More on this</h2>", False),
        ("<ul><li><a href='/a'>Ferry fares rise again</a></li></ul>", False),
        (
            "<p>Source: <a href='https://x.example/a'>Senn Post</a></p><p>Buy a ticket now!</p>",
            False,
        ),
        ("<p>Via: https://x.example/a</p><p>Buy a ticket now!</p>", False),
    ],
)
def test_what_ends_a_story(after: str, *, kept: bool) -> None:
    column = f"<div class='entry-content'>{story('paragraphs')}{after}</div>"
    document = read(page(f"<h1>Ferry leaves</h1>{column}"))
    assert document.text.endswith(BIO) != kept


def test_a_source_in_the_middle_ends_nothing() -> None:
    middle = "<p>Source: <a href='https://x.example/a'>Harbour statistics</a></p>"
    column = f"<div class='entry-content'>{story('paragraphs')}{middle}{story('paragraphs')}</div>"
    document = read(page(f"<h1>Ferry leaves</h1>{column}"))
    assert document.text.count(BIO) == 2


def test_little_above_the_headline_is_no_story() -> None:
    notice = "<p>A notice of Tuesday named the wrong captain. The gazette regrets the error.</p>"
    document = read(page(f"<div>{notice}<h1>Ferry leaves</h1>{story('paragraphs')}</div>"))
    assert document.text.startswith(STORY[0])
    assert "wrong captain" in document.head
