"""Nouns as bytes and back, for another process of the same run.

What is unpacked must have been packed by this run's own processes and have lain nowhere else.
"""

from __future__ import annotations

import copyreg
import dataclasses
import io
import pickle
from contextlib import suppress
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from provenance.model.document import Block, Link, Span
from provenance.model.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A page has hundreds of each, and a frozen noun is asked for its fields each time it is pickled.
_COMMONEST: tuple[Any, ...] = (Span, Link, Block, Fact)


def pack(*nouns: object) -> bytes:
    """Nouns, and all that they hold, as bytes; what they share is there once."""
    into = io.BytesIO()
    packer = pickle.Pickler(into, protocol=pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = _TABLE
    for noun in nouns:
        packer.dump(noun)
    return into.getvalue()


def unpack(packed: bytes) -> Iterator[Any]:
    """The nouns that ``pack`` made bytes of, in their order, each made when it is wanted."""
    unpacker = pickle.Unpickler(io.BytesIO(packed))  # noqa: S301 - see above
    with suppress(EOFError):
        while True:
            yield unpacker.load()


def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _apart(kind: Any, values: Callable[[Any], tuple[Any, ...]], noun: Any) -> tuple[Any, ...]:
    return _together, (kind, values(noun))


def _together(kind: Any, values: tuple[Any, ...]) -> Any:
    noun = object.__new__(kind)
    for put, value in zip(_PUTS[kind], values, strict=True):
        put(noun, value)
    return noun


_PUTS = {kind: [getattr(kind, name).__set__ for name in _fields(kind)] for kind in _COMMONEST}
_TABLE: Any = {
    **copyreg.dispatch_table,
    **{kind: partial(_apart, kind, attrgetter(*_fields(kind))) for kind in _COMMONEST},
}
