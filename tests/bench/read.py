"""Adapters by which measuring scripts call the reader: text in, one dict of fields out."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from provenance.model import Capture, Document, Via
from provenance.read import read_capture
from provenance.text.dates import published_day


def capture_of(body: bytes, url: str | None, media_type: str = "text/html") -> Capture:
    return Capture(
        url=url or None,
        responded_url=url or None,
        status=200,
        headers=(("content-type", f"{media_type}; charset=utf-8"),),
        body=body,
        media_type=media_type,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        via=Via.FILE,
        memento=None,
        digest=hashlib.sha256(body).hexdigest(),
    )


def document_of(html: str, url: str) -> Document:
    return read_capture(capture_of(html.encode("utf-8", "replace"), url))


def fields(document: Document) -> dict[str, Any]:
    day = published_day(document.dates)
    return {
        "text": document.text,
        "title": document.title,
        "author": _authors(document),
        "date": day.isoformat() if day else None,
        "canonical": document.canonical,
    }


def _authors(document: Document) -> list[str]:
    """Persons and the agency; where neither is named, the organisation marked up as author."""
    named = [*document.byline, *([document.agency] if document.agency else [])]
    kinds = [s.value for s in document.statements if s.key == "json_ld:author.@type"]
    names = [s.value for s in document.statements if s.key == "json_ld:author.name"]
    marked = kinds[:1] == ["Organization"]
    return named or (names[:1] if marked else [])


def extract(html: str, url: str) -> dict[str, Any]:
    return fields(document_of(html, url))
