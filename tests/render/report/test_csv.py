from __future__ import annotations

import csv
import io

import pytest

from provenance.render.report.csv import render
from provenance.render.text.csv import safe
from tests.render import frozen
from tests.render.hostile import TEXTS, hostile


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://127.0.0.1/","x")', "+1+1", "-2+3+cmd|x", "@SUM(1)", "  =1", "\t=1",
        "\n=1", "\u200b=1", "\u3000=1", "\ufeff@x", "＝1+1", "＋1", '"=1+1', "'=1", "=1\x00", "|x",
        "--5", "-5 apples", "+49 30 1234",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_reckon_is_text(cell: str) -> None:
    assert safe(cell).startswith("'")


@pytest.mark.parametrize(
    "cell", ["-5.3%", "-5", "+1.5", "-1,000", "1e-3", "3 - 2", "a=b", "x@y", "5 %", "", "word"]
)
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def test_none_is_empty() -> None:
    assert safe(None) == ""


@pytest.mark.parametrize("name", frozen.ALL)
def test_one_row_a_page_looked_at(name: str) -> None:
    report = frozen.ALL[name]()
    head, *rows = list(csv.reader(io.StringIO(render(report))))
    assert len(rows) == max(1, len(report.findings))
    assert all(len(row) == len(head) for row in rows)
    first = dict(zip(head, rows[0], strict=True))
    assert first["derivation"] == report.verdict.derivation.value
    assert first["other_url"] == (report.findings[0].candidate.url if report.findings else "")


def test_the_row_a_notice_needs() -> None:
    head, row, *_ = list(csv.reader(io.StringIO(render(frozen.measured()))))
    told = dict(zip(head, row, strict=True))
    assert told["page_first_seen"] == "2026-03-03T18:02:00Z"
    assert told["other_first_seen"] == "2026-03-01T09:14:00Z"
    assert told["other_snapshot"].startswith("https://archive.example/web/20260301091400/")
    assert told["share_of_page"] == "0.9430"


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_opens_no_cell_and_no_row(name: str) -> None:
    text = render(hostile(TEXTS[name]))
    assert len(text.splitlines()) == 4
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell[:1] in set("=+@\t\r")]
