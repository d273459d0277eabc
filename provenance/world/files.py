"""What a person hands in: an address, a saved page, a WARC file, or bytes on standard input."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.formats.coding import GZIP_MAGIC, CutShort, TooLarge, Undecodable, decode
from provenance.world.formats.sniff import binary_kind, looks_like_html
from provenance.world.store.fetches import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.world.formats.warc_reader import Readable
    from provenance.world.opened import OpenWorld

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:(?://|\\\\|/(?!/))", re.IGNORECASE)
_HOST_LIKE = re.compile(r"(?:www\.|[a-z0-9-]{1,63}\.)[a-z0-9.-]{2,200}(?:/|$)", re.IGNORECASE)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx"})
_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
_FILE_SUFFIXES = _HTML_SUFFIXES | _TEXT_SUFFIXES | {".warc", ".gz", ".pdf", ".wacz"}
_HEAD = 65536
_WARC = b"WARC/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """Bytes handed in: what to call them, how they came, since when they are known."""

    name: str
    url: str | None
    via: Via
    captured_at: datetime


def captures(
    target: str,
    *,
    url: str | None,
    world: OpenWorld,
    stdin: BinaryIO,
    fetch: Callable[[str], Capture] | None = None,
) -> Iterator[Capture]:
    """Every page of a target: an http(s) address, a file, a WARC file, or '-' for ``stdin``.

    ``url`` says where a saved page came from; ``fetch`` gets the page of an address, from the live
    web where it is not given. Files are kept in the store. InputError, one line
    that says what, where and what to do, for what cannot be read; a ProviderError for an address
    that gives no page. Pages that could be read before a fault are given before it is raised.
    """
    url = None if url is None else scrub(url)
    if url is not None and not is_web_url(url):
        raise InputError(f"--url {url}: not a web address; write it with https:// before it")
    if target != "-" and _SCHEME.match(target.strip()):
        world.web.name_target(target)
        yield _fetched(target, fetch or world.web.fetch)
        return
    limit = world.settings.max_bytes
    found = _piped(stdin, url, world) if target == "-" else _saved(target, url, limit)
    for page in _readable(scrub(target), found):
        world.store.fetches.keep(page, asked_by=FILE)
        yield page


def _readable(name: str, found: Iterator[Capture]) -> Iterator[Capture]:
    try:
        yield from found
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error


def _fetched(target: str, fetch: Callable[[str], Capture]) -> Capture:
    if not is_web_url(target):
        raise InputError(
            f"{scrub(target)}: not a web address; only http:// and https:// can be asked"
        )
    return fetch(target)


def _piped(stdin: BinaryIO, url: str | None, world: OpenWorld) -> Iterator[Capture]:
    limit, name = world.settings.max_bytes, "standard input"
    head = stdin.read(_HEAD)
    if _is_warc(head):
        given = _Given(name=name, url=url, via=Via.STDIN, captured_at=world.now())
        return _warc(given, _Rejoined(head, stdin), limit)
    body = head + stdin.read(max(limit + 1 - len(head), 0))
    if len(body) > limit:
        raise InputError(f"{name}: more than {limit:,} bytes, the limit for one page")
    known = world.store.fetches.first_kept(hashlib.sha256(body).hexdigest(), Via.STDIN)
    given = _Given(name=name, url=url, via=Via.STDIN, captured_at=known or world.now())
    return _pages(given, body, limit)


def _saved(target: str, url: str | None, limit: int) -> Iterator[Capture]:
    name = scrub(target)
    with open_file(target, name) as file:
        facts = os.fstat(file.fileno())
        given = _Given(name=name, url=url, via=Via.FILE, captured_at=modified(facts.st_mtime))
        head = file.read(_HEAD)
        if _is_warc(head):
            yield from _warc(given, _Rejoined(head, file), limit)
            return
        if facts.st_size > limit:
            raise InputError(_too_large(name, facts.st_size, limit))
        yield from _pages(given, head + file.read(max(limit + 1 - len(head), 0)), limit)


class _Rejoined:
    """A stream whose beginning was read to see what it is; a pipe cannot go back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes, b'' at the end."""
        part, self._head = self._head[:size], self._head[size:]
        return part or self._rest.read(size)


def read_whole(target: str, limit: int) -> bytes:
    """The bytes of a file of at most ``limit``; InputError for anything else."""
    name = scrub(target)
    with open_file(target, name) as file:
        try:
            body = file.read(limit + 1)
        except OSError as error:
            raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error
    if len(body) > limit:
        raise InputError(f"{name}: more than {limit:,} bytes")
    return body


def open_file(target: str, name: str) -> BinaryIO:
    """The file, if it is one; a pipe is read too, and never waited for when nobody writes.

    InputError, with the name, for what cannot be opened.
    """
    try:
        handle = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise InputError(_missing(name)) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{name}: cannot be opened: {why}") from error
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind) or stat.S_ISFIFO(kind):
        os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(kind):
        raise InputError(f"{name}: is a folder; name a file in it")
    raise InputError(f"{name}: is not a file")


def _missing(name: str) -> str:
    if _HOST_LIKE.match(name) and PurePath(name).suffix.lower() not in _FILE_SUFFIXES:
        return f"{name}: no such file; for a web page write the address with https:// before it"
    return f"{name}: no such file; look at the name and the folder again"


def _pages(given: _Given, body: bytes, limit: int) -> Iterator[Capture]:
    """The pages in bytes read whole."""
    suffixes = [part.lower() for part in PurePath(given.name).suffixes]
    if body.startswith(GZIP_MAGIC) and not _is_warc(body):
        body = _unpacked(given.name, body, limit)
        suffixes = [part for part in suffixes if part != ".gz"]
    if len(body) > limit:
        raise InputError(_too_large(given.name, len(body), limit))
    if _is_warc(body):
        yield from _warc(given, BytesIO(body), limit)
        return
    if not body.strip(b"\0 \t\r\n"):
        raise InputError(f"{given.name}: is empty; save the page again")
    kind = binary_kind(body)
    if kind is not None:
        raise InputError(f"{given.name}: is {kind}, not a web page or a text")
    suffix = suffixes[-1] if suffixes else ""
    html = suffix in _HTML_SUFFIXES or (suffix not in _TEXT_SUFFIXES and looks_like_html(body))
    yield Capture(
        body=body,
        url=given.url,
        responded_url=given.url,
        media_type="text/html" if html else "text/plain",
        captured_at=given.captured_at,
        via=given.via,
    )


def _warc(given: _Given, file: Readable, limit: int) -> Iterator[Capture]:
    from provenance.world.formats.warc_reader import read_pages

    return read_pages(given.name, file, undated=given.captured_at, max_bytes=limit)


def _is_warc(head: bytes) -> bool:
    """Whether bytes begin a WARC file, plain or compressed."""
    if head.startswith(GZIP_MAGIC):
        from zlib import MAX_WBITS, decompressobj, error

        try:
            head = decompressobj(16 + MAX_WBITS).decompress(head, len(_WARC))
        except error:
            return False
    return head.startswith(_WARC)


def _unpacked(name: str, body: bytes, limit: int) -> bytes:
    try:
        return decode(body, ("gzip",), limit)
    except TooLarge as error:
        raise InputError(f"{name}: unpacks to {error}, the limit for one page") from error
    except CutShort as error:
        raise InputError(f"{name}: a gzip file that is cut off; fetch it again whole") from error
    except Undecodable as error:
        raise InputError(f"{name}: a damaged gzip file; fetch it again") from error


def _too_large(name: str, size: int, limit: int) -> str:
    return f"{name}: {size:,} bytes, more than the {limit:,} that one page may have (max_bytes)"


def modified(seconds: float) -> datetime:
    """When a file was changed, by its seconds since 1970; 1970 where they are no time."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
