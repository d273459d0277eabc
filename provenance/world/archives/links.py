"""Memento links read: TimeMaps and Link headers (RFC 7089, RFC 8288).

Real ones hold commas and equals signs inside ``<URI>``, several words in one ``rel`` ("first last
memento"), relative addresses, and a datetime that is not the one in the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from provenance.model import Event, Precision, Sighting, Witness
from provenance.text.urls import absolute
from provenance.world.archives.replay import memento_datetime, pointed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

MOST_LINKS = 20_000
_TARGET = re.compile(r"[\s,]{0,200}<([^<>]*)>")
_MORE = re.compile(r"[^\s,]")
_PARAMETER = re.compile(
    r'\s{0,200};\s{0,200}([\w!#$&+\-^`|~*]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MementoLink:
    """One link: its absolute ``url``, the words of its ``rel``, its other parameters."""

    url: str
    rel: frozenset[str]
    parameters: dict[str, str] = field(default_factory=dict)


def read_links(text: str, base: str) -> Iterator[MementoLink | None]:
    """The links of a link-format text or a Link header, in order; None for a malformed stretch.

    ``base`` resolves relative addresses. After a malformed entry reading goes on at the next ``<``.
    """
    at = 0
    for _ in range(MOST_LINKS):
        found = _TARGET.match(text, at)
        if found is None:
            if _MORE.search(text, at) is not None:
                yield None
            start = text.find("<", at)
            if start >= 0 and _TARGET.match(text, start) is None:
                start = text.find("<", start + 1)
            if start < 0:
                return
            at = start
            continue
        at = found.end()
        parameters: dict[str, str] = {}
        while part := _PARAMETER.match(text, at):
            at = part.end()
            value = part.group(2) if part.group(2) is not None else part.group(3) or ""
            parameters.setdefault(part.group(1).lower(), re.sub(r"\\(.)", r"\1", value))
        yield _link(found.group(1).strip(), base, parameters)


def _link(target: str, base: str, parameters: dict[str, str]) -> MementoLink | None:
    url = absolute(base, target)
    if url is None:
        return None
    rel = frozenset(parameters.pop("rel", "").lower().split())
    return MementoLink(url=url, rel=rel, parameters=parameters)


def memento_sighting(link: MementoLink, basis: str) -> Sighting | None:
    """The capture a memento link tells of, without a status; None where it tells of none.

    ``memento`` gives the bytes as captured where the address has the usual form.
    """
    at = memento_datetime(link.parameters.get("datetime", ""))
    if "memento" not in link.rel or at is None:
        return None
    place = pointed(link.url)
    return Sighting(
        url=place.url if place else None,
        at=at,
        precision=Precision.SECOND,
        witness=Witness.ARCHIVE,
        event=Event.CAPTURED,
        basis=basis,
        memento=place.address if place else link.url,
    )


def told_by_replay(header: str | None, prefix: str, basis: str) -> tuple[Sighting, ...]:
    """The captures that the Link header of a replayed page tells of, oldest first.

    The Wayback Machine names the first and the last there: one replay answers for a whole index.
    Their addresses are put under ``prefix``, whatever name the archive calls itself by.
    """
    links = [link for link in read_links(header or "", f"{prefix}/") if link is not None]
    found: dict[str | None, Sighting] = {}
    for sighting in (memento_sighting(link, basis) for link in links):
        place = pointed(sighting.memento or "") if sighting else None
        if sighting and place:
            address = replace(place, prefix=prefix).address
            found.setdefault(address, replace(sighting, memento=address))
    return tuple(sorted(found.values(), key=_when))


def _when(sighting: Sighting) -> datetime:
    return sighting.at
