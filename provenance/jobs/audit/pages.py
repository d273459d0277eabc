"""What an audit does with one page: read it to know what it is, then check it.

Both need a processor and no network, so they can be done in any process.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.boilerplate.learn import find_boilerplate, split_title
from provenance.errors import InputError, ProviderError, StoreError
from provenance.jobs.audit.audit_counts import result_of
from provenance.jobs.audit.audit_world import exclude_own_site
from provenance.jobs.check.page import Case, decide
from provenance.jobs.check.source_search import Examined, examine
from provenance.model import (
    Derivation,
    Document,
    Event,
    Fact,
    Family,
    PageState,
    Place,
    Signal,
    Span,
    Strength,
    Witness,
)
from provenance.model.audit import (
    CheckOutcome,
    ReadOutcome,
    SiteBoilerplate,
)
from provenance.model.ending import Ending, EndReason
from provenance.model.packing import pack, unpack
from provenance.read import read_capture
from provenance.read.dom.markup import looks_like_html
from provenance.text.page_facts import page_facts
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.boilerplate.learn import Story
    from provenance.model import Capture, Report, Settings
    from provenance.model.audit import Claim, FoundAddress
    from provenance.model.ports import Kept, World
    from provenance.model.report import StoredReport
    from provenance.text.words import Words

_FEW_WORDS = 60
_STATES = {
    PageState.LISTING: EndReason.LISTING,
    PageState.EMPTY: EndReason.NO_TEXT,
    PageState.CONSENT_WALL: EndReason.CONSENT_WALL,
    PageState.SCRIPT_SHELL: EndReason.SCRIPT_SHELL,
    PageState.SOFT_404: EndReason.ERROR_PAGE,
}
_NO_PAGES = frozenset({"application/pdf", "application/zip", "application/epub+zip"})
_LOOKED_AT = 1024
_SOURCES = frozenset({Family.STATEMENT, Family.AGENCY})
_ARTICLE_TYPES = ("article", "newsarticle", "blogposting", "reportagenewsarticle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """What reads and checks pages.

    ``links`` finds the addresses on a page of a depth, ``file`` makes a text, its words and its
    facts ready for the corpus, ``publish`` makes a report ready to be kept and gives the name of
    its file, if it has one.
    """

    world: World
    kept: Kept
    settings: Settings
    since: datetime | None
    links: Callable[[Capture, int], tuple[FoundAddress, ...]]
    file: Callable[[Document, Words, tuple[Fact, ...]], object]
    publish: Callable[[Report], tuple[StoredReport, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """A page that was fetched; ``capture`` is None where it is to be had from the store."""

    claim: Claim
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WasRead:
    """What reading made of it.

    ``page`` are its story, its facts and the page as it was read, ``text`` is its text ready for
    the corpus; both None for one that is no article.
    """

    outcome: ReadOutcome
    page: bytes | None = None
    text: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """An article of a site with this boilerplate; ``page`` as in WasRead, None to be read again."""

    claim: Claim
    boilerplate: SiteBoilerplate
    page: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headed:
    """The story of a page, by itself: boilerplate is learned from no more than that."""

    title: str | None
    text: str


def work(worker: Worker, task: ToRead | ToCheck) -> WasRead | CheckOutcome:
    """Reads or checks a page; a fault of the page becomes its outcome."""
    return read(worker, task) if isinstance(task, ToRead) else check(worker, task)


def read(worker: Worker, task: ToRead) -> WasRead:
    """Reads a page; StoreError and MemoryError are not the page's fault and are raised."""
    try:
        return _read(worker, task)
    except (StoreError, MemoryError):
        raise
    except Exception as error:
        return unread(task, _ending(task.claim, error))


def check(worker: Worker, task: ToCheck) -> CheckOutcome:
    """Checks a page; errors as for ``read``."""
    try:
        return _check(worker, task)
    except (StoreError, MemoryError):
        raise
    except Exception as error:
        return unchecked(task, _ending(task.claim, error))


def _ending(claim: Claim, error: Exception) -> Ending:
    if isinstance(error, ProviderError | InputError):
        why = str(error).removeprefix(f"{claim.url}: ")
        return Ending(reason=EndReason.FAULT, detail=why)
    return own_fault(error)


def own_fault(error: Exception) -> Ending:
    """How a page ends by an unforeseen error."""
    return Ending(reason=EndReason.OWN_FAULT, detail=type(error).__name__)


def unread(task: ToRead, ending: Ending) -> WasRead:
    """A page that could not be read."""
    return WasRead(outcome=ReadOutcome(claim=task.claim, ended=ending))


def unchecked(task: ToCheck, ending: Ending) -> CheckOutcome:
    """A page that could not be checked."""
    return CheckOutcome(claim=task.claim, ended=ending)


