"""Facts and tables as Markdown (CommonMark with tables); nothing of a page's text is live."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.render.text.links import safe_href
from provenance.render.text.plain import isolated
from provenance.render.text.tables import FileLink, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.render.text.tables import Cell, Fact, Table

_LIVE = re.compile(r"([\\`*_\[\]()<>#!|~{}&$^])")
_OPENS = re.compile(r"^([-+=]|\d+(?=[.)]))")  # what makes a list or a heading at a line's start
_LINKED = re.compile(r"(?<=[a-zA-Z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)


def escape(text: str) -> str:
    """One line on which nothing is markup: no link, no image, no cell, no tag, no autolink."""
    escaped = _LIVE.sub(r"\\\1", isolated(text))
    escaped = _OPENS.sub(_opened, escaped)
    return _LINKED.sub(lambda found: f"&#{ord(found.group())};", escaped)


def _opened(found: re.Match[str]) -> str:
    sign = found.group()
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"


def link(url: str | None, text: str | None = None) -> str:
    """A link where the address is a web address, else its escaped text."""
    if not url:
        return escape(text or "")
    href = safe_href(url)
    shown = escape(text or url)
    return f"[{shown}](<{href}>)" if href else shown


def fact_lines(facts: Iterable[Fact]) -> Iterator[str]:
    """The facts as a list, and an empty line."""
    for fact in facts:
        address = f" {link(fact.url)}" if fact.url else ""
        text = f" {escape(fact.text)}" if fact.text else ""
        yield f"- {fact.name[:1].upper()}{fact.name[1:]}:{text}{address}"
    yield ""


def table_lines(table: Table, heading: str = "##") -> Iterator[str]:
    """The table under its heading with its explanation; nothing where it has no rows."""
    rows = [[_shown(cell) for cell in row] for row in table.rows]
    if not rows:
        return
    yield f"{heading} {table.title}"
    yield ""
    if table.about:
        yield escape(table.about)
        yield ""
    yield f"| {' | '.join(table.columns)} |"
    yield f"|{' --- |' * len(table.columns)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _shown(cell: Cell) -> str:
    if isinstance(cell, Link):
        return link(cell.url, cell.text)
    if isinstance(cell, FileLink):
        return f"[{escape(cell.text)}](<{cell.name}>)"
    return f"{cell:,}" if isinstance(cell, int) else escape(cell or "")
