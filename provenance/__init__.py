"""Source and attribution provenance checker.

``check`` says of a page whether it is a repost, of what, how much was copied, who was first,
whether the source is credited, and how sure it is; the other functions are its parts, usable
alone. Nothing heavy is imported before it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from provenance.errors import (
        BadQuery,
        Garbled,
        InputError,
        ProvenanceError,
        ProviderError,
        Refused,
        SettingsError,
        StoreError,
        Unavailable,
    )
    from provenance.model import (
        Attribution,
        Basis,
        Capture,
        Confidence,
        Derivation,
        Direction,
        Document,
        Finding,
        Miss,
        Passage,
        ProviderSpec,
        Report,
        Reuse,
        Settings,
        Sighting,
        Signal,
        Span,
        Verdict,
    )

    __version__: str

__all__ = [
    "Attribution",
    "BadQuery",
    "Basis",
    "Capture",
    "Confidence",
    "Derivation",
    "Direction",
    "Document",
    "Finding",
    "Garbled",
    "InputError",
    "Miss",
    "Passage",
    "ProvenanceError",
    "ProviderError",
    "ProviderSpec",
    "Refused",
    "Report",
    "Reuse",
    "Settings",
    "SettingsError",
    "Sighting",
    "Signal",
    "Span",
    "StoreError",
    "Unavailable",
    "Verdict",
    "check",
    "compare_texts",
    "detect_signals",
    "read_document",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """A type or an error, imported when it is first asked for: a start needs none of them."""
        from importlib import import_module

        if name not in {*__all__, "__version__"}:
            raise AttributeError(f"module 'provenance' has no attribute {name!r}")
        model, errors = (import_module(f"provenance.{each}") for each in ("model", "errors"))
        wanted = "VERSION" if name == "__version__" else name
        return getattr(model if hasattr(model, wanted) else errors, wanted)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


def check(
    target: str | PathLike[str], *, url: str | None = None, settings: Settings | None = None
) -> Report:
    """The report on one page: a URL, an .html or .txt file, the first page of a .warc(.gz).

    ``url`` says where a saved page came from. Of a page that is gone the newest capture in an
    archive is checked (``stand_in``). Whoever could not be asked is a Miss in the report;
    InputError is raised for a target that cannot be read, StoreError for an unusable database.
    Without ``settings`` nothing is kept beyond the call.
    """
    import sys
    from datetime import UTC, datetime
    from functools import partial

    from provenance.errors import InputError
    from provenance.jobs.check.page import check as run
    from provenance.jobs.check.stand_in import fetch_or_newest
    from provenance.model import Settings
    from provenance.world import open_world
    from provenance.world.files import captures

    chosen, name = settings or Settings(), str(target)
    with open_world(chosen, now=lambda: datetime.now(UTC)) as world:
        fetch = partial(fetch_or_newest, world=world, settings=chosen)
        pages = captures(name, url=url, world=world, stdin=sys.stdin.buffer, fetch=fetch)
        page = next(pages, None)
        if page is None:
            raise InputError(f"{name}: no page in it to check")
        return run(name, page, world, chosen)


def read_document(
    body: bytes | str, *, url: str | None = None, media_type: str | None = None
) -> Document:
    """A page as read from its bytes, or from text already decoded.

    ``media_type`` is sniffed where it is not given. InputError when there is nothing to read.
    """
    from datetime import UTC, datetime

    from provenance.model import Capture, Via
    from provenance.read import read_capture
    from provenance.text.scrub import scrub

    data = scrub(body).encode("utf-8") if isinstance(body, str) else body
    declared = f"{media_type or ''}; charset=utf-8" if isinstance(body, str) else media_type or ""
    capture = Capture(
        body=data,
        url=url,
        responded_url=url,
        headers=(("content-type", declared),),
        media_type=media_type or "",
        captured_at=datetime.now(UTC),
        via=Via.FILE,
    )
    return read_capture(capture)


def detect_signals(document: Document) -> tuple[Signal, ...]:
    """Every sign of syndication on the page, silenced ones too (``silenced_by`` names the trap)."""
    from provenance.detect import detect_signals as run

    return run(document)


def compare_texts(suspect: str | Document, source: str | Document) -> Reuse:
    """How much of ``suspect`` stands in ``source``, and where; spans index the texts as given.

    Of a Document its story is compared; of two, without the furniture and attribution found on
    the suspect.
    """
    from provenance.compare import compare_documents
    from provenance.compare import compare_texts as run
    from provenance.model import Document

    if isinstance(suspect, Document) and isinstance(source, Document):
        return compare_documents(suspect, source, detect_signals(suspect))
    texts = [text.text if isinstance(text, Document) else text for text in (suspect, source)]
    return run(texts[0], texts[1])
