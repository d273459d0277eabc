from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from provenance.render.network import drawing, graphml, html, terminal
from provenance.render.network import json as account
from tests.render.network.network import EMPTY, REPORTS, WHOLE

EDGE: dict[str, Any] = {
    "copy": 'b"&<\x00', "source": "a", "copy_url": None, "source_url": "https://a.example/?x&y",
    "copy_title": "T\x1b", "source_title": "<b>", "copy_site": "b", "source_site": "a",
    "copy_date": date(2024, 1, 2), "source_date": None, "days": None, "direction": "undetermined",
    "agency": None, "kind": "copied", "copy_share": 0.5, "source_share": 1.0, "verbatim": 0.4,
    "longest": 31, "exact": False, "best": True,
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_every_form_is_the_same_twice_and_holds_no_script(name: str) -> None:
    page = "".join(html.render(REPORTS[name]))
    assert page == "".join(html.render(REPORTS[name]))
    assert "<script" not in page
    assert "javascript:" not in page
    assert "\x1b" not in page + terminal.render(REPORTS[name], "out")
    assert json.loads(account.render(REPORTS[name]))["texts"] == REPORTS[name].texts


def test_the_account_holds_no_text_of_anybody() -> None:
    found = json.loads(account.render(WHOLE))
    assert "pairs" not in found
    assert found["rows"]["marks"] == 3_988_010
    assert found["stories"][0]["since"] == "2025-04-03"
    assert "harbour office measured" not in account.render(WHOLE)


def test_first_is_said_only_where_one_text_alone_is_earliest() -> None:
    shown = terminal.render(WHOLE, "out")
    assert "first: harbour-gazette.example, 2025-04-03" in " ".join(shown.split())
    assert "undetermined: 2025-04-04 is not one text" in " ".join(shown.split())
    assert "undetermined: no dates" in " ".join(shown.split())
    assert "by the dates that this collection gives" in " ".join(shown.split())
    assert "None of 1 text is a copy" in terminal.render(EMPTY, "out")


def test_the_graph_is_well_formed_whatever_the_names_are() -> None:
    text = "".join(graphml.render([EDGE], [{"document": "a", "cluster": 7}]))
    tree = ET.fromstring(text)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = tree.findall(f"{space}graph/{space}node")
    [edge] = tree.findall(f"{space}graph/{space}edge")
    assert [node.get("id") for node in nodes] == ['b"&<\ufffd', "a"]
    assert (edge.get("source"), edge.get("target")) == ('b"&<\ufffd', "a")
    data = {each.get("key"): each.text for each in nodes[1]}
    assert data["node_cluster"] == "7"
    assert data["node_url"] == "https://a.example/?x&y"


def test_the_matrix_shows_those_who_copy_most_from_those_most_copied() -> None:
    rows, columns, cells = drawing.matrix(WHOLE)
    counts = {(flow.copy_site, flow.source_site): flow.copies for flow in WHOLE.flows}
    assert (len(rows), len(columns)) == (drawing.MATRIX, drawing.MATRIX)
    for row, line in zip(rows, cells, strict=True):
        for column, cell in zip(columns, line, strict=True):
            assert cell.copies == counts.get((row, column), 0)
            assert (cell.level > 0) == (cell.copies > 0)
    nodes, flows = drawing.circle(WHOLE)
    assert 0 < len(nodes) <= drawing.DRAWN
    assert len(flows) > len(nodes)
    assert drawing.circle(EMPTY) == ([], [])
