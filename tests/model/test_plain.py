from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.model import VERSION, Exhibit, Lookup, Miss, Report, Settings, Span, Via
from provenance.model.evidence import Answer, Derivation
from provenance.model.plain import revive, values
from provenance.model.verdict import Attribution, Basis, Confidence, Direction, Verdict
from tests.build import NOON, declared_link, document, finding, sighting, signal

REPORT = Report(
    target="page.html",
    suspect=document(url="https://mirror.example/a", text="Some words.", byline=("Ida Roth",)),
    signals=(signal(target="https://post.example/b", span=Span(start=0, end=4)),),
    sightings=(sighting(3),),
    findings=(
        replace(
            finding("https://post.example/b", 0.9, sightings=(sighting(1),)),
            declared=declared_link("https://wire.example/c"),
        ),
    ),
    verdict=Verdict(
        derivation=Derivation.WHOLLY,
        basis=Basis.MEASURED,
        direction=Direction.FROM_SOURCE,
        attribution=Attribution.BARE_LINK,
        confidence=Confidence.STRONG,
        origin=None,
        chain=(),
        scores=(),
    ),
    misses=(Miss(provider="search", asked="x", why="y", retry_after=3.0),),
    lookups=(Lookup(provider="p", asked="q", answer=Answer.NONE, found=0, at=NOON),),
    evidence=(
        Exhibit(
            url=None,
            responded_url=None,
            status=None,
            media_type="text/html",
            captured_at=datetime(2026, 3, 1, 12, 0, 0, 123, tzinfo=UTC),
            via=Via.FILE,
            memento=None,
            digest="0" * 64,
            size=9,
        ),
    ),
    checked_at=NOON,
    settings=Settings(),
    version=VERSION,
)


def test_a_report_comes_back_as_it_was() -> None:
    assert revive(Report, values(REPORT)) == REPORT


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("target", 7, "Report.target"),
        ("verdict", {}, "Report.verdict"),
        ("misses", [{"provider": "a"}], "Report.misses"),
        ("colour", "blue", "colour"),
        ("schema", True, "Report.schema"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(field: str, value: object, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        revive(Report, {**values(REPORT), field: value})
