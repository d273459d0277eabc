"""Short keys by which a manuscript refers to its sources."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from provenance.text.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Citation

_LEAST = 4


def keys(citations: Iterable[Citation]) -> list[str]:
    """A key for each, of ASCII letters and digits: author, year, first longer word; all differ."""
    found: list[str] = []
    taken: set[str] = set()
    for citation in citations:
        key, number = _key(citation), 1
        unique = key
        while unique in taken:
            number += 1
            unique = f"{key}-{number}"
        taken.add(unique)
        found.append(unique)
    return found


def _key(citation: Citation) -> str:
    first = citation.authors[0] if citation.authors else None
    name = (first.family or first.literal) if first else (citation.container or "")
    author = "".join(_words(name)[:2])
    year = str(citation.issued.year) if citation.issued else ""
    title = next((word for word in _words(citation.title) if len(word) >= _LEAST), "")
    site = "".join(_words(host(citation.url or "").removeprefix("www.")))
    return (author[:24] or site[:24] or "page") + year + title[:24]


def _words(text: str) -> list[str]:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.findall(r"[a-z0-9]+", ascii_only.lower().replace("'", ""))
