"""A whole site checked: find its addresses, read its pages, learn its habits, check each, count.

Each step goes on where a killed run left it: what is done is in the ledger, what is kept is in the
store, and what neither holds is done again.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from provenance.compare.habits import bare_title, learn, line_key
from provenance.errors import InputError, ProviderError, Refused, StoreError, Unavailable
from provenance.jobs.among import among
from provenance.jobs.check import Case, decide
from provenance.jobs.pursuit import Examined, examine
from provenance.jobs.site_report import NOT_DRAWN, site_report
from provenance.jobs.tally import result_of
from provenance.model import (
    Derivation,
    Document,
    Event,
    Family,
    PageState,
    Place,
    Signal,
    Span,
    Strength,
    Witness,
)
from provenance.model.audit import Fate, Found, Habits
from provenance.read import read_capture
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model import Capture, Report, Settings
    from provenance.model.audit import AuditOptions, AuditReport, Claim, Progress
    from provenance.model.ports import Kept, Ledger, SitePort, World

WAITING, READ = "waiting", "read"
_MOST_TRIES, _MOST_STRIKES = 3, 20
_MOST_LEARNED = 200
_FEW_WORDS = 60
_MOST_BARREN = 20
_LONGEST_WAIT = 30.0
_STATES = {
    PageState.LISTING: (Fate.SKIPPED, "a listing, not an article"),
    PageState.EMPTY: (Fate.SKIPPED, "it holds no text"),
    PageState.CONSENT_WALL: (Fate.FAILED, "a consent wall stands where its text should be"),
    PageState.SCRIPT_SHELL: (Fate.FAILED, "its text is put in by scripts, which are not run"),
    PageState.SOFT_404: (Fate.FAILED, "it seems to be an error page"),
}
_ARTICLE_TYPES = ("article", "newsarticle", "blogposting", "reportagenewsarticle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What an audit reaches: ``pages`` to fetch from, ``judged`` to check with, and the rest.

    ``judged`` is a world that asks nobody where no look-ups are wanted. ``keep`` keeps a page's
    report and gives its number and file. ``tell`` is told where the audit stands. ``stop`` ends it
    after the pages in hand; ``pause`` waits so many seconds or until then.
    """

    site: SitePort
    ledger: Ledger
    kept: Kept
    pages: World
    judged: World
    keep: Callable[[Report], tuple[int, str | None]]
    stop: threading.Event
    pause: Callable[[float], object]
    tell: Callable[[Progress], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which audit is run and how: ``settings`` are those of the checks, ``pace`` in seconds."""

    number: int
    target: str
    options: AuditOptions
    settings: Settings
    owner: str
    workers: int = 4
    pace: float = 1.0


@dataclass
class _Faults:
    """What stopped a worker for good; the first one is raised where the work is waited for."""

    errors: list[BaseException] = field(default_factory=list)


def audit(plan: Plan, outside: Outside) -> AuditReport | None:
    """The site report; None when it was stopped, which loses nothing.

    InputError when the target names no page, StoreError when the database fails.
    """
    if not outside.ledger.discovered(plan.number):
        _discover(plan, outside)
    _work(plan, outside, _gather, plan.workers)
    if outside.stop.is_set():
        return None
    _draw(plan, outside)
    habits = _habits(plan, outside)
    each = plan.workers if plan.options.lookups else 1
    _work(plan, outside, lambda p, o: _check_all(p, o, habits), each)
    if outside.stop.is_set():
        return None
    return site_report(outside.ledger, plan.number, habits, outside.pages.now())


def _discover(plan: Plan, outside: Outside) -> None:
    """Enters every address that the target's listings give; run again, it enters none twice."""
    since, ledger, number = plan.options.since, outside.ledger, plan.number

    def refuse(found: Found) -> str:
        if since is not None and found.dated is not None and found.dated < since:
            return f"older than {since:%Y-%m-%d}, by its listing"
        return outside.site.refusal(found)

    for listing, found in outside.site.addresses():
        if outside.stop.is_set():
            return
        ledger.listed(number, listing)
        ledger.enter(number, found, refuse)
        outside.tell(ledger.progress(number))
    if not ledger.count(number):
        raise InputError(f"{plan.target}: names no page that could be found")
    most = plan.options.most
    ledger.give_up(number, WAITING, Fate.SKIPPED, f"beyond the first {most:,} (--max)", keep=most)
    ledger.close_discovery(number)


def _work(
    plan: Plan, outside: Outside, step: Callable[[Plan, Outside], None], workers: int
) -> None:
    """Runs a step in so many threads until it has nothing to do; the first fault is raised."""
    faults = _Faults()

    def run() -> None:
        try:
            step(plan, outside)
        except BaseException as error:
            faults.errors.append(error)
            outside.stop.set()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(max(workers, 1))]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except BaseException:
        outside.stop.set()
        raise
    if faults.errors:
        raise faults.errors[0]


