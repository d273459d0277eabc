"""Datelines: at the start of the story, or alone above it."""

from __future__ import annotations

import pytest

from tests.read.pages import STORY, page, paragraphs, read


@pytest.mark.parametrize(
    ("line", "dateline", "agency"),
    [
        ("HARROW QUAY, Senn (AP) —", "HARROW QUAY, Senn (AP)", "AP"),
        ("HARROW QUAY (Reuters)", "HARROW QUAY (Reuters)", "Reuters"),
        ("AFP -", "AFP", "AFP"),
        ("HARROW QUAY --", "HARROW QUAY", None),
        ("Harrow Quay (a town)", None, None),
        ("Photo: Roth (AP)", None, None),
        ("The ferry - and after", None, None),
    ],
)
def test_a_dateline_in_a_line_of_its_own(
    line: str, dateline: str | None, agency: str | None
) -> None:
    markup = f"<h1>Last ferry leaves</h1><div>{line}</div><div>{paragraphs()}</div>"
    document = read(page(markup))
    assert document.text.startswith(STORY[0])
    assert (document.dateline, document.agency) == (dateline, agency)


def test_a_dateline_in_the_story() -> None:
    document = read(page(f"<h1>Ferry</h1><p>HARROW QUAY (AP) — {STORY[0]}</p>{paragraphs()}"))
    assert (document.dateline, document.agency) == ("HARROW QUAY (AP)", "AP")
