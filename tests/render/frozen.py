"""Frozen reports, one of each kind of answer, about invented pages."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from provenance.model import (
    Answer,
    Attribution,
    Basis,
    Block,
    BlockKind,
    Candidate,
    Confidence,
    Declaration,
    Derivation,
    Direction,
    Document,
    Event,
    Exhibit,
    Family,
    Finding,
    Hop,
    Image,
    Lead,
    Likeness,
    Link,
    Lookup,
    Miss,
    Origin,
    Passage,
    PassageKind,
    Place,
    Precision,
    ProviderSpec,
    Report,
    Reuse,
    Score,
    Settings,
    Sighting,
    Signal,
    Span,
    Statement,
    Strength,
    Verdict,
    Via,
    Witness,
)
from provenance.text.scrub import scrub
from tests.build import document
from tests.render import story

REPOST = "https://tidewire.example/2026/03/ferry-back-from-the-dead"
ORIGINAL = "https://harbourpost.example/islands/marguerite-returns"
ARCHIVE = "https://archive.example/web"
SETTINGS = Settings(
    archives=(ProviderSpec(name="archive", kind="cdx", base_url="https://archive.example"),),
    searches=(ProviderSpec(name="search", kind="searxng", base_url="https://search.example"),),
    contact="desk@factcheck.example",
)


def at(day: int, hour: int = 12, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def seen(url: str | None, when: datetime, **given: Any) -> Sighting:
    """An archived capture that holds the text, unless told otherwise."""
    stamp = f"{when:%Y%m%d%H%M%S}"
    return Sighting(
        **{
            "url": url,
            "at": when,
            "precision": Precision.SECOND,
            "witness": Witness.ARCHIVE,
            "event": Event.CAPTURED,
            "basis": "archive cdx",
            "memento": f"{ARCHIVE}/{stamp}/{url}",
            "digest": "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            "holds_text": True,
            "status": 200,
            "media_type": "text/html",
            **given,
        }
    )


def says(url: str | None, when: datetime, basis: str, **given: Any) -> Sighting:
    """A date that the page gives itself."""
    return Sighting(
        **{
            "url": url,
            "at": when,
            "precision": Precision.DAY,
            "witness": Witness.SELF,
            "event": Event.PUBLISHED,
            "basis": basis,
            **given,
        }
    )


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def exhibit(url: str, text: str, when: datetime, **given: Any) -> Exhibit:
    return Exhibit(
        **{
            "url": url,
            "responded_url": url,
            "status": 200,
            "media_type": "text/html",
            "captured_at": when,
            "via": Via.LIVE,
            "memento": None,
            "digest": digest(text),
            "size": 4 * len(text),
            **given,
        }
    )


def lookup(provider: str, asked: str, answer: Answer, found: int = 0, **given: Any) -> Lookup:
    return Lookup(
        **{
            "provider": provider,
            "asked": asked,
            "answer": answer,
            "found": found,
            "at": at(5, 9, 30),
            **given,
        }
    )


def score(name: str, value: float, weight: float, why: str) -> Score:
    return Score(name=name, value=value, weight=weight, why=why)


# --- the measured repost -------------------------------------------------------------------------

_REPOST_TEXT = "\n\n".join(story.PARAGRAPHS[i][0] or "" for i in story.REPOST_ORDER)
_ORIGINAL_TEXT = "\n\n".join(story.PARAGRAPHS[i][1] or "" for i in story.ORIGINAL_ORDER)


def _passages() -> tuple[Passage, ...]:
    found = [
        Passage(
            suspect=span(_REPOST_TEXT, here),
            source=span(_ORIGINAL_TEXT, there),
            kind=PassageKind(kind),
            similarity=0.71 if kind == "rewritten" else 1.0,
            quoted=quoted,
        )
        for here, there, kind, quoted in story.PARAGRAPHS
        if here and there
    ]
    return tuple(sorted(found, key=lambda passage: passage.suspect.start))


MEASURE = Reuse(
    suspect_containment=0.943,
    source_containment=0.817,
    resemblance=0.78,
    unquoted_containment=0.938,
    unquoted_source_containment=0.8,
    verbatim=0.72,
    rewritten=0.223,
    longest=49,
    runs=9,
    in_order=False,
    suspect_words=301,
    source_words=341,
    score=0.93,
    likeness=Likeness.COPIED,
    passages=_passages(),
    headline=0.31,
    excluded=(span(_REPOST_TEXT, story.PARAGRAPHS[0][0] or ""),),
)


def repost_page() -> Document:
    start = story.TAIL.index("Source link")
    link = Link(
        url=ORIGINAL,
        text="Source link",
        place=Place.TAIL,
        rel=("nofollow", "noopener"),
        span=Span(start=start, end=start + 11),
    )
    return document(
        url=REPOST,
        canonical=REPOST,
        title=story.REPOST_TITLE,
        byline=("TideWire Staff",),
        publisher="TideWire",
        self_names=("TideWire", "tidewire.example"),
        language="en",
        head="TideWire — all the news that floats",
        text=_REPOST_TEXT,
        tail=story.TAIL,
        blocks=(
            Block(
                place=Place.TAIL,
                span=link.span or Span(start=0, end=0),
                kind=BlockKind.PARAGRAPH,
                links=(link,),
            ),
        ),
        links=(link,),
        images=(
            Image(
                url="https://img.harbourpost.example/marguerite.jpg",
                host="img.harbourpost.example",
                alt="The Marguerite at the north pier",
            ),
        ),
        statements=(Statement(key="rel:canonical", value=REPOST, place=Place.META),),
        dates=(says(REPOST, at(3), "json_ld datePublished"),),
        digest=digest(_REPOST_TEXT),
        notes=("2 elements hidden by style were left out",),
    )


def original_page() -> Document:
    return document(
        url=ORIGINAL,
        canonical=ORIGINAL,
        title=story.ORIGINAL_TITLE,
        byline=("Maren Holt",),
        dateline="SANDREY",
        publisher="The Harbour Post",
        self_names=("The Harbour Post",),
        language="en",
        text=_ORIGINAL_TEXT,
        images=(
            Image(
                url="https://img.harbourpost.example/marguerite.jpg",
                host="img.harbourpost.example",
                credit="Photograph: Elio Brandt",
            ),
        ),
        dates=(says(ORIGINAL, at(1, 6, 30), "json_ld datePublished", precision=Precision.MINUTE),),
        digest=digest(_ORIGINAL_TEXT),
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
        span=span(_REPOST_TEXT, "Follow TideWire on every channel"),
    ),
    Signal(
        rule="named_source",
        family=Family.STATEMENT,
        quote="the ministry’s own count",
        place=Place.TEXT,
        strength=Strength.NAME,
        claims=Derivation.UNKNOWN,
        span=span(_REPOST_TEXT, "the ministry’s own count"),
        names=("the ministry",),
        silenced_by="figure_not_text",
    ),
)
_SCORES = (
    score(
        "copying",
        1.0,
        0.40,
        "94 % of this page's words stand in the source, 82 % of the source's on this page: "
        "9 passages, the longest run 49 words.",
    ),
    score("pointed_at", 1.0, 0.20, "The page says “Source link” and links it."),
    score(
        "archive_first",
        1.0,
        0.20,
        "Web archives first hold the text at the source on 1 Mar 2026, on this page on 3 Mar 2026.",
    ),
    score(
        "traces",
        1.0,
        0.06,
        "“https://img.harbourpost.example/marguerite.jpg” on this page belongs to "
        "harbourpost.example.",
    ),
    score(
        "claimed_first",
        1.0,
        0.03,
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
        scores=(score("copying", 0.1, 0.40, "6 % of this page's words stand in the source."),),
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
        sightings=(*source.dates, seen(ORIGINAL, at(1, 9, 14))),
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
    return Report(
        target=REPOST,
        suspect=page,
        signals=_SIGNALS,
        sightings=(*page.dates, early, seen(REPOST, at(3, 18, 2))),
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
                    why="94 % of this page's words were found there.",
                ),
            ),
            scores=_SCORES,
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
            exhibit(REPOST, _REPOST_TEXT, at(5, 9, 28)),
            exhibit(ORIGINAL, _ORIGINAL_TEXT, at(5, 9, 29)),
            exhibit(
                ORIGINAL,
                _ORIGINAL_TEXT + " archived",
                at(1, 9, 14),
                via=Via.ARCHIVE,
                memento=f"{ARCHIVE}/20260301091400id_/{ORIGINAL}",
            ),
        ),
        checked_at=at(5, 9, 31),
        settings=SETTINGS,
        version="0.1.0",
    )


# --- the other answers ---------------------------------------------------------------------------


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
        score(
            "ceiling",
            0.0,
            0.0,
            "Capped: this rests on the page's own word; no text was compared.",
        ),
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
    return replace(
        page,
        sightings=(*page.sightings, seen(REPOST, at(3, 18, 2))),
        misses=(),
        lookups=(
            lookup("search", "“tied up at the north pier”", Answer.NONE),
            lookup("search", "“an hour late, half empty”", Answer.NONE),
            lookup("archive", f"captures of {REPOST}", Answer.FOUND, 2),
        ),
    )


def common() -> Report:
    """Two papers with one agency's text."""
    report = measured()
    agency = "Northern Press Agency"
    why = "Both pages credit this agency; neither is the other's original."
    return replace(
        report,
        verdict=replace(
            report.verdict,
            derivation=Derivation.WHOLLY,
            direction=Direction.COMMON_SOURCE,
            attribution=Attribution.NAMED,
            confidence=Confidence.MEDIUM,
            origin=Origin(url=None, publisher=agency, basis=Basis.DECLARED),
            chain=(Hop(url=None, publisher=agency, why=why),),
        ),
        signals=(
            replace(
                SOURCE_LINK,
                rule="agency_byline",
                family=Family.AGENCY,
                quote="(NPA)",
                names=(agency,),
                target=None,
                strength=Strength.NAME,
            ),
        ),
        misses=(),
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
    return replace(
        report,
        findings=(replace(first, reuse=reuse), *rest),
        verdict=replace(
            report.verdict,
            derivation=Derivation.PARTIALLY,
            attribution=Attribution.NAMED,
            confidence=Confidence.MEDIUM,
            chain=(middle, *report.verdict.chain),
        ),
    )


def undetermined() -> Report:
    """The same text on two pages, and no telling which was first."""
    report = measured()
    return replace(
        report,
        signals=(),
        verdict=replace(
            report.verdict,
            derivation=Derivation.UNKNOWN,
            direction=Direction.UNDETERMINED,
            attribution=Attribution.NONE,
            confidence=Confidence.MEDIUM,
            origin=None,
            chain=(),
        ),
    )


def first() -> Report:
    """The page under test was there before the other."""
    report = measured()
    source, *rest = report.findings
    page = replace(report.suspect, dates=(says(REPOST, at(1), "json_ld datePublished"),))
    late = (says(ORIGINAL, at(3), "json_ld datePublished"), seen(ORIGINAL, at(4, 9, 14)))
    return replace(
        report,
        suspect=page,
        signals=(),
        sightings=(*page.dates, seen(REPOST, at(1, 18, 2))),
        findings=(replace(source, sightings=late), *rest),
        verdict=replace(
            report.verdict,
            derivation=Derivation.NOT,
            direction=Direction.TO_SOURCE,
            attribution=Attribution.NONE,
            confidence=Confidence.MEDIUM,
            origin=Origin(url=REPOST, publisher="TideWire", basis=Basis.MEASURED),
            chain=(),
        ),
        misses=(),
    )


def hostile(text: str) -> Report:
    """The measured repost with ``text`` in every string field of every noun.

    The stored strings end in it, and so does the last passage on both sides.
    """
    report: Report = _poison(measured(), text)
    first, *rest = report.findings
    assert first.reuse is not None
    assert first.source is not None
    *passages, last = first.reuse.passages
    last = replace(
        last,
        suspect=replace(last.suspect, end=len(report.suspect.text)),
        source=replace(last.source, end=len(first.source.text)),
    )
    reuse = replace(first.reuse, passages=(*passages, last))
    return replace(report, findings=(replace(first, reuse=reuse), *rest))


def _poison(noun: Any, text: str) -> Any:
    if isinstance(noun, Enum):
        return noun
    if isinstance(noun, str):
        # Addresses are scrubbed where they come in, like all text of strangers.
        return text if not noun.startswith("http") else noun + scrub(text)
    if isinstance(noun, tuple):
        return tuple(_poison(item, text) for item in noun)
    if is_dataclass(noun) and not isinstance(noun, type):
        stored = {"head", "text", "tail", "aside"} if isinstance(noun, Document) else set()
        held = {field.name: getattr(noun, field.name) for field in fields(noun)}
        return replace(
            noun,
            **{
                name: f"{value} {text}" if name in stored else _poison(value, text)
                for name, value in held.items()
            },
        )
    return noun


ALL = {
    "measured": measured,
    "declared": declared,
    "unknown": unknown,
    "nothing": nothing,
    "common": common,
    "partial": partial,
    "undetermined": undetermined,
    "first": first,
}


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
