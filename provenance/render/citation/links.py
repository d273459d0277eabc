"""The citation report for a terminal: each cited address, what it is, and what to cite instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provenance.render.citation import cited
from provenance.render.text.plain import plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import CitedLink

_WIDTH = 100
_LABEL = 16
_NAMES = {True: "repost", False: "was first", None: "could not tell"}


def row(link: CitedLink, form: str) -> str:
    """One address with what is known of it, ending in a line end."""
    lines = [f"{kind(link):<{_LABEL}}{plain(link.url)}"]
    indent = " " * _LABEL
    if link.instead is not None:
        told = cited(form, link.instead).splitlines()
        lines.append(f"{indent}cite instead:")
        lines += [f"{indent}{line}" for line in told]
    elif link.why:
        lines += wrapped(plain(link.why), _WIDTH, first=indent)
    return "\n".join(lines) + "\n"


def kind(link: CitedLink) -> str:
    """What the address is, in two or three words."""
    return _NAMES[link.repost] if link.read else "not read"


def tally(links: Sequence[CitedLink], left: int) -> str:
    """How many are what, in one line, and how many were not looked at."""
    counts = Counter(map(kind, links))
    parts = [f"{counts[name]} {name}" for name in (*_NAMES.values(), "not read") if counts[name]]
    told = f"{len(links)} cited addresses looked at: {', '.join(parts)}"
    if not links:
        told = "No cited address was found"
    return f"{told}. {left} more were not looked at (--max)." if left else f"{told}."
