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
    FirstSeen,
    Hop,
    Likeness,
    Link,
    Origin,
    PageState,
    Place,
    Sighting,
    Signal,
    Verdict,
    VerdictKind,
    Witness,
)
from tests.build import (
    declaration,
    declared_link,
    document,
    evidence,
    finding,
    reuse,
    sighting,
    signal,
)

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
    exhausted: bool = False,
    licensed: tuple[str, ...] = (),
) -> Verdict:
    known = evidence(
        *findings,
        suspect=suspect or document(url=PAGE, text="The story."),
        signals=signals,
        declaration=said or declaration(),
        sightings=sightings,
        exhausted=exhausted,
        licensed=licensed,
    )
    return judge(weigh(known))


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
    teaser = listed(0.44, Likeness.PARTLY, **fields)
    silent = ruled((teaser,), sightings=own, suspect=page)
    assert (silent.kind, silent.basis, silent.answer) == (VerdictKind.UNKNOWN, Basis.NONE, None)
    declared = ruled((teaser,), sightings=own, suspect=page, said=declared_link(ORIGIN))
    assert (declared.kind, declared.answer) == (VerdictKind.DECLARED, None)
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


@pytest.mark.parametrize(
    ("text", "url", "place", "credit"),
    [
        ("The Harbour Post", ORIGIN, Place.HEAD, Attribution.CREDITED),
        ("Harbour Post", ORIGIN, Place.TAIL, Attribution.CREDITED),
        ("read on", ORIGIN, Place.ASIDE, Attribution.BARE_LINK),
        ("The Harbour Post", f"{ORIGIN}/another", Place.HEAD, Attribution.NONE),
        ("The Harbour Post", ORIGIN, Place.META, Attribution.NONE),
    ],
)
def test_a_link_to_the_page_that_holds_the_text_is_a_credit(
    text: str, url: str, place: Place, credit: Attribution
) -> None:
    page = document(url=PAGE, text="The story.", links=(Link(url=url, text=text, place=place),))
    found = finding(ORIGIN, 0.98, sightings=(sighting(1),))
    assert found.source is not None
    found = replace(found, source=replace(found.source, publisher="The Harbour Post"))
    verdict = ruled((found,), suspect=page, sightings=(sighting(9, Witness.SELF),))
    assert verdict.basis is Basis.MEASURED
    assert verdict.attribution is credit


def test_a_linked_source_that_an_archive_saw_first_is_a_repost() -> None:
    verdict = ruled(
        (finding(OTHER, 0.2), finding(ORIGIN, 0.98, sightings=(sighting(1),))),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
    )
    assert verdict.kind is VerdictKind.REPOST
    assert verdict.derivation is Derivation.WHOLLY
    assert verdict.basis is Basis.MEASURED
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.attribution is Attribution.BARE_LINK
    assert verdict.origin is not None
    assert verdict.origin.url == ORIGIN
    assert verdict.answer == 0
    assert verdict.seen == FirstSeen(page=sighting(3), other=sighting(1))
    assert [hop.url for hop in verdict.chain] == [ORIGIN]
    assert {score.name for score in verdict.scores} >= {"copying", "links_page", "archive_days"}


@pytest.mark.parametrize(
    ("share", "kind"),
    [(0.95, VerdictKind.REPOST), (0.5, VerdictKind.PARTIAL), (0.49, VerdictKind.ELSEWHERE)],
)
def test_a_link_to_the_very_page_that_holds_half_the_text_settles_direction_alone(
    share: float, kind: VerdictKind
) -> None:
    verdict = ruled((finding(ORIGIN, share),), signals=(signal(target=ORIGIN),))
    assert verdict.kind is kind
    settled = kind is not VerdictKind.ELSEWHERE
    assert (verdict.direction is Direction.FROM_SOURCE) is settled


def test_the_same_text_elsewhere_without_evidence_of_order_accuses_nobody() -> None:
    verdict = ruled((finding(ORIGIN, 1.0),))
    assert verdict.kind is VerdictKind.ELSEWHERE
    assert verdict.derivation is Derivation.UNKNOWN
    assert verdict.basis is Basis.MEASURED
    assert verdict.direction is Direction.UNDETERMINED
    assert verdict.origin is None
    assert verdict.answer == 0
    assert any(score.name == "undetermined" for score in verdict.scores)


