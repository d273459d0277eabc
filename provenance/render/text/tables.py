"""Facts and tables as values: made once, written as terminal text, Markdown and CSV.

Texts in them are as they came; each writer makes them safe for its own form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Link(NamedTuple):
    """An address with the text that stands for it; without an address it is the text alone."""

    url: str | None
    text: str | None = None


class FileLink(NamedTuple):
    """A file that this program wrote beside the report, with the text that stands for it."""

    name: str
    text: str


Cell = str | int | Link | FileLink | None


class Fact(NamedTuple):
    """A named fact in words, and the address that it is about."""

    name: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns. ``about`` explains the table to a reader in a sentence."""

    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    about: str = ""
