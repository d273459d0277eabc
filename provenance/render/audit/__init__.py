"""A site report to terminal and files: one module a format, each with a ``render``.

A render gives a report in pieces, so that a site of any size is written from a small memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit.change import csv as _change_csv
from provenance.render.audit.change import markdown as _change_markdown
from provenance.render.audit.change_html import render as _change_html
from provenance.render.audit.html import render as _html
from provenance.render.audit.json import change as _change_json
from provenance.render.audit.json import render as _json
from provenance.render.audit.markdown import render as _markdown
from provenance.render.audit.table import render as _csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from provenance.model.audit import AuditReport
    from provenance.model.audit_change import AuditComparison

# Format name -> the suffix of its file, and what writes it.
FORMATS: Mapping[str, tuple[str, Callable[[AuditReport], Iterator[str]]]] = {
    "html": (".html", _html),
    "md": (".md", _markdown),
    "json": (".json", _json),
    "csv": (".csv", _csv),
}
CHANGE_FORMATS: Mapping[str, tuple[str, Callable[[AuditComparison], Iterator[str]]]] = {
    "html": (".html", _change_html),
    "md": (".md", _change_markdown),
    "json": (".json", _change_json),
    "csv": (".csv", _change_csv),
}

__all__ = ["CHANGE_FORMATS", "FORMATS"]
