"""How often each kind of testimony was right about who was first, on whole cases.

    python -m tests.bench.weigh RESULTS.jsonl...

RESULTS are lines of JSON, each with the ``report`` of one check and its ``truth``: the addresses of
the ``origins``, and the ``group`` of the page ("original" for a page that others copied). For every
kind it prints on how many sites it spoke, how often it was right and wrong, and the logarithm of
its odds, one right and one wrong one added. Sites are parted in two halves by their name, so that
one half can be held against the other.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import replace
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.judge.declared import declare
from provenance.judge.direction import testimonies
from provenance.judge.weights import WEIGHTS
from provenance.model import Direction, Evidence, Report
from provenance.model.plain import revive
from provenance.text.urls import normalise, registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Finding


def spoken(line: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Each testimony of one case as (kind, site of the page, whether it was right)."""
    report = revive(Report, line["report"])
    evidence = Evidence(
        suspect=report.suspect,
        signals=report.signals,
        declaration=declare(report.suspect, report.signals),
        sightings=report.sightings,
        findings=tuple(replace(finding, scores=()) for finding in report.findings),
    )
    site = registrable(report.suspect.url or "")
    for finding, truth in known(line["truth"], evidence.findings):
        for testimony in testimonies(evidence, finding):
            yield testimony.kind, site, testimony.says is truth


def known(
    truth: dict[str, Any], findings: Iterable[Finding]
) -> Iterator[tuple[Finding, Direction]]:
    """The findings of which the case says who was first."""
    origins = {normalise(url) for url in truth["origins"]}
    partners = {normalise(partner["url"]) for partner in truth["partners"]}
    for finding in findings:
        address = normalise(finding.candidate.url)
        if address in origins:
            yield finding, Direction.FROM_SOURCE
        elif truth["group"] == "original" and address in partners:
            yield finding, Direction.TO_SOURCE


def half(site: str) -> str:
    """Which half of the sites one belongs to."""
    return "AB"[hashlib.sha256(site.encode()).digest()[0] & 1]


def main(paths: list[str]) -> int:
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    sites: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in paths:
        with Path(path).open(encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                if isinstance(line.get("report"), dict):
                    for kind, site, right in spoken(line):
                        for part in (half(site), "all"):
                            counts[kind, part].append(right)
                            sites[kind, part].add(site)
    print(
        f"{'kind':<22}{'half':<6}{'sites':>6}{'right':>7}{'wrong':>7}{'log-odds':>10}{'table':>8}"
    )
    for kind, weight in WEIGHTS.items():
        for part in ("A", "B", "all"):
            told = counts[kind, part]
            right, wrong = sum(told), len(told) - sum(told)
            odds = log((right + 1) / (wrong + 1))
            print(
                f"{kind:<22}{part:<6}{len(sites[kind, part]):>6}{right:>7}{wrong:>7}"
                f"{odds:>10.1f}{weight:>8.1f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
