from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.render.text.plain import isolated, paragraphs, plain, short

ANY = st.text(st.characters(categories=None), max_size=80)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\tb", "a b"),
        ("  two  words ", "two words"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x9b2J", "\\x9b2J"),
        ("a\u2028b\x85c", "a b c"),
        ("x\u202egpj", "x\\u202egpj"),
        ("\ud800", "\ufffd"),
        ("é – “ü” 漢字", "é – “ü” 漢字"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(ANY)
def test_plain_is_one_printable_line(text: str) -> None:
    line = plain(text)
    assert not {"Cc", "Cs", "Zl", "Zp"} & {unicodedata.category(letter) for letter in line}
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
    depth = 0
    for letter in line:
        depth += {"\u2068": 1, "\u2069": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    assert plain(line) == line


@given(ANY)
def test_paragraphs_keep_only_line_ends_and_tabs(text: str) -> None:
    controls = {letter for letter in paragraphs(text) if unicodedata.category(letter) == "Cc"}
    assert controls <= {"\n", "\t"}


def test_right_to_left_words_are_fenced() -> None:
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("hello") == "hello"
    assert plain(isolated("שלום")) == isolated("שלום")


def test_a_page_cannot_leave_its_fence() -> None:
    assert isolated("\u2069שלום\u2068") == "\u2068\\u2069שלום\\u2068\u2069"


@given(ANY, st.integers(min_value=4, max_value=40))
def test_short_keeps_its_limit(text: str, limit: int) -> None:
    assert len(short(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two three", 20, "one two three"),
        ("one two three", 10, "one two…"),
        ("abcdefghijkl", 6, "abcde…"),
        ("one two, three", 11, "one two…"),
    ],
)
def test_short_cuts_after_a_word(text: str, limit: int, cut: str) -> None:
    assert short(text, limit) == cut