@pytest.mark.parametrize(
    ("exhausted", "state", "kind"),
    [
        (True, PageState.ARTICLE, VerdictKind.NONE_FOUND),
        (True, PageState.LISTING, VerdictKind.NONE_FOUND),
        (False, PageState.ARTICLE, VerdictKind.UNKNOWN),
        (True, PageState.PAYWALL_STUB, VerdictKind.UNKNOWN),
        (True, PageState.CONSENT_WALL, VerdictKind.UNKNOWN),
        (True, PageState.EMPTY, VerdictKind.UNKNOWN),
    ],
)
def test_nothing_found_is_said_only_of_a_whole_page_when_everybody_answered(
    exhausted: bool, state: PageState, kind: VerdictKind
) -> None:
    page = document(url=PAGE, text="The story.", state=state)
    assert ruled((), suspect=page, exhausted=exhausted).kind is kind
    unlike = (finding(ORIGIN, 0.0),)
    assert ruled(unlike, suspect=page, exhausted=exhausted).kind is kind


@pytest.mark.parametrize("likeness", [Likeness.PARTLY, Likeness.COPIED])
def test_a_match_below_thirty_percent_of_both_texts_is_no_answer(likeness: Likeness) -> None:
    small = finding(ORIGIN, 0.29, reuse=reuse(0.29, likeness))
    verdict = ruled((small,), signals=(signal(target=ORIGIN),))
    assert (verdict.kind, verdict.answer) == (VerdictKind.UNKNOWN, None)


def test_archives_two_days_apart_do_not_settle_the_direction_alone() -> None:
    verdict = ruled((finding(ORIGIN, 1.0, sightings=(sighting(1),)),), sightings=(sighting(3),))
    assert verdict.direction is Direction.UNDETERMINED
    assert verdict.derivation is Derivation.UNKNOWN


def contradicted(url: str) -> Verdict:
    """A page that links ``ORIGIN``, and a copy at ``url`` that says it was published later."""
    claim = (sighting(6, Witness.SELF),)
    return ruled(
        (finding(url, 1.0, source=document(url=url, dates=claim), sightings=claim),),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
        suspect=document(url=PAGE, text="x", dates=(sighting(2, Witness.SELF),)),
    )


def test_a_link_outweighs_archives_that_came_days_late() -> None:
    verdict = ruled(
        (finding(ORIGIN, 1.0, sightings=(sighting(5),)),),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        sightings=(sighting(3),),
    )
    assert (verdict.kind, verdict.direction) == (VerdictKind.REPOST, Direction.FROM_SOURCE)


def test_one_date_does_not_outweigh_a_page_that_links_the_source_which_holds_its_text() -> None:
    verdict = contradicted(ORIGIN)
    assert verdict.basis is Basis.MEASURED
    assert (verdict.kind, verdict.direction) == (VerdictKind.REPOST, Direction.FROM_SOURCE)


def test_a_copy_that_came_later_does_not_set_the_named_source_aside() -> None:
    verdict = contradicted(OTHER)
    assert (verdict.kind, verdict.basis) == (VerdictKind.DECLARED, Basis.DECLARED)
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.origin is not None
    assert verdict.origin.url == ORIGIN


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
    assert verdict.kind is VerdictKind.FIRST
    assert verdict.direction is Direction.TO_SOURCE
    assert verdict.derivation is Derivation.NOT
    assert verdict.origin is not None
    assert verdict.origin.url == PAGE


WIRE = declaration(
    derivation=Derivation.WHOLLY,
    attribution=Attribution.NAMED,
    origin=Origin(url=None, publisher="Associated Press", basis=Basis.DECLARED),
    chain=(Hop(url=None, publisher="Associated Press", why=""),),
)


@pytest.mark.parametrize(
    ("ours", "theirs", "share"),
    [(WIRE, WIRE, 0.97), (WIRE, WIRE, 0.4), (WIRE, None, 0.97), (None, WIRE, 0.97)],
)
def test_an_agencys_mark_on_both_pages_or_on_one_side_of_a_nearly_whole_copy_is_a_common_source(
    ours: Declaration | None, theirs: Declaration | None, share: float
) -> None:
    found = finding(ORIGIN, share, declared=theirs)
    verdict = ruled((found,), said=ours, sightings=(sighting(3),))
    assert verdict.kind is VerdictKind.COMMON
    assert verdict.direction is Direction.COMMON_SOURCE
    assert verdict.origin is not None
    assert verdict.origin.url is None
    assert verdict.origin.publisher == "Associated Press"
    assert [hop.publisher for hop in verdict.chain] == ["Associated Press"]


