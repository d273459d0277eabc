"""The labelled hostile texts beside the project, through every format; skipped where absent."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.render import FORMATS, reading
from provenance.render.report import terminal
from provenance.render.report.html import render as page
from provenance.render.report.markdown import render as markdown
from provenance.render.text.csv import safe
from provenance.render.text.filenames import report_name
from tests.render import frozen
from tests.render.hostile import hostile
from tests.render.report.test_html import elements, faults
from tests.render.report.test_markdown import live
from tests.render.report.test_terminal import obeyed

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
CASES = SHARED / "badinput-dev"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.exists(), reason=f"no labelled bad input in {CASES}"),
]


def cases(name: str, field: str) -> list[str]:
    path = CASES / f"{name}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line)[field] for line in path.read_text("utf-8").splitlines()]


TEXTS = [
    text
    for name in ("xss", "terminal", "prompt-like", "naughty-strings")
    for text in cases(name, "text")
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_is_live_in_any_format(text: str) -> None:
    report = hostile(text)
    written = {name: render(report) for name, (_, render) in FORMATS.items()}
    for made in written.values():
        made.encode("utf-8")
    assert faults(written["html"]) == []
    assert live(written["md"]) == []
    shown = terminal.render(report, verbose=True)
    assert obeyed(shown) == set()
    assert obeyed(reading.signals_view(report.suspect, report.signals)) == set()
    for name in ("json", "prov", "jsonld"):
        json.loads(written[name])


@pytest.mark.parametrize("text", cases("prompt-like", "text"))
def test_a_page_cannot_speak_for_the_tool(text: str) -> None:
    """The same elements, and the same verdict for machines, whatever the page says of itself."""
    harmless, report = hostile("x"), hostile(text)
    told = json.loads(FORMATS["json"][1](report))["verdict"]
    kept = json.loads(FORMATS["json"][1](harmless))["verdict"]
    for name in ("derivation", "basis", "direction", "attribution", "confidence"):
        assert told[name] == kept[name]
    if "\n" not in text:
        assert [n.tag for n in elements(page(report))] == [n.tag for n in elements(page(harmless))]
    assert markdown(report).split("\n")[0] == markdown(harmless).split("\n")[0]


@pytest.mark.parametrize("name", cases("filenames", "name"))
def test_no_name_leads_out(name: str, tmp_path: Path) -> None:
    report = frozen.declared()
    for target in (name, f"/tmp/{name}", f"https://host.example/{name}"):
        made = report_name(replace(report, target=target))
        assert (tmp_path / f"{made}.html").resolve().parent == tmp_path.resolve()
        assert made.isascii()


@pytest.mark.parametrize(
    ("cell", "want"), list(zip(cases("csv-cells", "cell"), cases("csv-cells", "want"), strict=True))
)
def test_cells_are_neutral(cell: str, want: str) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([safe(cell)])
    if want == "unchanged-value":
        assert safe(cell) == cell
    else:
        assert out.getvalue().startswith('"')
        assert safe(cell)[:1] not in set("=+-@\t\r\n")
