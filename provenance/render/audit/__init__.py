"""A site report to terminal and files: one module a format, each with a ``render``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit.html import render as _html
from provenance.render.audit.markdown import render as _markdown
from provenance.render.audit.table import render as _csv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provenance.model.audit import AuditReport


def _json(report: AuditReport) -> str:
    import json

    from provenance.model.values import values

    return json.dumps(values(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


# Format name -> the suffix of its file, and what writes it.
FORMATS: Mapping[str, tuple[str, Callable[[AuditReport], str]]] = {
    "html": (".html", _html),
    "md": (".md", _markdown),
    "json": (".json", _json),
    "csv": (".csv", _csv),
}

__all__ = ["FORMATS"]
