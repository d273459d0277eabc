"""Nouns as JSON: keys are the field names of the types, in their order."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from provenance.render.wording import utc

if TYPE_CHECKING:
    from provenance.model import Report

# Left raw by ensure_ascii=False, yet obeyed by terminals, editors or scripts that show the file.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def render(report: Report) -> str:
    """The whole report as indented JSON, ending in a line end; the same report, the same bytes."""
    text = json.dumps(values(report), indent=2, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def line(noun: object) -> str:
    """Any noun, or tuple of nouns, as JSON on one line of ASCII, without a line end."""
    return json.dumps(values(noun), allow_nan=False)


def values(noun: object) -> Any:
    """A noun as plain dicts, lists, strings and numbers.

    Times become ISO 8601 in UTC with a final Z, enums their values. Fields of bytes are left out:
    a page's body is evidence, kept in the store and named here by its digest.
    """
    if is_dataclass(noun) and not isinstance(noun, type):
        return {
            field.name: values(value)
            for field in fields(noun)
            if not isinstance(value := getattr(noun, field.name), bytes)
        }
    if isinstance(noun, datetime):
        return utc(noun).isoformat().replace("+00:00", "Z")
    if isinstance(noun, Enum):
        return noun.value
    if isinstance(noun, tuple | list):
        return [values(item) for item in noun]
    if isinstance(noun, dict):
        return {str(key): values(value) for key, value in noun.items()}
    return noun
