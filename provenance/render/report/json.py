"""Nouns as JSON: keys are the field names of the types, in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from provenance.model.plain import to_json, values
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from provenance.model import Report

__all__ = ["line", "render", "safe", "values"]

# Left raw by ensure_ascii=False, yet obeyed by terminals, editors or scripts that show the file.
_UNSAFE = compile_late(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def render(report: Report) -> str:
    """The whole report as indented JSON, ending in a line end; the same report, the same bytes."""
    text = json.dumps(values(report), indent=2, ensure_ascii=False, allow_nan=False)
    return safe(text) + "\n"


def safe(text: str) -> str:
    """JSON without a letter that whatever shows it would obey."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def line(noun: object) -> str:
    """Any noun, or tuple of nouns, as JSON on one line of ASCII, without a line end."""
    return to_json(noun)
