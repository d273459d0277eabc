"""The rows of a collection made ready: who published what when, and the text in pieces.

Everything here works on Arrow record batches, so that each engine can run it as it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from provenance.model import Precision
from provenance.read.facts.dateline import dateline_of
from provenance.text.dates import parse_moment
from provenance.text.publishers import AgencyKind, agency_named, publisher_of
from provenance.text.urls import normalise, registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters of a piece; a longer text is cut where a line or a word ends close before it.
PIECE, _CLOSE = 100_000, 2_000
PARTS = 64
"""Pieces of one text, at most; ``piece >> 6`` is the text that a piece belongs to."""
_TITLE = 200
_COARSE = (Precision.YEAR, Precision.MONTH)
_SELLERS = {AgencyKind.AGENCY, AgencyKind.RELEASE, AgencyKind.SYNDICATE}
_EPOCH, _ISO_DAY = date(1970, 1, 1), len("1970-01-01")
# Lines at either end of a text that may name its agency, and their length.
_LINES, _LINE = 3, 80

Batch: TypeAlias = "pa.RecordBatch"

GIVEN = pa.schema(
    [(name, pa.string()) for name in ("name", "text", "url", "title", "date", "site")]
)
"""What is known of each text: ``date`` as its collection writes it, ``site`` where it is named."""
TEXTS = pa.schema(
    [
        ("piece", pa.int64()),
        ("id", pa.int64()),
        ("part", pa.int32()),
        ("name", pa.string()),
        ("address", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("site", pa.string()),
        ("site_key", pa.int64()),
        ("day", pa.int32()),
        ("agency", pa.string()),
        ("own", pa.bool_()),
        ("digest", pa.string()),
        ("text", pa.string()),
    ]
)
"""One row a piece: ``day`` counts from 1970-01-01, null where none is known to the day; ``own``
says that the address is an agency's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Turns batches of GIVEN into batches of TEXTS; blank texts are left out.

    ``first`` and ``last`` are days; with either, texts without a day are left out. The numbers of
    texts are hashes of their names, the same wherever they are read.
    """

    first: int | None = None
    last: int | None = None
    schema = TEXTS

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of the texts in a batch, by the hash of each name."""
        return self.read(batch, None)

    def read(self, batch: pa.RecordBatch, start: int | None) -> pa.RecordBatch:
        """The same, numbered from ``start``; a text that is left out uses up its number too."""
        rows: list[tuple[object, ...]] = []
        for at, given in enumerate(batch.to_pylist()):
            if (given["text"] or "").strip():
                number = None if start is None else start + at
                rows += self._rows(number, **given)
        columns = list(zip(*rows, strict=True)) or [()] * len(TEXTS)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, TEXTS, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=TEXTS)

    def _rows(self, number: int | None, **given: str | None) -> Iterator[tuple[object, ...]]:
        day = day_of(given["date"] or "")
        if not self._is_wanted(day):
            return
        text, url = _clean(given["text"] or ""), _clean(given["url"] or "").strip()
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
        name = _clean(given["name"] or "") or url or f"text:{digest[:16]}"
        key = _hash(name) >> 7 if number is None else number
        site = _clean(given["site"] or "").strip().lower() or registrable(url) or name
        title = (_clean(given["title"] or "").strip() or text.lstrip()[:1_000].split("\n", 1)[0])[
            :_TITLE
        ]
        known = publisher_of(url) if url else None
        about = (
            *(name, normalise(url) if url else name, url or None, title[:_TITLE], site),
            *(_hash(site) >> 1, day, agency_of(text), known is not None and known.agency),
            digest,
        )
        for part, piece in enumerate(cut(text)):
            yield (key * PARTS + part, key, part, *about, piece)

    def _is_wanted(self, day: int | None) -> bool:
        if self.first is None and self.last is None:
            return True
        if day is None:
            return False
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def cut(text: str) -> list[str]:
    """A text in pieces of at most ``PIECE`` characters; what is beyond ``PARTS`` is left out."""
    pieces, start = list[str](), 0
    while start < len(text) and len(pieces) < PARTS:
        end = start + PIECE
        if end < len(text):
            ends = (text.rfind(mark, end - _CLOSE, end) + 1 for mark in "\n ")
            end = next(filter(None, ends), end)
        pieces.append(text[start:end])
        start = end
    return pieces


@lru_cache(maxsize=65_536)
def day_of(said: str) -> int | None:
    """The days from 1970-01-01 to the day that a date states; None for none, or none so exact."""
    try:
        if len(said) == _ISO_DAY:
            return (date.fromisoformat(said) - _EPOCH).days
    except ValueError:
        pass
    try:
        moment = parse_moment(said) if said else None
    except (ValueError, OverflowError, OSError):
        return None
    if moment is None or moment.precision in _COARSE:
        return None
    return (moment.at.astimezone(UTC).date() - _EPOCH).days


def agency_of(text: str) -> str:
    """The agency that a text names in its dateline, or in a line of its own at either end; ''."""
    _, named = dateline_of(text.lstrip())
    if named is None:
        ends = (*text[:1_000].split("\n")[:_LINES], *text[-1_000:].split("\n")[-_LINES:])
        named = next((line for line in ends if len(line) <= _LINE and agency_named(line)), None)
    agency = agency_named(named) if named else None
    return agency.name if agency is not None and agency.kind in _SELLERS else ""


def written(value: object) -> str | None:
    """A cell as text: a date or a moment in ISO form, None for what is null or no such thing."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str) else None


def _clean(text: str) -> str:
    """A cell without NULs; a lone surrogate cannot stand in Arrow's UTF-8."""
    return text.replace("\0", "") if "\0" in text else text


def _hash(text: str) -> int:
    """64 bits of a text, the same on every machine."""
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big"
    )
