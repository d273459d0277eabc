from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.judge import judge, weigh
from provenance.model import (
    Attribution,
    Basis,
    Confidence,
    Declaration,
    Derivation,
    Direction,
    Document,
    Family,
    Finding,
    Likeness,
    Origin,
    PageState,
    Sighting,
    Signal,
    Strength,
    Verdict,
    Witness,
)
from tests.build import declaration, declared_link, document, finding, reuse, sighting, signal

PAGE = "https://mirror-daily.example/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road"
OTHER = "https://third-paper.example/road"


def ruled(
    findings: tuple[Finding, ...],
    *,
    signals: tuple[Signal, ...] = (),
    said: Declaration | None = None,
    sightings: tuple[Sighting, ...] = (),
    suspect: Document | None = None,
) -> Verdict:
    page = suspect or document(url=PAGE, text="The story.")
    weighed = weigh(page, signals, sightings, findings)
    return judge(page, signals, said or declaration(), sightings, weighed)


def listed(share: float, likeness: Likeness, **fields: Any) -> Finding:
    """A front page that changes daily, and whose newest article is younger than the page."""
    front = document(
        url="https://harbourpost.example/",
        text="Many openings.",
        dates=(sighting(9, Witness.SELF),),
    )
    front = replace(front, **fields)
    return finding(
        "https://harbourpost.example/", share, reuse=reuse(share, likeness), source=front
    )


LISTS = [{}, {"url": "https://harbourpost.example/ferries/", "state": PageState.LISTING}]


@pytest.mark.parametrize("fields", LISTS)
def test_a_front_page_with_the_opening_of_the_text_decides_nothing(fields: dict[str, Any]) -> None:
    page = document(url=PAGE, text="The story.", dates=(sighting(3, Witness.SELF),))
    own = (sighting(3, Witness.SELF), sighting(4))
    teaser = listed(0.24, Likeness.PARTLY, **fields)
    silent = ruled((teaser,), sightings=own, suspect=page)
    assert (silent.derivation, silent.basis) == (Derivation.UNKNOWN, Basis.NONE)
    declared = ruled((teaser,), sightings=own, suspect=page, said=declared_link(ORIGIN))
    assert (declared.derivation, declared.basis) == (Derivation.WHOLLY, Basis.DECLARED)


@pytest.mark.parametrize("fields", LISTS)
def test_the_date_of_a_front_page_is_that_of_no_text_on_it(fields: dict[str, Any]) -> None:
    page = document(url=PAGE, text="The story.", dates=(sighting(3, Witness.SELF),))
    own = (sighting(3, Witness.SELF), sighting(4))
    whole = listed(1.0, Likeness.COPIED, **fields)
    assert ruled((whole,), sightings=own, suspect=page).direction is Direction.UNDETERMINED
    source = replace(whole.source or page, url=ORIGIN, state=PageState.ARTICLE)
    article = replace(whole, source=source)
    assert ruled((article,), sightings=own, suspect=page).direction is Direction.TO_SOURCE


def test_a_linked_source_that_an_archive_saw_first_is_strong() -> None:
    verdict = ruled(
        (finding(ORIGIN, 0.98, sightings=(sighting(1),)),),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
    )
    assert verdict.derivation is Derivation.WHOLLY
    assert verdict.basis is Basis.MEASURED
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.attribution is Attribution.BARE_LINK
    assert verdict.confidence is Confidence.STRONG
    assert verdict.origin is not None
    assert verdict.origin.url == ORIGIN
    assert [hop.url for hop in verdict.chain] == [ORIGIN]
    assert {score.name for score in verdict.scores} >= {"copying", "pointed_at", "archive_first"}


def test_the_same_text_elsewhere_without_evidence_of_order_accuses_nobody() -> None:
    verdict = ruled((finding(ORIGIN, 1.0),))
    assert verdict.derivation is Derivation.UNKNOWN
    assert verdict.basis is Basis.MEASURED
    assert verdict.direction is Direction.UNDETERMINED
    assert verdict.origin is None
    assert verdict.confidence.rank <= Confidence.MEDIUM.rank


