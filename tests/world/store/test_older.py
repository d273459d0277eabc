"""Databases of 0.1.0: the sentences that were kept are read as reasons once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from provenance.model import Answer, Lookup
from provenance.model.audit import AuditOptions, FoundAddress
from provenance.model.ending import AddressOutcome, Ending, EndReason
from provenance.model.plain import values
from provenance.world.store import Store
from provenance.world.store.older import ending, with_statuses
from tests.build import NOON
from tests.render.measured import measured

if TYPE_CHECKING:
    from pathlib import Path

SKIPPED, FAILED, REFUSED = AddressOutcome.SKIPPED, AddressOutcome.FAILED, AddressOutcome.REFUSED
CASES = (
    (SKIPPED, "the same text as https://a.example/1", EndReason.SAME_TEXT, "https://a.example/1"),
    (SKIPPED, "beyond the first 5,000 (--max)", EndReason.BEYOND_LIMIT, "5000"),
    (SKIPPED, "not drawn for the sample", EndReason.NOT_DRAWN, ""),
    (
        SKIPPED,
        "it leads to https://b.example/: it is on another site",
        EndReason.LEADS_AWAY,
        "https://b.example/",
    ),
    (SKIPPED, "older than 2026-01-01, by its own date", EndReason.OLD_BY_PAGE, "2026-01-01"),
    (SKIPPED, "a trap: 20 addresses like it held no article", EndReason.NO_ARTICLES, "20"),
    (SKIPPED, "not an article: 34 words", EndReason.FEW_WORDS, "34"),
    (FAILED, "a consent wall stands where its text should be", EndReason.CONSENT_WALL, ""),
    (FAILED, "no answer in time, 3 times", EndReason.NO_ANSWER, "no answer in time"),
    (
        FAILED,
        "its host gave no answer 21 times in a row; the last: no answer in time",
        EndReason.HOST_SILENT,
        "no answer in time",
    ),
    (FAILED, "offline and not kept", EndReason.OFFLINE, ""),
    (
        FAILED,
        "a fault in provenance itself (KeyError); please report it",
        EndReason.OWN_FAULT,
        "KeyError",
    ),
    (FAILED, "the answer was cut off", EndReason.FAULT, "the answer was cut off"),
    (REFUSED, "robots.txt asks not to", EndReason.REFUSED, "robots.txt asks not to"),
    (REFUSED, "the same text as x", EndReason.REFUSED, "the same text as x"),
    (SKIPPED, "something else", EndReason.OTHER, "something else"),
)


@pytest.mark.parametrize(("outcome", "sentence", "reason", "detail"), CASES)
def test_a_sentence_is_read_as_a_reason(
    outcome: AddressOutcome, sentence: str, reason: EndReason, detail: str
) -> None:
    assert ending(outcome, sentence) == Ending(reason=reason, detail=detail)


def test_a_database_of_0_1_0_is_turned_when_it_is_opened(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.sqlite3")
    with Store.open(path) as store:
        number = store.frontier.begin("list", AuditOptions(), NOON)
        found = [FoundAddress(url=f"https://a.example/{n:02}", by="list") for n in range(17)]
        store.frontier.enter(number, found, lambda _: None)
    with sqlite3.connect(path) as db:
        db.executemany(
            "UPDATE addresses SET state = ?, reason = ? WHERE url = ?",
            [(str(c[0]), c[1], f.url) for c, f in zip(CASES, found, strict=False)],
        )
        db.execute("ALTER TABLE addresses DROP COLUMN detail")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'reasons_as_codes'")
    with Store.open(path) as store:
        rows = tuple(store.frontier.rows(number))
        assert store.frontier.count(number, "waiting") == 1
    assert [(row.fate, row.reason, row.detail) for row in rows] == [
        (outcome, reason, detail) for outcome, _, reason, detail in CASES
    ]


def test_the_status_in_a_kept_sentence_is_read() -> None:
    sentences = (
        "there is no such page (HTTP 404)",
        "it redirects to https://a.example/?story=1404102: robots.txt asks not to",
    )
    lookups = tuple(
        Lookup(provider="web", asked="u", answer=Answer.REFUSED, found=0, at=NOON, why=why)
        for why in sentences
    )
    plain = values(replace(measured(), lookups=lookups))
    for lookup in plain["lookups"]:
        del lookup["status"]
    read = with_statuses(plain)
    assert [lookup.get("status") for lookup in read["lookups"]] == [404, None]
