from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from provenance.model import VERSION, Exhibit, Lookup, Miss, Report, Settings, Span, Via
from provenance.model.evidence import Answer, Derivation
from provenance.model.plain import revive, to_json, values
from provenance.model.verdict import Attribution, Basis, Confidence, Direction, Verdict
from tests.build import NOON, capture, declared_link, document, finding, sighting, signal


@dataclass(frozen=True)
class NoticeOf:
    """A noun of one field."""

    at: datetime


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


@pytest.mark.parametrize(
    "noun",
    [
        REPORT,
        capture("é", url="https://mirror.example/ü"),
        NoticeOf(REPORT.checked_at),
        (REPORT.settings, None, 1.5),
    ],
    ids=["a report", "bytes left out", "one field", "a tuple"],
)
def test_json_of_a_noun_is_that_of_its_values(noun: object) -> None:
    assert to_json(noun) == json.dumps(values(noun))
    compact = json.dumps(values(noun), ensure_ascii=False, separators=(",", ":"))
    assert to_json(noun, ensure_ascii=False, compact=True) == compact


def test_a_number_that_is_none_has_no_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(Miss(provider="p", asked="q", why="w", retry_after=float("nan")))


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
