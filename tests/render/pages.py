"""An invented repost and its original as read, and the measure of the two."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from provenance.judge import complete
from provenance.model import (
    Answer,
    Block,
    BlockKind,
    Document,
    Event,
    Exhibit,
    Image,
    Likeness,
    Link,
    Lookup,
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
    Span,
    Statement,
    Via,
    Witness,
)
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


def with_verdict(report: Report, **fields: Any) -> Report:
    """The report with another verdict, and with the kind, answer and sightings that follow from it.

    A ``kind`` that is given stands: an older report does not say whether everybody was asked.
    """
    verdict = replace(report.verdict, **fields)
    whole = complete(replace(report, verdict=verdict, schema=1))
    kind = fields.get("kind", whole.verdict.kind)
    return replace(whole, verdict=replace(whole.verdict, kind=kind), schema=report.schema)


# --- the measured repost -------------------------------------------------------------------------

REPOST_TEXT = "\n\n".join(story.PARAGRAPHS[i][0] or "" for i in story.REPOST_ORDER)
ORIGINAL_TEXT = "\n\n".join(story.PARAGRAPHS[i][1] or "" for i in story.ORIGINAL_ORDER)


def _passages() -> tuple[Passage, ...]:
    found = [
        Passage(
            suspect=span(REPOST_TEXT, here),
            source=span(ORIGINAL_TEXT, there),
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
    excluded=(span(REPOST_TEXT, story.PARAGRAPHS[0][0] or ""),),
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
        text=REPOST_TEXT,
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
        digest=digest(REPOST_TEXT),
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
        text=ORIGINAL_TEXT,
        images=(
            Image(
                url="https://img.harbourpost.example/marguerite.jpg",
                host="img.harbourpost.example",
                credit="Photograph: Elio Brandt",
            ),
        ),
        dates=(says(ORIGINAL, at(1, 6, 30), "json_ld datePublished", precision=Precision.MINUTE),),
        digest=digest(ORIGINAL_TEXT),
    )
