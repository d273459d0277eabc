"""CSL-JSON, which Zotero, pandoc and every citeproc read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provenance.render.citation.fields import link
from provenance.render.citation.keys import keys
from provenance.render.citation.notes import credited, notes
from provenance.render.text.plain import plain
from provenance.text.urls import host

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import Author, CalendarDay, Citation


def bibliography(citations: Sequence[Citation]) -> str:
    """A JSON list of items."""
    named = zip(citations, keys(citations), strict=True)
    items = [item(citation, key) for citation, key in named]
    return json.dumps(items, ensure_ascii=False, indent=2)


def item(citation: Citation, key: str) -> dict[str, Any]:
    """One item of the CSL-JSON schema (csl-data.json)."""
    archived = bool(citation.archive_url)
    fields: dict[str, Any] = {
        "title": citation.title,
        "author": [_name(author) for author in credited(citation)],
        "container-title": citation.container,
        "publisher": citation.publisher,
        "publisher-place": citation.place,
        "section": citation.section,
        "edition": citation.edition,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.page,
        "issued": _date(citation.issued),
        "accessed": _date(citation.accessed),
        "URL": link(citation.url),
        "archive": host(citation.archive_url or "") if archived else None,
        "archive_location": link(citation.archive_url),
        "source": citation.via,
        "ISSN": citation.issn,
        "language": citation.language,
        "note": notes(citation, archive=False, via=False),
    }
    clean = {name: plain(v) if isinstance(v, str) else v for name, v in fields.items()}
    told = {name: value for name, value in clean.items() if value}
    return {"id": key, "type": citation.kind.value, **told}


def _name(author: Author) -> dict[str, str]:
    if author.literal or not author.family:
        return {"literal": plain(author.literal or author.given)}
    name = {"family": plain(author.family), "given": plain(author.given)}
    return {part: value for part, value in name.items() if value}


def _date(day: CalendarDay | None) -> dict[str, Any] | None:
    if day is None:
        return None
    parts = [part for part in (day.year, day.month, day.day) if part is not None]
    return {"date-parts": [parts]}
