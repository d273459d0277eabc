"""The data sheet of an archive: all that must be known of one before it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trust(StrEnum):
    """What a capture of this archive is worth as evidence."""

    EVIDENCE = "evidence"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSheet:
    """One archive, or one kind of archive where ``base_url`` is empty.

    ``index`` names the holdings underneath: two archives over one are one witness.
    ``index_per_minute`` and ``replay_per_minute`` are what it may be asked at most. ``terms`` is
    where its rules of use stand; ``note`` what a reader of its evidence must know.
    """

    name: str
    kind: str
    base_url: str = ""
    index: str
    terms: str = ""
    index_per_minute: float = 20.0
    replay_per_minute: float = 60.0
    trust: Trust = Trust.EVIDENCE
    note: str = ""
