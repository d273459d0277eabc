"""A network: the texts of collections kept, every stage made from them, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.network.keep import keep_texts
from provenance.network.run import run_stages
from provenance.network.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from provenance.model.network import NetworkReport
    from provenance.network.run import Engine
    from provenance.network.texts import Batch, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Texts by the name that reports use; ``batches`` reads them from the beginning."""

    name: str
    batches: Callable[[], Iterable[Batch]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkOptions:
    """How texts are read, how many marks a pair must share, and where the tables are kept."""

    reader: Reader
    least: int
    folder: Path


def make_network(
    collections: Sequence[Collection],
    engine: Engine,
    options: NetworkOptions,
    tell: Callable[[str, float], None],
) -> NetworkReport:
    """Who copies from whom among the texts of some collections; the tables stay in their folder.

    What an earlier run has made there is used again. ``tell`` is told what is being done, and what
    part of the work after reading is done. InputError where there is no text.
    """
    keep_texts(
        [each.batches for each in collections],
        options.reader,
        options.folder,
        lambda number: tell(f"{number:,} texts read", 0.0),
    )
    engine.open("texts")
    if not engine.rows("SELECT 1 FROM texts LIMIT 1"):
        names = ", ".join(each.name for each in collections[:3])
        raise InputError(f"{names}: no text in it that can be compared")
    run_stages(engine, least=options.least, tell=tell)
    return tally(engine, [each.name for each in collections], options.least)
