"""A report looked at again: whether the kept evidence still says what the report says."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.compare import Side, compare_documents, compare_meaning
from provenance.detect import detect_signals
from provenance.errors import InputError, ProviderError, StoreError
from provenance.model import Verification
from provenance.read import read_capture
from provenance.text.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture, Document, Exhibit, Finding, Report, Reuse
    from provenance.model.ports import Kept, Web

_TOLERANCE = 0.005


def verify(report: Report, kept: Kept) -> tuple[Verification, ...]:
    """Each hash, and each measure recomputed from the kept bytes alone."""
    return (*_hashes(report, kept), *_measures(report, kept))


def verify_live(report: Report, web: Web) -> tuple[Verification, ...]:
    """What each page shows now, against what the report read there."""
    documents = [report.suspect, *(f.source for f in report.findings if f.source is not None)]
    return tuple(_now(document, web) for document in documents if document.url)


def _hashes(report: Report, kept: Kept) -> Iterator[Verification]:
    for exhibit in report.evidence:
        claim = f"the bytes of {_called(exhibit)} are those with SHA-256 {exhibit.digest[:12]}"
        try:
            capture = kept.of_digest(exhibit.digest)
        except StoreError as error:
            yield Verification(claim=claim, holds=False, why=str(error))
            continue
        if capture is None:
            yield Verification(claim=claim, holds=None, why="they are not kept in this database")
        else:
            same = hashlib.sha256(capture.body).hexdigest() == exhibit.digest
            yield Verification(claim=claim, holds=same, why=f"{len(capture.body):,} bytes read")


def _called(exhibit: Exhibit) -> str:
    return exhibit.memento or exhibit.responded_url or exhibit.url or "the page handed in"


def _measures(report: Report, kept: Kept) -> Iterator[Verification]:
    suspect = _document(report.suspect, kept)
    for finding in report.findings:
        if finding.reuse is not None and finding.source is not None:
            yield _measure(finding, suspect, _document(finding.source, kept))


def _document(told: Document, kept: Kept) -> Document | None:
    """The page read again from its kept bytes, None where they are not kept or not readable."""
    try:
        capture = kept.of_digest(told.digest)
        return None if capture is None else read_capture(_at(capture, told.url))
    except (StoreError, InputError):
        return None


def _at(capture: Capture, told: str | None) -> Capture:
    url = told if told and is_web_url(told) else None
    return replace(capture, url=url, responded_url=url)


def _measure(finding: Finding, suspect: Document | None, source: Document | None) -> Verification:
    told, url = finding.reuse, finding.candidate.url
    share = told.suspect_containment if told else 0.0
    claim = f"{share:.1%} of this page's words stand in {url}"
    if suspect is None or source is None:
        return Verification(claim=claim, holds=None, why="the pages are not kept in this database")
    again = compare_documents(suspect, source, detect_signals(suspect))
    if told is not None and told.by_sentences is not None:
        return _match_again(told, compare_meaning(again, *map(Side.of_document, (suspect, source))))
    passages = told.passages if told else ()
    same = abs(again.suspect_containment - share) <= _TOLERANCE and len(again.passages) == len(
        passages
    )
    why = f"measured again: {again.suspect_containment:.1%} in {len(again.passages)} passages"
    return Verification(claim=claim, holds=same, why=why)


def _match_again(told: Reuse, again: Reuse) -> Verification:
    """What the sentences of two pages say, compared again."""
    before, now = told.by_sentences, again.correspondence
    claim = f"{before.matched if before else 0} sentences of the two pages correspond"
    if now is None:
        why = "the sentences cannot be compared here (extra “languages”)"
        return Verification(claim=claim, holds=None, why=why)
    same = before is not None and before.matched == now.matched
    return Verification(claim=claim, holds=same, why=f"compared again: {now.matched} correspond")


def _now(document: Document, web: Web) -> Verification:
    url = document.url or ""
    claim = f"{url} shows the text that was read"
    try:
        page = read_capture(web.fetch(url))
    except (ProviderError, InputError) as error:
        return Verification(claim=claim, holds=None, why=str(error))
    if page.text == document.text:
        return Verification(claim=claim, holds=True, why="the same text, word for word")
    left = compare_documents(document, page).suspect_containment
    why = f"the page has changed: {left:.1%} of the words read then are there now"
    return Verification(claim=claim, holds=False, why=why)
