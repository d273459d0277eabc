"""``provenance network``: who copies from whom over whole collections of texts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain, progress
from provenance.cli.options import COUNT, WrongUsage, examples, json_option, option

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_LEAST_MEMORY = 512 << 20


def _bytes(_ctx: click.Context, _: click.Parameter, value: str) -> int:
    """The bytes of a size such as 4GB or 800MB; at least 512 MB."""
    text = value.strip().upper().removesuffix("B").removesuffix("I")
    number, unit = (text[:-1], text[-1:]) if text[-1:] in _UNITS else (text, "")
    try:
        size = int(float(number) * _UNITS[unit])
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{value} is no size; write 4GB or 800MB") from error
    if size < _LEAST_MEMORY:
        raise click.BadParameter("at least 512MB are needed")
    return size


def _day(_ctx: click.Context, _: click.Parameter, value: str | None) -> date | None:
    """A day such as 2024-05-31."""
    from datetime import date

    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no day; write it as 2024-05-31") from error


@click.command(
    epilog=examples(
        "network articles.parquet -o network",
        "network a.jsonl.gz b.csv --text body --date published --from 2024-01-01",
        "network crawl.warc.gz kept.db --memory 8GB --resume",
        "network network --report COPY SOURCE",
    )
)
@click.argument("docs", nargs=-1, required=True, metavar="DOCS...")
@option(
    "-o",
    "--output",
    "directory",
    default="network",
    show_default=True,
    metavar="DIR",
    help="The folder that files are written to.",
)
@option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="DuckDB on this machine, or Spark.",
)
@option("--id", "name", default="", metavar="COL", help="The column of names.  [default: id]")
@option("--text", default="", metavar="COL", help="The column of texts.  [default: text, body ...]")
@option("--url", default="", metavar="COL", help="The column of addresses.  [default: url ...]")
@option("--title", default="", metavar="COL", help="The column of titles.  [default: title ...]")
@option("--date", default="", metavar="COL", help="The column of dates.  [default: date ...]")
@option("--site", default="", metavar="COL", help="The column of sites.  [default: by the address]")
@click.option(
    "--from", "first", callback=_day, metavar="DAY", help="Only texts of this day or later."
)
@click.option(
    "--to", "last", callback=_day, metavar="DAY", help="Only texts of this day or earlier."
)
@option(
    "--least",
    type=COUNT,
    default=2,
    show_default=True,
    help="Compare texts that share so many marks.",
)
@option(
    "--memory",
    callback=_bytes,
    default="4GB",
    metavar="SIZE",
    show_default=True,
    help="The memory to work in.",
)
@option("--workdir", metavar="DIR", help="Keep every stage as Parquet here.  [default: DIR/work]")
@option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["parquet", "csv"]),
    default="parquet",
    show_default=True,
    help="The form of edges, clusters and texts.",
)
@click.option(
    "--report",
    "pair",
    nargs=2,
    metavar="COPY SOURCE",
    help="Write the report of one pair; DOCS is the folder of a network.",
)
@json_option("Print the account of the run as JSON.")
def network(*, docs: tuple[str, ...], pair: tuple[str, str] | None, **values: Any) -> None:
    """Find who copies from whom in a whole collection.

    DOCS are tables of texts (.parquet, .jsonl, .jsonl.gz, .csv) with the columns id, text, url,
    title, date and site, as many as there are; web archives (.warc, .wet, .wacz); saved pages;
    corpus databases; folders of all these.

    Needs the extra network: pip install 'provenance-check[network]'.
    """  # fmt: skip
    if pair:
        from provenance.cli.network_pair import report_pair

        if len(docs) != 1:
            raise WrongUsage("--report takes the folder of one network, and two names of texts")
        report_pair(Path(docs[0]), *pair)
        return
    from provenance.library.networks import NetworkChoice, run_network

    as_json = values.pop("as_json")
    choice = NetworkChoice(**values)
    with progress() as show:
        report = run_network(docs, choice, Timed(show), complain)
    from provenance.render.network.json import render as account
    from provenance.render.network.terminal import render

    if as_json:
        click.echo(account(report), nl=False)
    else:
        click.echo(render(report, choice.directory), nl=False)


class Timed:
    """Shows what is being done and, once that can be told, how long the rest will take."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._begun: tuple[float, float] | None = None
        self._shown = 0.0

    def __call__(self, what: str, done: float) -> None:
        """``done`` is the part of all the work, 0..1; what an earlier run did counts as begun."""
        now = time.monotonic()
        if self._begun is None and done > 0:
            self._begun = now, done
        if now - self._shown < 0.2:
            return
        self._shown = now
        left = ""
        if self._begun is not None and done - self._begun[1] > 0.02:
            rate = (done - self._begun[1]) / (now - self._begun[0])
            left = f", {_span((1 - done) / rate)} left"
        part = f": {done:.0%}{left}" if done else ""
        self._show(f"{what}{part}")


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{max(round(seconds), 1)} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
