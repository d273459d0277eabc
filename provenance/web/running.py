"""The checks that are in hand: two at once, twenty wait, and whoever watches is told each step."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from provenance.cli.targets import describe_fault
from provenance.errors import InputError, ProvenanceError
from provenance.jobs.check.page import check as check_page
from provenance.jobs.check.stand_in import fetch_or_newest
from provenance.model import CandidateCompared, PageRead, Step, StepState
from provenance.model.plain import values
from provenance.model.steps import CheckState
from provenance.world.files import read_upload

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractContextManager

    from provenance.model import Capture, Happening
    from provenance.world import OpenWorld
    from provenance.world.store.checks import CheckRecords

AT_ONCE, MOST_WAITING = 2, 20
# Checks that ended and whose steps can still be watched; older ones are known by their records.
_MOST_REMEMBERED = 30
_HEARTBEAT = 15.0


class Full(Exception):
    """As many checks wait as may."""


class _Stopped(Exception):
    """The person stopped the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be checked: an address, or ``body``, which is read as a file of that ``name``.

    ``url`` says where a body came from; ``again`` asks the web anew.
    """

    target: str
    url: str | None = None
    body: bytes | None = None
    name: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; one with the ``slot`` of an earlier one takes its place."""

    id: int
    name: str
    slot: str
    value: Any

    @property
    def plain(self) -> Any:
        """As programs read it."""
        return {"id": self.id, "event": self.name, **values(self.value)}


@dataclass(slots=True, eq=False)
class Watched:
    """What is told of one piece of work, kept so that whoever comes later misses nothing."""

    loop: asyncio.AbstractEventLoop
    events: list[Event] = field(default_factory=list)
    over: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)
    _watchers: set[asyncio.Event] = field(default_factory=set)

    def tell(self, name: str, slot: str, value: object, *, last: bool = False) -> None:
        """Adds an event, from any thread; none follows the last."""
        with self.lock:
            if self.over:
                return
            self.events.append(Event(len(self.events) + 1, name, slot, value))
            self.over = last
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    async def follow(self, after: int) -> AsyncIterator[Event | None]:
        """Each event behind one of that number, as they come; None now and then for nothing new."""
        wake = asyncio.Event()
        self._watchers.add(wake)
        try:
            while True:
                wake.clear()
                over = self.over
                for event in self.events[max(after, 0) :]:
                    yield event
                    after = event.id
                if over:
                    return
                try:
                    await asyncio.wait_for(wake.wait(), _HEARTBEAT)
                except TimeoutError:
                    yield None
        finally:
            self._watchers.discard(wake)


@dataclass(slots=True, eq=False)
class Check(Watched):
    """One check: ``report`` is the number of its report, ``why`` says why there is none."""

    id: int = 0
    asked: Asked = field(default_factory=lambda: Asked(target=""))
    state: CheckState = CheckState.WAITING
    report: int | None = None
    why: str = ""
    steps: int = 0

    @property
    def target(self) -> str:
        """What the person named."""
        return self.asked.target

    def hear(self, happening: Happening) -> None:
        """Takes what the job tells; a check that was stopped ends here."""
        if self.state.ended:
            raise _Stopped
        if isinstance(happening, Step):
            self.steps += happening.state is StepState.ASKED or self._stands_alone(happening)
            self.tell("step", f"step-{self.steps}", happening)
        elif isinstance(happening, PageRead):
            self.tell("page", "page", happening)
        elif isinstance(happening, CandidateCompared):
            self.tell("candidate", f"candidate-{len(self.events)}", happening)

    def _stands_alone(self, step: Step) -> bool:
        """Whether nobody told before that this question was put."""
        last = next((e.value for e in reversed(self.events) if e.name == "step"), None)
        return last is None or (last.asked, last.state) != (step.asked, StepState.ASKED)

    @property
    def plain(self) -> dict[str, Any]:
        """As programs read it."""
        said = {"id": self.id, "target": self.target, "state": self.state.value}
        return {**said, "report": self.report, "why": self.why}


