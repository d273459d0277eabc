"""One HTTP exchange, guarded, bounded in size and time, redirects handed back unread."""

from __future__ import annotations

import http.client
import ssl
import threading
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.text.urls import split
from provenance.world.formats.coding import CutShort, TooLarge, Undecodable, codings, decode
from provenance.world.http.deadline import Deadline
from provenance.world.http.guard import ForbiddenAddress, Guard, Unresolved, guarded
from provenance.world.http.interim import pass_over_interim
from provenance.world.http.route import proxy_for, trusting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Settings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536
_PORTS = {"http": 80, "https": 443}
# Seconds in which a name that a proxy will resolve is looked up here.
_UNSEEN = 2.0
# Only codings whose decoders can be bounded are asked for.
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


Form = tuple[tuple[str, str], ...] | bytes
"""What a POST sends: the fields of a form, or bytes as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """What a server said: lower-case headers in order, the body with its codings undone.

    ``location`` is the redirect address as it stood in the header, None when there is none; the
    body of a redirect is never read.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    location: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Within what one exchange must end: so many seconds, and only where the guard lets it."""

    seconds: float
    guard: Guard


class _Session(requests.Session):
    """Never follows: requests reads the bodies of redirects unbounded, even when told not to."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        return None


class _Adapter(HTTPAdapter):
    """Trusts what it is told to, read once: authorities take 25 ms to read."""

    def __init__(self, trusted: ssl.SSLContext) -> None:
        self._trusted = trusted
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._trusted)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        trusted = {"ssl_context": self._trusted, "proxy_ssl_context": self._trusted}
        return super().proxy_manager_for(proxy, **kwargs, **trusted)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Adds nothing: the shared context verifies."""


class HttpClient:
    """Asks servers over HTTP, one question at a time; safe under threads.

    Each has its own connection, closed at its end: a pooled one was judged and watched for
    somebody else's question.
    """

    def __init__(self, settings: Settings, user_agent: str) -> None:
        self._settings = settings
        self._user_agent = user_agent
        self._threads = threading.local()
        pass_over_interim()

    def forget(self) -> None:
        """Drops the cookies of the page before; they are kept along one chain of redirects only."""
        self._session().cookies.clear()

    def get(
        self, provider: str, url: str, bounds: Bounds, headers: tuple[tuple[str, str], ...] = ()
    ) -> HttpAnswer:
        """The answer to one GET; a ProviderError, naming ``provider``, when none came.

        ``settings.max_bytes`` bounds the body before and after its codings are undone.
        """
        question = requests.Request("GET", url, headers=dict(headers))
        return self._answer(provider, question, bounds)

    def post(
        self,
        provider: str,
        url: str,
        form: Form,
        bounds: Bounds,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> HttpAnswer:
        """The answer to one POST, bounded as ``get`` is; it is never sent twice."""
        sent = form if isinstance(form, bytes) else list(form)
        question = requests.Request("POST", url, headers=dict(headers), data=sent)
        return self._answer(provider, question, bounds)

    def _answer(self, provider: str, question: requests.Request, bounds: Bounds) -> HttpAnswer:
        url = question.url
        with Deadline(bounds.seconds) as watch, closing(self._session()) as session:
            try:
                with guarded(self._guard_of(url, bounds.guard), watch.opened):
                    answer = self._exchange(session, question, watch)
            except ProviderError:
                raise
            except Exception as error:  # the fetch edge: whatever a server provokes ends here
                if watch.expired:
                    raise _late(provider, url, bounds.seconds) from error
                raise _explain(error, provider, url) from error
            if watch.expired:
                raise _late(provider, url, bounds.seconds)
            return answer

    def _guard_of(self, url: str, guard: Guard) -> Guard:
        """Who is judged at connecting: the host that is asked, or else the proxy, which is named.

        What is asked of a proxy is judged before: by its port, and by its address as far as it
        can be known here. Where the name leads that the proxy alone resolves cannot be seen.
        """
        if proxy_for(url, self._settings) is None:
            return guard
        parts = split(url)
        guard.judge_unseen(parts.hostname or "", parts.port or _PORTS[parts.scheme], _UNSEEN)
        return Guard(allow_private=True)

    def _exchange(
        self, session: requests.Session, question: requests.Request, watch: Deadline
    ) -> HttpAnswer:
        timeout = (self._settings.connect_timeout, self._settings.read_timeout)
        proxy = proxy_for(question.url, self._settings)
        with session.send(
            session.prepare_request(question),
            stream=True,
            timeout=timeout,
            allow_redirects=False,
            proxies={"http": proxy, "https": proxy} if proxy else {},
        ) as reply:
            kept = tuple((key.lower(), value) for key, value in reply.raw.headers.items())
            location = reply.headers.get("location")
            moved = reply.status_code in REDIRECTS and location is not None
            return HttpAnswer(
                url=reply.url,
                status=reply.status_code,
                headers=kept,
                body=b"" if moved else self._body(reply, watch),
                location=location if moved else None,
            )

    def _body(self, reply: requests.Response, watch: Deadline) -> bytes:
        limit, found = self._settings.max_bytes, bytearray()
        transfer = reply.headers.get("transfer-encoding", "").strip().lower()
        if transfer not in {"", "chunked", "identity"}:
            raise Undecodable(f"in the transfer coding {transfer[:40]!r}, which was not asked for")
        announced = reply.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:18]) > limit:
            raise TooLarge(limit)
        while not watch.expired:
            part = reply.raw.read1(_CHUNK)  # not decoded: requests asks urllib3 to leave that
            if not part:
                break
            found += part
            if len(found) > limit:
                raise TooLarge(limit)
        return decode(bytes(found), codings(reply.headers.get("content-encoding")), limit)

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._threads, "session", None)
        if session is None:
            session = _Session()
            session.trust_env = False
            session.headers.clear()
            session.headers.update(_HEADERS)
            session.headers["User-Agent"] = self._user_agent
            session.mount("https://", _Adapter(trusting(self._settings.ca_bundle)))
            session.mount("http://", HTTPAdapter(max_retries=0))
            self._threads.session = session
        return session


def _late(provider: str, url: str, seconds: float) -> Unavailable:
    return Unavailable(provider, url, f"no whole answer within {round(seconds, 1):g} s")


def _explain(error: Exception, provider: str, url: str) -> ProviderError:
    """The error of ours that says what the caller can do about this one."""
    causes = tuple(_causes(error))
    for kind, family, why in _MEANINGS:
        cause = next((cause for cause in causes if isinstance(cause, kind)), None)
        if cause is not None:
            return family(provider, url, why.format(cause=cause, kind=type(cause).__name__))
    return Garbled(provider, url, f"the answer could not be read ({type(error).__name__})")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps, however the libraries wrapped it."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = (*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__)
        waiting.extend(wrapped for wrapped in inner if isinstance(wrapped, BaseException))


# First match wins, so the precise stand before the general.
_MEANINGS: tuple[tuple[type[BaseException], type[ProviderError], str], ...] = (
    (ForbiddenAddress, Refused, "not asked: {cause}"),
    (Unresolved, Unavailable, "{cause}"),
    (TooLarge, Garbled, "it has {cause}, the limit for one page (max_bytes)"),
    (CutShort, Unavailable, "the answer came {cause}"),
    (Undecodable, Garbled, "the answer came {cause}"),
    (requests.exceptions.InvalidURL, Refused, "not asked: it is not a usable web address"),
    (requests.exceptions.InvalidSchema, Refused, "not asked: only http and https are"),
    (requests.exceptions.MissingSchema, Refused, "not asked: it is not a whole web address"),
    (urllib3.exceptions.LocationParseError, Refused, "not asked: it is not a usable web address"),
    (
        ssl.SSLCertVerificationError,
        Refused,
        "its certificate cannot be trusted ({cause.verify_message})",
    ),
    (ssl.SSLError, Unavailable, "no secure connection came about"),
    (urllib3.exceptions.InvalidChunkLength, Garbled, "the answer is not well-formed HTTP"),
    (http.client.RemoteDisconnected, Unavailable, "it closed the connection without an answer"),
    (http.client.IncompleteRead, Unavailable, "the answer was cut off"),
    (urllib3.exceptions.IncompleteRead, Unavailable, "the answer was cut off"),
    (http.client.HTTPException, Garbled, "the answer is not well-formed HTTP ({kind})"),
    (urllib3.exceptions.ProxyError, Unavailable, "the proxy cannot be reached, or refuses"),
    (ConnectionRefusedError, Unavailable, "nobody answers at that address"),
    (TimeoutError, Unavailable, "no answer in time"),
    (requests.exceptions.Timeout, Unavailable, "no answer in time"),
    (ConnectionError, Unavailable, "the connection broke"),
    (requests.exceptions.ConnectionError, Unavailable, "it cannot be reached"),
    (requests.exceptions.InvalidHeader, Garbled, "the answer is not well-formed HTTP ({kind})"),
    (requests.exceptions.RequestException, Garbled, "the answer could not be read ({kind})"),
    (OSError, Unavailable, "it cannot be reached"),
)
