"""The report of a list of several sites, in every form."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from provenance.model.audit import AuditReport, AuditRow, Estimate
from provenance.render.audit import FORMATS
from provenance.render.audit.matrix import matrix
from provenance.render.audit.table import COLUMNS, KINDS, brief_line, row_cells
from provenance.render.audit.terminal import before, render
from tests.render.audit.site import Made, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SITES = ("ferry-echo.example", "quay.example", "lamp.example")


def rows() -> Iterator[AuditRow]:
    """Pages of three sites; those with a source have it from the next of them."""
    for number, row in enumerate(Made(60)):
        site, source = SITES[number % 3], SITES[(number + 1) % 3]
        url = f"https://{site}/{number}"
        result = row.result and replace(
            row.result,
            page=replace(row.result.page, url=url),
            origin=row.result.origin and replace(row.result.origin, url=f"https://{source}/x"),
        )
        yield replace(row, url=url, result=result, cells=(str(number), f"=note {number}"))


@pytest.fixture
def report() -> AuditReport:
    found = tuple(rows())
    listed = (*found[::-1], found[0])
    return replace(report_of(found), columns=("id", "verdict"), listed=listed)


def written(report: AuditReport, form: str) -> str:
    return "".join(FORMATS[form][1](report))


def test_every_form_names_the_sites_and_who_has_text_from_whom(report: AuditReport) -> None:
    done = sum(site.checked for site in report.sites)
    assert f"{done} pages of 3 sites" in written(report, "html")
    assert f"# Audit of {done} pages of 3 sites" in written(report, "md")
    told = " ".join(render(report).split())
    assert f"Of {done} pages of 3 sites checked" in told
    assert "who was first could not be told" in told
    for pair in report.pairs:
        assert f"{pair.site} from {pair.source}: " in told
        assert f"| {pair.site} | {pair.source} | {pair.pages} | {pair.shared} |" in (
            written(report, "md")
        )
    as_json = json.loads(written(report, "json"))
    assert as_json["site_count"] == 3
    assert {(pair["site"], pair["source"]) for pair in as_json["pairs"]} == {
        (pair.site, pair.source) for pair in report.pairs
    }


def test_the_matrix_has_every_pair_in_its_place(report: AuditReport) -> None:
    square = matrix(report)
    assert square is not None
    found = {
        (site, source): (cell.pages, cell.shared)
        for site, cells in square.rows
        for source, cell in zip(square.sources, cells, strict=True)
        if cell.pages or cell.shared
    }
    assert found == {(p.site, p.source): (p.pages, p.shared) for p in report.pairs}
    assert square.left_out == 0
    assert matrix(report_of(Made(20))) is None


def test_the_table_has_the_rows_of_the_list_in_its_order(report: AuditReport) -> None:
    table = list(csv.DictReader(io.StringIO(written(report, "csv"))))
    assert [row["id"] for row in table] == [*map(str, range(59, -1, -1)), "0"]
    assert table[0]["list_verdict"] == "'=note 59"
    rows = json.loads(written(report, "json"))["rows"]
    assert [row["cells"][0] for row in rows] == [row["id"] for row in table]


def test_the_type_of_each_cell_is_told(report: AuditReport) -> None:
    assert tuple(KINDS) == COLUMNS
    for row in report.rows:
        for name, cell in row_cells(row).items():
            assert cell is None or isinstance(cell, KINDS[name]), name
        assert None not in json.loads(brief_line(report.columns, row)).values()


def test_the_time_ahead_is_told_before() -> None:
    found = Estimate(pages=5000, hosts=10, seconds=18_000.0, lookups=0.0)
    line = "5,000 pages of 10 hosts to check: about 5.0 h at these settings"
    assert before(found) == line
    assert before(replace(found, lookups=7200.0)) == f"{line}, and up to 2.0 h more for look-ups"
