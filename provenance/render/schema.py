"""The JSON Schema of a report, made from the types themselves, so that it cannot lag behind."""

from __future__ import annotations

import inspect
import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import provenance.model as nouns
from provenance.model import Report

_SIMPLE: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    types.NoneType: {"type": "null"},
}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``provenance.render.report.json.render``'s output."""
    definitions: dict[str, Any] = {}
    reference = _described(Report, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A provenance report",
        **reference,
        "$defs": dict(sorted(definitions.items())),
    }


def _described(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type hint; dataclasses and enums go into ``definitions``."""
    if hint in _SIMPLE:
        return dict(_SIMPLE[hint])
    if get_origin(hint) in {Union, types.UnionType}:
        return {"anyOf": [_described(part, definitions) for part in get_args(hint)]}
    if get_origin(hint) is tuple:
        return _sequence(get_args(hint), definitions)
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}  # entered first: a type may contain itself
        definitions[hint.__name__] = _defined(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _sequence(parts: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return {"type": "array", "items": _described(parts[0], definitions)}
    items = [_described(part, definitions) for part in parts]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


def _defined(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    about = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    if issubclass(kind, Enum):
        return {"description": about, "enum": [member.value for member in kind]}
    if not is_dataclass(kind):
        raise TypeError(f"no JSON form for {kind!r}")
    # The nouns import each other for typing only, so their names are handed in here.
    hints = get_type_hints(kind, localns=vars(nouns))
    named = [field.name for field in fields(kind) if hints[field.name] is not bytes]
    return {
        "description": about,
        "type": "object",
        "properties": {name: _described(hints[name], definitions) for name in named},
        "required": named,
        "additionalProperties": False,
    }
