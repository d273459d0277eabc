"""A frozen site of every kind of page, with the report counted from its rows."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from provenance.jobs.audit.site_report import site_report
from provenance.model import Attribution, Basis, Confidence, VerdictKind
from provenance.model.audit import (
    AuditOptions,
    AuditReport,
    AuditRow,
    Listing,
    PageResult,
    PageSide,
    Rows,
    SiteBoilerplate,
)
from provenance.model.ending import AddressOutcome, EndReason

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKED_AT = datetime(2026, 3, 20, 14, 5, tzinfo=UTC)
FIRST_DAY = datetime(2025, 4, 2, 7, 30, tzinfo=UTC)
SITE = "https://lantern.example/"
PAPERS = (
    *("The Ferry Echo", "Harbour Gazette", "North Quay Post", "Tidewater Wire"),
    *("The Salt Market", "Chandlers’ Weekly", "Lighthouse Review"),
)
THINGS = (
    *("bell foundry", "timber crane", "night ferry", "salt stairs", "flood ledger", "tram union"),
    *("north footbridge", "sunken gate", "lamp office", "museum roof", "quay market", "beekeepers"),
)
DEEDS = (
    *("reopens after a winter of repairs", "loses its licence", "is measured for the third time"),
    *("gets a new keeper", "draws a crowd at dawn", "splits the council", "is sold for one mark"),
)
KINDS = (
    *(VerdictKind.REPOST,) * 5, *(VerdictKind.PARTIAL,) * 2, *(VerdictKind.DECLARED,) * 3,
    VerdictKind.COMMON, *(VerdictKind.ELSEWHERE,) * 2, VerdictKind.FIRST,
    *(VerdictKind.NONE_FOUND,) * 8, *(VerdictKind.UNKNOWN,) * 3,
)  # fmt: skip
WHY = (
    (EndReason.NO_ANSWER, "the site cannot answer now (HTTP 500)"),
    (EndReason.CONSENT_WALL, ""),
    (EndReason.REFUSED, "robots.txt asks not to"),
    (EndReason.SAME_TEXT, "https://lantern.example/story/7"),
    (EndReason.FEW_WORDS, "34"),
    (EndReason.LISTING, ""),
)


@dataclass(frozen=True)
class Made:
    """As many rows as wanted, each made when it is asked for."""

    count: int
    seed: int = 1
    sample: int | None = None

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[AuditRow]:
        return (self.row(number) for number in range(self.count))

    def row(self, number: int) -> AuditRow:
        url = f"{SITE}story/{number:06}"
        dice = random.Random(f"{self.seed} {number}")
        if self.sample is not None and dice.random() > self.sample / self.count:
            return _unread(url, "sitemap", EndReason.NOT_DRAWN)
        if dice.random() < 0.12:
            return _unread(url, "sitemap", *dice.choice(WHY))
        return AuditRow(
            url=url, found_by="sitemap", fate=AddressOutcome.DONE, result=_result(url, number, dice)
        )


def _unread(url: str, found_by: str, reason: EndReason, detail: str = "") -> AuditRow:
    return AuditRow(url=url, found_by=found_by, fate=reason.outcome, reason=reason, detail=detail)


def _result(url: str, number: int, dice: random.Random) -> PageResult:
    kind = dice.choice(KINDS)
    title = f"The {dice.choice(THINGS)} {dice.choice(DEEDS)}"
    at = FIRST_DAY + timedelta(hours=dice.randrange(8400))
    paper = PAPERS[min(int(dice.expovariate(0.6)), len(PAPERS) - 1)]
    has_source = kind not in {VerdictKind.NONE_FOUND, VerdictKind.UNKNOWN}
    compared = has_source and kind is not VerdictKind.DECLARED
    return PageResult(
        kind=kind,
        basis=Basis.MEASURED
        if compared
        else Basis.DECLARED
        if kind is VerdictKind.DECLARED
        else Basis.NONE,
        attribution=dice.choice(tuple(Attribution)) if kind.reused else Attribution.NONE,
        confidence=dice.choice((Confidence.STRONG, Confidence.MEDIUM))
        if has_source
        else Confidence.NONE,
        page=_trace(url, title, "The Lantern Post", at),
        origin=_origin(paper, number, title, at, dice) if has_source else None,
        share=_share(kind, dice) if compared else None,
        share_of_source=dice.uniform(0.4, 1) if compared else None,
        words=dice.randrange(180, 900),
        report=number + 1,
        digest=hashlib.sha256(url.encode()).hexdigest(),
        file=f"2026-03-20-lantern-example-story-{number:06}.html" if has_source else None,
        misses=("wayback: HTTP 503",) if kind is VerdictKind.UNKNOWN else (),
        longest=dice.randrange(40, 400) if compared else None,
        says=f"Originally published in {paper}" if kind is VerdictKind.DECLARED else None,
        checked_at=CHECKED_AT,
    )


def _share(kind: VerdictKind, dice: random.Random) -> float:
    return dice.uniform(0.9, 1) if kind is not VerdictKind.PARTIAL else dice.uniform(0.3, 0.7)


def _origin(paper: str, number: int, title: str, at: datetime, dice: random.Random) -> PageSide:
    host = paper.lower().replace("the ", "").replace(" ", "-").replace("’", "")
    before = at - timedelta(days=dice.expovariate(0.4) - 0.1)
    return _trace(f"https://{host}.example/{number}", title, paper, before)


def _trace(url: str, title: str, publisher: str, at: datetime) -> PageSide:
    seen = at + timedelta(hours=9)
    return PageSide(
        url=url,
        title=title,
        publisher=publisher,
        published=at,
        published_by="json_ld datePublished",
        first_seen=seen,
        seen_by="kept-web cdx",
        memento=f"https://archive.example/web/{seen:%Y%m%d%H%M%S}/{url}",
        byline=("Ines Lark", "Ambrose Teal"),
        digest=hashlib.sha256(url.encode()).hexdigest(),
    )


@dataclass(frozen=True)
class FrozenLedger:
    """What ``site_report`` asks of a ledger, answered from made rows."""

    made: Rows
    asked: AuditOptions
    target: str = SITE

    def options(self, number: int) -> tuple[str, AuditOptions]:
        return self.target, self.asked

    def rows(self, number: int) -> Rows:
        return self.made

    def listed_rows(self, number: int) -> Rows:
        return ()

    def listings(self, number: int) -> tuple[Listing, ...]:
        return (
            Listing(url=f"{SITE}sitemap.xml", kind="sitemap", found=len(self.made)),
            Listing(url=f"{SITE}feed", kind="feed", found=0, why="HTTP 404"),
        )


HABITS = SiteBoilerplate(
    shown=(
        "Join our evening channel and never miss a story from the quay again.",
        "The Lantern Post is read in 41 harbour towns and edited above a chandlery.",
    ),
    prefixes=("QUAYSIDE:",),
    suffixes=("- The Lantern Post",),
)


def report_of(rows: Rows, *, number: int = 3, options: AuditOptions | None = None) -> AuditReport:
    """The report of any rows, counted as an audit's are."""
    ledger = FrozenLedger(rows, options or AuditOptions(lookups=True))
    return site_report(ledger, number, (HABITS,), CHECKED_AT)  # type: ignore[arg-type]


