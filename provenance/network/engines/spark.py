"""Spark: the same tables on a cluster, in a session of the user's own or one on this machine.

The workers need this package installed, with its extra ``spark``.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from provenance.errors import InputError, SettingsError
from provenance.network.run import LEAST, run_stages
from provenance.network.texts import GIVEN, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from provenance.network.worker import Work

NAME = "spark"
# Texts in one record batch: Spark's own ten thousand would be too much memory.
_ROWS = 500
_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
    "spark.log.level": "ERROR",
}


def open_session(memory: int) -> SparkSession:
    """A session on this machine, bound to loopback and without its web page.

    ``memory`` in bytes is that of the Java machine. SettingsError where there is no Java.
    """
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SettingsError(
            "Spark needs Java, and there is none here; on Debian: apt-get install "
            "openjdk-17-jre-headless (or leave --engine local)"
        )
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.appName("provenance network").master("local[*]")
    for key, value in {**_SETTINGS, "spark.driver.memory": f"{memory >> 20}m"}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


class SparkEngine:
    """Tables in a Spark session, each one folder of Parquet files."""

    name = NAME
    splits = False
    failed = 0

    def __init__(self, session: SparkSession, folder: str, *, resumes: bool) -> None:
        """``folder`` is any place that Spark can write to; it holds a folder a table.

        ``resumes`` says that it is a folder of this machine, whose whole tables are used again.
        """
        self._session, self._folder, self._resumes = session, folder, resumes
        session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(_ROWS))

    @property
    def version(self) -> str:
        """Which Spark."""
        return f"spark {self._session.version}"

    def close(self) -> None:
        """Ends the session."""
        self._session.stop()

    def has(self, name: str) -> bool:
        """Whether a table is there whole."""
        return self._resumes and Path(self._folder, name, "_SUCCESS").exists()

    def open(self, name: str, kept: str = "") -> None:
        """Makes the table that is kept as ``kept``, or as ``name``, known by that name."""
        table = self._session.read.parquet(f"{self._folder}/{kept or name}")
        table.createOrReplaceTempView(name)

    def make(self, name: str, sql: str, *, ordered: bool = False) -> None:
        """Keeps the rows of a query as a table; with ``ordered`` in their order, in one file."""
        found = self._session.sql(sql)
        self.keep(name, found.coalesce(1) if ordered else found)

    def keep(self, name: str, rows: DataFrame) -> None:
        """Keeps rows as a table."""
        rows.write.mode("overwrite").parquet(f"{self._folder}/{name}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(row) for row in self._session.sql(sql).collect()]

    def work(
        self, name: str, queries: Sequence[str], work: Work, done: Callable[[int], None]
    ) -> None:
        """Keeps what a function makes of each query's rows as a table; ``done`` is told of 0."""
        made = [applied(self._session.sql(sql), work) for sql in queries]
        self.keep(name, reduce(lambda one, other: one.union(other), made))
        done(0)


def applied(rows: DataFrame, work: Work) -> DataFrame:
    """The rows that a function on record batches makes of these."""
    from pyspark.sql.pandas.types import from_arrow_schema

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(work, batches)

    return rows.mapInArrow(run, from_arrow_schema(work.schema))


class Network(NamedTuple):
    """The two tables of a network, with the columns of the files that the command writes."""

    edges: DataFrame
    clusters: DataFrame


def find_edges(
    spark: SparkSession, texts: DataFrame, folder: str, *, least: int = LEAST
) -> Network:
    """Who copies from whom among ``texts``, in the session given.

    ``texts`` has a column ``text`` and as many as are known of ``id`` (else the address is the
    name), ``url``, ``title``, ``date``, ``site``; of two rows with one name one is read. ``folder``
    is where Spark keeps the tables in between, such as ``hdfs:///tmp/network``; what stands there
    under their names is written over. InputError for a missing column.
    """
    from pyspark.sql import functions

    if "text" not in texts.columns:
        raise InputError(f"no column named text; there are: {', '.join(texts.columns)}")
    names = {"name": "id"}
    given = [
        (functions.col(names.get(each, each)) if names.get(each, each) in texts.columns
         else functions.lit(None)).cast("string").alias(each)
        for each in GIVEN.names
    ]  # fmt: skip
    engine = SparkEngine(spark, folder, resumes=False)
    read = applied(texts.select(given), Reader()).dropDuplicates(["piece"])
    engine.keep("texts", read)
    run_stages(engine, least=least)
    return Network(spark.table("edges"), spark.table("clusters"))
