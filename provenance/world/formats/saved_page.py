"""Pages within files that browsers save with all that belongs to them: MHTML and HAR."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from provenance.text.dates import iso_time
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import Message

_WINDOW = 8192
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MOST_PARTS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page in a file; ``url`` and ``at`` are the file's own word, or None.

    ``content_type`` is as the page's own server gave it, '' where that is not kept.
    """

    url: str | None
    at: datetime | None
    body: bytes
    content_type: str = ""


def is_mhtml(head: bytes) -> bool:
    """Whether bytes begin a page saved with all its parts in one file (RFC 2557)."""
    lines = re.split(rb"\r?\n\r?\n", head[:_WINDOW], maxsplit=1)[0].lower()
    return lines.startswith(b"from: <saved") or (
        b"multipart/related" in lines and b"mime-version:" in lines
    )


def read_mhtml(body: bytes) -> SavedPage:
    """The page of an MHTML file: its first HTML part; ValueError where there is none."""
    from email import message_from_bytes, policy

    message = message_from_bytes(body, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() in _HTML:
            return _of_part(message, part)
    raise ValueError("no HTML page in this MHTML file")


def is_har(head: bytes) -> bool:
    """Whether bytes begin a browser's record of its requests (HTTP Archive)."""
    return re.match(rb'\s*\{\s*"log"\s*:\s*\{', head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_har(body: bytes) -> Iterator[SavedPage]:
    """Each HTML page that a HAR file holds the text of; ValueError for what is none."""
    try:
        entries = json.loads(body)["log"]["entries"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a HAR file, or cut off") from error
    for entry in entries if isinstance(entries, list) else ():
        try:
            page = _of_entry(entry)
        except (KeyError, TypeError, ValueError):
            continue
        if page is not None:
            yield page


def _of_part(message: Message, part: Message) -> SavedPage:
    named = (part.get("Content-Location"), message.get("Snapshot-Content-Location"))
    url = next((text for each in named if is_web_url(text := scrub(str(each or "")).strip())), None)
    content = part.get_payload(decode=True)
    return SavedPage(
        url=url,
        at=_date(str(message.get("Date") or "")),
        body=content if isinstance(content, bytes) else b"",
        content_type=scrub(str(part.get("Content-Type") or "")),
    )


def _of_entry(entry: Any) -> SavedPage | None:
    content, status = entry["response"]["content"], entry["response"].get("status")
    media_type = str(content.get("mimeType", ""))
    if status != 200 or media_type.partition(";")[0].strip().lower() not in _HTML:
        return None
    text = str(content["text"])
    packed = content.get("encoding") == "base64"
    url = scrub(str(entry["request"]["url"]))
    try:
        body = base64.b64decode(text) if packed else scrub(text).encode()
    except binascii.Error:
        return None
    return SavedPage(
        url=url if is_web_url(url) else None,
        at=iso_time(str(entry.get("startedDateTime", ""))),
        body=body,
        content_type=media_type if packed else "text/html; charset=utf-8",
    )


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found if found.tzinfo else None
