"""The frozen report on a measured repost with a bare link to a newspaper."""

from __future__ import annotations

from dataclasses import replace

from provenance.judge.citation import cite
from provenance.model import (
    Answer,
    Attribution,
    Basis,
    Candidate,
    Citation,
    Confidence,
    Declaration,
    Derivation,
    Direction,
    Family,
    Finding,
    FirstSeen,
    Hop,
    Lead,
    Likeness,
    Miss,
    Origin,
    Place,
    Report,
    Signal,
    Span,
    Strength,
    Verdict,
    VerdictKind,
    Via,
)
from tests.build import document
from tests.render.pages import (
    ARCHIVE,
    MEASURE,
    ORIGINAL,
    ORIGINAL_TEXT,
    REPOST,
    REPOST_TEXT,
    SETTINGS,
    at,
    digest,
    exhibit,
    lookup,
    original_page,
    repost_page,
    says,
    score,
    seen,
    span,
)

SOURCE_LINK = Signal(
    rule="bare_source_link",
    family=Family.STATEMENT,
    quote="Source link",
    place=Place.TAIL,
    strength=Strength.URL,
    claims=Derivation.WHOLLY,
    span=Span(start=0, end=11),
    target=ORIGINAL,
)
_SIGNALS = (
    SOURCE_LINK,
    Signal(
        rule="hotlinked_image",
        family=Family.TRACE,
        quote="https://img.harbourpost.example/marguerite.jpg",
        place=Place.IMAGE,
        strength=Strength.HINT,
        claims=Derivation.UNKNOWN,
        target="https://img.harbourpost.example/marguerite.jpg",
        names=("harbourpost.example",),
    ),
    Signal(
        rule="channel_promotion",
        family=Family.FURNITURE,
        quote="Follow TideWire on every channel",
        place=Place.TEXT,
        strength=Strength.HINT,
        claims=Derivation.NOT,
        span=span(REPOST_TEXT, "Follow TideWire on every channel"),
    ),
    Signal(
        rule="named_source",
        family=Family.STATEMENT,
        quote="the ministry’s own count",
        place=Place.TEXT,
        strength=Strength.NAME,
        claims=Derivation.UNKNOWN,
        span=span(REPOST_TEXT, "the ministry’s own count"),
        names=("the ministry",),
        silenced_by="figure_not_text",
    ),
)
_SCORES = (
    score(
        "copying",
        1.0,
        0.0,
        "94% of this page's words stand in the source, 82% of the source's on this page: "
        "9 passages, the longest run 49 words.",
    ),
    score("links_page", 1.0, 4.0, "The page says “Source link” and links it."),
    score(
        "archive_days",
        1.0,
        2.0,
        "Web archives first hold the text at the source on 1 Mar 2026, on this page on 3 Mar 2026.",
    ),
    score(
        "traces",
        1.0,
        2.0,
        "“https://img.harbourpost.example/marguerite.jpg” on this page belongs to "
        "harbourpost.example.",
    ),
    score(
        "claimed_first",
        1.0,
        1.5,
        "By their own dates: the source 1 Mar 2026, this page 3 Mar 2026.",
    ),
)


def _other() -> Finding:
    url = "https://quayside.example/news/sandrey-has-a-ferry-again"
    text = (
        "Sandrey has a ferry again after more than a decade. The restored Marguerite made her "
        "first crossing on Monday and will sail daily until October, the council said."
    )
    return Finding(
        candidate=Candidate(
            url=url,
            leads=(Lead(url=url, found_by="search", reason="“tied up at the north pier shortly”"),),
        ),
        source=document(
            url=url,
            title="Sandrey has a ferry again",
            publisher="Quayside",
            text=text,
            digest=digest(text),
        ),
        sightings=(says(url, at(2), "meta article:published_time"),),
        reuse=replace(
            MEASURE,
            suspect_containment=0.06,
            source_containment=0.11,
            resemblance=0.03,
            unquoted_containment=0.05,
            unquoted_source_containment=0.1,
            verbatim=0.06,
            rewritten=0.0,
            longest=6,
            runs=0,
            in_order=True,
            source_words=29,
            score=0.05,
            likeness=Likeness.SAME_EVENT,
            passages=(),
            headline=0.4,
            excluded=(),
        ),
        scores=(score("copying", 0.1, 0.0, "6% of this page's words stand there."),),
    )


