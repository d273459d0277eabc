"""The audit of an aggregator in real WordPress that lives on three papers, beside the truth.

``make bench-audit_site`` does the same with two hundred posts and prints the table.
"""

from __future__ import annotations

import csv
from contextlib import chdir
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.model import VerdictKind
from provenance.model.ending import AddressOutcome
from tests.e2e.press import Run, accusations, audited, faults, table
from tests.servers.syndicate import AGGREGATOR, LENT, NAMES, WIRED, Way, lacking, open_press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.syndicate import Press

pytestmark = pytest.mark.slow

_POSTS, DAY = 24, timedelta(days=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder to work in, whose settings spare nobody: all sites are on this machine."""
    folder = tmp_path_factory.mktemp("press")
    (folder / "provenance.toml").write_text("[limits]\npace = 0.0\n", "utf-8")
    with chdir(folder):
        yield folder


@pytest.fixture(scope="module")
def press(folder: Path) -> Iterator[Press]:
    if absent := lacking():
        pytest.skip(absent)
    with open_press(folder, _POSTS) as running:
        yield running


@pytest.fixture(scope="module")
def kept(press: Press, folder: Path) -> Run:
    """With what the papers wrote in the corpus."""
    return audited(press, folder / "kept", kept=True, more=("-f", "csv", "-f", "html"))


@pytest.fixture(scope="module")
def asked(press: Press, folder: Path) -> Run:
    """With what the posts link and the papers' own searches give."""
    return audited(press, folder / "asked", kept=False)


@pytest.mark.parametrize("way", ["kept", "asked"])
def test_every_post_is_what_it_is(way: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(way)
    assert accusations(run) == [], table(run)
    assert [(item.number, item.way.words, why) for item, why in faults(run)] == [], table(run)


def test_only_posts_are_checked(kept: Run) -> None:
    done = {url for url, row in kept.rows.items() if row["fate"] == AddressOutcome.DONE}
    assert done == {kept.press.post(item) for item in kept.press.items}
    assert {"listing", "few_words"} <= {row["reason"] for row in kept.rows.values()}


def test_what_the_site_puts_on_its_pages_is_known(kept: Run) -> None:
    assert kept.report["prefixes"] == ["QUAY WATCH:"]
    assert any(AGGREGATOR in line for line in kept.report["habits"])


def test_the_papers_took_nothing_but_what_they_were_lent(kept: Run, folder: Path) -> None:
    press = kept.press
    run = audited(press, folder / "papers", kept=True, site="gazette")
    for item in press.items:
        if "gazette" not in (item.paper, item.also):
            continue
        kind = VerdictKind(run.rows[press.original(item, "gazette")]["result"]["kind"])
        assert not kind.reused or item.way in LENT or item.way in WIRED, (item.number, kind)


def test_a_row_holds_what_a_notice_needs(kept: Run, folder: Path) -> None:
    [path] = (folder / "kept" / "out").glob("audit-*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["page_url"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(kept.rows)
    item = next(i for i in kept.press.items if i.way is Way.WHOLE_CREDITED and all(i.captured))
    row, press = rows[kept.press.post(item)], kept.press
    assert row["other_url"] == press.original(item)
    assert row["other_publisher"] == NAMES[item.paper]
    assert (row["verdict"], row["attribution"]) == ("repost", "credited")
    for side, url in (("page", press.post(item)), ("other", press.original(item))):
        assert row[f"{side}_first_seen"] == f"{press.captured[url]:%Y-%m-%dT%H:%M:%SZ}"
        assert row[f"{side}_snapshot"].startswith(press.pywb.base)
    assert float(row["delay_days"]) == pytest.approx((item.ours - item.theirs) / DAY, abs=0.01)
    assert (folder / "kept" / "out" / row["report_file"]).is_file()
