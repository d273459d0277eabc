"""Letters in disguise: a copy is a copy, however its letters are drawn or parted."""

from __future__ import annotations

import unicodedata

import pytest

from provenance.compare import compare_texts
from tests.read.pages import STORY

TEXT = " ".join(STORY)
SMALL = dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))


def small_capitals(text: str) -> str:
    return "".join(SMALL.get(letter, letter) for letter in text.lower())


def boxed(text: str, kind: str) -> str:
    return "".join(
        unicodedata.lookup(f"{kind} LATIN CAPITAL LETTER {letter}")
        if letter.isascii() and letter.isalpha()
        else letter
        for letter in text.upper()
    )


def parted(text: str, mark: str) -> str:
    """The text with a mark after each second letter of its words."""
    out = []
    for index, letter in enumerate(text):
        inside = letter.isalpha() and text[index + 1 : index + 2].isalpha()
        out.append(letter + mark if inside and index % 2 else letter)
    return "".join(out)


@pytest.mark.parametrize(
    "copy",
    [
        small_capitals(TEXT),
        boxed(TEXT, "NEGATIVE SQUARED"),
        boxed(TEXT, "NEGATIVE CIRCLED"),
        boxed(TEXT, "SQUARED"),
        parted(TEXT, "\u2800"),
        TEXT.replace(" ", "\u2800"),
        parted(TEXT, "\ufffc"),
        parted(TEXT, "\ue123"),
        parted(TEXT, "\U000f1234"),
        parted(TEXT, "\u00b7"),
        parted(TEXT, "\u2027"),
    ],
)
def test_a_disguised_copy_is_measured_as_a_copy(copy: str) -> None:
    assert copy != TEXT
    reuse = compare_texts(copy, TEXT)
    assert reuse.suspect_containment >= 0.95
    assert reuse.source_containment >= 0.95


def test_points_between_words_part_them() -> None:
    spaced = TEXT.replace(" ", " · ")
    assert compare_texts(spaced, TEXT).suspect_containment >= 0.95
