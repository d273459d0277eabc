"""Who may come in: the one door that every request passes before a handler sees it.

The page lies on loopback beside hostile pages in the same browser, and beside other users of the
machine. So: the Host must be ours, a POST must come from our own pages, a key that works once sets
a cookie that pages of others cannot use, and every form carries a token.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from provenance.text.urls import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY, MOST_TEXT, MOST_STREAMS = 8_000_000, 1_000_000, 20
_MOST_SESSIONS = 500
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# What a stranger may ask for: to sign in, and to hand over a page, which is then asked about.
_OPEN = frozenset({("POST", "/login"), ("GET", "/login"), ("POST", "/incoming")})
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cache-control": b"no-store",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
_POLICY = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(slots=True, eq=False)
class Session:
    """One browser, or one program, that was let in; ``owner`` may change what is kept and set."""

    owner: bool
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    streams: int = 0


@dataclass(slots=True)
class Access:
    """Keys that work once, the sessions they opened, and the hosts that are ours.

    ``password`` lets guests in, None where there are none.
    """

    port: int
    hosts: tuple[str, ...] = LOOPBACK
    password: str | None = None
    program: Session = field(default_factory=lambda: Session(owner=True))
    _keys: set[str] = field(default_factory=set)
    _sessions: OrderedDict[str, Session] = field(default_factory=OrderedDict)

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports."""
        return f"provenance-{self.port}"

    def make_key(self) -> str:
        """A new key that lets one browser in, once."""
        key = secrets.token_urlsafe(24)
        self._keys.add(key)
        return key

    def redeem(self, key: str) -> str | None:
        """The cookie of a new session of the owner; None for a key that is none any more."""
        if key not in self._keys:
            return None
        self._keys.discard(key)
        return self._open(Session(owner=True))

    def sign_in(self, password: str) -> str | None:
        """The cookie of a guest's session; None for a wrong password."""
        known = self.password is not None and secrets.compare_digest(
            password.encode(), self.password.encode()
        )
        return self._open(Session(owner=False)) if known else None

    def _open(self, session: Session) -> str:
        cookie = secrets.token_urlsafe(32)
        self._sessions[cookie] = session
        while len(self._sessions) > _MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return cookie

    def session(self, request: Request) -> Session | None:
        """Whose request it is: by a bearer token, or for pages by its cookie."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            known = secrets.compare_digest(token.encode(), self.program.token.encode())
            return self.program if known else None
        if is_api(request):
            return None
        return self._sessions.get(request.cookies.get(self.cookie, ""))

    def is_own(self, url: str) -> bool:
        """Whether an address leads to this server itself, as far as its text tells."""
        parts = split(url)
        host = (parts.hostname or "").rstrip(".")
        local = host.startswith("127.") or host in {"localhost", "::1", "0.0.0.0", "::"}  # noqa: S104
        return parts.port == self.port and (local or host in self.hosts)

    def is_our_host(self, host: str) -> bool:
        """Whether a Host header names this server."""
        own = {f"{name}:{self.port}" for name in self.hosts}
        behind = set(self.hosts) - set(LOOPBACK)  # a server in front has a port of its own
        return host in own | behind

    def is_our_origin(self, origin: str) -> bool:
        """Whether an Origin header names a page of this server."""
        scheme, _, host = origin.partition("://")
        return scheme in {"http", "https"} and self.is_our_host(host)


def is_api(request: Request) -> bool:
    """Whether a program asks."""
    return request.url.path.startswith("/api/")


def form_token_fits(request: Request, given: str) -> bool:
    """Whether a form carries its session's token; a program has shown its own already."""
    session: Session = request.state.session
    return is_api(request) or secrets.compare_digest(given.encode(), session.token.encode())


class Door:
    """Middleware: refuses, bounds the body, and puts the headers of safety on each answer."""

    def __init__(
        self, app: ASGIApp, access: Access, refuse: Callable[[Request, int, str], Response]
    ) -> None:
        self._app = app
        self._access = access
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request in, or answers it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.session = None
        fault = self._fault(request)
        if fault is not None:
            await self._refuse(request, *fault)(scope, receive, _armoured(send))
        else:
            await self._app(scope, _bounded(receive), _armoured(send))

    def _fault(self, request: Request) -> tuple[int, str] | None:
        """Why a request is refused: status and sentence; None where it may come in."""
        access, path = self._access, request.url.path
        if not access.is_our_host(request.headers.get("host", "")):
            return 421, "This server does not go by the name that was asked for."
        posted = request.method not in {"GET", "HEAD"}
        if posted and path != "/incoming" and not self._is_from_here(request):
            return 403, "Another site sent this form. Only the pages of this server may."
        if int(request.headers.get("content-length") or 0) > MOST_BODY:
            return 413, f"More than {MOST_BODY:,} bytes."
        request.state.session = access.session(request)
        return None if request.state.session is not None else _bar_stranger(request)

    def _is_from_here(self, request: Request) -> bool:
        """Whether a form was sent by a page of ours, or by no page at all.

        Our own pages name no referrer, for which browsers send "null" as their origin: then the
        browser's own word on the site must say it.
        """
        origin, site = (request.headers.get(name) for name in ("origin", "sec-fetch-site"))
        if site is not None and site not in {"same-origin", "none"}:
            return False
        if origin is None:
            return True
        return site == "same-origin" if origin == "null" else self._access.is_our_origin(origin)


def _bar_stranger(request: Request) -> tuple[int, str] | None:
    """Why somebody without a session is refused; None for what is open to all."""
    path = request.url.path
    if (request.method, path) in _OPEN or (path == "/" and request.query_params.get("key")):
        return None
    if is_api(request):
        return 401, "A program needs the header Authorization: Bearer TOKEN (see Settings)."
    return 403, "This browser has no key to this server."


def _bounded(receive: Receive) -> Receive:
    """The body, up to its limit, however it is sent."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY:
            raise HTTPException(413, f"More than {MOST_BODY:,} bytes.")
        return message

    return bounded


def _armoured(send: Send) -> Send:
    """Answers with the headers of safety; a page brings its own policy."""

    async def armoured(message: Message) -> None:
        if message["type"] == "http.response.start":
            given: Iterable[tuple[bytes, bytes]] = message.get("headers", ())
            headers = {name.lower() for name, _ in given}
            extra = list(_HEADERS.items())
            if b"content-security-policy" not in headers:
                extra.append((b"content-security-policy", _POLICY))
            message["headers"] = [*given, *extra]
        await send(message)

    return armoured
