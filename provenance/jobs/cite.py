"""A checked page cited: its origin, or itself, with what the live page shows by now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.compare import compare_documents
from provenance.errors import InputError, ProviderError, Refused
from provenance.judge.citation import cite, cite_copy, cite_page
from provenance.model import GONE, Citation, PageState, Refusal, UrlStatus
from provenance.read import read_capture
from provenance.text.urls import normalise, without_tracking

if TYPE_CHECKING:
    from provenance.model import Document, Report
    from provenance.model.ports import Web

# Share of the words read that must still stand on the live page for it to show the same text.
_SAME = 0.8


def cite_origin(report: Report, web: Web) -> Citation | Refusal:
    """The citation of the origin, or why it is not sure enough to be cited."""
    found = cite(report)
    return found if isinstance(found, Refusal) else _fresh(found, report, web)


def cite_anyway(report: Report, web: Web) -> Citation:
    """The citation of the origin where it is sure, else of the page itself with a note."""
    found = cite(report)
    return _fresh(cite_page(report) if isinstance(found, Refusal) else found, report, web)


def cite_backwards(report: Report, web: Web) -> Citation | Refusal:
    """The page that copied from Wikipedia, or why none is known to."""
    found = cite_copy(report)
    return found if isinstance(found, Refusal) else _fresh(found, report, web)


def _fresh(citation: Citation, report: Report, web: Web) -> Citation:
    """With a snapshot, what the live address shows is looked at again: the two may differ."""
    document = _document(citation, report)
    if not citation.url or not citation.archive_url or document is None:
        return citation
    shown = _shown(document, citation.url, web)
    return citation if shown is None else replace(citation, url_status=shown)


def _document(citation: Citation, report: Report) -> Document | None:
    """The page that is cited, as it was read."""
    wanted = normalise(citation.url or "")
    sources = (f.source for f in report.findings if f.source is not None)
    for document in (*sources, report.suspect):
        addresses = (document.url, document.canonical)
        if any(normalise(without_tracking(a)) == wanted for a in addresses if a):
            return document
    return None


def _shown(document: Document, url: str, web: Web) -> UrlStatus | None:
    """What the live address shows against what was read; None where that cannot be told."""
    try:
        live = read_capture(web.fetch(url))
    except Refused as error:
        return UrlStatus.DEAD if error.status in GONE else None
    except (ProviderError, InputError):
        return None
    if live.state is PageState.SOFT_404:
        return UrlStatus.DEAD
    if live.state is not PageState.ARTICLE:
        return None
    kept = compare_documents(document, live).suspect_containment
    return UrlStatus.LIVE if kept >= _SAME else UrlStatus.DEVIATED
