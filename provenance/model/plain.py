"""Nouns as plain values and back, and the JSON Schema of both, made from the types themselves."""

from __future__ import annotations

import dataclasses
import inspect
import json
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

if typing.TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_ABOUTS = Path(__file__).parent / "data" / "fields.toml"
_LARGEST = 2**63 - 1  # what every store and reader of JSON takes
_PLAIN = frozenset({str, int, float, bool, type(None)})
_BYTES = frozenset({bytes, "bytes"})  # as a hint, and as one that is not evaluated


def values(noun: object) -> Any:
    """A noun as plain dicts, lists, strings and numbers.

    Times become ISO 8601 in UTC with a final Z, enums their values. Fields of bytes are left out:
    a page's body is evidence, kept in the store and named here by its digest.
    """
    kind: Any = type(noun)
    return noun if kind in _PLAIN else _way(kind)(noun)


@cache
def _way(kind: Any) -> Callable[[Any], Any]:
    """How nouns of one type become plain; a report holds thousands of a few types."""
    if dataclasses.is_dataclass(kind):
        return _fields_way(tuple(field.name for field in dataclasses.fields(kind)))
    if issubclass(kind, datetime):
        return lambda noun: utc(noun).isoformat().replace("+00:00", "Z")
    if issubclass(kind, Enum):
        return lambda noun: noun.value
    if issubclass(kind, tuple | list):
        return lambda noun: [values(item) for item in noun]
    if issubclass(kind, Mapping):
        return lambda noun: {str(key): values(value) for key, value in noun.items()}
    return lambda noun: noun


def _fields_way(names: tuple[str, ...]) -> Callable[[Any], dict[str, Any]]:
    def plain(noun: Any) -> dict[str, Any]:
        return {
            name: value if type(value) in _PLAIN else values(value)
            for name in names
            if type(value := getattr(noun, name)) is not bytes
        }

    return plain


def to_json(noun: object, *, ensure_ascii: bool = True, compact: bool = False) -> str:
    """The JSON of ``values(noun)`` on one line, without making them first; ValueError for NaN.

    ``compact`` leaves out the spaces.
    """
    return json.dumps(
        noun,
        default=_plain,
        ensure_ascii=ensure_ascii,
        allow_nan=False,
        check_circular=False,
        separators=(",", ":") if compact else None,
    )


def _plain(noun: Any) -> Any:
    """One step of ``values``, for what the encoder of JSON does not know by itself."""
    kind: Any = type(noun)
    return _step(kind)(noun)


@cache
def _step(kind: Any) -> Callable[[Any], Any]:
    """How nouns of one type become a dict of their fields, which are left as they are."""
    if not dataclasses.is_dataclass(kind):
        return values
    names = [field.name for field in dataclasses.fields(kind) if field.type not in _BYTES]
    return lambda noun: {name: getattr(noun, name) for name in names}


def utc(at: datetime) -> datetime:
    """A time in UTC; at the calendar's own ends, which zones overstep, its digits as they are."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


class _Misfit(ValueError):
    """A value that is not what belongs there; ``place`` is told from the inside out."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place, self.why = place, why

    def within(self, place: str) -> _Misfit:
        return _Misfit(f"{place}{self.place}", self.why)


def revive(kind: type[T], plain: object) -> T:
    """The noun of type ``kind`` that ``values`` made ``plain`` of.

    ValueError, with the place, for anything that is no such noun; unknown fields are refused too.
    """
    hint: Any = kind
    try:
        return typing.cast("T", _back(hint)(plain))
    except _Misfit as error:
        raise error.within(kind.__name__) from error


