"""The citation report for a terminal: each cited address, what it is, and what to cite instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provenance.model import UrlStatus
from provenance.render.citation import cited
from provenance.render.citation.days import DateOrder, written
from provenance.render.citation.wikipedia import url as wiki_url
from provenance.render.text.plain import plain, wrapped
from provenance.render.text.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import CitedLink, CitedPlace

_WIDTH = 100
_LABEL = 16
_NAMES = {True: "repost", False: "sound", None: "could not tell"}
_MOST_PLACES = 6


def row(link: CitedLink, form: str, dates: DateOrder | None = None) -> str:
    """One address with what is known of it, ending in a line end."""
    lines = [f"{kind(link):<{_LABEL}}{plain(link.url)}"]
    indent = " " * _LABEL
    for told in (_where(link), _state(link) if link.read else ""):
        lines += wrapped(told, _WIDTH, first=indent) if told else []
    if link.archive_url and link.live_fault:
        lines.append(f"{indent}{_archive(link, form, dates)}")
    if link.instead is not None:
        lines.append(f"{indent}cite instead:")
        lines += [f"{indent}{line}" for line in cited(form, link.instead, dates=dates).splitlines()]
    elif link.why:
        lines += wrapped(plain(link.why), _WIDTH, first=indent)
    return "\n".join(lines) + "\n"


def kind(link: CitedLink) -> str:
    """What the address is, in one to three words."""
    return _NAMES[link.repost] if link.read else "not read"


def tally(links: Sequence[CitedLink], left: int) -> str:
    """How many are what, in one line, and how many were not looked at."""
    counts = Counter(map(kind, links))
    parts = [f"{counts[name]} {name}" for name in (*_NAMES.values(), "not read") if counts[name]]
    if dead := sum(link.url_status is UrlStatus.DEAD for link in links):
        parts.append(f"{dead} dead")
    told = f"{len(links)} cited addresses looked at: {', '.join(parts)}"
    if not links:
        told = "No cited address was found"
    return f"{told}. {left} more were not looked at (--max)." if left else f"{told}."


def _where(link: CitedLink) -> str:
    """``“The lamp”; footnote 2, line 14``."""
    title = quoted(link.title, 80) if link.title else ""
    places = [_place(place) for place in link.places[:_MOST_PLACES]]
    more = len(link.places) - len(places)
    told = "; ".join([*places, *([f"{more} more places"] if more else [])])
    return "; ".join(filter(None, (title, told)))


def _place(place: CitedPlace) -> str:
    note = f"footnote {plain(place.note)}" if place.note else ""
    return ", ".join(filter(None, (note, f"line {place.line:,}" if place.line else "")))


def _state(link: CitedLink) -> str:
    """What is to be said of the page as a source, and of a live page that could not be had."""
    sound = "nothing earlier found" if link.read and link.repost is False else ""
    fault = plain(link.live_fault)
    gone = f"dead: {fault}" if link.url_status is UrlStatus.DEAD else f"not to be had: {fault}"
    told = [sound, gone if fault else ""]
    return "; ".join(filter(None, told))


def _archive(link: CitedLink, form: str, dates: DateOrder | None) -> str:
    """The capture: as parameters to paste into a template, else in words."""
    day = written(link.archive_date, dates or DateOrder.DMY) if link.archive_date else ""
    if form == "wikipedia":
        status = " |url-status=dead" if link.url_status is UrlStatus.DEAD else ""
        return f"add: |archive-url={wiki_url(link.archive_url)} |archive-date={day}{status}"
    return f"archived {day}: {plain(link.archive_url or '')}"
