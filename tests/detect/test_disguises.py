"""Every trick that hides a copy is a sign; the same characters in honest use are none."""

from __future__ import annotations

import pytest

from provenance.detect import detect_signals
from provenance.read import read_capture
from tests.build import capture

PLAIN = "The harbour board met again on Monday to mend the wall before the winter storms. "
TRICKS = {
    "zero-width": "\u200b",
    "soft hyphens": "\u00ad",
    "overlaid marks": "\u0336",
    "selectors": "\ufe0f",
    "far selectors": "\U000e0100",
    "points": "\u00b7",
    "hyphenation points": "\u2027",
    "private use": "\ue000",
    "places of objects": "\ufffc",
}
STYLED = {
    "small capitals": ("harbour", "\u029c\u1d00\u0280\u0299\u1d0f\u1d1c\u0280"),
    "squared letters": ("har", "\U0001f177\U0001f170\U0001f181"),
    "letters of another script": ("board", "b\u043e\u0430rd"),
}


def is_disguised(text: str) -> bool:
    html = f"<title>The wall</title><article><h1>The wall</h1><p>{text}</p></article>"
    page = read_capture(capture(html, "https://paper.example/wall"))
    assert page.text
    return any(sign.rule == "disguised_text" for sign in detect_signals(page))


@pytest.mark.parametrize("trick", TRICKS)
def test_a_character_inside_words_is_seen(trick: str) -> None:
    hidden = PLAIN.replace("ar", f"a{TRICKS[trick]}r").replace("on", f"o{TRICKS[trick]}n")
    assert is_disguised(hidden)


@pytest.mark.parametrize("trick", STYLED)
def test_letters_that_look_alike_are_seen(trick: str) -> None:
    assert is_disguised(PLAIN.replace(*STYLED[trick]) * 3)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN * 9 + "Les \u00e9tudiant\u00b7e\u00b7s et les habitant\u00b7e\u00b7s. ",
        PLAIN * 9 + "Har\u00adbour mas\u00adter, har\u00adbour mas\u00adter. ",
        "El col\u00b7legi i la il\u00b7lusi\u00f3, i la pel\u00b7l\u00edcula. ",
        "News \u00b7 Sport \u00b7 Weather \u00b7 Harbour \ue000 Board",
    ],
)
def test_honest_texts_are_not(text: str) -> None:
    assert not is_disguised(text)