@pytest.mark.parametrize(
    ("ours", "kind"), [(WIRE, VerdictKind.DECLARED), (None, VerdictKind.ELSEWHERE)]
)
def test_an_agencys_mark_on_one_side_of_a_part_makes_no_common_source(
    ours: Declaration | None, kind: VerdictKind
) -> None:
    verdict = ruled((finding(ORIGIN, 0.4, declared=None if ours else WIRE),), said=ours)
    assert verdict.kind is kind


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
    assert verdict.answer == 1
    assert verdict.seen.other == sighting(1)


@pytest.mark.parametrize("linked", [OTHER, ORIGIN])
def test_a_link_to_either_end_of_the_chain_is_a_credit(linked: str) -> None:
    middle = replace(finding(OTHER, 0.99, sightings=(sighting(2),)), declared=declared_link(ORIGIN))
    link = Link(url=linked, text="read on", place=Place.HEAD)
    verdict = ruled(
        (middle, finding(ORIGIN, 0.99, sightings=(sighting(1),))),
        signals=(signal(target=OTHER),),
        sightings=(sighting(3),),
        suspect=document(url=PAGE, text="The story.", links=(link,)),
    )
    assert [hop.url for hop in verdict.chain] == [OTHER, ORIGIN]
    assert verdict.attribution is Attribution.BARE_LINK


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
    assert verdict.kind is VerdictKind.REPOST
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


UNREAD = finding(ORIGIN, 0.0, source=None, reuse=None, why="it could not be fetched")


@pytest.mark.parametrize("others", [(), (finding(OTHER, 0.97),)])
def test_a_source_linked_but_unreadable_is_declared_also_beside_a_copy_of_open_order(
    others: tuple[Finding, ...],
) -> None:
    said = replace(declared_link(ORIGIN), chain=(Hop(url=ORIGIN, publisher=None, why=""),))
    verdict = ruled((UNREAD, *others), said=said, signals=(signal(target=ORIGIN),))
    assert (verdict.kind, verdict.basis) == (VerdictKind.DECLARED, Basis.DECLARED)
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.attribution is Attribution.BARE_LINK
    assert verdict.origin is not None
    assert (verdict.origin.url, verdict.origin.basis) == (ORIGIN, Basis.DECLARED)
    assert verdict.answer is None
    assert any(score.name == "elsewhere" for score in verdict.scores) is bool(others)


def test_a_source_named_but_unread_is_declared_also_beside_a_copy_of_open_order() -> None:
    said = declaration(
        derivation=Derivation.WHOLLY,
        attribution=Attribution.NAMED,
        origin=Origin(url=None, publisher="The Selwick Courier", basis=Basis.DECLARED),
        chain=(Hop(url=None, publisher="The Selwick Courier", why=""),),
    )
    verdict = ruled((finding(OTHER, 0.97),), said=said)
    assert (verdict.kind, verdict.direction) == (VerdictKind.DECLARED, Direction.FROM_SOURCE)
    assert verdict.origin == said.origin


def test_a_page_that_names_nobody_settles_nothing_by_its_own_word() -> None:
    said = declaration(derivation=Derivation.WHOLLY, attribution=Attribution.BARE_LINK)
    alone = ruled((), said=said)
    assert (alone.kind, alone.direction) == (VerdictKind.DECLARED, Direction.UNDETERMINED)
    beside = ruled((finding(OTHER, 0.97),), said=said)
    assert (beside.kind, beside.direction) == (VerdictKind.ELSEWHERE, Direction.UNDETERMINED)


def test_the_pages_own_word_alone_is_declared() -> None:
    verdict = ruled((), said=declared_link(ORIGIN), signals=(signal(target=ORIGIN),))
    assert verdict.kind is VerdictKind.DECLARED
    assert verdict.derivation is Derivation.WHOLLY
    assert verdict.basis is Basis.DECLARED
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.origin is not None
    assert verdict.origin.basis is Basis.DECLARED


def test_a_declared_source_read_without_the_text_on_it_is_refuted() -> None:
    verdict = ruled((finding(ORIGIN, 0.0),), said=declared_link(ORIGIN))
    assert verdict.direction is Direction.UNDETERMINED
    assert any(score.name == "refuted" for score in verdict.scores)


@pytest.mark.parametrize(
    ("ours", "theirs", "refuted"),
    [("en", "en-GB", True), (None, "fr", True), ("en", "fr", False)],
)
def test_a_page_in_another_language_refutes_nothing(
    ours: str | None, theirs: str | None, refuted: bool
) -> None:
    verdict = ruled(
        (finding(ORIGIN, 0.0, source=document(url=ORIGIN, language=theirs)),),
        said=declared_link(ORIGIN),
        suspect=document(url=PAGE, text="The story.", language=ours),
    )
    assert any(score.name == "refuted" for score in verdict.scores) is refuted


