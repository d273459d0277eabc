"""The accounting law: found once, given to one worker, ended exactly once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import StoreError
from provenance.model import Attribution, Basis, Confidence, VerdictKind
from provenance.model.audit import (
    AuditOptions,
    CheckOutcome,
    FoundAddress,
    PageResult,
    PageSide,
    ReadOutcome,
)
from provenance.model.ending import AddressOutcome, Ending, EndReason
from provenance.model.report import StoredReport
from provenance.text.urls import registrable
from provenance.world.store import Store
from tests.build import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.model.audit import Claim
    from provenance.world.store.frontier import Frontier


RESULT = PageResult(
    kind=VerdictKind.NONE_FOUND,
    basis=Basis.MEASURED,
    attribution=Attribution.NONE,
    confidence=Confidence.NONE,
    page=PageSide(url="https://a.example/1"),
    origin=None,
    share=None,
    share_of_source=None,
    words=100,
    report=0,
    digest="d",
)
PACKED = StoredReport(
    digest="r",
    target="t",
    derivation="unknown",
    kind=VerdictKind.UNKNOWN,
    checked_at=NOON,
    body=b"{}",
)


@pytest.fixture
def frontier() -> Iterator[Frontier]:
    with Store.open(None) as store:
        yield store.frontier


FAULT = Ending(reason=EndReason.FAULT, detail="test")


def never(_: FoundAddress) -> None:
    return None


def begun(frontier: Frontier, *urls: str, target: str = "https://a.example/") -> int:
    number = frontier.begin(target, AuditOptions(), NOON)
    frontier.enter(number, [FoundAddress(url=url, by="sitemap") for url in urls], never)
    return number


def taken(frontier: Frontier, number: int, owner: str, seconds: float) -> Claim | None:
    """The next address that waits, whatever its host."""
    return next(iter(frontier.claims(number, "waiting", owner, seconds, 1)), None)


def test_an_address_is_entered_once_however_it_is_spelled(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1", "http://www.a.example/1/#top")
    assert frontier.count(number) == 1
    assert frontier.enter(number, [FoundAddress(url="https://a.example/1", by="feed")], never) == 0


def test_the_same_target_and_options_go_on_and_others_begin(frontier: Frontier) -> None:
    first = frontier.begin("https://a.example/", AuditOptions(), NOON)
    assert frontier.begin("https://a.example/", AuditOptions(), NOON) == first
    assert frontier.begin("https://a.example/", AuditOptions(sample=5), NOON) != first
    frontier.end(first, NOON)
    assert frontier.begin("https://a.example/", AuditOptions(), NOON) != first


def test_one_request_in_flight_a_host(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1", "https://a.example/2", "https://b.example/1")
    turns = [frontier.claim(number, "waiting", "1", 100.0, pace=0.0) for _ in range(3)]
    hosts = {turn.claim.url.split("/")[2] for turn in turns if turn.claim}
    assert hosts == {"a.example", "b.example"}
    assert turns[2].claim is None
    assert turns[2].wait is not None


@pytest.mark.parametrize(
    ("pace", "gap", "deferred_until", "free_at"),
    [(5.0, 0.0, 0.0, 105.0), (1.0, 7.0, 0.0, 107.0), (5.0, 0.0, 109.0, 109.0)],
)
def test_no_address_is_given_out_before_its_host_may_be_asked(
    pace: float, gap: float, deferred_until: float, free_at: float
) -> None:
    with Store.open(None) as store:
        number = begun(store.frontier, "https://a.example/1", "https://a.example/2")
        store.hosts.take("a.example", 100.0, pace=pace, owner=None)
        store.hosts.change(
            "a.example", lambda r: replace(r, gap=gap, deferred_until=deferred_until)
        )
        early = store.frontier.claim(number, "waiting", "1", free_at - 0.1, pace=pace)
        assert (early.claim, early.wait) == (None, pytest.approx(0.1))
        assert store.frontier.claim(number, "waiting", "1", free_at, pace=pace).claim is not None


def test_a_host_that_is_being_asked_is_given_to_nobody_else() -> None:
    with Store.open(None) as store:
        number = begun(store.frontier, "https://a.example/1")
        store.hosts.take("a.example", 100.0, pace=1.0, owner="other")
        assert store.frontier.claim(number, "waiting", "1", 101.5, pace=1.0).claim is None
        store.hosts.release("a.example", 102.0, owner="other")
        assert store.frontier.claim(number, "waiting", "1", 102.9, pace=1.0).claim is None
        assert store.frontier.claim(number, "waiting", "1", 103.0, pace=1.0).claim is not None


def test_hosts_do_not_matter_where_nobody_is_asked() -> None:
    with Store.open(None) as store:
        number = begun(store.frontier, "https://a.example/1")
        store.hosts.change("a.example", lambda r: replace(r, deferred_until=3000.0))
        assert store.frontier.claim(number, "waiting", "1", 100.0, pace=0.0).claim is None
        assert store.frontier.claim(number, "waiting", "1", 100.0, pace=None).claim is not None


TEN_YEARS = 3.2e8


@pytest.mark.parametrize("what", ["asked", "deferred", "requeued", "leased"])
def test_a_clock_that_stood_ten_years_ahead_holds_no_address_back(what: str) -> None:
    """Each time that is kept was noted by such a clock, which has since been set right."""
    with Store.open(None) as store:
        frontier, now = store.frontier, 1e9
        number = begun(frontier, "https://a.example/1")
        if what == "asked":
            store.hosts.take("a.example", now + TEN_YEARS, pace=1.0, owner="1")
        elif what == "deferred":
            until = now + TEN_YEARS
            store.hosts.change("a.example", lambda r: replace(r, deferred_until=until))
        else:
            claim = taken(frontier, number, "1", now + TEN_YEARS)
            assert claim is not None
            if what == "requeued":
                frontier.requeue(claim, now + TEN_YEARS)
        assert frontier.claim(number, "waiting", "1", now, pace=1.0).claim is not None


def test_failures_of_a_host_are_counted_until_it_answers(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1", "https://b.example/1")
    claims = {c.url[8]: c for c in frontier.claims(number, "waiting", "1", 0.0, 9)}
    assert [frontier.record_failure(claims[name]) for name in "aaba"] == [1, 2, 1, 3]
    frontier.record_fetch(claims["a"], "d")
    assert [frontier.record_failure(claims[name]) for name in "ab"] == [1, 2]


def test_an_address_ends_once(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1")
    claim = taken(frontier, number, "1", 0.0)
    assert claim is not None
    assert frontier.settle(claim, Ending(reason=EndReason.REFUSED, detail="first"))
    assert not frontier.settle(claim, FAULT)
    assert [(row.fate, row.reason, row.detail) for row in frontier.rows(number)] == [
        (AddressOutcome.REFUSED, EndReason.REFUSED, "first")
    ]


def test_leases_of_the_dead_are_given_out_again(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1")
    assert taken(frontier, number, "dead", 0.0) is not None
    assert taken(frontier, number, "live", 1.0) is None
    assert frontier.release_dead(lambda owner: owner == "dead") == 1
    assert taken(frontier, number, "live", 1.0) is not None


def test_an_audit_with_an_open_address_does_not_end(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1")
    with pytest.raises(StoreError, match="1 addresses"):
        frontier.end(number, NOON)


def test_of_pages_with_one_text_the_first_by_rank_is_kept(frontier: Frontier) -> None:
    urls = [f"https://a.example/{n}" for n in range(5)]
    number = begun(frontier, *urls)
    held = frontier.claims(number, "waiting", "1", 0.0, 9)
    frontier.record_read(
        [ReadOutcome(claim=c, digest="d", mark="m") for c in held[::-1]], never, 99
    )
    assert frontier.count_texts(number) == 1
    frontier.merge_duplicates(number)
    rows = list(frontier.rows(number))
    assert {(row.reason, row.detail) for row in rows} == {(EndReason.SAME_TEXT, held[0].url)}
    assert len(rows) == 4
    assert [c.url for c in frontier.claims(number, "read", "1", 0.0, 9)] == [held[0].url]


def test_one_text_at_two_houses_is_checked_at_both(frontier: Frontier) -> None:
    urls = [f"https://{name}.example/{n}" for n in range(3) for name in ("a", "news.a", "b")]
    number = begun(frontier, *urls)
    held = frontier.claims(number, "waiting", "1", 0.0, 99)
    frontier.record_read([ReadOutcome(claim=c, digest="d", mark="m") for c in held], never, 99)
    frontier.merge_duplicates(number)
    left = [c.url for c in frontier.claims(number, "read", "1", 0.0, 99)]
    assert sorted(registrable(url) for url in left) == ["a.example", "b.example"]
    assert {(row.reason, registrable(row.url)) for row in frontier.rows(number)} == {
        (EndReason.SAME_TEXT, "a.example"),
        (EndReason.SAME_TEXT, "b.example"),
    }
    assert all(registrable(row.url) == registrable(row.detail) for row in frontier.rows(number))


def test_the_pages_read_are_given_by_host(frontier: Frontier) -> None:
    urls = [f"https://{host}/{n}" for n in range(3) for host in ("a.example", "b.example:81")]
    number = begun(frontier, *urls, "https://c.example/unread")
    held = frontier.claims(number, "waiting", "1", 0.0, 99)
    read = [c for c in held if "unread" not in c.url]
    frontier.record_read([ReadOutcome(claim=c, digest="d", mark=c.url) for c in read], never, 99)
    assert frontier.hosts_read(number) == ("a.example", "b.example:81")
    wanted = [c.url for c in read if "b.example" in c.url]
    assert [c.url for c in frontier.first_read(number, ["b.example:81"], 2)] == wanted[:2]


def test_a_fetched_page_is_to_be_read_and_its_host_is_free(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1", "https://a.example/2")
    first = frontier.claim(number, "waiting", "1", 100.0, pace=0.0).claim
    assert first is not None
    frontier.record_fetch(first, "d")
    assert [c.id for c in frontier.claims(number, "fetched", "1", 100.0, 9)] == [first.id]
    assert frontier.claim(number, "waiting", "1", 100.0, pace=0.0).claim is not None


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["enter", "claim", "settle", "again", "free", "give up", "read"]),
            st.integers(0, 30),
        ),
        max_size=60,
    )
)
def test_the_sum_of_fates_is_what_was_found(steps: list[tuple[str, int]]) -> None:
    with Store.open(None) as store:
        frontier = store.frontier
        number = frontier.begin("https://a.example/", AuditOptions(), NOON)
        found, held, ended = set[str](), [], dict[str, AddressOutcome]()
        for step, n in steps:
            if step == "enter":
                url = f"https://a.example/{n}"
                frontier.enter(number, [FoundAddress(url=url, by="list")], never)
                found.add(url)
            elif step == "claim":
                claim = taken(frontier, number, "1", float(n))
                held += [claim] if claim else []
            elif step == "free":
                frontier.release_dead(lambda _: True)
            elif step == "give up":
                frontier.give_up(number, "waiting", Ending(reason=EndReason.NOT_DRAWN), keep=n)
            elif held:
                claim = held.pop()
                if step == "settle" and frontier.settle(claim, FAULT):
                    assert claim.url not in ended
                    ended[claim.url] = AddressOutcome.FAILED
                elif step == "again":
                    frontier.requeue(claim, 0.0)
                elif step == "read":
                    page = ReadOutcome(claim=claim, digest="d", mark=claim.url)
                    frontier.record_read([page], never, 99)
        progress = frontier.progress(number)
        assert progress.found == len(found)
        assert progress.waiting + progress.read + progress.ended == progress.found
        assert len({row.url for row in frontier.rows(number)}) == progress.ended


def test_a_sample_is_the_beginning_of_one_random_order(frontier: Frontier) -> None:
    urls = [f"https://a.example/{n}" for n in range(40)]
    orders = []
    for seed in (1, 1, 2):
        number = frontier.begin("https://a.example/", AuditOptions(seed=seed), NOON)
        frontier.enter(number, [FoundAddress(url=url, by="list") for url in urls], never)
        claims = [taken(frontier, number, "1", 0.0) for _ in urls]
        orders.append([claim.url for claim in claims if claim])
        frontier.release_dead(lambda _: True)
    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != urls


def test_a_result_and_its_state_are_written_together(tmp_path: Path) -> None:
    """A write that fails in the middle leaves the address as it was."""
    with Store.open(str(tmp_path / "a.db")) as store:
        frontier = store.frontier
        number = begun(frontier, "https://a.example/1")
        claim = taken(frontier, number, "1", 0.0)
        assert claim is not None
        with store.connection.transaction() as db:
            db.execute(
                "CREATE TRIGGER broken BEFORE UPDATE OF result ON addresses"
                " BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        page = CheckOutcome(claim=claim, result=RESULT, report=PACKED)
        with pytest.raises(StoreError):
            frontier.record_checks([page])
        assert frontier.progress(number).waiting == 1
        assert store.reports.entries() == ()
    line = sqlite3.connect(tmp_path / "a.db")
    assert line.execute("PRAGMA quick_check").fetchone() == ("ok",)
    line.close()
