"""CSL-JSON items as Citations, and the recorded ones with what citeproc-js makes of them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.model import Author, CalendarDay, Citation, CitationKind
from provenance.render.citation import apa, chicago, harvard, ieee, mla

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[4] / "shared"))
RECORDED = SHARED / "recorded" / "citation"
DIGEST = "4d614921b60c9da9c7f4c70f66baa1dd1d4006484cfe00a343cf5dcd38e0e4fc"
STYLES: dict[str, tuple[str, Callable[[Citation], str]]] = {
    "APA": ("apa", apa.entry),
    "MLA": ("modern-language-association", mla.entry),
    "Chicago": ("chicago-notes-bibliography", chicago.entry),
    "Chicago author-date": ("chicago-author-date", chicago.author_date),
    "Harvard": ("harvard-cite-them-right", harvard.entry),
    "IEEE": ("ieee", ieee.entry),
}


def citation(item: dict[str, Any]) -> Citation:
    """The citation that a CSL-JSON item describes."""
    return Citation(
        kind=CitationKind(item["type"]),
        title=item["title"],
        authors=tuple(Author(**author) for author in item.get("author", ())),
        container=item.get("container-title"),
        publisher=item.get("publisher"),
        url=item.get("URL"),
        issued=_day(item.get("issued")),
        accessed=_day(item.get("accessed")),
        language=item.get("language"),
        section=item.get("section"),
        page=item.get("page"),
        volume=item.get("volume"),
        issue=item.get("issue"),
        edition=item.get("edition"),
        issn=item.get("ISSN"),
        place=item.get("publisher-place"),
    )


def _day(date: dict[str, Any] | None) -> CalendarDay | None:
    parts = (date or {}).get("date-parts", [[]])[0]
    names = ("year", "month", "day")
    return CalendarDay(**dict(zip(names, parts, strict=False))) if parts else None


def recorded() -> list[dict[str, Any]]:
    """The recorded items."""
    return json.loads((RECORDED / "csl-items.json").read_text("utf-8"))


def expected() -> dict[str, dict[str, str]]:
    """What citeproc-js printed, by style and item."""
    return json.loads((RECORDED / "citeproc-js-expected.json").read_text("utf-8"))


def digest() -> str:
    """The SHA-256 of items and strings together."""
    names = ("csl-items.json", "citeproc-js-expected.json")
    return hashlib.sha256(b"".join((RECORDED / n).read_bytes() for n in names)).hexdigest()
