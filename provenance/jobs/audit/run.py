"""A whole site checked: find its addresses, read its pages, learn its boilerplate, check, count.

Each step goes on where a killed run left it: what is done is in the ledger, what is kept is in the
store, and what neither has is done again. Pages are fetched in threads, as many as hosts are
asked at once; they are read and checked in as many processes as there are processors.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from provenance.boilerplate.learn import learn_boilerplate
from provenance.errors import InputError, Offline, ProviderError, Refused, StoreError, Unavailable
from provenance.jobs.audit.pages import (
    ToCheck,
    ToRead,
    WasRead,
    own_fault,
    reread_story,
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
    SiteBoilerplate,
    WorkerFailure,
)
from provenance.model.ending import AddressOutcome, Ending, EndReason
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from provenance.boilerplate.learn import Story
    from provenance.model import Capture
    from provenance.model.audit import AuditOptions, AuditReport, Claim, Progress
    from provenance.model.ports import Kept, Ledger, SitePort, World

_MOST_TRIES, _MOST_FAILURES = 3, 20
# No wait before another try is longer, whatever the pace; in seconds.
_LONGEST_RETRY = 3600.0
_MOST_LEARNED = 200
_MOST_WITHOUT_RESULT = 20
_LONGEST_WAIT, _SOON = 30.0, 0.05
# Pages given to a process at once; captures kept in memory for it, beyond which it takes them from
# the store.
_AT_ONCE, _MOST_IN_MEMORY = 8, 64
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


class PageWorkers(Protocol):
    """What works on some pages, and gives what came of each in their order."""

    def read(self, tasks: Sequence[ToRead]) -> Sequence[WasRead | WorkerFailure]:
        """Reads pages."""
        ...

    def check(self, tasks: Sequence[ToCheck]) -> Sequence[CheckOutcome | WorkerFailure]:
        """Checks pages."""
        ...


class TextIndex(Protocol):
    """The corpus, as far as it is written to."""

    def add_filed(self, texts: Sequence[Any]) -> object:
        """Keeps texts that were made ready for it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPorts:
    """What an audit reaches.

    ``world`` is what it fetches from, ``spill`` where pages are set aside between two steps.
    ``stop`` ends it after the pages it is working on; all its waiting is waiting for that.
    ``report_progress`` is called with a function that reads where the audit stands.
    """

    site: SitePort
    ledger: Ledger
    kept: Kept
    world: World
    workers: PageWorkers
    texts: TextIndex
    spill: PageStore
    stop: threading.Event
    report_progress: Callable[[Callable[[], Progress]], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which audit is run and how.

    ``fetchers``, ``readers`` and ``checkers`` are how many groups of pages are worked on at once
    in each step. ``pace`` is the least time between two requests to one host, in seconds; None
    where no host is asked.
    """

    number: int
    target: str
    options: AuditOptions
    owner: str
    fetchers: int = 4
    readers: int = 1
    checkers: int = 1
    pace: float | None = 1.0


def audit(plan: Plan, ports: AuditPorts) -> AuditReport | None:
    """The site report; None when it was stopped, which loses nothing.

    InputError when the target names no page, StoreError when the database fails.
    """
    ledger, number = ports.ledger, plan.number
    if not ledger.is_discovered(number):
        discover(plan, ports)
    in_memory: dict[int, Capture] = {}
    fetch, read = (partial(step, plan, ports, in_memory) for step in (_fetch_all, _read_all))
    _work(ports.stop, [fetch] * plan.fetchers + [read] * plan.readers)
    if ports.stop.is_set():
        return None
    ledger.merge_duplicates(number)
    _draw(plan, ports)
    boilerplate = _learn_all(plan, ports)
    _work(ports.stop, [partial(_check_all, plan, ports, boilerplate)] * plan.checkers)
    if ports.stop.is_set():
        return None
    return site_report(ledger, number, boilerplate.values(), ports.world.now())


def discover(plan: Plan, ports: AuditPorts) -> None:
    """Enters every address that the target's listings give; run again, it enters none twice."""
    since, ledger, number = plan.options.since, ports.ledger, plan.number

    def refuse(found: FoundAddress) -> Ending | None:
        if since is not None and found.dated is not None and found.dated < since:
            return Ending(reason=EndReason.OLD_BY_LISTING, detail=f"{since:%Y-%m-%d}")
        return ports.site.refusal(found)

    for listing, found in ports.site.addresses():
        if ports.stop.is_set():
            return
        ledger.record_listing(number, listing)
        ledger.enter(number, found, refuse)
        ports.report_progress(partial(ledger.progress, number))
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


def _seconds(ports: AuditPorts) -> float:
    return ports.world.now().timestamp()


def _fetch_all(plan: Plan, ports: AuditPorts, in_memory: dict[int, Capture]) -> None:
    """Fetches pages until none is left, or as many as are wanted are read."""
    for claim in _claims(plan, ports):
        if claim.found_by != "links" and _has_enough(plan, ports):
            ports.ledger.settle(claim, _NOT_DRAWN)
            ports.ledger.give_up(plan.number, WAITING, _NOT_DRAWN)
            return
        capture = _fetch(plan, ports, claim)
        if capture is not None and len(in_memory) < _MOST_IN_MEMORY:
            in_memory[claim.id] = capture


def _claims(plan: Plan, ports: AuditPorts) -> Iterator[Claim]:
    """Addresses whose host may be asked, until none is left that waits or may yet be found."""
    ledger, number = ports.ledger, plan.number
    while not ports.stop.is_set():
        turn = ledger.claim(number, WAITING, plan.owner, _seconds(ports), pace=plan.pace)
        if turn.claim is not None:
            yield turn.claim
        elif turn.wait is not None:
            ports.stop.wait(min(turn.wait, _LONGEST_WAIT))
        elif ledger.has_any(number, FETCHED):
            ports.stop.wait(_SOON)
        else:
            return


def _has_enough(plan: Plan, ports: AuditPorts) -> bool:
    """Whether as many pages are read as are wanted; those that may be are waited for."""
    ledger, number, wanted = ports.ledger, plan.number, plan.options.sample
    while wanted is not None and not ports.stop.is_set():
        read = ledger.count_texts(number)
        if read >= wanted:
            return True
        if read + ledger.count(number, FETCHED) < wanted:
            return False
        ports.stop.wait(_SOON)
    return False


def _fetch(plan: Plan, ports: AuditPorts, claim: Claim) -> Capture | None:
    """Fetches one page; whatever comes of it, the address ends, is to be read, or tried again."""
    ledger = ports.ledger
    try:
        ending = _refuse(plan, ports, claim)
        if ending is None:
            return _capture(ports, claim)
        ledger.settle(claim, ending)
    except Unavailable as error:
        _retry(plan, ports, claim, error)
    except Refused as error:
        ledger.settle(claim, Ending(reason=EndReason.REFUSED, detail=error.why))
    except ProviderError as error:
        ledger.settle(claim, Ending(reason=EndReason.FAULT, detail=error.why))
    except StoreError:
        raise
    except Exception as error:
        ledger.settle(claim, own_fault(error))
    return None


def _refuse(plan: Plan, ports: AuditPorts, claim: Claim) -> Ending | None:
    """How an address ends that is not fetched; None for one that is."""
    why = ports.site.forbidden(claim.url)
    if why:
        return Ending(reason=EndReason.REFUSED, detail=why)
    if claim.found_by == "links" and claim.depth:
        count = ports.ledger.count_without_result(plan.number, claim.url)
        if count >= _MOST_WITHOUT_RESULT:
            return Ending(reason=EndReason.NO_ARTICLES, detail=str(count))
    return None


def _capture(ports: AuditPorts, claim: Claim) -> Capture | None:
    """The page; None where it leads to one that is not looked at."""
    capture = ports.world.web.fetch(claim.url)
    responded = capture.responded_url or claim.url
    moved = ports.site.refusal(FoundAddress(url=responded, by=claim.found_by, depth=claim.depth))
    if moved:
        ports.ledger.settle(claim, Ending(reason=EndReason.LEADS_AWAY, detail=responded[:200]))
        return None
    ports.ledger.record_fetch(claim, capture.digest)
    return capture


def _retry(plan: Plan, ports: AuditPorts, claim: Claim, error: Unavailable) -> None:
    """Another try later, while there are tries and the host answers now and then."""
    ledger = ports.ledger
    if isinstance(error, Offline):
        ledger.settle(claim, Ending(reason=EndReason.OFFLINE))
        return
    if ledger.record_failure(claim) > _MOST_FAILURES:
        ledger.settle(claim, Ending(reason=EndReason.HOST_SILENT, detail=error.why))
    elif claim.tries + 1 >= _MOST_TRIES:
        ledger.settle(claim, Ending(reason=EndReason.NO_ANSWER, detail=error.why))
    else:
        wait = max(error.retry_after or 0.0, (plan.pace or 0.0) * 10 * 2**claim.tries)
        ledger.requeue(claim, _seconds(ports) + min(wait, _LONGEST_RETRY))


def _read_all(plan: Plan, ports: AuditPorts, in_memory: dict[int, Capture]) -> None:
    """Reads pages as they come, until none is left that comes."""
    ledger, number = ports.ledger, plan.number
    unwritten: list[WasRead] = []
    while not ports.stop.is_set():
        claims = ledger.claims(number, FETCHED, plan.owner, _seconds(ports), _AT_ONCE)
        tasks = [ToRead(claim=claim, capture=in_memory.pop(claim.id, None)) for claim in claims]
        unwritten += _read(ports, tasks)
        if unwritten and (len(unwritten) >= _WRITTEN_AT_ONCE or not claims):
            _record_read(plan, ports, unwritten)
            unwritten.clear()
        elif not claims and not ledger.has_any(number, WAITING, FETCHED):
            return
        elif not claims:
            ports.stop.wait(_SOON)


def _read(ports: AuditPorts, tasks: Sequence[ToRead]) -> list[WasRead]:
    """What reading made of some pages."""
    return [
        unread(task, _fault(page)) if isinstance(page, WorkerFailure) else page
        for task, page in zip(tasks, ports.workers.read(tasks), strict=True)
    ]


def _fault(failure: WorkerFailure) -> Ending:
    return Ending(reason=EndReason.FAULT, detail=failure.why)


def _record_read(plan: Plan, ports: AuditPorts, read: Sequence[WasRead]) -> None:
    """Keeps the articles among some pages to be checked; all others end here."""
    ports.texts.add_filed([page.text for page in read if page.text is not None])
    for page in read:
        if page.page is not None:
            ports.spill.put(page.outcome.claim.id, page.page)
    outcomes = [page.outcome for page in read]
    ports.ledger.record_read(outcomes, ports.site.refusal, plan.options.most)
    ports.report_progress(partial(ports.ledger.progress, plan.number))


def _draw(plan: Plan, ports: AuditPorts) -> None:
    """Of the pages read, the sample: the first of the random order."""
    wanted = plan.options.sample
    if wanted is not None:
        keep = max(wanted - ports.ledger.count(plan.number, str(AddressOutcome.DONE)), 0)
        ports.ledger.give_up(plan.number, READ, _NOT_DRAWN, keep=keep)


def _learn_all(plan: Plan, ports: AuditPorts) -> Mapping[str, SiteBoilerplate]:
    """What each site puts on its pages; none of a site with nothing to leave out."""
    hosts: dict[str, list[str]] = {}
    for name in ports.ledger.hosts_read(plan.number):
        hosts.setdefault(registrable(f"https://{name}/"), []).append(name)
    learned = ((site, _learn(plan, ports, names)) for site, names in hosts.items())
    return {site: found for site, found in learned if found != SiteBoilerplate()}


def _learn(plan: Plan, ports: AuditPorts, hosts: Sequence[str]) -> SiteBoilerplate:
    """What one site puts on its pages, from the first of the random order."""

    def stories() -> Iterator[Story]:
        for claim in ports.ledger.first_read(plan.number, hosts, _MOST_LEARNED):
            with suppress(InputError):
                yield reread_story(ports.kept, claim, ports.spill.get(claim.id))

    return learn_boilerplate(stories())


def _check_all(plan: Plan, ports: AuditPorts, boilerplate: Mapping[str, SiteBoilerplate]) -> None:
    """Checks the pages that were read, until none is left."""
    ledger, number = ports.ledger, plan.number
    while not ports.stop.is_set():
        claims = ledger.claims(number, READ, plan.owner, _seconds(ports), _AT_ONCE)
        if claims:
            tasks = [
                ToCheck(
                    claim=claim,
                    boilerplate=boilerplate.get(registrable(claim.url), SiteBoilerplate()),
                    page=ports.spill.get(claim.id),
                )
                for claim in claims
            ]
            ledger.record_checks(
                unchecked(task, _fault(page)) if isinstance(page, WorkerFailure) else page
                for task, page in zip(tasks, ports.workers.check(tasks), strict=True)
            )
            ports.report_progress(partial(ledger.progress, number))
        elif ledger.has_any(number, READ):
            ports.stop.wait(_SOON)
        else:
            return