@cache
def _back(hint: Any) -> Callable[[Any], Any]:
    """How plain values become what a type hint names; looked up once, as ``_way`` is."""
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        return _one_of_back(typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return _row_back(typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return _noun_back(hint)
    return _leaf_back(hint)


def _leaf_back(kind: Any) -> Callable[[Any], Any]:
    if kind is datetime:
        return lambda plain: _made(_aware, _typed(str, plain))
    if issubclass(kind, Enum):
        known = {member.value: member for member in kind}

        def member(plain: Any) -> Any:
            found = known.get(plain) if isinstance(plain, str | int) else None
            return _made(kind, plain) if found is None else found

        return member
    if kind is float:
        return lambda plain: _made(_finite, _typed((int, float), plain))
    if kind is int:
        return lambda plain: _made(_storable, _typed(int, plain))
    return lambda plain: plain if type(plain) is kind else _typed(kind, plain)


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} is a time without a zone")
    return at


def _finite(number: float) -> float:
    if not abs(number) <= _LARGEST:  # NaN compares with nothing
        raise ValueError("a number that is none, or is too large")
    return float(number)


def _storable(number: int) -> int:
    if abs(number) > _LARGEST:
        raise ValueError("a number that is too large")
    return number


def _one_of_back(hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    [rest] = [hint for hint in hints if hint is not type(None)][:1]
    back, may_lack = _back(rest), type(None) in hints
    return lambda plain: None if plain is None and may_lack else back(plain)


def _row_back(hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    endless = len(hints) == 2 and hints[1] is Ellipsis
    backs = [_back(hint) for hint in hints if hint is not Ellipsis]

    def row(plain: Any) -> tuple[Any, ...]:
        items = _typed(list, plain)
        if not endless and len(items) != len(backs):
            raise _Misfit("", f"{len(items)} items where {len(backs)} belong")
        found: list[Any] = []
        try:
            for number, item in enumerate(items):
                found.append((backs[0] if endless else backs[number])(item))
        except _Misfit as error:
            raise error.within(f"[{len(found)}]") from error
        return tuple(found)

    return row


def _noun_back(kind: Any) -> Callable[[Any], Any]:
    backs = {name: _back(hint) for name, hint in _hints(kind).items()}

    def noun(plain: Any) -> Any:
        given = _typed(dict, plain)
        fields: dict[str, Any] = {}
        name = ""
        try:
            for name, value in given.items():
                fields[name] = backs[name](value)
        except KeyError:
            raise _Misfit("", f"unknown field {name!r}") from None
        except _Misfit as error:
            raise error.within(f".{name}") from error
        try:
            return kind(**fields)
        except TypeError as error:
            raise _Misfit("", str(error)) from error

    return noun


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Field types of a noun; names that only type checkers import are found in the model."""
    import provenance.model as nouns

    return typing.get_type_hints(kind, localns=vars(nouns))


def _made(make: Callable[[Any], Any], plain: Any) -> Any:
    try:
        return make(plain)
    except ValueError as error:
        raise _Misfit("", str(error)) from error


def _typed(kind: Any, plain: object) -> Any:
    if not isinstance(plain, kind) or (isinstance(plain, bool) and kind is not bool):
        raise _Misfit("", f"{type(plain).__name__} where {kind} belongs")
    return plain


_SIMPLE: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    types.NoneType: {"type": "null"},
}


def schema(kind: type, title: str, identifier: str) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what ``values`` makes of a noun of that type."""
    definitions: dict[str, Any] = {}
    reference = _described(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identifier,
        "title": title,
        **reference,
        "$defs": dict(sorted(definitions.items())),
    }


def _described(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type hint; dataclasses and enums go into ``definitions``."""
    parts = typing.get_args(hint)
    if hint in _SIMPLE:
        return dict(_SIMPLE[hint])
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return {"anyOf": [_described(part, definitions) for part in parts]}
    if typing.get_origin(hint) is tuple and parts[-1] is Ellipsis:
        return {"type": "array", "items": _described(parts[0], definitions)}
    if typing.get_origin(hint) is tuple:
        items = [_described(part, definitions) for part in parts]
        size = {"minItems": len(items), "maxItems": len(items)}
        return {"type": "array", "prefixItems": items, **size}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}  # entered first: a type may contain itself
        definitions[hint.__name__] = _defined(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _defined(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    about = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    if issubclass(kind, Enum):
        return {"description": about, "enum": [member.value for member in kind]}
    if not hasattr(kind, "__dataclass_fields__"):
        raise TypeError(f"no JSON form for {kind!r}")
    named = {name: hint for name, hint in _hints(kind).items() if hint is not bytes}
    return {
        "description": about,
        "type": "object",
        "properties": {
            name: _told(kind.__name__, name) | _described(hint, definitions)
            for name, hint in named.items()
        },
        "required": list(named),
        "additionalProperties": False,
    }


def _told(noun: str, field: str) -> dict[str, str]:
    """The description of a property; none where ``data/fields.toml`` has none yet."""
    about = _abouts().get(noun, {}).get(field)
    return {"description": about} if about else {}


@cache
def _abouts() -> dict[str, dict[str, str]]:
    import tomllib

    return tomllib.loads(_ABOUTS.read_text("utf-8"))