class Checks:
    """Takes checks on, runs them in threads of their own, and remembers them."""

    def __init__(
        self,
        open_world: Callable[[Asked], AbstractContextManager[OpenWorld]],
        records: CheckRecords,
        owner: str,
    ) -> None:
        self._open_world = open_world
        self._records = records
        self._owner = owner
        self._known: OrderedDict[int, Check] = OrderedDict()
        self._waiting: queue.SimpleQueue[Check] = queue.SimpleQueue()
        self._lock = threading.Lock()
        for _ in range(AT_ONCE):
            threading.Thread(target=self._work, daemon=True).start()

    def start(self, asked: Asked, loop: asyncio.AbstractEventLoop, at: Any) -> Check:
        """Takes a check on; Full where too many wait."""
        with self._lock:
            if sum(not check.state.ended for check in self._known.values()) >= (
                AT_ONCE + MOST_WAITING
            ):
                raise Full
            number = self._records.begin(asked.target, self._owner, at)
            check = Check(loop=loop, id=number, asked=asked)
            self._known[number] = check
            ended = [each.id for each in self._known.values() if each.state.ended]
            for old in ended[: max(len(ended) - _MOST_REMEMBERED, 0)]:
                del self._known[old]
        self._waiting.put(check)
        return check

    def get(self, number: int) -> Check | None:
        """A check of this server that is remembered."""
        return self._known.get(number)

    def before(self, check: Check) -> int:
        """How many checks are to end before one begins that waits."""
        earlier = [each for each in list(self._known.values()) if each.id < check.id]
        return sum(not each.state.ended for each in earlier)

    @property
    def open(self) -> list[Check]:
        """The checks that have not ended."""
        return [check for check in list(self._known.values()) if not check.state.ended]

    def stop(self, check: Check, state: CheckState = CheckState.STOPPED) -> None:
        """Ends a check: nothing more is asked, and the question that is open is not waited for."""
        self._end(check, state, why="it was stopped")

    def _work(self) -> None:
        while True:
            check = self._waiting.get()
            if check.state.ended:
                continue
            check.state = CheckState.RUNNING
            check.tell("state", "state", {"state": "running"})
            try:
                self._run(check)
            except _Stopped:
                pass
            except ProvenanceError as error:
                self._end(check, CheckState.FAILED, why=str(error))
            except Exception as error:
                self._end(check, CheckState.FAILED, why=describe_fault(error))

    def _run(self, check: Check) -> None:
        with self._open_world(check.asked) as world:
            capture = _capture(check, world)
            report = check_page(check.target, capture, world, world.settings, tell=check.hear)
            if not check.state.ended:
                number = world.store.reports.keep(report)
                self._end(check, CheckState.DONE, report=number)

    def _end(
        self, check: Check, state: CheckState, *, report: int | None = None, why: str = ""
    ) -> None:
        with check.lock:
            if check.state.ended:
                return
            check.state, check.report, check.why = state, report, why
        self._records.end(check.id, state, report=report, why=why)
        check.asked = Asked(target=check.target)  # the bytes are kept in the store
        go = f"/checks/{check.id}" if report is None else f"/reports/{report}#verdict"
        check.tell("end", "end", {**check.plain, "go": go}, last=True)


def _capture(check: Check, world: OpenWorld) -> Capture:
    """The page under test."""
    asked = check.asked
    if asked.body is None:
        world.web.name_target(asked.target)
        return fetch_or_newest(asked.target, world, world.settings, tell=check.hear)
    pages = read_upload(asked.name or asked.target, asked.body, url=asked.url, world=world)
    page = next(pages, None)
    if page is None:
        raise InputError(f"{asked.target}: no page in it to check")
    if next(pages, None) is not None:
        raise InputError(f"{asked.target}: holds several pages; audit it as a list instead")
    return page
