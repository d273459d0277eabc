"""Addresses as web archives file them, and the few spellings of one page worth asking for.

A SURT (sort-friendly URI reordering transform) is the key of every CDX index: archives merge
scheme, ``www.``, letter case, default port, fragment, a final slash and the order of parameters,
but not ``/index.html``, AMP twins, tracking parameters or a canonical address elsewhere on the
site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urldefrag, urlencode, urlunsplit

from provenance.text.urls import (
    host,
    is_web_url,
    normalise,
    same_site,
    split,
    unwrap_archived,
    without_login,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WWW = re.compile(r"^www\d*\.")
_PORTS = {"http": 80, "https": 443}
_SESSION = re.compile(
    r"(?:^|(?<=&))(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}"
    r"|cfid=\d+&cftoken=\d+)(?:&|$)"
)
_INDEX = re.compile(r"/index\.(?:html?|php)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp(?:\.html)?/?|\.amp)$|(?<=/)amp/", re.IGNORECASE)
_AMP_PARAMETER = re.compile(r"^(?:amp|outputtype)$", re.IGNORECASE)
_ROUNDS = 4


def surt(url: str) -> str:
    """The key under which a CDX index files ``url``; '' for what is no web address.

    After the Internet Archive's canonicaliser as pywb uses it.
    """
    parts = split(url)
    name = _WWW.sub("", host(url))
    if not name:
        return ""
    # Addresses of numbers are turned round too, as the Internet Archive's canonicaliser does.
    key = name if ":" in name else ",".join(reversed(name.split(".")))
    port = parts.port
    if port and port != _PORTS.get(parts.scheme.lower()):
        key = f"{key}:{port}"
    path = _escape(parts.path).lower()
    path = _remove_dots(path)
    query = _SESSION.sub("", _escape(parts.query).lower())
    pairs = sorted(query.split("&")) if query else []
    return f"{key}){path}" + (f"?{'&'.join(pairs)}" if pairs else "")


def variants(url: str, others: Iterable[str | None] = (), *, limit: int = 4) -> tuple[str, ...]:
    """At most ``limit`` addresses of one page that archives file apart, the likeliest first.

    ``others`` are the addresses the page gives itself (canonical, og:url, AMP). Those on another
    site are another page, whatever a page says, and are left out.
    """
    first, *given = (
        without_login(unwrap_archived((each or "").strip())) for each in (url, *others)
    )
    if not is_web_url(first):
        return ()
    own = [other for other in given if is_web_url(other) and same_site(other, first)]
    found: dict[str, str] = {}
    for address in _list_spellings(first, own):
        found.setdefault(surt(address), address)
    return tuple(found.values())[:limit]


def _list_spellings(first: str, others: list[str]) -> Iterator[str]:
    first, *others = (urldefrag(address).url for address in (first, *others))
    yield first
    yield from others
    for address in (first, *others):
        yield _without_tracking(address)
    for address in (first, *others):
        yield _without_amp(address)
        parts = split(address)
        yield urlunsplit(parts._replace(path=_INDEX.sub("/", parts.path)))


def _without_tracking(url: str) -> str:
    """The address without the parameters that ``normalise`` knows for tracking, else as it was."""
    parts = split(url)
    kept = set(parse_qsl(split(normalise(url)).query, keep_blank_values=True))
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair in kept]
    return urlunsplit(parts._replace(query=urlencode(pairs), fragment=""))


def _without_amp(url: str) -> str:
    parts = split(url)
    pairs = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _AMP_PARAMETER.match(key)
    ]
    place = re.sub(r"^amp\.", "www.", parts.netloc, flags=re.IGNORECASE)
    path = _AMP_PATH.sub("", parts.path)
    return urlunsplit(parts._replace(netloc=place, path=path, query=urlencode(pairs)))


def _escape(text: str) -> str:
    """Percent-encoding undone as often as it was done, then done once where it is needed."""
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(_ROUNDS):
        bare = unquote_to_bytes(raw)
        if bare == raw:
            break
        raw = bare
    return quote(raw, safe="!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _remove_dots(path: str) -> str:
    """The path without '.', '..' and doubled slashes."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in {"", "."}:
            kept.append(part)
    return "/" + "/".join(kept)
