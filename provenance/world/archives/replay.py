"""Archived pages as they were captured, without ever leaving the archive.

An archive's answer is archived content if, and only if, it carries Memento-Datetime; that header
and not the address says when it was captured. Redirects are followed by hand: an archived one
points at the live web (pywb passes it through unchanged), so each is rewritten into the same
archive before it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from provenance.errors import Garbled, Refused
from provenance.model import Via
from provenance.text.dates import mail_time
from provenance.text.patterns import compile_late
from provenance.text.urls import absolute, is_web_url, split
from provenance.world.archives.answers import check_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture

MOST_HOPS = 5
# /TIMESTAMP, an optional mode such as id_ or if_, and the captured address.
_REPLAYED = compile_late(
    r"/(\d{4,14})(?:[a-z]{2,3}_)?/((?:https?:/{1,2}|//)[^/].*)$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """Where a replay address points: the archive's own prefix, the time and the captured URL."""

    prefix: str
    timestamp: str
    url: str

    @property
    def address(self) -> str:
        """The address that gives the bytes as captured (``id_``)."""
        return replay_address(self.prefix, self.timestamp, self.url)


def replay_address(prefix: str, timestamp: str, url: str) -> str:
    """The address under ``prefix`` that gives the bytes of ``url`` as captured then."""
    return f"{prefix}/{timestamp}id_/{quote(url, safe=KEPT)}"


# Archives expect the captured address as it was; only what would end ours must be encoded.
KEPT = "%/:?=&;@+$,!~*'()[]|"


def pointed(address: str) -> Replayed | None:
    """A replay address taken apart; None where it does not name a time and a captured URL."""
    found = _REPLAYED.search(address)
    if found is None:
        return None
    url = re.sub(r"^(?:(https?):)?/{1,2}", r"\1://", found.group(2), flags=re.IGNORECASE)
    url = f"http{url}" if url.startswith(":") else url
    if not is_web_url(url):
        return None
    return Replayed(prefix=address[: found.start()], timestamp=found.group(1), url=url)


def replay(provider: str, address: str, ask: Callable[[str], Capture]) -> Capture:
    """The archived page at a replay address, after at most five redirects inside the archive.

    ``captured_at`` is the archive's Memento-Datetime, ``memento`` the address that answered and
    ``responded_url`` the URL whose capture that is. Refused when the archive will not show it or
    lists it without having it, Unavailable when it cannot now, Garbled when what comes is not
    archived content.
    """
    place, seen = address, {address}
    for _ in range(MOST_HOPS + 1):
        capture = ask(place)
        onward = _onward(place, capture)
        if onward is None:
            return _archived(provider, address, place, capture)
        if onward in seen:
            raise Garbled(provider, address, "its redirects lead in a circle")
        seen.add(onward)
        place = onward
    raise Garbled(provider, address, f"more than {MOST_HOPS} redirects inside the archive")


def _onward(place: str, capture: Capture) -> str | None:
    """Where a redirect leads, rewritten into the archive that ``place`` lies in."""
    location = capture.header("location")
    if not location or not 300 <= (capture.status or 0) < 400:
        return None
    here = pointed(place)
    if here is None:
        return None
    # An archive may answer under another host name than it was asked at, so any address whose
    # path has the archive's own form is meant as one of an archive, and no other.
    inside = absolute(place, location) or ""
    there = pointed(inside) if pointed(split(inside).path) else None
    if there is not None:
        return replace(there, prefix=here.prefix).address
    written = location.encode("latin-1", "ignore").decode("utf-8", "replace")
    target = absolute(here.url, written)
    return None if target is None else replace(here, url=target).address


def _archived(provider: str, asked: str, place: str, capture: Capture) -> Capture:
    stamp = capture.header("memento-datetime")
    if stamp is None:
        check_status(provider, asked, capture)
        if capture.status == 404:
            raise Refused(provider, asked, "the archive lists this capture but does not replay it")
        raise Garbled(provider, asked, "what it gave is not an archived page (no Memento-Datetime)")
    at = memento_datetime(stamp)
    if at is None:
        raise Garbled(provider, asked, f"its Memento-Datetime is no date: {stamp[:60]!r}")
    first, last = pointed(asked), pointed(place)
    return replace(
        capture,
        url=first.url if first else capture.url,
        responded_url=last.url if last else capture.responded_url,
        captured_at=at,
        via=Via.ARCHIVE,
        memento=place,
    )


def memento_datetime(stamp: str) -> datetime | None:
    """An RFC 1123 date in UTC, or None."""
    return mail_time(stamp)
