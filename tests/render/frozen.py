"""Frozen reports, one of each kind of answer, about invented pages."""

from __future__ import annotations

from dataclasses import replace

from provenance.model import (
    Answer,
    Attribution,
    Basis,
    Confidence,
    Declaration,
    Derivation,
    Direction,
    Document,
    Exhibit,
    Family,
    Hop,
    Likeness,
    Miss,
    Origin,
    Report,
    Reuse,
    Review,
    Stance,
    Strength,
    Verdict,
    VerdictKind,
    Via,
)
from tests.build import document
from tests.render.measured import SOURCE_LINK, measured
from tests.render.pages import (
    MEASURE,
    ORIGINAL,
    REPOST,
    SETTINGS,
    at,
    digest,
    lookup,
    original_page,
    repost_page,
    says,
    score,
    seen,
    with_verdict,
)


def declared() -> Report:
    """A text file, offline, that ends in a bare “Source link” whose target is not in the text."""
    text = (
        "The lighthouse keepers of Vessel Point have voted to keep their lamp.\n\n"
        "It burns more oil than the village does, and the village pays for it gladly.\n\n"
        "Teodor Rask teaches history at the maritime college and once kept a lamp himself."
    )
    page = document(
        title="OPINION: The lamp at Vessel Point should stay lit",
        publisher="LAMP-NEWS.EXAMPLE",
        self_names=("LAMP-NEWS.EXAMPLE",),
        byline=("Teodor Rask",),
        head="LAMP-NEWS.EXAMPLE\nWebsite https://lamp-news.example/",
        text=text,
        tail="Source link\n\nJoin our channel!",
        dates=(says(None, at(23, month=2), "dateline of the page"),),
        digest=digest(text),
    )
    link = replace(SOURCE_LINK, strength=Strength.REPOST, target=None)
    scores = (
        score("bare_source_link", 1.0, 0.0, "The page says “Source link”."),
        score("own_word", 0.0, 0.0, "This is the page's own word; no text of it was compared."),
    )
    return Report(
        target="lamp.txt",
        suspect=page,
        signals=(link,),
        sightings=page.dates,
        findings=(),
        verdict=Verdict(
            derivation=Derivation.WHOLLY,
            basis=Basis.DECLARED,
            direction=Direction.UNDETERMINED,
            attribution=Attribution.BARE_LINK,
            confidence=Confidence.MEDIUM,
            origin=None,
            chain=(),
            scores=scores,
            kind=VerdictKind.DECLARED,
        ),
        misses=(
            Miss(
                provider="archive",
                asked="captures of this page",
                why="the page's address is not known (--url)",
            ),
            Miss(provider="search", asked="where else this text stands", why="offline"),
        ),
        lookups=(),
        evidence=(
            Exhibit(
                url=None,
                responded_url=None,
                status=None,
                media_type="text/plain",
                captured_at=at(5),
                via=Via.FILE,
                memento=None,
                digest=digest(text),
                size=len(text),
            ),
        ),
        checked_at=at(5),
        settings=replace(SETTINGS, offline=True, searches=()),
        version="0.1.0",
    )


def unknown() -> Report:
    """A page that names no source while the search service refuses: could not tell."""
    page = replace(repost_page(), tail="", links=(), blocks=())
    return replace(
        declared(),
        target=REPOST,
        suspect=page,
        signals=(),
        sightings=page.dates,
        verdict=Verdict(
            derivation=Derivation.UNKNOWN,
            basis=Basis.NONE,
            direction=Direction.UNDETERMINED,
            attribution=Attribution.NONE,
            confidence=Confidence.NONE,
            origin=None,
            chain=(),
            scores=(),
            kind=VerdictKind.UNKNOWN,
        ),
        misses=(
            Miss(provider="search", asked="“tied up at the north pier”", why="429: too many"),
            Miss(provider="archive", asked=f"captures of {REPOST}", why="no answer in 45 s"),
        ),
        lookups=(
            lookup("search", "“tied up at the north pier”", Answer.UNAVAILABLE, why="429"),
            lookup("archive", f"captures of {REPOST}", Answer.UNAVAILABLE, why="no answer"),
        ),
        settings=SETTINGS,
    )


