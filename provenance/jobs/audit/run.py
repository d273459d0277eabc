"""A whole site checked: find its addresses, read its pages, learn its habits, check each, count.

Each step goes on where a killed run left it: what is done is in the ledger, what is kept is in the
store, and what neither holds is done again. Pages are fetched in threads, as many as hosts are
asked at once; they are read and checked in processes, as many as there are ``hands``.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from provenance.boilerplate.learn import learn
from provenance.errors import InputError, Offline, ProviderError, Refused, StoreError, Unavailable
from provenance.jobs.audit.pages import (
    ToCheck,
    ToRead,
    WasRead,
    own_fault,
    read_again,
    unchecked,
    unread,
)
from provenance.jobs.audit.site_report import site_report
from provenance.model.audit import (
    FETCHED,
    READ,
    WAITING,
    CheckOutcome,
    FoundAddress,
    WorkerFailure,
)
from provenance.model.ending import AddressOutcome, Ending, EndReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.model import Capture, Document
    from provenance.model.audit import AuditOptions, AuditReport, Claim, Progress, SiteBoilerplate
    from provenance.model.ports import Kept, Ledger, SitePort, World

_MOST_TRIES, _MOST_STRIKES = 3, 20
_MOST_LEARNED = 200
_MOST_BARREN = 20
_LONGEST_WAIT, _SOON = 30.0, 0.05
# Pages given to a process at once; captures held for it, beyond which it takes them from the store.
_AT_ONCE, _MOST_AT_HAND = 8, 64
# Texts are indexed with a fraction of the work when many are written together.
_WRITTEN_AT_ONCE = 64
_NOT_DRAWN = Ending(reason=EndReason.NOT_DRAWN)


class PageStore(Protocol):
    """Pages as they were read, set aside for this run; None for one that is not there."""

    def put(self, number: int, page: bytes) -> None:
        """Sets a page aside."""
        ...

    def get(self, number: int) -> bytes | None:
        """The page of that number."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPorts:
    """What an audit reaches.

    ``pages`` is what it fetches from; ``read`` and ``check`` work on some pages in any process and
    give what came of each, in their order; ``file`` keeps texts that were made ready for the
    corpus. ``tell`` is told how to learn where the audit stands. ``stop`` ends it after the pages
    in hand; ``pause`` waits so many seconds or until then.
    """

    site: SitePort
    ledger: Ledger
    kept: Kept
    pages: World
    read: Callable[[Sequence[ToRead]], Sequence[WasRead | WorkerFailure]]
    check: Callable[[Sequence[ToCheck]], Sequence[CheckOutcome | WorkerFailure]]
    file: Callable[[Sequence[Any]], object]
    shelf: PageStore
    stop: threading.Event
    pause: Callable[[float], object]
    tell: Callable[[Callable[[], Progress]], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which audit is run and how: ``pace`` in seconds, ``checkers`` as many pages at once."""

    number: int
    target: str
    options: AuditOptions
    owner: str
    offline: bool = False
    workers: int = 4
    hands: int = 1
    checkers: int = 1
    pace: float = 1.0


def audit(plan: Plan, outside: AuditPorts) -> AuditReport | None:
    """The site report; None when it was stopped, which loses nothing.

    InputError when the target names no page, StoreError when the database fails.
    """
    ledger, number = outside.ledger, plan.number
    if not ledger.discovered(number):
        _discover(plan, outside)
    at_hand: dict[int, Capture] = {}
    fetch, read = (partial(step, plan, outside, at_hand) for step in (_fetch_all, _read_all))
    _work(outside.stop, [fetch] * plan.workers + [read] * plan.hands)
    if outside.stop.is_set():
        return None
    ledger.merge_twins(number)
    _draw(plan, outside)
    habits = _habits(plan, outside)
    _work(outside.stop, [partial(_check_all, plan, outside, habits)] * plan.checkers)
    if outside.stop.is_set():
        return None
    return site_report(ledger, number, habits, outside.pages.now())


def _discover(plan: Plan, outside: AuditPorts) -> None:
    """Enters every address that the target's listings give; run again, it enters none twice."""
    since, ledger, number = plan.options.since, outside.ledger, plan.number

    def refuse(found: FoundAddress) -> Ending | None:
        if since is not None and found.dated is not None and found.dated < since:
            return Ending(reason=EndReason.OLD_BY_LISTING, detail=f"{since:%Y-%m-%d}")
        return outside.site.refusal(found)

    for listing, found in outside.site.addresses():
        if outside.stop.is_set():
            return
        ledger.listed(number, listing)
        ledger.enter(number, found, refuse)
        outside.tell(lambda: ledger.progress(number))
    if not ledger.count(number):
        raise InputError(f"{plan.target}: names no page that could be found")
    most = plan.options.most
    beyond = Ending(reason=EndReason.BEYOND_LIMIT, detail=str(most))
    ledger.give_up(number, WAITING, beyond, keep=most)
    ledger.close_discovery(number)


def _work(stop: threading.Event, steps: Sequence[Callable[[], None]]) -> None:
    """Runs each step in a thread until it has nothing to do; the first fault is raised."""
    faults = list[BaseException]()

    def run(step: Callable[[], None]) -> None:
        try:
            step()
        except BaseException as error:
            faults.append(error)
            stop.set()

    threads = [threading.Thread(target=run, args=(step,), daemon=True) for step in steps]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except BaseException:
        stop.set()
        raise
    if faults:
        raise faults[0]


def _seconds(outside: AuditPorts) -> float:
    return outside.pages.now().timestamp()


def _fetch_all(plan: Plan, outside: AuditPorts, at_hand: dict[int, Capture]) -> None:
    """Fetches pages until none is left, or as many as are wanted are read."""
    for claim in _turns(plan, outside):
        if claim.found_by != "links" and _enough(plan, outside):
            outside.ledger.settle(claim, _NOT_DRAWN)
            outside.ledger.give_up(plan.number, WAITING, _NOT_DRAWN)
            return
        capture = _fetched(plan, outside, claim)
        if capture is not None and len(at_hand) < _MOST_AT_HAND:
            at_hand[claim.id] = capture


def _turns(plan: Plan, outside: AuditPorts) -> Iterator[Claim]:
    """Addresses whose host may be asked, until none is left that waits or may yet be found."""
    ledger, number = outside.ledger, plan.number
    while not outside.stop.is_set():
        turn = ledger.claim(number, WAITING, plan.owner, _seconds(outside), gap=plan.pace)
        if turn.claim is not None:
            yield turn.claim
        elif turn.wait is not None:
            outside.pause(min(turn.wait, _LONGEST_WAIT))
        elif ledger.left(number, FETCHED):
            outside.stop.wait(_SOON)
        else:
            return


def _enough(plan: Plan, outside: AuditPorts) -> bool:
    """Whether as many pages are read as are wanted; those that may be are waited for."""
    ledger, number, wanted = outside.ledger, plan.number, plan.options.sample
    while wanted is not None and not outside.stop.is_set():
        read = ledger.texts(number)
        if read >= wanted:
            return True
        if read + ledger.count(number, FETCHED) < wanted:
            return False
        outside.stop.wait(_SOON)
    return False


def _fetched(plan: Plan, outside: AuditPorts, claim: Claim) -> Capture | None:
    """Fetches one page; whatever comes of it, the address ends, is to be read, or tried again."""
    ledger = outside.ledger
    try:
        why = outside.site.forbidden(claim.url)
        if why:
            ledger.settle(claim, Ending(reason=EndReason.REFUSED, detail=why))
            return None
        if claim.found_by == "links" and claim.depth:
            barren = ledger.barren(plan.number, claim.url)
            if barren >= _MOST_BARREN:
                ledger.settle(claim, Ending(reason=EndReason.NO_ARTICLES, detail=str(barren)))
                return None
        return _captured(plan, outside, claim)
    except Unavailable as error:
        _again(plan, outside, claim, error)
    except Refused as error:
        ledger.settle(claim, Ending(reason=EndReason.REFUSED, detail=error.why))
    except ProviderError as error:
        ledger.settle(claim, Ending(reason=EndReason.FAULT, detail=error.why))
    except StoreError:
        raise
    except Exception as error:
        ledger.settle(claim, own_fault(error))
    return None


def _captured(plan: Plan, outside: AuditPorts, claim: Claim) -> Capture | None:
    """The page; its host is left alone for as long as it wants from the end of the fetch on."""
    gap = 0.0 if plan.offline else max(plan.pace, outside.site.delay(claim.url))
    try:
        capture = outside.pages.web.fetch(claim.url)
    except BaseException:
        outside.ledger.hold(claim, _seconds(outside) + gap)
        raise
    responded, until = capture.responded_url or claim.url, _seconds(outside) + gap
    moved = outside.site.refusal(FoundAddress(url=responded, by=claim.found_by, depth=claim.depth))
    if moved:
        outside.ledger.hold(claim, until)
        outside.ledger.settle(claim, Ending(reason=EndReason.LEADS_AWAY, detail=responded[:200]))
        return None
    outside.ledger.fetched(claim, capture.digest, until)
    return capture


def _again(plan: Plan, outside: AuditPorts, claim: Claim, error: Unavailable) -> None:
    """Another try later, while there are tries and the host answers now and then."""
    strikes = outside.ledger.strike(claim, answered=False)
    if isinstance(error, Offline):
        outside.ledger.settle(claim, Ending(reason=EndReason.OFFLINE))
    elif strikes > _MOST_STRIKES:
        outside.ledger.settle(claim, Ending(reason=EndReason.HOST_SILENT, detail=error.why))
    elif claim.tries + 1 >= _MOST_TRIES:
        outside.ledger.settle(claim, Ending(reason=EndReason.NO_ANSWER, detail=error.why))
    else:
        wait = max(error.retry_after or 0.0, plan.pace * 10 * 2**claim.tries)
        outside.ledger.put_back(claim, _seconds(outside) + wait)


def _read_all(plan: Plan, outside: AuditPorts, at_hand: dict[int, Capture]) -> None:
    """Reads pages as they come, until none is left that comes."""
    ledger, number = outside.ledger, plan.number
    unwritten: list[WasRead] = []
    while not outside.stop.is_set():
        claims = ledger.claims(number, FETCHED, plan.owner, _seconds(outside), _AT_ONCE)
        tasks = [ToRead(claim=claim, capture=at_hand.pop(claim.id, None)) for claim in claims]
        unwritten += _read(outside, tasks)
        if unwritten and (len(unwritten) >= _WRITTEN_AT_ONCE or not claims):
            _note(plan, outside, unwritten)
            unwritten.clear()
        elif not claims and not ledger.left(number, WAITING, FETCHED):
            return
        elif not claims:
            outside.stop.wait(_SOON)


def _read(outside: AuditPorts, tasks: Sequence[ToRead]) -> list[WasRead]:
    """What reading made of some pages."""
    return [
        unread(task, _lost(page)) if isinstance(page, WorkerFailure) else page
        for task, page in zip(tasks, outside.read(tasks), strict=True)
    ]


def _lost(failure: WorkerFailure) -> Ending:
    return Ending(reason=EndReason.FAULT, detail=failure.why)


def _note(plan: Plan, outside: AuditPorts, read: Sequence[WasRead]) -> None:
    """Keeps the articles among some pages to be checked; all others end here."""
    outside.file([page.text for page in read if page.text is not None])
    for page in read:
        if page.page is not None:
            outside.shelf.put(page.gathered.claim.id, page.page)
    gathered = [page.gathered for page in read]
    outside.ledger.gathered(gathered, outside.site.refusal, plan.options.most)
    outside.tell(partial(outside.ledger.progress, plan.number))


def _draw(plan: Plan, outside: AuditPorts) -> None:
    """Of the pages read, the sample: the first of the random order."""
    wanted = plan.options.sample
    if wanted is not None:
        keep = max(wanted - outside.ledger.count(plan.number, str(AddressOutcome.DONE)), 0)
        outside.ledger.give_up(plan.number, READ, _NOT_DRAWN, keep=keep)


def _habits(plan: Plan, outside: AuditPorts) -> SiteBoilerplate:
    """What the site puts on its pages, from the first of the random order."""

    def pages() -> Iterator[Document]:
        for claim in outside.ledger.first_read(plan.number, _MOST_LEARNED):
            with suppress(InputError):
                yield read_again(outside.kept, claim, outside.shelf.get(claim.id))

    return learn(pages())


def _check_all(plan: Plan, outside: AuditPorts, habits: SiteBoilerplate) -> None:
    """Checks the pages that were read, until none is left."""
    ledger, number = outside.ledger, plan.number
    while not outside.stop.is_set():
        claims = ledger.claims(number, READ, plan.owner, _seconds(outside), _AT_ONCE)
        if claims:
            tasks = [
                ToCheck(claim=claim, habits=habits, page=outside.shelf.get(claim.id))
                for claim in claims
            ]
            ledger.checked(
                unchecked(task, _lost(page)) if isinstance(page, WorkerFailure) else page
                for task, page in zip(tasks, outside.check(tasks), strict=True)
            )
            outside.tell(partial(ledger.progress, number))
        elif ledger.left(number, READ):
            outside.stop.wait(_SOON)
        else:
            return
