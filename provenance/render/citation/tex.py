"""Values of BibTeX and BibLaTeX files, with what TeX would read as a command made plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.render.citation.fields import link
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Author

# Braces are counted even behind a backslash, so that they are spelled out.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "#$%&_"},
}
_SPECIALS = re.compile(r"[\\{}~^#$%&_]")
_UNSAFE = '{}\\^`"<>|'
_JOINS = re.compile(r"(?i)\band\b|,")


def text(value: str | None) -> str:
    """A value of one line; letters of all scripts stay as they are (UTF-8)."""
    return _SPECIALS.sub(lambda found: _SPECIAL[found.group()], plain(value or ""))


def whole(value: str | None) -> str:
    """A value whose capitals no style may lower."""
    return f"{{{text(value)}}}" if value else ""


def address(value: str | None) -> str:
    """An address, which is read letter by letter."""
    return link(value, _UNSAFE)


def names(authors: Iterable[Author]) -> str:
    """Names with "and" between them; those kept whole stand in braces."""
    return " and ".join(_name(author) for author in authors)


def _name(author: Author) -> str:
    if author.literal or not author.family:
        return whole(author.literal or author.given)
    family, given = (_part(part) for part in (author.family, author.given))
    return f"{family}, {given}" if given else whole(author.family)


def _part(name: str) -> str:
    return whole(name) if _JOINS.search(name) else text(name)


def record(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """One record; fields without a value are left out."""
    lines = [f"  {name} = {value}," for name, value in fields if value not in {"", "{}"}]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def braced(value: str) -> str:
    """A value between the braces that a field has."""
    return f"{{{value}}}"
