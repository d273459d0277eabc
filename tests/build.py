"""Nouns with defaults, so that a test names only what it is about."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from provenance.model import (
    Attribution,
    Basis,
    Candidate,
    Capture,
    Declaration,
    Derivation,
    Document,
    Event,
    Evidence,
    Family,
    Finding,
    Lead,
    Likeness,
    Origin,
    PageState,
    Place,
    Precision,
    Reuse,
    Sighting,
    Signal,
    Strength,
    Via,
    Witness,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

_DOCUMENT = Document(
    url=None,
    canonical=None,
    alternates=(),
    title=None,
    byline=(),
    dateline=None,
    credit_line=None,
    publisher=None,
    self_names=(),
    agency=None,
    language=None,
    state=PageState.ARTICLE,
    head="",
    text="",
    tail="",
    aside="",
    blocks=(),
    links=(),
    images=(),
    statements=(),
    dates=(),
    digest="0" * 64,
)
_REUSE = Reuse(
    suspect_containment=0.0,
    source_containment=0.0,
    resemblance=0.0,
    unquoted_containment=0.0,
    unquoted_source_containment=0.0,
    verbatim=0.0,
    rewritten=0.0,
    longest=0,
    runs=0,
    in_order=True,
    suspect_words=500,
    source_words=500,
    score=0.0,
    likeness=Likeness.UNRELATED,
    passages=(),
)


def document(**fields: Any) -> Document:
    return replace(_DOCUMENT, **fields)


def signal(**fields: Any) -> Signal:
    given = {
        "rule": "source_link",
        "family": Family.STATEMENT,
        "quote": "Source link",
        "place": Place.TAIL,
        "strength": Strength.URL,
        "claims": Derivation.WHOLLY,
    }
    return Signal(**{**given, **fields})


def reuse(share: float, likeness: Likeness | None = None, **fields: Any) -> Reuse:
    """A measure of ``share`` both ways; the likeness follows the share where none is given."""
    cut = Likeness.COPIED if share >= 0.8 else Likeness.PARTLY
    return replace(
        _REUSE,
        suspect_containment=share,
        source_containment=share,
        unquoted_containment=share,
        verbatim=share,
        likeness=likeness or (cut if share >= 0.1 else Likeness.UNRELATED),
        runs=3 if share else 0,
        longest=120 if share else 0,
        **fields,
    )


def finding(url: str, share: float, **fields: Any) -> Finding:
    """A candidate found by the page's own link, holding ``share`` of the suspect."""
    given: dict[str, Any] = {
        "candidate": Candidate(url=url, leads=(Lead(url=url, found_by="source_link", reason=""),)),
        "source": document(url=url),
        "sightings": (),
        "reuse": reuse(share),
        "scores": (),
    }
    return Finding(**{**given, **fields})


def sighting(day: int, witness: Witness = Witness.ARCHIVE, **fields: Any) -> Sighting:
    """Seen on that day of March 2026; an archive's sighting holds the text unless told."""
    given: dict[str, Any] = {
        "url": None,
        "at": NOON.replace(day=day),
        "precision": Precision.DAY if witness is Witness.SELF else Precision.SECOND,
        "witness": witness,
        "event": Event.PUBLISHED if witness is Witness.SELF else Event.CAPTURED,
        "basis": "test",
        "holds_text": True if witness is Witness.ARCHIVE else None,
    }
    return Sighting(**{**given, **fields})


def declaration(**fields: Any) -> Declaration:
    given: dict[str, Any] = {
        "derivation": Derivation.UNKNOWN,
        "attribution": Attribution.NONE,
        "origin": None,
        "chain": (),
        "signals": (),
    }
    return Declaration(**{**given, **fields})


def declared_link(url: str) -> Declaration:
    """What a page with a bare source link to ``url`` says of itself."""
    return declaration(
        derivation=Derivation.WHOLLY,
        attribution=Attribution.BARE_LINK,
        origin=Origin(url=url, publisher=None, basis=Basis.DECLARED),
        signals=(signal(target=url),),
    )


def evidence(*findings: Finding, **fields: Any) -> Evidence:
    """All that is known of a page that says nothing of itself, unless told otherwise."""
    given: dict[str, Any] = {
        "suspect": document(url="https://mirror-daily.example/harbour-road", text="The story."),
        "signals": (),
        "declaration": declaration(),
        "findings": findings,
    }
    return Evidence(**{**given, **fields})


def capture(body: str | bytes, url: str | None = None, **fields: Any) -> Capture:
    data = body.encode("utf-8") if isinstance(body, str) else body
    given: dict[str, Any] = {
        "url": url,
        "responded_url": url,
        "status": 200,
        "headers": (("content-type", "text/html; charset=utf-8"),),
        "body": data,
        "media_type": "text/html",
        "captured_at": NOON,
        "via": Via.LIVE,
        "memento": None,
        "digest": hashlib.sha256(data).hexdigest(),
    }
    return Capture(**{**given, **fields})