def _claims(plan: Plan, outside: Outside, state: str, *, paced: bool) -> Iterator[Claim]:
    """Addresses in a state, one after another, until none is left or the audit is stopped."""
    ledger, number = outside.ledger, plan.number
    while not outside.stop.is_set():
        gap = plan.pace if paced else None
        turn = ledger.claim(number, state, plan.owner, _seconds(outside), gap=gap)
        if turn.claim is not None:
            yield turn.claim
            outside.tell(ledger.progress(number))
        elif turn.wait is not None:
            outside.pause(min(turn.wait, _LONGEST_WAIT))
        else:
            return


def _seconds(outside: Outside) -> float:
    return outside.pages.now().timestamp()


def _gather(plan: Plan, outside: Outside) -> None:
    """Fetches and reads pages until none is left, or as many as are wanted are read."""
    wanted = plan.options.sample
    for claim in _claims(plan, outside, WAITING, paced=True):
        enough = (
            wanted is not None
            and claim.found_by != "links"
            and outside.ledger.count(plan.number, READ, str(Fate.DONE)) >= wanted
        )
        if enough:
            outside.ledger.settle(claim, Fate.SKIPPED, NOT_DRAWN)
            outside.ledger.give_up(plan.number, WAITING, Fate.SKIPPED, NOT_DRAWN)
            return
        _take(plan, outside, claim)


def _take(plan: Plan, outside: Outside, claim: Claim) -> None:
    """Fetches and reads one page; whatever it does, the address ends or is tried again."""
    ledger = outside.ledger
    try:
        why = outside.site.forbidden(claim.url)
        if why:
            ledger.settle(claim, Fate.REFUSED, why)
            return
        if claim.found_by == "links" and claim.depth:
            barren = ledger.barren(plan.number, claim.url)
            if barren >= _MOST_BARREN:
                why = f"a trap: {barren} addresses like it held no article"
                ledger.settle(claim, Fate.SKIPPED, why)
                return
        capture = _fetched(plan, outside, claim)
        _note(plan, outside, claim, capture)
    except Unavailable as error:
        _again(plan, outside, claim, error)
    except Refused as error:
        ledger.settle(claim, Fate.REFUSED, error.why)
    except ProviderError as error:
        ledger.settle(claim, Fate.FAILED, error.why)
    except InputError as error:
        ledger.settle(claim, Fate.FAILED, str(error).removeprefix(f"{claim.url}: "))
    except StoreError:
        raise
    except Exception as error:
        ledger.settle(claim, Fate.FAILED, _own_fault(error))


def _fetched(plan: Plan, outside: Outside, claim: Claim) -> Capture:
    """The page; its host is left alone for as long as it wants from the end of the fetch on."""
    try:
        capture = outside.pages.web.fetch(claim.url)
    finally:
        if not plan.settings.offline:
            gap = max(plan.pace, outside.site.delay(claim.url))
            outside.ledger.hold(claim, _seconds(outside) + gap)
    outside.ledger.strike(claim, answered=True)
    return capture


def _again(plan: Plan, outside: Outside, claim: Claim, error: Unavailable) -> None:
    """Another try later, while there are tries and the host answers now and then."""
    strikes = outside.ledger.strike(claim, answered=False)
    if plan.settings.offline and error.why.startswith("offline"):
        outside.ledger.settle(claim, Fate.FAILED, error.why)
    elif strikes > _MOST_STRIKES:
        why = f"its host gave no answer {strikes} times in a row; the last: {error.why}"
        outside.ledger.settle(claim, Fate.FAILED, why)
    elif claim.tries + 1 >= _MOST_TRIES:
        outside.ledger.settle(claim, Fate.FAILED, f"{error.why}, {_MOST_TRIES} times")
    else:
        wait = max(error.retry_after or 0.0, plan.pace * 10 * 2**claim.tries)
        outside.ledger.put_back(claim, _seconds(outside) + wait)


