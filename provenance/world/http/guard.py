"""Which addresses may be connected to, judged at the moment of connecting.

A check of the URL's text is not enough: ``http://2130706433/``, a name that resolves to loopback, a
second answer of the resolver and a redirect all reach private machines past it. So the judge
stands in urllib3's ``create_connection``: it sees every connection, resolves once, judges every
answer, and connects to an address it judged. There vcrpy records and replays through it.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from urllib3.util import connection as urllib3_connection

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTS = frozenset({80, 443, 8080, 8443})
# Python 3.11 calls these global; they embed IPv4 addresses, are reserved, or are for one site only.
_NEVER_GLOBAL = tuple(
    ipaddress.ip_network(text)
    for text in (
        "::/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
    )
)

Address = tuple[int, int, int, str, Any]
Resolver = Callable[[str, int], list[Address]]


class ForbiddenAddress(Exception):
    """The address may not be connected to; the text is one clause that says why.

    Not an OSError, so that urllib3 and requests hand it through unwrapped.
    """


class Unresolved(Exception):
    """The host name gave no address; the text is one clause."""


def judge(address: str) -> str | None:
    """Why an IP address is not on the public internet; None when it is."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "is not an internet address"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_loopback or ip.is_unspecified:
        return "is this machine"
    if not ip.is_global or ip.is_multicast or any(ip in network for network in _NEVER_GLOBAL):
        return "is a private or reserved address"
    return None


def resolve(host: str, port: int) -> list[Address]:
    """The system's answers for a host, TCP only; an OSError when there are none."""
    family = urllib3_connection.allowed_gai_family()
    return [tuple(found) for found in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]  # type: ignore[misc]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The rules of one connection: whether private addresses are allowed, and who resolves.

    ``option`` is what would allow them.
    """

    allow_private: bool = False
    option: str = "--allow-private"
    resolve: Resolver = resolve

    def addresses(self, host: str, port: int, timeout: float | None) -> list[Address]:
        """Every address of a host, all of them judged; Barred when one is not allowed.

        One bad answer bars the host: a name that resolves to both a public and a private address
        is an attack or a mistake, and either way not a page to be quoted.
        """
        if not self.allow_private and port not in PORTS:
            raise ForbiddenAddress(
                f"port {port} is not one of the web's; allow it with {self.option}"
            )
        found = _within(timeout, lambda: self.resolve(host, port), host)
        if not found:
            raise Unresolved(f"the host name {host!r} has no address")
        if not self.allow_private:
            for *_, place in found:
                address = str(place[0])
                reason = judge(address)
                if reason is not None:
                    named = host if host == address else f"{host} ({address})"
                    raise ForbiddenAddress(f"{named} {reason}; allow it with {self.option}")
        return found

    def judge_unseen(self, host: str, port: int, timeout: float) -> None:
        """Judges what a proxy is asked for, as ``addresses`` does, as far as it is known here.

        A name that does not resolve here, as behind many proxies, is let pass.
        """
        with suppress(Unresolved):
            self.addresses(host, port, timeout)


@dataclass(frozen=True, slots=True)
class _Watched:
    guard: Guard
    opened: Callable[[socket.socket], None]


_current: ContextVar[_Watched | None] = ContextVar("provenance_guard", default=None)


@contextmanager
def guarded(guard: Guard, opened: Callable[[socket.socket], None]) -> Iterator[None]:
    """Within it, each connection urllib3 makes in this context is judged, then given to ``opened``.

    Other users of urllib3 in the process are not touched.
    """
    _install()
    token = _current.set(_Watched(guard, opened))
    try:
        yield
    finally:
        _current.reset(token)


_plain_create_connection = urllib3_connection.create_connection


def _install() -> None:
    if urllib3_connection.create_connection is not _create_connection:
        urllib3_connection.create_connection = _create_connection


def _create_connection(
    address: tuple[str, int],
    timeout: Any = None,
    source_address: tuple[str, int] | None = None,
    socket_options: Any = None,
) -> socket.socket:
    watched = _current.get()
    if watched is None:
        return _plain_create_connection(address, timeout, source_address, socket_options)
    host, port = address
    limit = timeout if isinstance(timeout, int | float) else None
    failure: OSError | None = None
    for family, kind, protocol, _, place in watched.guard.addresses(host.strip("[]"), port, limit):
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(limit)
            watched.opened(line)
            line.connect(place)
        except OSError as error:
            line.close()
            failure = error
        except BaseException:
            line.close()
            raise
        else:
            return line
    raise failure or OSError("no address to connect to")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _within(timeout: float | None, call: Callable[[], list[Address]], host: str) -> list[Address]:
    """The resolver's answer, waited for at most ``timeout`` seconds: it cannot be interrupted.

    A numeric address needs no resolver and no waiting.
    """
    answers: list[list[Address]] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            answers.append(call())
        except (OSError, UnicodeError) as error:
            failures.append(error)

    if _is_number(host):
        run()
    else:
        asking = threading.Thread(target=run, daemon=True)
        asking.start()
        asking.join(timeout)
    if answers:
        return answers[0]
    if failures:
        raise Unresolved(f"the host name {host!r} does not resolve") from failures[0]
    raise Unresolved(f"the host name {host!r} was not resolved within {timeout:g} s")
