"""Who copies from whom over whole collections: what the library and the command both run."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.model.network import NetworkReport
    from provenance.network.run import Engine

# Of the memory named DuckDB gets this part; the processes and the buffers have the rest.
_OF_MEMORY = 0.65
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkChoice:
    """The choices of a run, named and set as the options of ``provenance network``.

    ``name`` to ``site`` are columns, '' for their usual names; ``memory`` is in bytes; ``workdir``
    keeps every stage as Parquet, None for a folder in ``directory`` that is removed at the end.
    """

    directory: str = "network"
    engine: str = "local"
    name: str = ""
    text: str = ""
    url: str = ""
    title: str = ""
    date: str = ""
    site: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    least: int = 2
    memory: int = 4 << 30
    workdir: str | None = None
    resume: bool = False
    form: str = "parquet"


def find_network(
    docs: str | PathLike[str] | Sequence[str | PathLike[str]], **choices: Any
) -> NetworkReport:
    """Who copies from whom among the texts of some files; writes the files of a network.

    ``docs`` are tables of texts (Parquet, JSON Lines, CSV), web archives, saved pages, corpus
    databases or folders of them; ``choices`` are those of ``NetworkChoice``, such as
    ``directory`` or ``engine="spark"``. On a cluster use
    ``provenance.network.engines.spark.find_edges``. InputError for what cannot be read,
    SettingsError where the extra ``network`` or ``spark``, or Java, is not installed. With the
    engine ``local`` a script must call this below ``if __name__ == "__main__":``, since work is
    done in processes of their own.
    """
    several = [docs] if isinstance(docs, str | PathLike) else docs
    names = [str(each) for each in several]
    return run_network(names, NetworkChoice(**choices), lambda *_: None, lambda _: None)


def run_network(
    docs: Sequence[str],
    choice: NetworkChoice,
    tell: Callable[[str, float], None],
    warn: Callable[[str], None],
) -> NetworkReport:
    """Runs every stage and writes the files.

    ``tell`` is told what is being done and what part of it is done, ``warn`` what is left out.
    """
    _check_installed("duckdb" if choice.engine == "local" else "pyspark")
    from provenance.jobs.network import NetworkOptions, make_network
    from provenance.library.network_files import write_files
    from provenance.library.network_input import collections, plan_of
    from provenance.model import VERSION
    from provenance.network.collections import Columns
    from provenance.network.texts import Reader
    from provenance.network.workdir import open_workdir, remove
    from provenance.text.shingles import MAKE

    output = Path(choice.directory)
    named = {name: getattr(choice, name) for name in Columns.__slots__}
    days = [None if day is None else (day - _EPOCH).days for day in (choice.first, choice.last)]
    sources = collections(docs, Columns(**named), warn)
    folder = Path(choice.workdir) if choice.workdir else output / "work"
    plan = {
        "version": VERSION, "make": MAKE, "engine": choice.engine, "files": plan_of(docs),
        "columns": named, "days": days, "least": choice.least,
    }  # fmt: skip
    output.mkdir(parents=True, exist_ok=True)
    open_workdir(folder, plan, resume=choice.resume)
    reader = Reader(first=days[0], last=days[1])
    options = NetworkOptions(reader=reader, least=choice.least, folder=folder)
    with open_engine(choice.engine, folder, choice.memory) as engine:
        report = make_network(sources, engine, options, tell)
        tell("writing the files", 1.0)
        write_files(report, folder, output, choice.form)
    if not choice.workdir:
        remove(folder)
    return report


@contextmanager
def open_engine(name: str, folder: Path, memory: int) -> Iterator[Engine]:
    """The engine of that name, whose tables stand in ``folder``."""
    if name == "spark":
        from provenance.network.engines.spark import SparkEngine, open_session

        engine: Engine = SparkEngine(
            open_session(int(memory * _OF_MEMORY)), str(folder.absolute()), resumes=True
        )
        try:
            yield engine
        finally:
            engine.close()
        return
    from provenance.network.engines.local import LocalEngine
    from provenance.network.worker import open_worker
    from provenance.world.process_pool import Bounds, WorkerPool, cores

    bounds = Bounds(seconds=600.0, memory=max(memory // 2, 1 << 30), pieces=1 << 40)
    pool = WorkerPool(open_worker, cores(), bounds=bounds, modules=("provenance.network.batches",))
    try:
        engine = LocalEngine(folder, pool, memory=int(memory * _OF_MEMORY))
        try:
            yield engine
        finally:
            engine.close()
    finally:
        pool.close()


def _check_installed(name: str) -> None:
    from importlib.util import find_spec

    extra = "spark" if name == "pyspark" else "network"
    if find_spec(name) is None or find_spec("pyarrow") is None:
        raise SettingsError(
            f"{name} is not installed; run: pip install 'provenance-check[{extra}]'"
        )
