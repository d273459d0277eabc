"""The accounting law: found once, given to one worker, ended exactly once."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import StoreError
from provenance.model import Attribution, Basis, Confidence
from provenance.model.audit import (
    AuditOptions,
    CheckOutcome,
    FoundAddress,
    PageResult,
    PageSide,
    ReadOutcome,
    StoredReport,
    VerdictKind,
)
from provenance.model.ending import AddressOutcome, Ending, EndReason
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
PACKED = StoredReport(digest="r", target="t", derivation="unknown", checked_at=NOON, body=b"{}")


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
    turns = [frontier.claim(number, "waiting", "1", 100.0, gap=0.0) for _ in range(3)]
    hosts = {turn.claim.url.split("/")[2] for turn in turns if turn.claim}
    assert hosts == {"a.example", "b.example"}
    assert turns[2].claim is None
    assert turns[2].wait is not None


def test_a_host_is_left_alone_for_the_gap(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1", "https://a.example/2")
    first = frontier.claim(number, "waiting", "1", 100.0, gap=5.0).claim
    assert first is not None
    frontier.settle(first, FAULT)
    assert frontier.claim(number, "waiting", "1", 104.9, gap=5.0).wait == pytest.approx(0.1)
    assert frontier.claim(number, "waiting", "1", 105.0, gap=5.0).claim is not None


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
    assert frontier.free(lambda owner: owner == "dead") == 1
    assert taken(frontier, number, "live", 1.0) is not None


def test_an_audit_with_an_open_address_does_not_end(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1")
    with pytest.raises(StoreError, match="1 addresses"):
        frontier.end(number, NOON)


def test_of_pages_with_one_text_the_first_by_rank_is_kept(frontier: Frontier) -> None:
    urls = [f"https://a.example/{n}" for n in range(5)]
    number = begun(frontier, *urls)
    held = frontier.claims(number, "waiting", "1", 0.0, 9)
    frontier.gathered([ReadOutcome(claim=c, digest="d", mark="m") for c in held[::-1]], never, 99)
    assert frontier.texts(number) == 1
    frontier.merge_twins(number)
    rows = list(frontier.rows(number))
    assert {(row.reason, row.detail) for row in rows} == {(EndReason.SAME_TEXT, held[0].url)}
    assert len(rows) == 4
    assert [c.url for c in frontier.claims(number, "read", "1", 0.0, 9)] == [held[0].url]


def test_a_fetched_page_is_held_no_longer_and_its_host_is(frontier: Frontier) -> None:
    number = begun(frontier, "https://a.example/1", "https://a.example/2")
    first = frontier.claim(number, "waiting", "1", 100.0, gap=0.0).claim
    assert first is not None
    frontier.fetched(first, "d", 107.0)
    assert frontier.claim(number, "waiting", "1", 106.0, gap=0.0).wait == pytest.approx(1.0)
    assert [c.id for c in frontier.claims(number, "fetched", "1", 100.0, 9)] == [first.id]
    assert frontier.claim(number, "waiting", "1", 107.0, gap=0.0).claim is not None


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
                frontier.free(lambda _: True)
            elif step == "give up":
                frontier.give_up(number, "waiting", Ending(reason=EndReason.NOT_DRAWN), keep=n)
            elif held:
                claim = held.pop()
                if step == "settle" and frontier.settle(claim, FAULT):
                    assert claim.url not in ended
                    ended[claim.url] = AddressOutcome.FAILED
                elif step == "again":
                    frontier.put_back(claim, 0.0)
                elif step == "read":
                    page = ReadOutcome(claim=claim, digest="d", mark=claim.url)
                    frontier.gathered([page], never, 99)
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
        frontier.free(lambda _: True)
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
            frontier.checked([page])
        assert frontier.progress(number).waiting == 1
        assert store.reports.entries() == ()
    line = sqlite3.connect(tmp_path / "a.db")
    assert line.execute("PRAGMA quick_check").fetchone() == ("ok",)
    line.close()
