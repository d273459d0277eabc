"""The files of a network: tables, a graph, the account of the run, a page to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.network.outputs import TABLES, rows, write_parquet
from provenance.render.network import graphml, html, json
from provenance.render.text.csv import lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from provenance.model.network import NetworkReport

_COLUMNS = {
    "edges": (
        *("copy", "source", "copy_url", "source_url", "copy_title", "source_title", "copy_site"),
        *("source_site", "copy_date", "source_date", "days", "direction", "agency", "kind"),
        *("copy_share", "source_share", "verbatim", "longest", "shared", "score", "exact", "best"),
    ),
    "clusters": (
        *("cluster", "document", "url", "title", "site", "date", "first", "days", "size", "sites"),
    ),
    "texts": ("document", "url", "title", "site", "date", "text"),
}


def write_files(report: NetworkReport, stages: Path, output: Path, form: str) -> None:
    """Writes every file into ``output``; each is whole when it has its name."""
    for name, stage in TABLES.items():
        if form == "csv" and name != "texts":
            write(output / f"{name}.csv", lines(_COLUMNS[name], rows(stages / stage)))
        else:
            write_parquet(stages / stage, output / f"{name}.parquet")
    graph = graphml.render(rows(stages / "edges"), rows(stages / "clusters"))
    write(output / "network.graphml", graph)
    write(output / "run.json", [json.render(report)])
    write(output / "network.html", html.render(report))


def write(file: Path, pieces: Iterable[str]) -> None:
    """Writes a text in pieces; a file of that name is there before or whole."""
    begun = file.with_name(f"{file.name}.begun")
    with begun.open("w", encoding="utf-8", newline="") as opened:
        opened.writelines(pieces)
    begun.replace(file)
