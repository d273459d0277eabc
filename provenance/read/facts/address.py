"""Which page this is: its own address, also where an archive, a proxy or a saved file shows it.

A capture of an archive is the page it shows (RFC 7089): its address is the original's, and the
capture is a sighting of it. Files that browsers save say in a comment where they are from.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from provenance.model import Event, Precision, Sighting, Via, Witness
from provenance.text.archived import archived_address
from provenance.text.dates import parse_moment
from provenance.text.patterns import compile_late
from provenance.text.urls import is_web_url, unwrap_archived

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture

_ORIGINAL = compile_late(
    r"<([^<>]{1,4000})>[^<>,]{0,200}?;\s{0,9}rel=\"?(?:[\w:/. -]{0,80}\s)?original\b", re.IGNORECASE
)
_SAVED_FROM = compile_late(
    r"<!--\s{0,99}(?:saved from url=\(\d{1,6}\)(?P<url>https?://\S{1,2000})"
    r"|Page saved with SingleFile\s{1,99}url:\s{0,9}(?P<single>https?://\S{1,2000})"
    r"(?:\s{1,99}saved date:\s{0,9}(?P<date>[^\n(]{10,60}))?"
    r"|Mirrored from (?P<mirrored>[\w.-]{3,200}/\S{0,2000}) by HTTrack[^>]{0,200}?"
    r"(?:, (?P<day>\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT))?\s{0,9}-->)",
    re.IGNORECASE,
)
_RETRIEVED = compile_late(
    r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) (\w{3} \d\d, \d{4}) AND RETRIEVED FROM THE\s{1,9}"
    r"INTERNET ARCHIVE"
)
_REWRITTEN = compile_late(
    r"<link\s[^>]{0,300}?\bhref=[\"']?(https?://web\.archive\.org/web/\d{14}[^\"'\s>]{3,2000})[^>]{0,300}",
    re.IGNORECASE,
)
_TOP = 4096
_MOST_LINKS = 200
NOTE = "the address is the saved file's own word"


class PageAddress(NamedTuple):
    """The page's address; the capture that shows it, where it is one; ``notes`` on the address.

    ``copied`` tells that the markup may name addresses in the archive's or proxy's own form.
    """

    url: str | None
    captured: Sighting | None = None
    copied: bool = False
    notes: tuple[str, ...] = ()


def page_address(capture: Capture, text: str = "") -> PageAddress:
    """The address of the page a capture shows; ``text`` is its markup."""
    given = capture.responded_url or capture.url
    if given is None:
        return _saved(text)
    shown = archived_address(given)
    stated, at = _stated(capture)
    original = next((u for u in (stated, shown and shown.original) if u and is_web_url(u)), None)
    if original is None or original == given:
        return PageAddress(url=given, copied=bool(_RETRIEVED.search(text[-_TOP:])))
    at = at or (shown.captured_at if shown else None)
    trusted = capture.via in {Via.LIVE, Via.ARCHIVE} and shown is not None
    captured = _capture_of(original, at, given, trusted=trusted) if at else None
    return PageAddress(url=original, captured=captured, copied=True)


def _stated(capture: Capture) -> tuple[str | None, datetime | None]:
    """The original's address and the time of capture, as an archive's answer states them."""
    moment = parse_moment(capture.header("memento-datetime") or "")
    if moment is None:
        return None, None
    links = (value[:_TOP] for key, value in capture.headers if key.lower() == "link")
    found = next((match for value in links if (match := _ORIGINAL.search(value))), None)
    return (found[1] if found else None), moment.at


def _saved(text: str) -> PageAddress:
    """The address that a saved file gives itself, in the comment of whatever saved it."""
    if found := _SAVED_FROM.search(text[:_TOP]):
        address = found["url"] or found["single"] or f"http://{found['mirrored']}"
        url = unwrap_archived(address)
        if is_web_url(url):
            moment = parse_moment(found["date"] or found["day"] or "")
            captured = _capture_of(url, moment.at, None) if moment else None
            return PageAddress(url=url, captured=captured, copied=url != address, notes=(NOTE,))
    return _retrieved(text) or PageAddress(url=None)


def _retrieved(text: str) -> PageAddress | None:
    """The address of a page saved from the Internet Archive, whose replay rewrote its links."""
    found = _RETRIEVED.search(text[-_TOP:])
    for link in islice(_REWRITTEN.finditer(text), _MOST_LINKS) if found else ():
        if "canonical" in link[0].lower() and is_web_url(url := unwrap_archived(link[1])):
            moment = parse_moment(f"{found[2]} {found[1]} GMT") if found else None
            captured = _capture_of(url, moment.at, link[1], trusted=False) if moment else None
            return PageAddress(url=url, captured=captured, copied=True, notes=(NOTE,))
    return None


def _capture_of(url: str, at: datetime, memento: str | None, *, trusted: bool = True) -> Sighting:
    """The capture as a sighting: of an archive, or of the page itself where a file says so."""
    return Sighting(
        url=url,
        at=at,
        precision=Precision.SECOND,
        witness=Witness.ARCHIVE if memento else Witness.SELF,
        event=Event.CAPTURED,
        basis="the capture that was read" if memento else "the day the file was saved",
        memento=memento,
        holds_text=True,
        trusted=trusted,
    )
