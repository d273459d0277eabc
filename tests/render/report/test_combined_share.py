from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.model import Likeness, Passage, PassageKind, Report, Span
from provenance.render import FORMATS
from provenance.render.report.combined_share import together
from tests.build import document
from tests.render import frozen, pages

TEXT = " ".join(f"word{n}" for n in range(100))
STARTS = [0, *(at + 1 for at, letter in enumerate(TEXT) if letter == " "), len(TEXT) + 1]


def holding(*parts: tuple[int, int]) -> Report:
    """A page of a hundred words and one found page for each (first, last) part of its words."""
    report = frozen.measured()
    found = []
    for number, (first, last) in enumerate(parts):
        here = Span(start=STARTS[first], end=STARTS[last] - 1)
        passage = Passage(suspect=here, source=here, kind=PassageKind.VERBATIM, similarity=1.0)
        share = (last - first) / 100
        measure = replace(
            pages.MEASURE,
            suspect_containment=share,
            suspect_words=100,
            passages=(passage,),
            excluded=(),
            likeness=Likeness.PARTLY,
        )
        candidate = replace(report.findings[0].candidate, url=f"https://site{number}.example/")
        source = document(text=TEXT, publisher=f"Site {number}")
        found.append(replace(report.findings[0], candidate=candidate, source=source, reuse=measure))
    suspect = replace(report.suspect, text=TEXT)
    return replace(report, suspect=suspect, signals=(), findings=tuple(found))


@pytest.mark.parametrize(
    ("parts", "share"),
    [
        (((0, 30), (50, 90)), 0.70),
        (((0, 60), (40, 90)), 0.90),
        (((0, 60), (10, 50)), None),
        (((0, 60), (0, 61)), None),
        (((0, 60),), None),
        ((), None),
    ],
)
def test_together(parts: tuple[tuple[int, int], ...], share: float | None) -> None:
    assert together(holding(*parts)) == (None if share is None else pytest.approx(share))


def test_what_is_not_copied_does_not_count() -> None:
    report = holding((0, 30), (50, 90))
    first, second = report.findings
    assert second.reuse is not None
    unlike = replace(second, reuse=replace(second.reuse, likeness=Likeness.SAME_EVENT))
    assert together(replace(report, findings=(first, unlike))) is None


@pytest.mark.parametrize("name", ["html", "md"])
def test_the_report_tells_it(name: str) -> None:
    assert "Together they hold" in FORMATS[name][1](holding((0, 30), (50, 90)))
    assert "Together they hold" not in FORMATS[name][1](holding((0, 30)))