def _read(worker: Worker, task: ToRead) -> WasRead:
    """Reads a page: an article is made ready to be checked, anything else ends here."""
    claim = task.claim
    capture = task.capture or kept_capture(worker.kept, claim)
    if media := _no_page(capture):
        ended = Ending(reason=EndReason.MEDIA_TYPE, detail=media)
        return WasRead(outcome=ReadOutcome(claim=claim, digest=capture.digest, ended=ended))
    document = read_capture(capture)
    found = words(document.text)
    by_links = claim.found_by == "links"
    outcome = ReadOutcome(
        claim=claim,
        digest=document.digest,
        links=worker.links(capture, claim.depth) if by_links else (),
        ended=_no_article(document, found, worker.since, front=by_links and not claim.depth),
    )
    if outcome.ended is not None:
        return WasRead(outcome=outcome)
    facts = page_facts(document)
    return WasRead(
        outcome=replace(outcome, mark=_hash(document.text)),
        page=pack(_Headed(title=document.title, text=document.text), facts, document),
        text=worker.file(document, found, facts),
    )


def _check(worker: Worker, task: ToCheck) -> CheckOutcome:
    """Checks an article as if nothing that its site puts on its pages stood on it."""
    capture = kept_capture(worker.kept, task.claim)
    if task.page is None:
        document, facts = read_capture(capture), None
    else:
        _, facts, document = unpack(task.page)
    stripped = strip_title(document, task.boilerplate)
    examined = examine(stripped, facts if stripped is document else None)
    suspect = mark_boilerplate(examined, task.boilerplate)
    case = Case(target=task.claim.url, capture=capture, suspect=suspect)
    report = decide(case, exclude_own_site(worker.world, task.boilerplate), worker.settings)
    packed, file = worker.publish(report)
    return CheckOutcome(claim=task.claim, result=result_of(report, 0, file), report=packed)


def reread_story(kept: Kept, claim: Claim, page: bytes | None) -> Story:
    """The story of an article that was read before; InputError where its bytes are gone."""
    if page is None:
        return read_capture(kept_capture(kept, claim))
    headed: Story = next(unpack(page))
    return headed


def kept_capture(kept: Kept, claim: Claim) -> Capture:
    """A page as it was fetched, without asking anybody; InputError where its bytes are gone."""
    capture = kept.of_digest(claim.digest or "", at=claim.url)
    if capture is None:
        raise InputError("the bytes that were read are not kept any more")
    return replace(capture, url=claim.url, responded_url=capture.responded_url or claim.url)


def _no_page(capture: Capture) -> str | None:
    """The media type of an address that is no page at all; None where it may be one.

    Servers send pages as text/plain, application/octet-stream and worse; those are looked into.
    """
    media = capture.media_type.partition(";")[0].strip().lower()
    other = media.startswith(("image/", "video/", "audio/", "font/")) or media in _NO_PAGES
    return media if other and not looks_like_html(_start(capture)) else None


def _start(capture: Capture) -> str:
    return capture.body[:_LOOKED_AT].decode("latin-1")


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()


def _no_article(
    document: Document, found: Words, since: datetime | None, *, front: bool
) -> Ending | None:
    """Why a page is not checked: what it is instead of an article; None for one."""
    if front:
        return Ending(reason=EndReason.START_PAGE)
    if document.state in _STATES:
        return Ending(reason=_STATES[document.state])
    size = len(found)
    if size < _FEW_WORDS and not (size and (_says_article(document) or _leads_on(document))):
        return Ending(reason=EndReason.FEW_WORDS, detail=str(size))
    stated = [
        s.at for s in document.dates if s.witness is Witness.SELF and s.event is Event.PUBLISHED
    ]
    if since is not None and stated and min(stated) < since:
        return Ending(reason=EndReason.OLD_BY_PAGE, detail=f"{since:%Y-%m-%d}")
    return None


def _says_article(document: Document) -> bool:
    return any(
        statement.key in {"og:type", "json_ld:@type"} and statement.value.lower() in _ARTICLE_TYPES
        for statement in document.statements
    )


def _leads_on(document: Document) -> bool:
    """Whether a short page says where the rest of its text stands."""
    return any(signal.target for signal in examine(document).declaration.signals)


def strip_title(document: Document, boilerplate: SiteBoilerplate) -> Document:
    """A page without what the site puts around its headlines, and a note where it did."""
    before, title, after = split_title(document.title or "", boilerplate)
    around = " … ".join(part for part in (before.strip(), after.strip()) if part)
    if not around:
        return document
    note = f"the site puts “{around}” around its headlines: left out"
    return replace(document, title=title, notes=(*document.notes, note))


def mark_boilerplate(suspect: Examined, boilerplate: SiteBoilerplate) -> Examined:
    """A page whose furniture is marked, so that no comparison counts it.

    A line that says where the text is from is one, however often the site writes it.
    """
    document = suspect.document
    statements = [
        signal.span
        for signal in suspect.signals
        if signal.family in _SOURCES and signal.place is Place.TEXT and signal.span is not None
    ]
    found = [
        span
        for span in find_boilerplate(document.text, boilerplate, document.title or "")
        if not any(span.start < other.end and other.start < span.end for other in statements)
    ]
    marked = (_furniture(document.text, span) for span in found)
    return replace(suspect, signals=(*suspect.signals, *marked)) if found else suspect


def _furniture(text: str, span: Span) -> Signal:
    return Signal(
        rule="site_furniture",
        family=Family.FURNITURE,
        quote=text[span.start : span.end],
        place=Place.TEXT,
        strength=Strength.HINT,
        claims=Derivation.NOT,
        span=span,
    )
