"""Nouns as plain values and back: what JSON can hold, keyed by the field names of the types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

if typing.TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_PLAIN = frozenset({str, int, float, bool, type(None)})


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


def utc(at: datetime) -> datetime:
    """A time in UTC; at the calendar's own ends, which zones overstep, its digits as they are."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def revive(kind: type[T], plain: object) -> T:
    """The noun of type ``kind`` that ``values`` made ``plain`` of.

    ValueError, with the place, for anything that is no such noun; unknown fields are refused too.
    """
    return typing.cast("T", _revived(kind, plain, kind.__name__))


def _revived(hint: Any, plain: object, place: str) -> Any:
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        return _one_of(typing.get_args(hint), plain, place)
    if typing.get_origin(hint) is tuple:
        return _row(typing.get_args(hint), plain, place)
    if dataclasses.is_dataclass(hint):
        return _noun(hint, plain, place)
    return _leaf(hint, plain, place)


def _leaf(kind: Any, plain: object, place: str) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(_typed(str, plain, place))
    if issubclass(kind, Enum):
        return kind(plain)
    if kind is float:
        return float(_typed((int, float), plain, place))
    return _typed(kind, plain, place)


def _one_of(hints: tuple[Any, ...], plain: object, place: str) -> Any:
    if plain is None and type(None) in hints:
        return None
    rest = [hint for hint in hints if hint is not type(None)]
    return _revived(rest[0], plain, place)


def _row(hints: tuple[Any, ...], plain: object, place: str) -> tuple[Any, ...]:
    items = _typed(list, plain, place)
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(_revived(hints[0], item, f"{place}[{n}]") for n, item in enumerate(items))
    if len(hints) != len(items):
        raise ValueError(f"{place}: {len(items)} items where {len(hints)} belong")
    return tuple(
        _revived(hint, item, f"{place}[{n}]")
        for n, (hint, item) in enumerate(zip(hints, items, strict=True))
    )


def _noun(kind: Any, plain: object, place: str) -> Any:
    given = _typed(dict, plain, place)
    hints = _hints(kind)
    unknown = sorted(set(given) - set(hints))
    if unknown:
        raise ValueError(f"{place}: unknown field {unknown[0]!r}")
    fields = {
        name: _revived(hints[name], value, f"{place}.{name}") for name, value in given.items()
    }
    try:
        return kind(**fields)
    except TypeError as error:
        raise ValueError(f"{place}: {error}") from error


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Field types of a noun; names that only type checkers import are found in the model."""
    import provenance.model as nouns

    return typing.get_type_hints(kind, localns=vars(nouns))


def _typed(kind: Any, plain: object, place: str) -> Any:
    if not isinstance(plain, kind) or (isinstance(plain, bool) and kind is not bool):
        raise ValueError(f"{place}: {type(plain).__name__} where {kind} belongs")
    return plain