@pytest.mark.parametrize(
    "source",
    [
        document(url="https://harbourpost.example/"),
        document(url="https://harbourpost.example/ferries/", state=PageState.LISTING),
        document(url=ORIGIN, state=PageState.PAYWALL_STUB),
        document(url=ORIGIN, state=PageState.CONSENT_WALL),
    ],
    ids=["front page", "list of articles", "stub", "consent wall"],
)
def test_a_front_page_a_list_or_a_stub_that_was_read_refutes_nothing(source: Document) -> None:
    url = source.url or ""
    verdict = ruled((finding(url, 0.0, source=source),), said=declared_link(url))
    assert (verdict.kind, verdict.direction) == (VerdictKind.DECLARED, Direction.FROM_SOURCE)
    assert not any(score.name == "refuted" for score in verdict.scores)


def test_no_sign_is_unknown_and_not_original() -> None:
    verdict = ruled(())
    assert verdict.kind is VerdictKind.UNKNOWN
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


@pytest.mark.parametrize("ours", [PageState.ARTICLE, PageState.PAYWALL_STUB])
@pytest.mark.parametrize("theirs", [PageState.ARTICLE, PageState.PAYWALL_STUB])
def test_a_page_served_as_a_stub_is_told(ours: PageState, theirs: PageState) -> None:
    verdict = ruled(
        (finding(ORIGIN, 0.98, source=document(url=ORIGIN, state=theirs)),),
        signals=(signal(target=ORIGIN),),
        said=declared_link(ORIGIN),
        suspect=document(url=PAGE, text="x", state=ours),
    )
    stub = PageState.PAYWALL_STUB in (ours, theirs)
    told = [score.why for score in verdict.scores if score.name == "stub"]
    assert told == ["One of the two pages was served without its full text."] * stub


def test_same_event_told_independently_is_not_copying() -> None:
    told = finding(ORIGIN, 0.4, reuse=reuse(0.4, Likeness.SAME_EVENT))
    verdict = ruled((told,), sightings=(sighting(3),))
    assert verdict.derivation is Derivation.UNKNOWN
    assert verdict.basis is Basis.NONE


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


@pytest.mark.parametrize(
    ("licensed", "signals", "attribution"),
    [
        (("mirror-daily.example",), (), Attribution.LICENSED),
        (("other.example", "mirror-daily.example"), (), Attribution.LICENSED),
        (("daily.example",), (), Attribution.NONE),
        (("harbourpost.example",), (), Attribution.NONE),
        ((), (), Attribution.NONE),
        (("mirror-daily.example",), (signal(target=ORIGIN),), Attribution.BARE_LINK),
    ],
)
def test_a_page_without_credit_on_a_site_that_may_reprint_is_licensed(
    licensed: tuple[str, ...], signals: tuple[Signal, ...], attribution: Attribution
) -> None:
    first = (sighting(1), sighting(1, Witness.SELF))
    source = finding(ORIGIN, 0.98, sightings=first)
    verdict = ruled(
        (source,),
        signals=signals,
        said=declared_link(ORIGIN) if signals else None,
        sightings=(sighting(30), sighting(30, Witness.SELF)),
        licensed=licensed,
    )
    assert verdict.kind is VerdictKind.REPOST
    assert verdict.attribution is attribution


def test_a_page_of_nobody_elses_text_is_not_called_licensed() -> None:
    verdict = ruled((), licensed=("mirror-daily.example",))
    assert verdict.attribution is Attribution.NONE


def names_of(verdict: Verdict) -> list[str]:
    return [score.name for score in verdict.scores]


UNLIKE = finding(ORIGIN, 0.0)


def test_a_name_alone_that_is_not_believed_declares_nothing() -> None:
    said = declaration(origin=Origin(url=ORIGIN, publisher=None, basis=Basis.DECLARED))
    for found in ((), (UNLIKE,)):
        verdict = ruled(found, said=said)
        assert (verdict.basis, verdict.direction) == (Basis.NONE, Direction.UNDETERMINED)
        assert names_of(verdict) == []


def test_the_pages_own_word_is_called_so_unless_it_is_refuted() -> None:
    said = declared_link(ORIGIN)
    assert "own_word" in names_of(ruled((), said=said))
    refuted = ruled((UNLIKE,), said=said)
    assert "own_word" not in names_of(refuted)
    notes = [score for score in refuted.scores if score.name == "refuted"]
    assert [(note.value, note.weight) for note in notes] == [(0.0, 0.0)]