def _note(plan: Plan, outside: Outside, claim: Claim, capture: Capture) -> None:
    """Reads a page: an article is kept to be checked, anything else ends here."""
    ledger = outside.ledger
    responded = capture.responded_url or claim.url
    moved = outside.site.refusal(_found(claim, responded))
    if moved:
        ledger.settle(claim, Fate.SKIPPED, f"it leads to {responded[:200]}: {moved}")
        return
    document = read_capture(capture)
    links: tuple[Found, ...] = ()
    if claim.found_by == "links":
        room = plan.options.most - ledger.count(plan.number)
        links = outside.site.links(capture, claim.depth)[: max(room, 0)]
    ended = _no_article(plan, document, front=claim.found_by == "links" and not claim.depth)
    if ended is not None:
        ledger.enter(plan.number, links, outside.site.refusal)
        ledger.settle(claim, *ended)
        return
    outside.judged.corpus.add(document)
    ledger.read(claim, document.digest, document.text, links, outside.site.refusal)


def _found(claim: Claim, url: str) -> Found:
    return Found(url=url, by=claim.found_by, depth=claim.depth)


def _no_article(plan: Plan, document: Document, *, front: bool) -> tuple[Fate, str] | None:
    """Why a page is not checked: what it is instead of an article; None for one."""
    if front:
        return Fate.SKIPPED, "the start page"
    if document.state in _STATES:
        return _STATES[document.state]
    size = len(words(document.text))
    if size < _FEW_WORDS and not (size and _says_article(document)):
        return Fate.SKIPPED, f"not an article: {size} words"
    since = plan.options.since
    stated = [
        s.at for s in document.dates if s.witness is Witness.SELF and s.event is Event.PUBLISHED
    ]
    if since is not None and stated and min(stated) < since:
        return Fate.SKIPPED, f"older than {since:%Y-%m-%d}, by its own date"
    return None


def _says_article(document: Document) -> bool:
    return any(
        statement.key in {"og:type", "json_ld:@type"} and statement.value.lower() in _ARTICLE_TYPES
        for statement in document.statements
    )


def _draw(plan: Plan, outside: Outside) -> None:
    """Of the pages read, the sample: the first of the random order."""
    wanted = plan.options.sample
    if wanted is not None:
        keep = max(wanted - outside.ledger.count(plan.number, str(Fate.DONE)), 0)
        outside.ledger.give_up(plan.number, READ, Fate.SKIPPED, NOT_DRAWN, keep=keep)


def _habits(plan: Plan, outside: Outside) -> Habits:
    """What the site puts on its pages, from the first of the random order; for one site only."""

    def pages() -> Iterator[Document]:
        for url, digest in outside.ledger.read_digests(plan.number, _MOST_LEARNED):
            with suppress(InputError):
                yield read_capture(_kept(outside, url, digest))

    return learn(pages())


def _kept(outside: Outside, url: str, digest: str) -> Capture:
    """A page as it was gathered, nobody is asked; InputError where its bytes are gone."""
    capture = outside.kept.of_digest(digest)
    if capture is None:
        raise InputError("the bytes that were read are not kept any more")
    return replace(capture, url=url, responded_url=capture.responded_url or url)


def _check_all(plan: Plan, outside: Outside, habits: Habits) -> None:
    """Checks each page that was read."""
    world = among(outside.judged, habits)
    for claim in _claims(plan, outside, READ, paced=False):
        try:
            capture = _kept(outside, claim.url, claim.digest or "")
            suspect = examine(bare(read_capture(capture), habits))
            case = Case(target=claim.url, capture=capture, suspect=left_out(suspect, habits))
            report = decide(case, world, plan.settings)
            result = result_of(report, *outside.keep(report))
            outside.ledger.settle(claim, Fate.DONE, result=result)
        except StoreError:
            raise
        except (ProviderError, InputError) as error:
            outside.ledger.settle(claim, Fate.FAILED, str(error))
        except Exception as error:
            outside.ledger.settle(claim, Fate.FAILED, _own_fault(error))


def bare(document: Document, habits: Habits) -> Document:
    """A page without the site's own prefix before its headline, and a note where it had one."""
    title = bare_title(document.title or "", habits)
    if not document.title or title == document.title:
        return document
    prefix = document.title[: len(document.title) - len(title)].strip()
    note = f"the site opens its headlines with “{prefix}”: left out"
    return replace(document, title=title, notes=(*document.notes, note))


def left_out(suspect: Examined, habits: Habits) -> Examined:
    """A page whose lines of furniture are marked, so that no comparison counts them."""
    text, at = suspect.document.text, 0
    found = []
    for line in text.splitlines(keepends=True):
        if line_key(line) in habits.lines:
            start = at + len(line) - len(line.lstrip())
            found.append(_furniture(text, Span(start=start, end=at + len(line.rstrip()))))
        at += len(line)
    return replace(suspect, signals=(*suspect.signals, *found)) if found else suspect


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


def _own_fault(error: Exception) -> str:
    return f"a fault in provenance itself ({type(error).__name__}); please report it"
