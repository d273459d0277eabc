"""What a run wrote: its files by their digests, chained to what was written before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The files of one run, as (path within its folder, SHA-256 in hex) in the order of paths.

    ``number`` counts the manifests of one database; ``previous`` is the SHA-256 of the one before,
    '' for the first.
    """

    number: int
    previous: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One manifest as the database remembers it: its own SHA-256, and that of the one before."""

    number: int
    sha256: str
    previous: str