def test_a_copy_on_the_named_site_refutes_nothing() -> None:
    there = finding("https://harbourpost.example/other", 0.95)
    verdict = ruled((UNLIKE, there), said=declared_link(ORIGIN), signals=(signal(target=ORIGIN),))
    assert (verdict.kind, verdict.attribution) == (VerdictKind.REPOST, Attribution.BARE_LINK)


def test_a_page_that_was_first_names_nobody_wrongly() -> None:
    back = finding(OTHER, 0.95, declared=declared_link(PAGE))
    verdict = ruled((UNLIKE, back), said=declared_link(ORIGIN))
    assert verdict.kind is VerdictKind.FIRST
    assert verdict.attribution is Attribution.BARE_LINK
    forth = finding(OTHER, 0.95, declared=None)
    link = signal(target=OTHER)
    wrong = ruled((UNLIKE, forth), said=declared_link(ORIGIN), signals=(link,))
    assert wrong.attribution is Attribution.MISATTRIBUTED


@pytest.mark.parametrize(
    ("url", "publisher", "kind"),
    [
        (None, "Harbour Post", VerdictKind.COMMON),
        (ORIGIN, "Harbour Post", VerdictKind.DECLARED),
        (ORIGIN, None, VerdictKind.DECLARED),
        ("https://apnews.com/road", "AP", VerdictKind.COMMON),
    ],
)
def test_an_agencys_text_on_both_pages_sets_aside_a_name_and_no_address(
    url: str | None, publisher: str | None, kind: VerdictKind
) -> None:
    wired = finding(OTHER, 0.97, source=document(url=OTHER, byline=("Reuters",)))
    origin = Origin(url=url, publisher=publisher, basis=Basis.DECLARED)
    said = declaration(derivation=Derivation.WHOLLY, origin=origin)
    assert ruled((wired,), said=said).kind is kind


@pytest.mark.parametrize(
    ("url", "where"),
    [(OTHER, "third-paper.example"), ("corpus:1", "another page")],
)
def test_a_copy_elsewhere_is_told_beside_the_pages_own_word(url: str, where: str) -> None:
    verdict = ruled((finding(url, 0.9),), said=declared_link(ORIGIN))
    [note] = [score for score in verdict.scores if score.name == "elsewhere"]
    assert note.why == f"90% of this page's words stand at {where} too."


@pytest.mark.parametrize(
    ("derivation", "share", "expected"),
    [
        (Derivation.PARTIALLY, 0.8, Derivation.WHOLLY),
        (Derivation.PARTIALLY, 0.79, Derivation.PARTIALLY),
        (Derivation.PARTIALLY, None, Derivation.PARTIALLY),
        (Derivation.WHOLLY, 0.5, Derivation.WHOLLY),
    ],
)
def test_a_part_that_is_declared_is_the_whole_where_all_of_it_stands_elsewhere(
    derivation: Derivation, share: float | None, expected: Derivation
) -> None:
    found = () if share is None else (finding(OTHER, share),)
    said = replace(declared_link(ORIGIN), derivation=derivation)
    verdict = ruled(found, said=said)
    assert (verdict.kind, verdict.derivation) == (VerdictKind.DECLARED, expected)


FALSE_DATE = (sighting(9, Witness.SELF), sighting(2))


@pytest.mark.parametrize(
    ("signals", "declared", "begins"),
    [
        ((signal(target=ORIGIN),), None, "The source says it was published on 9 Mar 2026"),
        ((), None, "The other page says it was published on 9 Mar 2026"),
        ((), declared_link(PAGE), None),
    ],
)
def test_a_false_date_of_the_other_page_is_told_unless_it_is_a_copy(
    signals: tuple[Signal, ...], declared: Declaration | None, begins: str | None
) -> None:
    source = document(url=ORIGIN, state=PageState.ARTICLE)
    found = finding(ORIGIN, 0.95, source=source, sightings=FALSE_DATE, declared=declared)
    seen = (sighting(2, at=FALSE_DATE[1].at),)
    verdict = ruled((found,), signals=signals, sightings=seen)
    told = [score.why for score in verdict.scores if score.name == "claim_too_late"]
    assert [why.startswith(begins or "-") for why in told] == ([True] if begins else [])


def test_an_open_order_is_called_so_in_words() -> None:
    [note] = [s for s in ruled((finding(ORIGIN, 1.0),)).scores if s.name == "undetermined"]
    assert note.why == "Nothing that is known settles who was first."
