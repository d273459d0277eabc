"""What the verdict of a report of the first form is completed with: its kind and its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.judge import complete
from provenance.model import (
    Answer,
    Basis,
    Derivation,
    Direction,
    Finding,
    FirstSeen,
    Likeness,
    Lookup,
    Miss,
    Origin,
    PageState,
    ProviderSpec,
    Report,
    Settings,
    VerdictKind,
)
from tests.build import NOON, document, finding, reuse, sighting
from tests.render import frozen

PAGE = "https://mirror-daily.example/harbour-road"
ORIGIN = "https://harbourpost.example/road"
OTHER = "https://third-paper.example/road"
ASKED = Settings(archives=(), searches=(ProviderSpec(name="s", kind="searxng", base_url="x"),))
ANSWERED = (Lookup(provider="s", asked="x", answer=Answer.NONE, found=0, at=NOON),)
SAME_EVENT = finding(OTHER, 0.9, reuse=reuse(0.9, Likeness.SAME_EVENT))
OWN = finding("https://www.mirror-daily.example/amp/road", 1.0)


def report(*findings: Finding, **fields: Any) -> Report:
    """A report of the first form, whose verdict says what is given and else nothing."""
    given: dict[str, Any] = {
        "derivation": Derivation.UNKNOWN,
        "basis": Basis.NONE,
        "direction": Direction.UNDETERMINED,
        "origin": None,
    }
    own = {name: fields.pop(name) for name in list(fields) if name in given}
    kept = frozen.measured()
    verdict = replace(
        kept.verdict, kind=VerdictKind.UNKNOWN, answer=None, seen=FirstSeen(), **{**given, **own}
    )
    base: dict[str, Any] = {
        "suspect": document(url=PAGE),
        "sightings": (),
        "misses": (),
        "lookups": (),
        "settings": ASKED,
    }
    return replace(kept, findings=findings, verdict=verdict, schema=1, **{**base, **fields})


WHOLLY, PARTIALLY = Derivation.WHOLLY, Derivation.PARTIALLY
MEASURED, DECLARED = Basis.MEASURED, Basis.DECLARED
FORTH, BACK, OPEN = Direction.FROM_SOURCE, Direction.TO_SOURCE, Direction.UNDETERMINED
COPY = (finding(ORIGIN, 0.9),)


@pytest.mark.parametrize(
    ("findings", "fields", "kind"),
    [
        (COPY, (WHOLLY, MEASURED, FORTH), VerdictKind.REPOST),
        (COPY, (PARTIALLY, MEASURED, FORTH), VerdictKind.PARTIAL),
        (COPY, (WHOLLY, MEASURED, Direction.COMMON_SOURCE), VerdictKind.COMMON),
        (COPY, (Derivation.NOT, MEASURED, BACK), VerdictKind.FIRST),
        (COPY, (WHOLLY, MEASURED, OPEN), VerdictKind.ELSEWHERE),
        (COPY, (Derivation.UNKNOWN, MEASURED, OPEN), VerdictKind.ELSEWHERE),
        ((OWN, SAME_EVENT), (Derivation.UNKNOWN, MEASURED, OPEN), VerdictKind.UNKNOWN),
        ((), (WHOLLY, DECLARED, FORTH), VerdictKind.DECLARED),
        ((), (PARTIALLY, DECLARED, OPEN), VerdictKind.DECLARED),
        ((), (Derivation.UNKNOWN, Basis.NONE, OPEN), VerdictKind.UNKNOWN),
        ((), (Derivation.UNKNOWN, MEASURED, FORTH), VerdictKind.UNKNOWN),
    ],
)
def test_the_kind_follows_from_what_the_verdict_says(
    findings: tuple[Finding, ...], fields: tuple[Any, ...], kind: VerdictKind
) -> None:
    names = ("derivation", "basis", "direction")
    kept = report(*findings, **dict(zip(names, fields, strict=True)))
    assert complete(kept).verdict.kind is kind


MISS = Miss(provider="archive", asked=PAGE, why="no answer")


@pytest.mark.parametrize(
    ("state", "lookups", "misses", "kind"),
    [
        (PageState.ARTICLE, ANSWERED, (), VerdictKind.NONE_FOUND),
        (PageState.LISTING, ANSWERED, (), VerdictKind.NONE_FOUND),
        (PageState.PAYWALL_STUB, ANSWERED, (), VerdictKind.UNKNOWN),
        (PageState.ARTICLE, (), (), VerdictKind.UNKNOWN),
        (PageState.ARTICLE, ANSWERED, (MISS,), VerdictKind.UNKNOWN),
    ],
)
def test_none_was_found_only_where_a_whole_page_was_searched_for_in_full(
    state: PageState, lookups: tuple[Lookup, ...], misses: tuple[Miss, ...], kind: VerdictKind
) -> None:
    kept = report(suspect=document(url=PAGE, state=state), lookups=lookups, misses=misses)
    assert complete(kept).verdict.kind is kind


def origin(url: str | None) -> Origin:
    return Origin(url=url, publisher="Harbour Post", basis=MEASURED)


TWO = (finding(OTHER, 0.9), finding(ORIGIN, 0.8))


@pytest.mark.parametrize(
    ("findings", "basis", "named", "at"),
    [
        (TWO, MEASURED, origin(f"{ORIGIN}/?utm_source=x"), 1),
        (TWO, MEASURED, origin(None), 0),
        (TWO, MEASURED, None, 0),
        (TWO, MEASURED, origin("https://fourth.example/x"), 0),
        ((OWN, SAME_EVENT, *TWO), MEASURED, None, 2),
        ((OWN, SAME_EVENT), MEASURED, origin(OTHER), None),
        ((), MEASURED, origin(ORIGIN), None),
        (TWO, DECLARED, origin(ORIGIN), None),
    ],
)
def test_the_answer_is_the_origin_or_the_best_copy_on_another_site(
    findings: tuple[Finding, ...], basis: Basis, named: Origin | None, at: int | None
) -> None:
    kept = report(*findings, basis=basis, derivation=WHOLLY, direction=FORTH, origin=named)
    assert complete(kept).verdict.answer == at


def test_a_saved_page_of_unknown_address_has_no_house_of_its_own() -> None:
    kept = report(OWN, basis=MEASURED, suspect=document())
    assert complete(kept).verdict.answer == 0


def test_it_says_when_the_text_was_first_on_record_here_and_there() -> None:
    there = replace(COPY[0], sightings=(sighting(2),))
    kept = report(there, basis=MEASURED, sightings=(sighting(5),))
    assert complete(kept).verdict.seen == FirstSeen(page=sighting(5), other=sighting(2))
    alone = report(sightings=(sighting(5),))
    assert complete(alone).verdict.seen == FirstSeen(page=sighting(5), other=None)


def test_a_report_of_a_later_form_comes_back_as_it_is() -> None:
    for schema in (2, 3):
        kept = replace(report(*COPY), schema=schema)
        assert complete(kept) is kept
