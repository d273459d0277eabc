from __future__ import annotations

import re
import unicodedata

import pytest

from provenance.render import comparison, reading
from provenance.render.report.terminal import render
from tests.render import frozen, pages
from tests.render.hostile import TEXTS, hostile

ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def obeyed(text: str) -> set[str]:
    """Whatever a terminal would obey, or could use to reorder its neighbours, but line ends."""
    forbidden = {c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}}
    return (forbidden | (set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067"))) - {"\n"}


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_of_a_page_is_obeyed(name: str) -> None:
    report = hostile(TEXTS[name])
    source = report.findings[0].source
    reuse = report.findings[0].reuse
    assert source is not None
    assert reuse is not None
    declared = report.findings[0].declared
    shown = (
        render(report, verbose=True),
        reading.document_view(report.suspect),
        reading.signals_view(report.suspect, report.signals, declared),
        comparison.terminal(report.suspect, source, reuse),
    )
    for text in shown:
        assert obeyed(text) == set()
        assert not [line for line in text.split("\n") if line.startswith("FAKE")]
        text.encode("utf-8")


def test_isolates_are_closed() -> None:
    text = render(hostile(TEXTS["right to left"]))
    assert "\u2068" in text
    for line in text.split("\n"):
        depth = 0
        for letter in line:
            depth += {"\u2068": 1, "\u2069": -1}.get(letter, 0)
            assert depth >= 0


@pytest.mark.parametrize("name", frozen.ALL)
@pytest.mark.parametrize("width", [50, 80, 132])
def test_lines_keep_the_width_but_for_addresses(name: str, width: int) -> None:
    for line in render(frozen.ALL[name](), width=width).split("\n"):
        assert len(line) <= width or "://" in line


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = render(frozen.measured()), render(frozen.measured(), colour=True)
    assert plain != coloured
    assert ESCAPE.sub("", coloured) == plain
    assert coloured.count("\x1b") == 2


def test_who_was_asked_is_told_as_it_was() -> None:
    assert "no archive was asked" in render(frozen.declared())
    assert "no archive answered" in render(frozen.unknown())
    assert "not in any archive" not in render(frozen.unknown())


def test_a_page_without_signs_says_so() -> None:
    text = reading.signals_view(pages.repost_page(), ())
    assert text == "No sign of a source was seen on the page.\n"