def test_one_kind_of_evidence_does_not_settle_the_direction() -> None:
    verdict = ruled((finding(ORIGIN, 1.0, sightings=(sighting(1),)),), sightings=(sighting(3),))
    assert verdict.direction is Direction.UNDETERMINED
    assert verdict.derivation is Derivation.UNKNOWN


def test_an_archive_that_contradicts_the_pages_word_leaves_it_open() -> None:
    verdict = ruled(
        (
            finding(
                ORIGIN,
                1.0,
                source=document(url=ORIGIN, dates=(sighting(1, Witness.SELF),)),
                sightings=(sighting(5),),
            ),
        ),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
        suspect=document(url=PAGE, text="x", dates=(sighting(4, Witness.SELF),)),
    )
    assert verdict.direction is Direction.UNDETERMINED
    assert verdict.derivation is Derivation.WHOLLY  # the page says so itself
    assert verdict.confidence.rank <= Confidence.MEDIUM.rank


def test_a_page_that_was_first_is_no_repost() -> None:
    back = declaration(
        derivation=Derivation.WHOLLY,
        attribution=Attribution.BARE_LINK,
        origin=Origin(url=PAGE, publisher=None, basis=Basis.DECLARED),
    )
    verdict = ruled(
        (finding(ORIGIN, 1.0, sightings=(sighting(9),), declared=back),),
        sightings=(sighting(2),),
    )
    assert verdict.direction is Direction.TO_SOURCE
    assert verdict.derivation is Derivation.NOT
    assert verdict.origin is not None
    assert verdict.origin.url == PAGE


def test_two_copies_of_one_wire_story_are_not_each_others_original() -> None:
    wire = declaration(
        derivation=Derivation.WHOLLY,
        attribution=Attribution.NAMED,
        origin=Origin(url=None, publisher="Associated Press", basis=Basis.DECLARED),
    )
    verdict = ruled((finding(ORIGIN, 0.97, declared=wire),), said=wire, sightings=(sighting(3),))
    assert verdict.direction is Direction.COMMON_SOURCE
    assert verdict.origin is not None
    assert verdict.origin.url is None
    assert verdict.origin.publisher == "Associated Press"


def test_the_chain_is_followed_to_its_measured_end() -> None:
    middle = replace(finding(OTHER, 0.99, sightings=(sighting(2),)), declared=declared_link(ORIGIN))
    first = finding(ORIGIN, 0.99, sightings=(sighting(1),))
    verdict = ruled(
        (middle, first),
        signals=(signal(target=OTHER),),
        said=declared_link(OTHER),
        sightings=(sighting(3),),
    )
    assert [hop.url for hop in verdict.chain] == [OTHER, ORIGIN]
    assert verdict.origin is not None
    assert verdict.origin.url == ORIGIN


def test_a_named_source_that_does_not_hold_the_text_is_misattribution() -> None:
    verdict = ruled(
        (finding(ORIGIN, 0.0), finding(OTHER, 0.97, sightings=(sighting(1),))),
        signals=(
            signal(target=ORIGIN),
            signal(rule="hot_linked", family=Family.TRACE, target=OTHER, quote="photo.jpg"),
        ),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
    )
    assert verdict.attribution is Attribution.MISATTRIBUTED
    assert verdict.origin is not None
    assert verdict.origin.url == OTHER


def test_the_right_site_under_the_wrong_address_is_no_misattribution() -> None:
    home = "https://harbourpost.example/"
    verdict = ruled(
        (finding(home, 0.0), finding(ORIGIN, 0.97)),
        signals=(signal(target=home),),
        said=declared_link(home),
    )
    assert verdict.attribution is Attribution.BARE_LINK


def test_a_named_source_that_could_not_be_read_is_no_misattribution() -> None:
    unread = finding(ORIGIN, 0.0, source=None, reuse=None)
    verdict = ruled((unread, finding(OTHER, 0.97)), said=declared_link(ORIGIN))
    assert verdict.attribution is Attribution.BARE_LINK


def test_the_pages_own_word_alone_is_declared_and_at_most_medium() -> None:
    verdict = ruled((), said=declared_link(ORIGIN), signals=(signal(target=ORIGIN),))
    assert verdict.derivation is Derivation.WHOLLY
    assert verdict.basis is Basis.DECLARED
    assert verdict.confidence is Confidence.MEDIUM
    assert verdict.origin is not None
    assert verdict.origin.basis is Basis.DECLARED


