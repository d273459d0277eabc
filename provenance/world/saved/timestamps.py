"""Time-stamps of a third party (RFC 3161): asked for over the one session, checked offline.

Only a digest is sent. The authority's reply is kept as it came: some cannot be written anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import Garbled, InputError, Refused, SettingsError
from provenance.model import Verification
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.archives.answers import check_status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import ModuleType

    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampTokenInfo

    from provenance.world.http.web import PoliteWeb

_TYPES = (
    ("Content-Type", "application/timestamp-query"),
    ("Accept", "application/timestamp-reply"),
)
_MISSING = "time-stamps want: pip install 'provenance-check[timestamp]'"
_GRANTED = (0, 1)
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A time-stamping authority that the person named."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The raw reply of an authority, and the time that it states, in UTC."""

    reply: bytes
    at: datetime


def authority_of(text: str) -> Authority:
    """An authority from NAME=URL; SettingsError for anything else, or without the extra."""
    name, equals, url = (part.strip() for part in text.partition("="))
    if not (equals and name.isprintable() and 0 < len(name) <= 80 and is_web_url(url)):
        raise SettingsError(f"timestamp: {text[:80]!r} is not NAME=URL (tsa=https://tsa.example)")
    _library()
    return Authority(name=name, url=url)


def stamp(authority: Authority, data: bytes, web: PoliteWeb) -> Stamp:
    """Has an authority state that ``data`` is there by now; a ProviderError when it does not."""
    rfc3161 = _library()
    builder = rfc3161.TimestampRequestBuilder(hash_algorithm=rfc3161.HashAlgorithm.SHA256)
    request = builder.data(data).build()
    service = web.of_service(authority.url)
    answer = service.post(authority.name, authority.url, request.as_bytes(), headers=_TYPES)
    check_status(authority.name, authority.url, answer)
    try:
        reply = rfc3161.decode_timestamp_response(answer.body)
    except ValueError as error:
        raise Garbled(authority.name, authority.url, "its reply is no time-stamp") from error
    if reply.status not in _GRANTED:
        said = " ".join(scrub(" ".join(reply.status_string)).split())[:200] or "no reason given"
        raise Refused(authority.name, authority.url, f"it grants no time-stamp: {said}")
    found = reply.tst_info
    if found.message_imprint.message != _digest(data, found) or found.nonce != request.nonce:
        raise Garbled(authority.name, authority.url, "its time-stamp is of something else")
    return Stamp(reply=answer.body, at=found.gen_time)


def read_roots(path: str, body: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM file; InputError where there are none."""
    _library()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return tuple(load_pem_x509_certificates(body))
    except ValueError as error:
        raise InputError(f"{path}: holds no certificates in PEM") from error


def check_stamp(
    data: bytes, reply: bytes, roots: Sequence[Certificate]
) -> tuple[Verification, datetime | None]:
    """Whether a kept reply is of ``data`` and signed below one of ``roots``; and its time.

    The time is given only where nothing speaks against it; without ``roots`` nobody can say whose
    word it is.
    """
    claim = "its time-stamp is of these very bytes, and of a trusted authority"
    rfc3161 = _library()
    try:
        found = rfc3161.decode_timestamp_response(reply[:_MOST_BYTES])
        info = found.tst_info
        same = info.message_imprint.message == _digest(data, info)
    except ValueError:
        why = "it cannot be read as one: it was altered"
        return Verification(claim=claim, holds=False, why=why), None
    if not same:
        why = "it is of other bytes: they, or it, were altered"
        return Verification(claim=claim, holds=False, why=why), None
    if not roots:
        why = f"it states {info.gen_time:%Y-%m-%d %H:%M:%S} UTC; whose word that is was not checked"
        return Verification(claim=claim, holds=None, why=f"{why} (--tsa-root)"), None
    builder = rfc3161.VerifierBuilder(roots=list(roots))
    try:
        builder.build().verify(found, info.message_imprint.message)
    except (rfc3161.VerificationError, ValueError) as error:
        why = f"it is not signed as the certificates given want: {scrub(str(error))[:200]}"
        return Verification(claim=claim, holds=False, why=why), None
    why = f"stamped {info.gen_time:%Y-%m-%d %H:%M:%S} UTC"
    return Verification(claim=claim, holds=True, why=why), info.gen_time


def _digest(data: bytes, info: TimeStampTokenInfo) -> bytes:
    """The digest of data by the algorithm of a time-stamp; b'' for an unknown one."""
    names = {
        "2.16.840.1.101.3.4.2.1": "sha256",
        "2.16.840.1.101.3.4.2.2": "sha384",
        "2.16.840.1.101.3.4.2.3": "sha512",
    }
    name = names.get(info.message_imprint.hash_algorithm.dotted_string)
    return hashlib.new(name, data).digest() if name else b""


def _library() -> ModuleType:
    try:
        import rfc3161_client
    except ImportError as error:
        raise SettingsError(_MISSING) from error
    return rfc3161_client
