"""The data sheet of an archive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.world.sheet import Sheet


class Trust(StrEnum):
    """What a capture of this archive is worth as evidence."""

    EVIDENCE = "evidence"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSheet(Sheet):
    """One archive: ``index_per_minute`` and ``replay_per_minute`` are what it may be asked at most.

    ``trust`` is what its captures are worth.
    """

    index_per_minute: float = 20.0
    replay_per_minute: float = 60.0
    trust: Trust = Trust.EVIDENCE