def _unread() -> Finding:
    url = "https://mirror.example/ferry"
    return Finding(
        candidate=Candidate(
            url=url, leads=(Lead(url=url, found_by="search", reason="second query", rank=3),)
        ),
        source=None,
        sightings=(),
        reuse=None,
        scores=(),
        why="it could not be fetched",
    )


def measured() -> Report:
    """A repost with a bare source link to a newspaper, both archived; search timed out once."""
    page, source = repost_page(), original_page()
    held, shown = seen(ORIGINAL, at(1, 9, 14)), seen(REPOST, at(3, 18, 2))
    finding = Finding(
        candidate=Candidate(
            url=ORIGINAL,
            leads=(
                Lead(
                    url=ORIGINAL,
                    found_by="bare_source_link",
                    reason="the page says “Source link”",
                ),
            ),
        ),
        source=source,
        sightings=(*source.dates, held),
        reuse=MEASURE,
        scores=_SCORES,
        declared=Declaration(
            derivation=Derivation.UNKNOWN,
            attribution=Attribution.NONE,
            origin=None,
            chain=(),
            signals=(),
        ),
    )
    early = seen(REPOST, at(3, 7, 5), holds_text=False, status=503)
    report = Report(
        target=REPOST,
        suspect=page,
        signals=_SIGNALS,
        sightings=(*page.dates, early, shown),
        findings=(finding, _other(), _unread()),
        verdict=Verdict(
            derivation=Derivation.WHOLLY,
            basis=Basis.MEASURED,
            direction=Direction.FROM_SOURCE,
            attribution=Attribution.BARE_LINK,
            confidence=Confidence.STRONG,
            origin=Origin(url=ORIGINAL, publisher="The Harbour Post", basis=Basis.MEASURED),
            chain=(
                Hop(
                    url=ORIGINAL,
                    publisher="The Harbour Post",
                    why="94% of this page's words were found there.",
                ),
            ),
            scores=_SCORES,
            kind=VerdictKind.REPOST,
            answer=0,
            seen=FirstSeen(page=shown, other=held),
        ),
        misses=(
            Miss(
                provider="web",
                asked="https://mirror.example/ferry",
                why="no answer in 45 s",
                retry_after=120.0,
            ),
        ),
        lookups=(
            lookup("web", ORIGINAL, Answer.FOUND, 1, at=at(5, 9, 29)),
            lookup("search", "“tied up at the north pier shortly”", Answer.FOUND, 2),
            lookup(
                "web", "https://mirror.example/ferry", Answer.UNAVAILABLE, why="no answer in 45 s"
            ),
            lookup("archive", f"captures of {REPOST}", Answer.FOUND, 2),
            lookup("archive", f"captures of {ORIGINAL}", Answer.FOUND, 1, at=at(5, 9, 31)),
        ),
        evidence=(
            exhibit(REPOST, REPOST_TEXT, at(5, 9, 28)),
            exhibit(ORIGINAL, ORIGINAL_TEXT, at(5, 9, 29)),
            exhibit(
                ORIGINAL,
                ORIGINAL_TEXT + " archived",
                at(1, 9, 14),
                via=Via.ARCHIVE,
                memento=f"{ARCHIVE}/20260301091400id_/{ORIGINAL}",
            ),
        ),
        checked_at=at(5, 9, 31),
        settings=SETTINGS,
        version="0.1.0",
    )
    citation = cite(report)
    assert isinstance(citation, Citation)
    return replace(report, citation=citation)
