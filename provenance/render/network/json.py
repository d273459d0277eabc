"""The account of a run as JSON: versions, counts, furniture; without the texts of the pairs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.model.plain import values
from provenance.render.report.json import safe

if TYPE_CHECKING:
    from provenance.model.network import NetworkReport


def render(report: NetworkReport) -> str:
    """The account as indented JSON, ending in a line end; the same report, the same bytes."""
    account = values(replace(report, pairs=()))
    del account["pairs"]
    account["rows"] = dict(report.rows)
    text = json.dumps(account, indent=2, ensure_ascii=False, allow_nan=False, default=str)
    return safe(text) + "\n"
