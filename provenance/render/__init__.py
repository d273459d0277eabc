"""Report to terminal and files, HTML first: one module a format, each with a ``render``."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from provenance.render.report.verdicts import reasons, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provenance.model import Report


def _render(report: Report, module: str) -> str:
    """The report by a module of ``provenance.render.report``, which is read when first asked."""
    text: str = import_module(f"provenance.render.report.{module}").render(report)
    return text


# Format name -> the suffix of its file, and what writes it.
FORMATS: Mapping[str, tuple[str, Callable[[Report], str]]] = {
    name: (suffix, partial(_render, module=module))
    for name, suffix, module in (
        ("html", ".html", "html"),
        ("md", ".md", "markdown"),
        ("json", ".json", "json"),
        ("csv", ".csv", "csv"),
        ("prov", ".prov.json", "prov"),
        ("jsonld", ".jsonld", "jsonld"),
    )
}

__all__ = ["FORMATS", "reasons", "sentence"]