def test_a_declared_source_read_and_found_empty_lowers_the_confidence() -> None:
    verdict = ruled((finding(ORIGIN, 0.0),), said=declared_link(ORIGIN))
    assert verdict.confidence is Confidence.LOW
    assert any(score.name == "refuted" for score in verdict.scores)


def test_no_sign_is_unknown_and_not_original() -> None:
    verdict = ruled(())
    assert verdict.derivation is Derivation.UNKNOWN
    assert verdict.basis is Basis.NONE
    assert verdict.confidence is Confidence.NONE


def test_an_own_page_with_the_same_text_is_no_source() -> None:
    verdict = ruled((finding("https://www.mirror-daily.example/amp/harbour-road", 1.0),))
    assert verdict.derivation is Derivation.UNKNOWN
    assert verdict.basis is Basis.NONE


@pytest.mark.parametrize(
    ("share", "derivation"), [(0.95, Derivation.WHOLLY), (0.4, Derivation.PARTIALLY)]
)
def test_the_share_decides_between_whole_and_part(share: float, derivation: Derivation) -> None:
    verdict = ruled(
        (finding(ORIGIN, share, sightings=(sighting(1),)),),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
    )
    assert verdict.derivation is derivation


def test_a_page_served_as_a_stub_caps_the_confidence() -> None:
    verdict = ruled(
        (finding(ORIGIN, 0.98, sightings=(sighting(1),)),),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
        suspect=document(url=PAGE, text="x", state=PageState.PAYWALL_STUB),
    )
    assert verdict.confidence is Confidence.MEDIUM
    assert any(score.name == "ceiling_stub" for score in verdict.scores)


def test_an_equal_rival_caps_the_confidence() -> None:
    links = (signal(target=ORIGIN), signal(target=OTHER))
    verdict = ruled(
        (
            finding(ORIGIN, 0.98, sightings=(sighting(1),)),
            finding(OTHER, 0.98, sightings=(sighting(1),)),
        ),
        signals=links,
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
    )
    assert verdict.confidence is Confidence.MEDIUM
    assert any(score.name == "ceiling_runner_up" for score in verdict.scores)


def test_same_event_told_independently_is_not_copying() -> None:
    told = finding(ORIGIN, 0.2, reuse=reuse(0.2, Likeness.SAME_EVENT))
    verdict = ruled((told,), sightings=(sighting(3),))
    assert verdict.derivation is Derivation.UNKNOWN
    assert verdict.basis is Basis.NONE


def test_a_sign_that_names_nobody_is_low_when_it_only_hints() -> None:
    hint = signal(strength=Strength.HINT)
    verdict = ruled(
        (), said=declaration(derivation=Derivation.WHOLLY, signals=(hint,)), signals=(hint,)
    )
    assert verdict.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("publisher", "title", "name"),
    [
        ("The Selwick Courier", "Bed at nine", "The Selwick Courier"),
        (None, "Bed at nine", "Bed at nine"),
        (None, None, None),
    ],
)
def test_a_kept_text_without_an_address_is_an_origin_without_a_url(
    publisher: str | None, title: str | None, name: str | None
) -> None:
    kept = f"kept:{'7' * 64}"
    claims = sighting(1, Witness.SELF), sighting(9, Witness.SELF)
    source = document(url=kept, publisher=publisher, title=title, dates=claims[:1])
    named = signal(target=None, names=("The Selwick Courier",))
    verdict = ruled(
        (finding(kept, 0.98, source=source, sightings=(sighting(1),)),),
        signals=(named,),
        sightings=(sighting(9),),
        suspect=document(url=PAGE, text="The story.", dates=claims[1:]),
        said=declaration(
            derivation=Derivation.WHOLLY,
            attribution=Attribution.NAMED,
            origin=Origin(url=None, publisher="The Selwick Courier", basis=Basis.DECLARED),
            signals=(named,),
        ),
    )
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.origin == Origin(url=None, publisher=name, basis=Basis.MEASURED)
    assert [hop.url for hop in verdict.chain] == [None]
    assert not any(score.name == "ceiling_runner_up" for score in verdict.scores)
