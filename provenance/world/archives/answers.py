"""What the answer of an archive means before anybody reads it as a list or a page.

Four answers are possible and must not be confused: found, none, will not say (Refused) and could
not be asked (Unavailable, Garbled). The Wayback Machine says "will not say" in a 403 with a Java
exception, or in a 200 page; "could not be asked" comes as 429, 5xx, or a friendly page with 200.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.world.http.throttle import parse_retry_after

if TYPE_CHECKING:
    from provenance.model import Capture

_LOOKED_AT = 60_000
_EXCLUDED = re.compile(
    rb"AdministrativeAccessControlException|Blocked Site Error"
    rb"|This URL has been excluded from the Wayback Machine",
    re.IGNORECASE,
)
_ROBOTS = re.compile(
    rb"RobotAccessControlException|blocked by robots\.txt"
    rb"|cannot be crawled or displayed due to robots\.txt",
    re.IGNORECASE,
)
_CLOSED = {
    401: "wants a log-in",
    403: "forbids the question",
    451: "is barred from showing it by law",
}
_MESSAGE = re.compile(rb'"(?:message|error)"\s*:\s*"((?:[^"\\]|\\.){1,200})"')


def check_status(provider: str, asked: str, capture: Capture) -> None:
    """Raises what a status that is not 2xx means; returns for 2xx and 404.

    ``asked`` is what was asked about, in the words of a report.
    """
    status = capture.status or 0
    barred = exclusion(capture)
    if barred:
        raise Refused(provider, asked, barred)
    if 200 <= status < 300 or status == 404:
        return
    raise _meaning(provider, asked, status, capture)


def exclusion(capture: Capture) -> str | None:
    """Why the archive says that it will not show this address, or None when it does not say so.

    A list of captures is never read for such words, nor a page that was itself archived.
    """
    start = capture.body[:_LOOKED_AT]
    listed = 200 <= (capture.status or 0) < 300 and not start.lstrip().startswith(b"<")
    if listed or capture.header("memento-datetime"):
        return None
    said = (capture.header("x-archive-wayback-runtime-error") or "").encode("utf-8", "replace")
    if _EXCLUDED.search(start) or _EXCLUDED.search(said):
        return "the site is excluded from this archive"
    if _ROBOTS.search(start) or _ROBOTS.search(said):
        return "the site's robots.txt keeps it out of this archive"
    return None


def _meaning(provider: str, asked: str, status: int, capture: Capture) -> ProviderError:
    if status == 429:
        wait = parse_retry_after(capture.header("retry-after"), capture.captured_at)
        why = "it was asked too often (HTTP 429)"
        return Unavailable(provider, asked, why, status=status, retry_after=wait or 60.0)
    if status in _CLOSED:
        return Refused(provider, asked, f"it {_CLOSED[status]} (HTTP {status})", status=status)
    if status >= 500 or status in {408, 425}:
        wait = parse_retry_after(capture.header("retry-after"), capture.captured_at)
        why = f"it cannot answer now (HTTP {status})"
        return Unavailable(provider, asked, why, status=status, retry_after=wait)
    if 300 <= status < 400:
        where = (capture.header("location") or "nowhere")[:200]
        why = f"it sends the question to {where} (HTTP {status})"
        return Garbled(provider, asked, why, status=status)
    found = _MESSAGE.search(capture.body[:_LOOKED_AT])
    said = f": {found.group(1).decode('utf-8', 'replace')}" if found else ""
    why = f"it does not take the question (HTTP {status}){said}"
    return Garbled(provider, asked, why, status=status)
