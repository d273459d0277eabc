"""The audit of an aggregator run as a person runs it, and each of its rows beside the truth."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from provenance.cli.main import main
from provenance.model import VerdictKind
from tests.servers.syndicate import LENT, NAMES, OWN, SILENT, Item, Press, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

# Within so much of the truth a share is right: furniture between the paragraphs counts a little.
_NEAR = 0.06


@dataclass(frozen=True, kw_only=True)
class Run:
    """One way to audit: is what the papers wrote in the corpus, or only to be found by asking?"""

    press: Press
    kept: bool
    report: dict[str, Any]

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows by address."""
        return {row["url"]: row for row in self.report["rows"]}


def audited(
    press: Press, folder: Path, *, kept: bool, site: str = "relay", more: tuple[str, ...] = ()
) -> Run:
    """The audit of one site; with ``kept`` the other sites' pages go into the corpus first."""
    folder.mkdir(exist_ok=True)
    options = ["--allow-private", "--follow-private", f"--db={folder / 'kept.db'}"]
    archive = f"--archive=pywb=cdx:{press.pywb.collection('news')}"
    if kept:
        maps = [press.sitemap(key) for key in press.bases if key != site]
        invoke(["corpus", "add", *maps, "--max=1000", *options])
    words = ["audit", f"{press.bases[site]}/", "--lookups", "--rate=1000", "--json", archive]
    told = invoke([*words, f"--output={folder / 'out'}", *options, *more])
    return Run(press=press, kept=kept, report=json.loads(told))


def invoke(words: list[str]) -> str:
    """What the command writes to stdout; AssertionError where it fails."""
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def expected(item: Item, *, kept: bool) -> set[VerdictKind]:
    """The kinds that are right for a post: what can be told by what there is to tell it from.

    Who was first where nothing is said is settled by both pages' dates and an archive's capture
    of whichever was. A paper that can be searched by its feed alone gives its latest only.
    """
    if item.way in OWN or (not kept and item.way in LENT):
        return {VerdictKind.UNKNOWN}
    here, there = item.captured
    if item.way in LENT:
        return (
            {VerdictKind.FIRST}
            if here or item.way is Way.LENT
            else {VerdictKind.FIRST, VerdictKind.ELSEWHERE}
        )
    if item.way is Way.WIRE or (item.way is Way.WIRE_SILENT and kept):
        return {VerdictKind.COMMON if kept else VerdictKind.DECLARED}
    if item.way is Way.WHOLE_NAMED and not kept:
        # A name behind "Source:" alone is a lead: an own text gives what it rests on so, too.
        return {VerdictKind.DECLARED, VerdictKind.UNKNOWN}
    kind = VerdictKind.PARTIAL if item.told else VerdictKind.REPOST
    if item.way in SILENT:
        # Without the corpus, only the pages that other posts led to are known.
        return {kind} | (
            {VerdictKind.UNKNOWN} if not kept else set() if there else {VerdictKind.ELSEWHERE}
        )
    feed_only = item.way is Way.WHOLE_HOME and item.paper != "herald" and not kept
    return {kind, VerdictKind.DECLARED} if feed_only else {kind}


def faults(run: Run) -> Iterator[tuple[Item, str]]:
    """Every way in which a row is not the truth, in words."""
    rows, press = run.rows, run.press
    for item in press.items:
        row = rows.get(press.post(item))
        result = row and row["result"]
        if not result:
            yield item, f"not done: {row and (row['fate'], row['reason'])}"
            continue
        kind = VerdictKind(result["kind"])
        if kind not in expected(item, kept=run.kept):
            yield item, f"kind {kind}"
        yield from ((item, why) for why in _particulars(run, item, kind, result))


def _particulars(run: Run, item: Item, kind: VerdictKind, result: dict[str, Any]) -> Iterator[str]:
    press, origin = run.press, result["origin"] or {}
    if item.way not in (*OWN, *LENT) and result["attribution"] != item.attribution:
        yield f"attribution {result['attribution']}, not {item.attribution}"
    yield from _seen("page", result["page"], press, press.post(item), item.ours)
    if result["page"]["title"] != item.title:
        yield f"title {result['page']['title']}"
    named = kind is VerdictKind.DECLARED and item.way is Way.WHOLE_NAMED
    if named and origin.get("publisher") != NAMES[item.paper]:
        yield f"publisher {origin.get('publisher')}, not {NAMES[item.paper]}"
    if kind not in {VerdictKind.REPOST, VerdictKind.PARTIAL}:
        return
    papers = [paper for paper in (item.paper, item.also) if paper]
    addresses = {press.original(item, paper): paper for paper in papers}
    if origin.get("url") not in addresses:
        yield f"origin {origin.get('url')}, not {press.original(item)}"
        return
    paper = addresses[origin["url"]]
    if origin["publisher"] != NAMES[paper]:
        yield f"publisher {origin['publisher']}, not {NAMES[paper]}"
    if abs(result["share"] - item.share) > _NEAR:
        yield f"share {result['share']:.2f}, not {item.share:.2f}"
    yield from _seen("origin", origin, press, origin["url"], item.published(paper))


def _seen(
    side: str, trace: dict[str, Any], press: Press, url: str, published: datetime
) -> Iterator[str]:
    held = press.captured.get(url)
    told = trace["first_seen"]
    if (held and _stamp(held)) != told:
        yield f"{side} first seen {told}, not {held and _stamp(held)}"
    if held and f"{held:%Y%m%d%H%M%S}" not in (trace["memento"] or ""):
        yield f"{side} memento {trace['memento']}"
    if trace["published"] != _stamp(published):
        yield f"{side} published {trace['published']}, not {_stamp(published)}"


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def accusations(run: Run) -> list[Item]:
    """Posts that are the aggregator's own and were called somebody else's: must be none."""
    own = [item for item in run.press.items if item.way in (*OWN, *LENT)]
    return [item for item in own if VerdictKind(_kind(run, item)).reused]


def _kind(run: Run, item: Item) -> str:
    row = run.rows.get(run.press.post(item))
    return str(row["result"]["kind"]) if row and row["result"] else "not done"


def table(run: Run) -> str:
    """How many posts of each way got which kind."""
    counts = Counter((item.way, _kind(run, item)) for item in run.press.items)
    kinds = [
        kind for kind in (*map(str, VerdictKind), "not done") if any(k == kind for _, k in counts)
    ]
    lines = [f"{'':50}" + "".join(f"{kind:>11}" for kind in kinds)]
    for way in Way:
        cells = "".join(f"{counts[way, kind] or '·':>11}" for kind in kinds)
        lines.append(f"{way.words:50}{cells}")
    return "\n".join(lines)
