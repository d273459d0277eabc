"""Which sites a page names as its source, and what their own searches are asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.locate.leads import counting
from provenance.locate.queries import queries
from provenance.model import Match, Query
from provenance.text.publishers import AgencyKind, publisher_of, publishers_named, same_house
from provenance.text.urls import at_root, host, is_web_url, unwrap_archived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Document, Signal

# A name that more outlets share than this names none of them.
_MOST_NAMESAKES = 2
_MOST_WORDS = 9
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}", re.IGNORECASE)
_SHOW_OTHERS = frozenset({AgencyKind.PORTAL, AgencyKind.AGGREGATOR})


def sites(document: Document, signals: Iterable[Signal]) -> tuple[str, ...]:
    """The home pages of the sites that the page gives or names as its source, surest first.

    A publisher's name stands for its main domain. The page's own house, and those that mostly show
    what others wrote, are left out.
    """
    homes: list[str] = []
    for signal in counting(signals):
        for home in (*_linked(signal), *_named(signal)):
            known = any(same_house(home, other) for other in homes)
            if not known and not (document.url and same_house(home, document.url)):
                homes.append(home)
    return tuple(homes)


def site_queries(document: Document) -> Iterator[Query]:
    """What to ask one site for: the headline, then a rare phrase, then rare names together.

    The text is looked through only by who wants more than the headline.
    """
    title = re.findall(r"\w+", document.title or "")[:_MOST_WORDS]
    if title:
        yield Query(phrase=" ".join(title), match=Match.ALL, why="the headline")
    ladder = queries(document)
    for match in (Match.PHRASE, Match.ALL):
        yield from [query for query in ladder if query.match is match][:1]


def _linked(signal: Signal) -> Iterator[str]:
    target = unwrap_archived(signal.target or "")
    if is_web_url(target) and host(target):
        outlet = publisher_of(target)
        if outlet is None or not (outlet.kind in _SHOW_OTHERS or outlet.hosts_others):
            yield at_root(target)


def _named(signal: Signal) -> Iterator[str]:
    for name in signal.names:
        outlets = publishers_named(name)
        if outlets and len(outlets) <= _MOST_NAMESAKES:
            yield from (
                f"https://{outlet.domains[0]}/"
                for outlet in outlets
                if outlet.kind not in _SHOW_OTHERS
            )
        elif not outlets and _HOST.fullmatch(name):
            yield f"https://{name.lower()}/"
