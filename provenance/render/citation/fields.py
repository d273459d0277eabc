"""Fields of a citation as one clean line each, for the styles that print plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.render.citation.titles import marked
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model import Citation

_PAGES = re.compile(r"\b(\d+)–(\d+)\b")
_RANGE = re.compile(r"(?<=\d)\s?-\s?(?=\d)")


def container(citation: Citation) -> str:
    """The paper, magazine, blog or site, marked; '' where none is known."""
    return marked(citation.container or "")


def address(citation: Citation) -> str:
    """The live address, or the archived one where the live page no longer shows the text."""
    gone = citation.url_status is not None and citation.url_status.value != "live"
    url = citation.archive_url if gone and citation.archive_url else citation.url
    return link(url)


def link(url: str | None, unsafe: str = "") -> str:
    """An address with blanks, control codes and the ``unsafe`` letters of a form encoded."""
    return "".join(
        _encoded(letter)
        if letter in unsafe or not letter.isprintable() or letter == " "
        else letter
        for letter in (url or "").strip()
    )


def _encoded(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))


def pages(citation: Citation) -> str:
    """The pages, with dashes between numbers."""
    return _RANGE.sub("–", plain(citation.page or ""))


def paged(citation: Citation) -> str:
    """The pages with their label: "p. 5" or "pp. 5–7"."""
    told = pages(citation)
    several = any(mark in told for mark in "–,&")
    return f"{'pp.' if several else 'p.'} {told}" if told else ""


def shortened(told: str) -> str:
    """Page ranges with the last number cut to what changes, two digits at least: 878–82."""
    return _PAGES.sub(_cut, told)


def _cut(found: re.Match[str]) -> str:
    first, last = found.groups()
    same = 0
    if len(first) == len(last):
        same = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
    return f"{first}–{last[min(same, max(len(last) - 2, 0)) :]}"


def is_number(text: str) -> bool:
    """Whether a volume or an issue is a number, which a label may stand before."""
    return bool(re.fullmatch(r"[A-Za-z]?\d+[A-Za-z]?(?:\s*[-–,&]\s*[A-Za-z]?\d+[A-Za-z]?)*", text))
