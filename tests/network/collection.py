"""Collections of the invented press as files, and what was found in them beside the truth."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.network.press import Article, Planted, Press

_ROWS = 5_000


def write_parquet(press: Press, file: Path) -> None:
    """All articles as one Parquet file."""
    fields = [(name, pa.string()) for name in ("id", "url", "title", "date", "text")]
    with pq.ParquetWriter(file, pa.schema(fields)) as writer:
        waiting: list[Article] = []
        for article in press.articles():
            waiting.append(article)
            if len(waiting) == _ROWS:
                writer.write_table(_table(waiting))
                waiting = []
        if waiting:
            writer.write_table(_table(waiting))


def write_lines(articles: Iterable[Mapping[str, Any]], file: Path) -> None:
    """Rows as JSON Lines."""
    file.write_text("".join(json.dumps(dict(each)) + "\n" for each in articles), "utf-8")


def _table(articles: list[Article]) -> pa.Table:
    columns = {name: [getattr(a, name) for a in articles] for name in ("id", "url", "title")}
    more = {name: [getattr(a, name) for a in articles] for name in ("date", "text")}
    return pa.table(columns | more)


def recall(
    planted: list[Planted], links: Iterable[tuple[str, str]]
) -> dict[str, tuple[float, ...]]:
    """For each kind: how many copies, the share linked to their family, and to their source."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    family: dict[int, set[str]] = defaultdict(set)
    for each in planted:
        family[each.family] |= {each.copy, each.source}
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for each in planted:
        near = neighbours[each.copy]
        found[each.kind].append((bool(near & family[each.family]), each.source in near))
    return {
        kind: (len(hits), sum(h for h, _ in hits) / len(hits), sum(s for _, s in hits) / len(hits))
        for kind, hits in found.items()
    }