def whole(count: int = 260) -> AuditReport:
    """Every page of the site."""
    return report_of(Made(count))


def drawn(count: int = 900, sample: int = 200) -> AuditReport:
    """A sample of the site's pages."""
    return report_of(Made(count, sample=sample), options=AuditOptions(sample=sample, lookups=True))


def empty() -> AuditReport:
    """No page of the site could be checked."""
    why = "the site cannot answer now (HTTP 503)"
    return report_of((_unread(SITE, "list", EndReason.NO_ANSWER, why),))


def hostile(text: str) -> AuditReport:
    """The site with a stranger's text wherever one can stand."""
    base = Made(40)
    rows = tuple(_spoilt(row, text) for row in base)
    report = report_of(rows)
    return replace(report, habits=(text,), prefixes=(text,), suffixes=(text,), target=text)


def _spoilt(row: AuditRow, text: str) -> AuditRow:
    if row.result is None:
        return replace(row, reason=EndReason.FAULT, fate=AddressOutcome.FAILED, detail=text)
    bad = PageSide(url=text, title=text, publisher=text, memento=text, published=CHECKED_AT,
                first_seen=CHECKED_AT)  # fmt: skip
    result = replace(row.result, page=bad, misses=(text,), says=text)
    return replace(row, result=replace(result, origin=bad if result.origin else None))


def later(count: int = 260) -> AuditReport:
    """The site at another time: some pages gone, new ones, some turned."""
    return report_of(Turned(Made(count)), number=7)


@dataclass(frozen=True)
class Turned:
    """Made rows after a while: every ninth gone, every fifth as another seed makes it, ten new."""

    made: Made

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[AuditRow]:
        other = replace(self.made, seed=2)
        for number in range(self.made.count + 10):
            if number % 9 == 4 and number < self.made.count:
                continue
            yield (other if number % 5 == 2 else self.made).row(number)
