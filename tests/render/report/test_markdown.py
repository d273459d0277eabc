from __future__ import annotations

import re

import pytest

from provenance.render.report.markdown import render
from provenance.render.text.markdown import escape, link
from tests.render.hostile import TEXTS, hostile

UNESCAPED = r"(?<!\\)(?:\\\\)*"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[x](javascript:alert(1))", "\\[x\\]\\(javascript:alert\\(1\\)\\)"),
        ("a | b", "a \\| b"),
        ("<b>", "\\<b\\>"),
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("a\n\nb", "a b"),
        ("see https://a.example", "see https&#58;//a.example"),
        ("www.a.example", "www&#46;a.example"),
        ("a@b.example and @desk", "a&#64;b.example and &#64;desk"),
        ("a well-known 3.5 %", "a well-known 3.5 %"),
        ("&lt;", "\\&lt;"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_only_web_addresses_become_links() -> None:
    assert link("javascript:alert(1)", "x") == "x"
    assert link("https://a.example/)>(", "x") == "[x](<https://a.example/)%3E(>)"
    assert link(None) == ""


def live(text: str) -> list[str]:
    """What of a Markdown text would load, run, or link anywhere but to the web."""
    targets = re.findall(UNESCAPED + r"\]\(<([^>]*)>\)", text)
    rest = re.sub(r"\]\(<[^>]*>\)", "]", text)
    return [
        *(target for target in targets if not re.match(r"https?://", target)),
        *re.findall(UNESCAPED + r"(?:<|!\[|\]\().{0,40}", rest),
        *re.findall(r"https?://.{0,40}", rest),
        *(c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)),
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_of_a_page_is_live(name: str) -> None:
    assert live(render(hostile(TEXTS[name]))) == []


def test_what_is_live_is_seen() -> None:
    assert len(live("[x](<javascript:1>) <b> ![x](y) https://a.example")) == 3


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_cannot_add_rows_or_cells(name: str) -> None:
    def shape(text: str) -> list[int]:
        pipes = re.compile(UNESCAPED + r"\|")
        return [len(pipes.findall(line)) for line in text.split("\n") if line.startswith("|")]

    assert shape(render(hostile(TEXTS[name]))) == shape(render(hostile("x")))
