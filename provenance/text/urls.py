"""Addresses: one spelling for comparison, and who owns a host.

Registrable domains come from the public suffix list shipped by ``publicsuffixlist`` (ICANN and
private part, so that two blogs on one blog host are two houses); no network is used.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

from provenance.text.archived import archived_address
from provenance.text.remember import remember
from provenance.text.scrub import scrub

if TYPE_CHECKING:
    from collections.abc import Collection

    from publicsuffixlist import PublicSuffixList

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|ftag|srnd|cmpid|cmp|ncid"
    r"|icid|ref_?src|guccounter|guce_\w+|_ga|xtor|at_(?:medium|campaign)|smid|partner)$",
    re.IGNORECASE,
)
LONGEST = 500
"""Addresses up to so many letters are remembered with what was found of them; others are not."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Tab and line ends are dropped from addresses by urlsplit, as browsers do.
_NOT_OF_URLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# What no host may hold (WHATWG URL, "forbidden host code point"), apart from percent signs.
_NOT_OF_HOSTS = re.compile(r"[\x00-\x20\x7f<>\\^|\"{}`]")
# Scheme and host of most addresses: nothing to decode, to put in lower case or to refuse.
_PLAIN_HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?=[/?#]|$)", re.ASCII)
_NO_PARTS = SplitResult("", "", "", "", "")


def is_web_url(text: str) -> bool:
    """Whether the text is an absolute http or https address with a host: the judge of addresses.

    What passes can be taken apart, joined to, kept and asked for without a further look: its host
    can be sent, its port is a number, and it holds no control character and no lone surrogate.
    """
    parts = split(text)
    return parts.scheme in _DEFAULT_PORTS and bool(host(text)) and not _NOT_OF_URLS.search(text)


def split(url: str) -> SplitResult:
    """The parts of an address; of one that cannot be taken apart, all empty."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return _NO_PARTS
    return parts


def absolute(base: str | None, href: str) -> str | None:
    """``href`` resolved against ``base``; None unless it comes out as a web address."""
    try:
        joined = urljoin(base or "", href.strip())
    except ValueError:
        return None
    return joined if is_web_url(joined) else None


def at_root(url: str, path: str = "/") -> str:
    """The address of a path from the root of an address's site; '' where that is none."""
    return absolute(url, path) or ""


def is_front(url: str) -> bool:
    """Whether an address is that of a whole site, not of one page on it."""
    parts = split(url)
    return parts.path in {"", "/"} and not parts.query


@remember(LONGEST)
def host(url: str) -> str:
    """The host in lower-case punycode without final dot; '' where there is none."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1]
    name = (split(url).hostname or "").rstrip(".")
    name = name if name.isascii() else _encode_host(name)
    return "" if _NOT_OF_HOSTS.search(name) else name


def _encode_host(name: str) -> str:
    """A host in punycode, after UTS 46 as browsers send it, else after IDNA 2003 (for emoji)."""
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        pass
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


@cache
def _suffix_lines() -> dict[str, list[str]]:
    """The lines of the list by their top-level domain, as it is written there."""
    from publicsuffixlist import PSLFILE

    lines: dict[str, list[str]] = {}
    for line in Path(PSLFILE).read_text("utf-8").splitlines():
        if line and not line.startswith("//"):
            lines.setdefault(line.rstrip().rpartition(".")[2], []).append(line)
    return lines


@lru_cache(maxsize=256)
def _suffixes(top: str) -> PublicSuffixList:
    """The suffixes under one top-level domain, in punycode beside those in letters.

    A name is compared with no others; the library would read and encode all ten thousand lines.
    """
    from publicsuffixlist import PublicSuffixList

    written = top
    if top.startswith("xn--"):
        with suppress(UnicodeError):
            written = top.encode("ascii").decode("idna")
    lines = _suffix_lines().get(written, [])
    encoded = [line.strip().encode("idna").decode("ascii") for line in lines if not line.isascii()]
    return PublicSuffixList([*lines, *encoded], accept_encoded_idn=False)


def is_below(url: str, hosts: Collection[str]) -> bool:
    """Whether an address lies on one of the hosts, or below one of them."""
    name = host(url)
    return any(name == each or name.endswith(f".{each}") for each in hosts)


def registrable(url: str) -> str:
    """The registrable domain of an address ('bbc.co.uk'), or the host where there is none.

    Addresses on one machine without a name (loopback, 'localhost') keep their port: two ports
    are two sites there, as two domains are on the web.
    """
    name = host(url)
    domain = _owned_domain(name)
    if domain or not name:
        return domain
    port = split(url).port
    place = f"[{name}]" if ":" in name else name
    return f"{place}:{port}" if port else place


# Of the addresses on a page most lie on few hosts.
@remember(LONGEST)
def _owned_domain(name: str) -> str:
    """The registrable domain of a host; '' for a machine without a name, and for ''."""
    if name == "localhost" or re.fullmatch(r"[\d.]*|[0-9a-f:]+", name):
        return ""
    return str(_suffixes(name.rpartition(".")[2]).privatesuffix(name) or name)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie under one registrable domain; never true of empty ones."""
    return bool(registrable(one)) and registrable(one) == registrable(other)


def unwrap_archived(url: str) -> str:
    """The address whose page an archive, cache or proxy shows; others come back unchanged."""
    found = archived_address(url)
    return found.original if found and is_web_url(found.original) else url


def normalise(url: str) -> str:
    """One spelling of an address, for telling duplicates; never for asking.

    Lower-case host in punycode without ``www.``, no default port, fragment, tracking parameters,
    final slash or ``index.html``; parameters sorted; percent-encoding canonical; https for http.
    An address that cannot be parsed comes back stripped.
    """
    text = unwrap_archived(scrub(url).strip())
    parts = split(text)
    name = host(text).removeprefix("www.")
    if not name:
        return text
    port = parts.port
    if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        name = f"{name}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")
    path = re.sub(r"/index\.(?:html?|php)$", "/", path).rstrip("/")
    kept = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)
    ]
    return urlunsplit(("https", name, path, urlencode(sorted(kept)), ""))


def without_login(url: str) -> str:
    """An address without user name and password, which are nobody else's business.

    One that is written to hide its host stays as it is, so that it is refused for that.
    """
    parts = split(url)
    user, at, place = parts.netloc.rpartition("@")
    if not at or re.search(r"[%@\\]", user):
        return url
    return urlunsplit(parts._replace(netloc=place))


def without_tracking(url: str) -> str:
    """An address to print: tracking parameters and the fragment left out, the rest as it was."""
    address, _, _ = url.strip().partition("#")
    base, mark, query = address.partition("?")
    kept = [part for part in query.split("&") if not _TRACKING.match(part.partition("=")[0])]
    return f"{base}{mark}{'&'.join(kept)}" if any(kept) else base
