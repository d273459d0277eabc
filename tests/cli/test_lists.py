"""A list of pages of several sites: every copy is found, nobody is accused who was first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scenarios import listed
from tests.scenarios.stage import audited

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_copies_between_the_sites_of_a_list_are_found(tmp_path: Path) -> None:
    pages = listed.planted(48, 6, 12)
    with listed.served(pages) as there:
        urls = [f"{there[page.site].base}{page.path}" for page in pages]
        (tmp_path / "list.txt").write_text("\n".join(urls), "utf-8")
        report = audited(str(tmp_path / "list.txt"), tmp_path)
        outcome = listed.judged(report, pages, there)
    assert outcome == listed.Outcome(copies=12, found=12, missed=0, wrong=0, accused=0, ends=48)
    assert dict(report["fates"])["done"] == 48
    assert report["site_count"] == 6
    assert sum(site["checked"] for site in report["sites"]) == 48
    between = {(pair["site"], pair["source"]) for pair in report["pairs"]}
    for page in pages:
        if page.original is not None:
            hosts = (there[at].base.partition("//")[2] for at in (page.site, page.original.site))
            assert tuple(hosts) in between
