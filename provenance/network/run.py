"""The stages one after the other, on any engine; those that are there already are passed over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from provenance.network.batches import Align, Marks
from provenance.network.stages import CHANGED, CLOSE, NEXT_LABELS, STAGES, Stage, values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenance.network.worker import Work

LEAST = 2
"""Marks that two texts must share to be compared."""
# Numbers of texts in one file of marks, and pairs in one file of alignments.
_TEXTS, _PAIRS = 50_000, 25_000
_ALL = 2**63 - 1


class Engine(Protocol):
    """Runs SQL over tables that it keeps as Parquet.

    ``splits`` says that work goes on, after a stop, with the query that it had come to.
    """

    name: str
    splits: bool
    failed: int

    @property
    def version(self) -> str:
        """The engine and its version."""
        ...

    def has(self, name: str) -> bool:
        """Whether a table is there whole."""
        ...

    def open(self, name: str, kept: str = "") -> None:
        """Makes a kept table known by a name."""
        ...

    def make(self, name: str, sql: str, *, ordered: bool = False) -> None:
        """Keeps the rows of a query as a table."""
        ...

    def work(
        self, name: str, queries: Sequence[str], work: Work, done: Callable[[int], None]
    ) -> None:
        """Keeps what a function makes of the rows of some queries as a table."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        ...

    def close(self) -> None:
        """Ends it."""
        ...


def run_stages(
    engine: Engine, *, least: int, tell: Callable[[str, float], None] = lambda *_: None
) -> None:
    """Makes every table of ``STAGES`` from ``texts``; opens all of them.

    ``tell`` is told which stage is at work, and what part of all the work is done.
    """
    engine.open("texts")
    [[texts]] = engine.rows("SELECT count(*) FROM texts WHERE part = 0")
    known = values(texts, least)
    whole, past = sum(stage.share for stage in STAGES), 0
    for stage in STAGES:
        tell(stage.name, past / whole)
        if stage.work == "labels":
            _make_labels(engine, stage, known)
        else:
            if not engine.has(stage.name):
                told = partial(_tell_part, tell, stage.name, past / whole, stage.share / whole)
                _make(engine, stage, known, told)
            engine.open(stage.name)
        past += stage.share


def _tell_part(
    tell: Callable[[str, float], None], name: str, past: float, share: float, done: float
) -> None:
    tell(name, past + share * done)


def _make(
    engine: Engine, stage: Stage, known: dict[str, object], tell: Callable[[float], None]
) -> None:
    """Makes one table; ``tell`` is told what part of it is there, 0..1."""
    if not stage.work:
        engine.make(stage.name, stage.sql.format(**known), ordered=stage.ordered)
        return
    [[number]] = engine.rows(stage.number)
    worked = 0

    def count(rows: int) -> None:
        nonlocal worked
        worked += rows
        tell(min(worked / max(number, 1), 1.0))

    if stage.work == "marks":
        engine.work(stage.name, _split_texts(engine, stage.sql), Marks(), count)
    else:
        furniture = tuple(h for (h,) in engine.rows("SELECT h FROM furniture ORDER BY h"))
        parts = number // _PAIRS + 1 if engine.splits else 1
        queries = [stage.sql.format(parts=parts, part=part) for part in range(parts)]
        engine.work(stage.name, queries, Align(furniture), count)


def _split_texts(engine: Engine, sql: str) -> list[str]:
    """The query for each range of numbers of texts; an engine that keeps no parts has one range."""
    [[highest]] = engine.rows("SELECT coalesce(max(id), 0) FROM texts")
    ends = [*range(_TEXTS, highest + 1, _TEXTS), _ALL] if engine.splits else [_ALL]
    return [sql.format(low=low, high=high) for low, high in zip([0, *ends[:-1]], ends, strict=True)]


def _make_labels(engine: Engine, stage: Stage, known: dict[str, object]) -> None:
    """Rounds of least numbers until none changes; the last is the table ``labels``."""
    latest, changed = f"{stage.name}_0", 1
    if not engine.has(latest):
        engine.make(latest, stage.sql.format(**known))
    engine.open(latest)
    rounds = 0
    while changed:
        rounds += 1
        before, latest = latest, f"{stage.name}_{rounds}"
        if not engine.has(latest):
            engine.make(latest, NEXT_LABELS.format(before=before, close=CLOSE))
        engine.open(latest)
        [[changed]] = engine.rows(CHANGED.format(before=before, after=latest))
    engine.open(stage.name, latest)
