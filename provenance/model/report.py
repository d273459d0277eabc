"""The whole answer for one page, ready to be rendered or kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from provenance.model.document import Document
from provenance.model.evidence import Exhibit, Lookup, Miss, Sighting, Signal
from provenance.model.settings import Settings
from provenance.model.verdict import Finding, Verdict

VERSION = "0.1.0"
SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One page checked.

    ``target`` is what the person named. ``checked_at`` is the time of the newest evidence, never
    the reader's clock, so that the same kept data give the same bytes. ``sightings`` are those of
    the suspect; those of each candidate stand in its Finding. ``findings`` are best first.
    """

    target: str
    suspect: Document
    signals: tuple[Signal, ...]
    sightings: tuple[Sighting, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    misses: tuple[Miss, ...]
    lookups: tuple[Lookup, ...]
    evidence: tuple[Exhibit, ...]
    checked_at: datetime
    settings: Settings
    version: str
    schema: int = SCHEMA
