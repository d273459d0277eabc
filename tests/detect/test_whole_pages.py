"""Whole invented pages in many languages and frames: what is declared, and what must never be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from provenance.detect import detect_signals
from provenance.judge.declared import declare
from provenance.model import Derivation
from provenance.read import read_capture
from tests.build import capture
from tests.detect.whole.layouts import HERE, html_of, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

GAZETTE = "https://www.harbourgazette.example/2026/03/04/ferry-returns"
EXPECTED = {
    "none": {Derivation.UNKNOWN},
    "wholly": {Derivation.WHOLLY},
    "partially": {Derivation.PARTIALLY},
    "either": {Derivation.WHOLLY, Derivation.PARTIALLY},
}


def rows() -> Iterator[Any]:
    for number, line in enumerate((HERE / "pages.tsv").read_text("utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        kind, language, frame, expected, *cells = line.split("\t")
        slots = dict(cell.replace("GAZETTE", GAZETTE).split("=", 1) for cell in cells)
        known = f"{number}-{kind}-{language}-{frame}-{expected}"
        yield pytest.param(language, frame, slots, EXPECTED[expected], id=known)


@pytest.mark.parametrize(("language", "frame", "slots", "expected"), list(rows()))
def test_declaration(
    language: str, frame: str, slots: dict[str, str], expected: set[Derivation]
) -> None:
    page = capture(html_of(language, frame, slots), url_of(slots))
    document = read_capture(page)
    assert declare(document, detect_signals(document)).derivation in expected
