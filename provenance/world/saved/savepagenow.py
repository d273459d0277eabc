"""Save Page Now 2: the Wayback Machine is asked to capture a page, with a key, never without.

After the Internet Archive's "Save Page Now 2 Public API Docs (Draft)": a POST gives a job, which
is asked after until it is done. Failures come as ``status_ext`` inside an answer with status 200.
A POST is sent once: without an answer it is not known whether it was taken. Keys are sent in one
header, to the host they belong to, and are neither kept nor shown.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from provenance.errors import Garbled, ProviderError, Refused, SettingsError, Unavailable
from provenance.model import Event, Precision, Sighting, Witness
from provenance.text.json_text import parse_json
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url, split
from provenance.world.archives.answers import check_status
from provenance.world.archives.replay import replay_address
from provenance.world.http.rate_limits import Purpose, RateLimiter, is_own

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provenance.model import Capture
    from provenance.world.opened import OpenWorld

WAYBACK = "https://web.archive.org"
KEYS = ("IA_ACCESS_KEY", "IA_SECRET_KEY")
_NAME = "save-page-now"
_PER_MINUTE = 12.0
_FIRST_PAUSE, _LONGEST_PAUSE, _GROWTH = 2.0, 10.0, 1.5
_STAMP = re.compile(r"\d{14}")
_JOB = re.compile(r"[A-Za-z0-9._-]{1,200}")
# What asking again for the same page will not mend; every other failure may pass.
_FINAL = frozenset(
    f"error:{name}"
    for name in (
        "bad-request",
        "blocked",
        "blocked-client-ip",
        "blocked-url",
        "filesize-limit",
        "ftp-access-denied",
        "http-version-not-supported",
        "invalid-host-resolution",
        "invalid-url-syntax",
        "method-not-allowed",
        "network-authentication-required",
        "no-access",
        "not-found",
        "not-implemented",
        "too-many-redirects",
        "unauthorized",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """An account's S3-like keys (archive.org/account/s3.php); never shown."""

    access: str = field(repr=False)
    secret: str = field(repr=False)


def keys_from(environment: Mapping[str, str]) -> Keys:
    """The keys in ``IA_ACCESS_KEY`` and ``IA_SECRET_KEY``; SettingsError when one is not usable."""
    access, secret = (environment.get(name, "").strip() for name in KEYS)
    if not access or not secret:
        raise SettingsError(
            f"--wayback needs {KEYS[0]} and {KEYS[1]} in the environment"
            " (https://archive.org/account/s3.php); pages are never saved anonymously"
        )
    if not re.fullmatch(r"[!-~]+", access + secret):
        raise SettingsError(f"{KEYS[0]}, {KEYS[1]}: a key holds letters, digits and signs only")
    return Keys(access=access, secret=secret)


class SavePageNow:
    """Asks the Wayback Machine at ``base_url`` for captures, through the world's one session.

    SettingsError for an address that would carry the keys unencrypted over a network. ``sleep``
    waits between two questions after one job.
    """

    def __init__(
        self,
        world: OpenWorld,
        keys: Keys,
        *,
        base_url: str = WAYBACK,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if split(base_url).scheme != "https" and not is_own(base_url):
            raise SettingsError(f"{base_url}: keys are sent over https only")
        world.web.secrets.add(keys.access, keys.secret)
        self._web = world.web.of_service(base_url)
        self._headers = (
            ("Accept", "application/json"),
            ("Authorization", f"LOW {keys.access}:{keys.secret}"),
        )
        self._now = world.now
        self._limits = RateLimiter(world.store.hosts, world.now, sleep=sleep)
        self._base = base_url.rstrip("/")
        self._sleep = sleep

    def save(self, url: str, *, budget: float, unless_within: str | None = None) -> Sighting:
        """The capture of ``url``: a new one, or one not older than ``unless_within`` (as "3d").

        Waits at most ``budget`` seconds for it. Refused when it will not be captured, Unavailable
        when it cannot be now or is not done in time, Garbled when the answer makes no sense.
        """
        job = self._start(url, unless_within)
        end, pause = self._now().timestamp() + budget, _FIRST_PAUSE
        while self._now().timestamp() + pause <= end:
            self._sleep(pause)
            pause = min(pause * _GROWTH, _LONGEST_PAUSE)
            try:
                reply = self._status(url, job)
            except Unavailable as error:  # the job goes on without us
                pause = max(pause, error.retry_after or 0.0)
                continue
            if reply.get("status") == "success":
                return self._sighting(url, reply)
            if reply.get("status") != "pending":
                raise _fault(url, reply)
        raise Unavailable(
            _NAME, url, f"the capture was not done within {budget:g} s; it may be later (job {job})"
        )

    def _start(self, url: str, unless_within: str | None) -> str:
        form = [("url", url), ("skip_first_archive", "1")]
        if unless_within:
            form.append(("if_not_archived_within", unless_within))
        place = f"{self._base}/save"
        self._limits.wait(_NAME, place, Purpose.SAVE, _PER_MINUTE)
        try:
            answer = self._web.post(_NAME, place, tuple(form), headers=self._headers)
        except ProviderError as error:
            self._limits.record_failure(place, error)
            raise
        self._limits.record_answer(place, answer)
        reply = _read(url, answer)
        job = reply.get("job_id")
        if not isinstance(job, str) or not _JOB.fullmatch(job):
            raise _fault(url, reply)
        return job

    def _status(self, url: str, job: str) -> dict[str, Any]:
        address = f"{self._base}/save/status/{quote(job, safe='')}"
        # A kept answer is never good: the same question is asked until its answer changes.
        answer = self._web.ask(_NAME, address, max_age=-1.0, headers=self._headers)
        self._limits.record_answer(address, answer)
        return _read(url, answer)

    def _sighting(self, url: str, reply: Mapping[str, Any]) -> Sighting:
        stamp, original = str(reply.get("timestamp", "")), reply.get("original_url")
        day, clock = stamp[:8], stamp[8:] if _STAMP.fullmatch(stamp) else "none"
        try:
            at = datetime.fromisoformat(f"{day}T{clock}+00:00")
        except ValueError as error:
            raise Garbled(_NAME, url, "it says done but not when it captured the page") from error
        captured = scrub(original) if isinstance(original, str) and is_web_url(original) else url
        return Sighting(
            url=captured,
            at=at,
            precision=Precision.SECOND,
            witness=Witness.ARCHIVE,
            event=Event.CAPTURED,
            basis="Save Page Now",
            memento=replay_address(f"{self._base}/web", stamp, captured),
        )


def _read(url: str, answer: Capture) -> dict[str, Any]:
    if answer.status in {401, 403}:
        why = f"it does not accept the keys (HTTP {answer.status})"
        raise Refused(_NAME, url, why, status=answer.status)
    check_status(_NAME, url, answer)
    try:
        reply = parse_json(answer.body)
    except ValueError as error:
        raise Garbled(_NAME, url, "its answer is not well-formed JSON") from error
    if not isinstance(reply, dict):
        raise Garbled(_NAME, url, "its answer is no JSON object")
    return reply


def _fault(url: str, reply: Mapping[str, Any]) -> ProviderError:
    """What an answer without a job or a capture means."""
    kind = str(reply.get("status_ext", ""))[:80]
    said = " ".join(scrub(str(reply.get("message") or kind or "no reason given")).split())[:200]
    if kind in _FINAL:
        return Refused(_NAME, url, f"it will not capture this page: {said}")
    if kind or reply.get("message"):
        return Unavailable(_NAME, url, f"it could not capture the page: {said}")
    return Garbled(_NAME, url, "its answer names neither a job nor a reason")