def nothing() -> Report:
    """Everybody answered and nobody knows the text elsewhere."""
    page = unknown()
    report = replace(
        page,
        sightings=(*page.sightings, seen(REPOST, at(3, 18, 2))),
        misses=(),
        lookups=(
            lookup("search", "“tied up at the north pier”", Answer.NONE),
            lookup("search", "“an hour late, half empty”", Answer.NONE),
            lookup("archive", f"captures of {REPOST}", Answer.FOUND, 2),
        ),
    )
    return with_verdict(report, kind=VerdictKind.NONE_FOUND)


def common() -> Report:
    """Two papers with one agency's text."""
    report = measured()
    agency = "Northern Press Agency"
    why = "Both pages credit this agency; neither is the other's original."
    credited = replace(
        SOURCE_LINK,
        rule="agency_byline",
        family=Family.AGENCY,
        quote="(NPA)",
        names=(agency,),
        target=None,
        strength=Strength.NAME,
    )
    return with_verdict(
        replace(report, signals=(credited,), misses=()),
        derivation=Derivation.WHOLLY,
        direction=Direction.COMMON_SOURCE,
        attribution=Attribution.NAMED,
        confidence=Confidence.MEDIUM,
        origin=Origin(url=None, publisher=agency, basis=Basis.DECLARED),
        chain=(Hop(url=None, publisher=agency, why=why),),
    )


def partial() -> Report:
    """A third of the page is another's, by way of a middleman."""
    report = measured()
    first, *rest = report.findings
    assert first.reuse is not None
    passages = first.reuse.passages[1:4]
    reuse = replace(
        first.reuse,
        suspect_containment=0.34,
        source_containment=0.29,
        verbatim=0.24,
        rewritten=0.10,
        likeness=Likeness.PARTLY,
        passages=passages,
        runs=3,
        unquoted_containment=0.31,
        unquoted_source_containment=0.27,
    )
    middle = Hop(
        url="https://relay.example/marguerite",
        publisher="Relay",
        why="The page links it as its source.",
    )
    return with_verdict(
        replace(report, findings=(replace(first, reuse=reuse), *rest)),
        derivation=Derivation.PARTIALLY,
        attribution=Attribution.NAMED,
        confidence=Confidence.MEDIUM,
        chain=(middle, *report.verdict.chain),
    )


def undetermined() -> Report:
    """The same text on two pages, and no telling which was first."""
    return with_verdict(
        replace(measured(), signals=()),
        derivation=Derivation.UNKNOWN,
        direction=Direction.UNDETERMINED,
        attribution=Attribution.NONE,
        confidence=Confidence.NONE,
        origin=None,
        chain=(),
    )


def first() -> Report:
    """The page under test was there before the other."""
    report = measured()
    source, *rest = report.findings
    page = replace(report.suspect, dates=(says(REPOST, at(1), "json_ld datePublished"),))
    late = (says(ORIGINAL, at(3), "json_ld datePublished"), seen(ORIGINAL, at(4, 9, 14)))
    earlier = replace(
        report,
        suspect=page,
        signals=(),
        sightings=(*page.dates, seen(REPOST, at(1, 18, 2))),
        findings=(replace(source, sightings=late), *rest),
        misses=(),
    )
    return with_verdict(
        earlier,
        derivation=Derivation.NOT,
        direction=Direction.TO_SOURCE,
        attribution=Attribution.NONE,
        confidence=Confidence.MEDIUM,
        origin=Origin(url=REPOST, publisher="TideWire", basis=Basis.MEASURED),
        chain=(),
    )


def reviewed() -> Report:
    """The measured repost with a person's word beside the tool's."""
    review = Review(stance=Stance.AGREE, note="The editor confirmed by phone.", at=at(6, 8))
    return replace(measured(), review=review)


def pair() -> tuple[Document, Document, Reuse]:
    """The repost, its original and their measure."""
    return repost_page(), original_page(), MEASURE


def declaration() -> Declaration:
    """What the repost says of itself."""
    return Declaration(
        derivation=Derivation.WHOLLY,
        attribution=Attribution.BARE_LINK,
        origin=Origin(url=ORIGINAL, publisher=None, basis=Basis.DECLARED),
        chain=(Hop(url=ORIGINAL, publisher=None, why="“Source link” near the end."),),
        signals=(SOURCE_LINK,),
    )


ALL = {
    "measured": measured,
    "declared": declared,
    "unknown": unknown,
    "nothing": nothing,
    "common": common,
    "partial": partial,
    "undetermined": undetermined,
    "first": first,
    "reviewed": reviewed,
}
