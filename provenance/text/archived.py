"""Addresses at which an archive, a cache or a reading proxy shows another address's page.

Most archives write a capture's address as OpenWayback and pywb do: a time of up to 14 digits, a
two-letter mark, then the captured address in full. A path that is nothing but a whole address is
a proxy's on any host. What has no such form is listed by host.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote

from provenance.text.patterns import compile_late

LONGEST = 4000
"""Addresses longer than this are taken for what they are."""

_INNER = r"(?P<inner>https?:/{1,2}[^/?#\s].*)$"
_STAMP = r"(?P<stamp>\d{4,14})(?:[a-z]{2}_|\*)?"
_HOST = r"^https?://[^/?#\s]{1,255}"
_FORMS = tuple(
    compile_late(form, re.IGNORECASE)
    for form in (
        # https://archive.example/wayback/20260304091200mp_/https://paper.example/a
        rf"{_HOST}(?:/[^/?#\s]{{1,60}}){{0,4}}/{_STAMP}/{_INNER}",
        # The same without a scheme, where the host is known for it.
        rf"^https?://(?:web\.archive\.org/web|arquivo\.pt/(?:noFrame/replay|wayback)|(?:www\.)?"
        rf"webarchive\.org\.uk/wayback/[a-z]{{1,20}}|wayback\.archive-it\.org/\d{{1,9}})/{_STAMP}"
        r"/(?P<inner>[^/?#\s]+\.[^?#\s].*)$",
        rf"^https?://archive\.(?:today|ph|is|li|vn|fo|md)/(?:newest|oldest|o/\w{{3,9}})/{_INNER}",
        rf"^https?://web\.archive\.org/(?:web|save)/(?:\*/)?{_INNER}",
        r"^https?://megalodon\.jp/(?P<stamp>\d{4}-\d{4}-\d{4}-\d{2})/(?P<inner>[^/?#\s]+\.\S+)$",
        # https://proxy.example/https://paper.example/a
        rf"{_HOST}/{_INNER}",
        r"^https?://webcache\.googleusercontent\.com/search\?(?:[^#\s]{0,200}&)?q=cache:"
        r"(?:[\w-]{4,20}:)?(?P<inner>[^+&\s]+)",
        # AMP caches: /c/s/paper.example/a, where s stands for https.
        r"^https?://(?:[\w-]{1,120}\.)?cdn\.ampproject\.org/(?:[acrv]/)(?P<secure>s/)?"
        r"(?P<inner>[^/?#\s]+\.\S+)$",
        r"^https?://www\.google\.[a-z.]{2,6}/amp/(?P<secure>s/)?(?P<inner>[^/?#\s]+\.\S+)$",
        r"^https?://(?:12ft\.io/proxy|googleweblight\.com/i?|(?:www\.)?yandexwebcache\.net/yandbtm"
        r"|(?:www\.)?removepaywall\.com/search|(?:www\.)?printfriendly\.com/print)/?\?"
        r"(?:[^#\s]{0,200}&)?(?:q|u|url|lite_url)=(?P<inner>https?(?::|%3A)[^&\s]+)",
    )
)

# What every form holds: a second address, or a host that writes one without its scheme.
_MAY_BE = compile_late(
    r"^https?://(?:.{1,300}?https?(?::|%3A)|(?:[\w-]{1,120}\.){0,3}(?:archive\.org|arquivo\.pt"
    r"|webarchive\.org\.uk|archive-it\.org|megalodon\.jp|ampproject\.org"
    r"|googleusercontent\.com|google\.[a-z.]{2,6})/)",
    re.IGNORECASE,
)


_RAW = re.compile(r"(/\d{14})[a-z]{2}_/")


def viewing_address(memento: str) -> str:
    """The address at which an archive shows a snapshot to people: with its date, not raw bytes."""
    return _RAW.sub(r"\1/", memento, count=1)


class ArchivedAddress(NamedTuple):
    """The address whose page is shown, and when it was captured; None for a proxy or cache."""

    original: str
    captured_at: datetime | None


def archived_address(url: str) -> ArchivedAddress | None:
    """What an address of an archive, a cache or a proxy shows; None for any other address.

    The original is as it stands there, with a scheme; it may be no valid address.
    """
    text = url.strip()
    if len(text) > LONGEST or not _MAY_BE.match(text):
        return None
    for form in _FORMS:
        if found := form.match(text):
            parts = found.groupdict()
            inner = parts["inner"]
            inner = unquote(inner) if re.match(r"https?%3A", inner, re.IGNORECASE) else inner
            scheme = "https" if parts.get("secure") else "http"
            return ArchivedAddress(_absolute(inner, scheme), stamped_at(parts.get("stamp") or ""))
    return None


def stamped_at(stamp: str) -> datetime | None:
    """The UTC time of an archive's timestamp of 4 to 14 digits at least down to the day."""
    digits = stamp.replace("-", "")
    if not 8 <= len(digits) <= 14 or not digits.isdecimal():
        return None
    try:
        return datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _absolute(inner: str, scheme: str) -> str:
    found = re.match(r"(https?):/{1,2}(.*)", inner, re.IGNORECASE)
    return f"{found[1]}://{found[2]}" if found else f"{scheme}://{inner}"
