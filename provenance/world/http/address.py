"""Addresses as they are asked: absolute, of the web, and hiding nothing."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from provenance.errors import Garbled, Refused
from provenance.text.scrub import scrub
from provenance.text.urls import host
from provenance.world.store.fetches import WEB

_LONGEST_URL = 8192
# Tab and line ends are dropped from addresses by urlsplit, as browsers do.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def web_address(provider: str, url: str) -> str:
    """The address as it is asked: absolute, http or https, without user name and fragment.

    Refused, naming the provider, for anything else. Where it may lead is judged at connect time.
    """
    text = scrub(url).strip()
    if len(text) > _LONGEST_URL:
        raise Refused(provider, text[:80] + "...", "not asked: the address is too long")
    if _FORBIDDEN.search(text):
        raise Refused(provider, text, "not asked: the address holds control characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise Refused(provider, text, "not asked: it is not a usable web address") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise Refused(provider, text, "not asked: only http and https addresses are")
    user, _, place = parts.netloc.rpartition("@")
    if not parts.hostname or port == 0 or not host(text):
        raise Refused(provider, text, "not asked: the address names no host")
    if re.search(r"[%@\\]", user) or "\\" in place:
        raise Refused(provider, text, "not asked: the address hides where it leads")
    if not place.isascii():  # the one spelling of a host that is compared is the one that is sent
        place = host(text) + (f":{port}" if port else "")
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))


def next_address(url: str, current: str, location: str) -> str:
    """Where a redirect from ``current`` leads; errors name ``url``, the page that was asked for.

    Garbled where it cannot be read, Refused as for ``web_address``.
    """
    try:
        text = location.encode("latin-1").decode("utf-8")
        joined = urljoin(current, text.strip())
    except (UnicodeError, ValueError) as error:
        raise Garbled(WEB, url, "it redirects to an address that cannot be read") from error
    try:
        return web_address(WEB, joined)
    except Refused as error:
        raise Refused(WEB, url, f"it redirects to {joined[:200]!r}, {error.why}") from error
