"""The steps of an audit on a clock of its own: the rate that was set, and the tries."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Unavailable
from provenance.jobs.audit.pages import Worker, check, read
from provenance.jobs.audit.run import AuditPorts, Plan, audit
from provenance.model import Capture, Settings
from provenance.model.audit import (
    AuditOptions,
    AuditRow,
    FoundAddress,
    Listing,
)
from provenance.model.ending import AddressOutcome, EndReason
from provenance.world.corpus import filed
from provenance.world.http.throttle import HostThrottle
from provenance.world.spill_file import SpillFile
from provenance.world.store import Store
from provenance.world.store.hosts import host_key
from provenance.world.store.reports import pack
from tests.build import NOON
from tests.build import capture as captured
from tests.jobs.world import FakeCorpus, FakeWorld
from tests.servers.magazine import FIRST_DAY, page, story

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.jobs.audit.pages import ToCheck, ToRead, WasRead
    from provenance.model.audit import CheckOutcome


@dataclass
class Ticking:
    """A clock that moves only when somebody waits."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class TickingStop(threading.Event):
    """Waiting for the end moves the clock."""

    def __init__(self, now: Ticking) -> None:
        super().__init__()
        self.now = now

    def wait(self, timeout: float | None = None) -> bool:
        self.now.wait(timeout or 0.0)
        return self.is_set()


@dataclass
class LoggedWeb:
    """Pages by number, when each was asked for, and how long was waited for a turn."""

    now: Ticking
    store: Store
    throttle: HostThrottle
    failing: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, float]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def fetch(self, url: str, *, within: float | None = None) -> Capture:
        self.waited.append(self.throttle.wait(host_key(url)))
        self.asked.append((url, self.now.at.timestamp()))
        self.throttle.release(host_key(url))
        if self.failing.get(url, 0) > 0:
            self.failing[url] -= 1
            raise Unavailable("web", url, "test")
        number = int(url.rpartition("/")[2])
        found = captured(page(f"Page {number}", story(number), FIRST_DAY), url=url)
        self.store.fetches.keep(found)
        return found


@dataclass
class FakeSite:
    urls: tuple[str, ...]

    def addresses(self) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        found = tuple(FoundAddress(url=url, by="list") for url in self.urls)
        yield Listing(url="list", kind="list", found=len(found)), found

    def refusal(self, found: FoundAddress) -> None:
        return None

    def links(self, capture: Capture, depth: int) -> tuple[FoundAddress, ...]:
        return ()

    def forbidden(self, url: str) -> str:
        return ""


@dataclass
class HereWorkers:
    """Reads and checks pages at once."""

    worker: Worker

    def read(self, tasks: Sequence[ToRead]) -> list[WasRead]:
        return [read(self.worker, task) for task in tasks]

    def check(self, tasks: Sequence[ToCheck]) -> list[CheckOutcome]:
        return [check(self.worker, task) for task in tasks]


class NoTexts:
    def add_filed(self, texts: object) -> None:
        pass


def run(
    site: FakeSite, failing: dict[str, int], pace: float, wanted: float = 0.0
) -> tuple[tuple[AuditRow, ...], LoggedWeb]:
    """The rows of an audit of a site whose hosts want ``wanted`` seconds between two requests."""
    now = Ticking()
    with Store.open(None) as store, closing(SpillFile()) as spill:
        throttle = HostThrottle(store.hosts, now, pace=pace, owner="1", sleep=now.wait)
        for url in site.urls:
            throttle.set_gap(host_key(url), wanted)
        web = LoggedWeb(now, store, throttle, failing)
        world = FakeWorld(web=web, corpus=FakeCorpus(), now=now)  # type: ignore[arg-type]
        number = store.frontier.begin("list", AuditOptions(), now())
        plan = Plan(
            number=number, target="list", options=AuditOptions(), owner="1", fetchers=1, pace=pace
        )
        worker = Worker(
            world=world,
            kept=store.fetches,
            settings=Settings(archives=()),
            since=None,
            links=lambda capture, depth: (),
            file=filed,
            publish=lambda report: (pack(report), None),
        )
        ports = AuditPorts(
            site=site,
            ledger=store.frontier,
            kept=store.fetches,
            world=world,
            workers=HereWorkers(worker),
            texts=NoTexts(),
            spill=spill,
            stop=TickingStop(now),
        )
        report = audit(plan, ports)
        assert report is not None
        return tuple(report.rows), web


URLS = tuple(f"https://{host}.example/{n}" for host in ("one", "two") for n in range(6))


@pytest.mark.parametrize(("pace", "wanted", "gap"), [(2.0, 0.0, 2.0), (0.5, 7.0, 7.0)])
def test_no_host_is_asked_faster_than_it_may(pace: float, wanted: float, gap: float) -> None:
    urls = tuple(f"{url.rpartition('/')[0]}/{n}" for n, url in enumerate(URLS))
    rows, web = run(FakeSite(urls), {}, pace, wanted)
    assert [row.fate for row in rows] == [AddressOutcome.DONE] * 12
    for host in ("one", "two"):
        times = [at for url, at in web.asked if host in url]
        assert len(times) == 6
        assert min(b - a for a, b in pairwise(times)) >= gap - 1e-6
    # Addresses are given out when it is their host's turn: no worker stands waiting for one.
    assert web.waited == [0.0] * 12


def test_a_page_is_tried_three_times_and_then_it_failed() -> None:
    urls = ("https://one.example/1", "https://one.example/2")
    rows, web = run(FakeSite(urls), {urls[0]: 9, urls[1]: 1}, 1.0)
    fates = {row.url: (row.fate, row.reason, row.detail) for row in rows}
    assert fates == {
        urls[0]: (AddressOutcome.FAILED, EndReason.NO_ANSWER, "test"),
        urls[1]: (AddressOutcome.DONE, None, ""),
    }
    assert len(web.asked) == 5
