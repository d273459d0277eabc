"""Report to terminal and files, HTML first: one module a format, each with a ``render``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.report.csv import render as _csv
from provenance.render.report.html import render as _html
from provenance.render.report.json import render as _json
from provenance.render.report.jsonld import render as _jsonld
from provenance.render.report.markdown import render as _markdown
from provenance.render.report.prov import render as _prov
from provenance.render.report.verdicts import reasons, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provenance.model import Report

# Format name -> the suffix of its file, and what writes it.
FORMATS: Mapping[str, tuple[str, Callable[[Report], str]]] = {
    "html": (".html", _html),
    "md": (".md", _markdown),
    "json": (".json", _json),
    "csv": (".csv", _csv),
    "prov": (".prov.json", _prov),
    "jsonld": (".jsonld", _jsonld),
}

__all__ = ["FORMATS", "reasons", "sentence"]
