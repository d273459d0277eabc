"""The page's own headline among its titles."""

from __future__ import annotations

import pytest

from provenance.read.facts.title import strip_name, strip_prefix
from tests.read.pages import page, paragraphs, read

NAMES = ("Harbour Gazette", "harbour-gazette.example")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry sails | Harbour Gazette", "Ferry sails"),
        ("Ferry sails - Harbour Gazette", "Ferry sails"),
        ("Harbour Gazette: Ferry sails", "Harbour Gazette: Ferry sails"),
        ("Harbour Gazette | Ferry sails", "Ferry sails"),
        ("Ferry sails | News | harbour-gazette.example", "Ferry sails | News"),
        ("Ferry sails – and the goat stays", "Ferry sails – and the goat stays"),
        ("HARBOUR GAZETTE", "HARBOUR GAZETTE"),
    ],
)
def test_the_site_is_cut_off(title: str, expected: str) -> None:
    assert strip_name(title, NAMES) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("POLITICS: Ferry sails", "Ferry sails"),
        ("BREAKING NEWS: Ferry sails", "Ferry sails"),
        ("Opinion | Ferry sails", "Ferry sails"),
        ("Politics: a word with many meanings", "Politics: a word with many meanings"),
        ("NASA: Ferry seen from space", "NASA: Ferry seen from space"),
        ("Watch: how the ferry sails", "Watch: how the ferry sails"),
    ],
)
def test_made_up_prefixes_are_cut_off(title: str, expected: str) -> None:
    assert strip_prefix(title) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Ferry sails | Harbour Gazette</title>", "<h1>Ferry sails</h1>", "Ferry sails"),
        (
            "<title>Ferry sails - Harbour Gazette</title><meta property='og:site_name' "
            "content='Harbour Gazette'>",
            "",
            "Ferry sails",
        ),
        (
            "<meta property='og:title' content='Ferry sails'>",
            "<h1>Harbour Gazette</h1><h1>Ferry sails at dusk</h1>",
            "Ferry sails at dusk",
        ),
        (
            "<meta property='og:title' content='A wholly different line'>",
            "<h1>Ferry sails at dusk</h1>",
            "Ferry sails at dusk",
        ),
        (
            "<meta property='og:title' content='Ferry sails at dusk again'>",
            "<h1>On the quay: Ferry sails at dusk again</h1>",
            "Ferry sails at dusk again",
        ),
        (
            "<title>x</title>",
            "<h1><span>Boats</span> <span>Ferry sails at dusk again</span></h1>",
            "Ferry sails at dusk again",
        ),
        (
            "<title>Ferry sails</title>",
            "<h1>'End of an era': ferry sails</h1>",
            "'End of an era': ferry sails",
        ),
        ("", "<h2>Ferry sails at dusk</h2>", "Ferry sails at dusk"),
        ("<title>Ferry sails</title>", "", "Ferry sails"),
        ("", "", None),
    ],
)
def test_headlines(head: str, body: str, expected: str | None) -> None:
    site = "<meta property='og:site_name' content='Harbour Gazette'>"
    markup = page(body + f"<div>{paragraphs()}</div>", head if "site_name" in head else head + site)
    assert read(markup).title == expected
