"""What a person hands in: an address, a saved page, a WARC file, or bytes on standard input."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.formats import saved_page
from provenance.world.formats.coding import GZIP_MAGIC, CutShort, TooLarge, Undecodable, decode
from provenance.world.formats.sniff import ARC, PDF, WACZ, WARC, binary_kind, looks_like_html
from provenance.world.store.fetches import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.world.formats.saved_page import SavedPage
    from provenance.world.formats.warc_reader import Readable
    from provenance.world.opened import OpenWorld

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:(?://|\\\\|/(?!/))", re.IGNORECASE)
_HOST_LIKE = re.compile(r"(?:www\.|[a-z0-9-]{1,63}\.)[a-z0-9.-]{2,200}(?:/|$)", re.IGNORECASE)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx"})
_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
_HOLDERS = frozenset({".warc", ".arc", ".gz", ".pdf", ".wacz", ".mhtml", ".mht", ".har"})
_FILE_SUFFIXES = _HTML_SUFFIXES | _TEXT_SUFFIXES | _HOLDERS
_HEAD = 65536
# A file that holds pages may be so many times as large as a page.
_HOLDS = 20
_A_DAY = timedelta(days=1)


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
    if target == "-":
        found = _piped(stdin, url, world)
    elif os.path.isdir(target):  # noqa: PTH112 - False, not an error, for what no file can be called
        found = _of_folder(target, url, limit)
    else:
        found = _saved(target, url, limit)
    for page in _readable(scrub(target), found):
        world.store.fetches.keep(page, asked_by=FILE)
        yield page


def read_upload(name: str, body: bytes, *, url: str | None, world: OpenWorld) -> Iterator[Capture]:
    """Every page in bytes that a person handed in; ``name`` is no path, nothing is opened by it.

    The bytes are kept. ``url`` says where a saved page came from. InputError as for ``captures``.
    """
    name = scrub(PurePath(name).name)[:200] or "a page"
    known = world.store.fetches.first_kept(hashlib.sha256(body).hexdigest(), Via.FILE)
    given = _Given(name=name, url=url, via=Via.FILE, captured_at=known or world.now())
    for page in _pages(given, body, world.settings.max_bytes):
        world.store.fetches.keep(page, asked_by=FILE)
        yield page


def saved_pages(target: str, *, max_bytes: int) -> Iterator[Capture]:
    """Every page of a file, as ``captures`` gives them; nothing is kept."""
    return _readable(scrub(target), _saved(target, None, max_bytes))


def _readable(name: str, found: Iterator[Capture]) -> Iterator[Capture]:
    try:
        yield from found
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error


def files_of(folder: str) -> tuple[str, ...]:
    """The files of pages and texts in a folder and those below it, in order of name.

    What a page was saved with (``..._files``) and what is no kind of page is passed over.
    InputError for a folder without any.
    """
    found = list[str]()
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.endswith(("_files", ".files")))
        kinds = (each for each in sorted(names) if PurePath(each).suffix.lower() in _FILE_SUFFIXES)
        found += (str(Path(here, each)) for each in kinds)
    if not found:
        raise InputError(f"{scrub(folder)}: is a folder without a page or a text in it")
    return tuple(found)


def _of_folder(target: str, url: str | None, limit: int) -> Iterator[Capture]:
    """The pages of all files in a folder; InputError at the end for those that were not read."""
    name, faults = scrub(target), list[str]()
    if url is not None:
        raise InputError(f"{name}: is a folder; --url says where one saved page came from")
    for each in files_of(target):
        try:
            yield from _saved(each, None, limit)
        except (InputError, OSError) as error:
            faults.append(str(error))
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise InputError(f"{name}: not all of it could be read: {faults[0]}{more}")


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
    most = _most(head, limit)
    body = head + stdin.read(max(most + 1 - len(head), 0))
    if len(body) > most:
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
        if head.startswith(WACZ):
            yield from _wacz(given, file, limit)
            return
        most = _most(head, limit)
        if facts.st_size > most:
            raise InputError(_too_large(name, facts.st_size, most))
        yield from _pages(given, head + file.read(max(most + 1 - len(head), 0)), limit)


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
    if _is_warc(body):
        yield from _warc(given, BytesIO(body), limit)
        return
    if body.startswith(WACZ):
        yield from _wacz(given, BytesIO(body), limit)
        return
    if holder := _holder(body):
        yield from holder(given, body, limit)
        return
    if len(body) > limit:
        raise InputError(_too_large(given.name, len(body), limit))
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


def _holder(body: bytes) -> Callable[[_Given, bytes, int], Iterator[Capture]] | None:
    """What reads a file that holds pages within it; None for a page or a text."""
    if body.startswith(PDF):
        return _pdf
    if saved_page.is_mhtml(body[:_HEAD]):
        return _mhtml
    return _har if saved_page.is_har(body[:_HEAD]) else None


def _most(head: bytes, limit: int) -> int:
    """How many bytes a file may have: one that holds pages holds their pictures too."""
    return limit * _HOLDS if head.startswith(WACZ) or _holder(head) else limit


def _mhtml(given: _Given, body: bytes, limit: int) -> Iterator[Capture]:
    try:
        yield _of_saved(given, saved_page.read_mhtml(body), limit)
    except ValueError as error:
        raise InputError(f"{given.name}: {error}") from error


def _har(given: _Given, body: bytes, limit: int) -> Iterator[Capture]:
    pages = 0
    try:
        for page in saved_page.read_har(body):
            pages += 1
            yield _of_saved(given, page, limit)
    except ValueError as error:
        raise InputError(f"{given.name}: {error}") from error
    if not pages:
        raise InputError(f"{given.name}: a HAR file without the text of an HTML page")


def _pdf(given: _Given, body: bytes, limit: int) -> Iterator[Capture]:
    from provenance.world.formats.pdf_text import pdf_text

    try:
        text = pdf_text(body, limit)
    except ValueError as error:
        raise InputError(f"{given.name}: {error}") from error
    yield Capture(
        body=text.encode(),
        url=given.url,
        responded_url=given.url,
        headers=(("content-type", "text/plain; charset=utf-8"),),
        media_type="text/plain",
        captured_at=given.captured_at,
        via=given.via,
        notes=("its text was taken from a PDF document",),
    )


def _of_saved(given: _Given, page: SavedPage, limit: int) -> Capture:
    """A page with the address and the day that its file gives; what a person says goes first.

    A day after the file's own is not believed.
    """
    if len(page.body) > limit:
        raise InputError(_too_large(given.name, len(page.body), limit))
    if not page.body.strip():
        raise InputError(f"{given.name}: the page in it is empty")
    at = page.at if page.at is not None and page.at <= given.captured_at + _A_DAY else None
    saved = f", as is the day of saving, {at.astimezone(UTC):%Y-%m-%d}" if at else ""
    note = f"the address is the saved file's own word{saved}"
    return Capture(
        body=page.body,
        url=given.url or page.url,
        responded_url=given.url or page.url,
        headers=(("content-type", page.content_type),) if page.content_type else (),
        media_type="text/html",
        captured_at=at.astimezone(UTC) if at else given.captured_at,
        via=given.via,
        notes=(note,) if page.url and not given.url else (),
    )


def _wacz(given: _Given, file: BinaryIO, limit: int) -> Iterator[Capture]:
    from provenance.world.formats.wacz_reader import read_wacz

    if not file.seekable():
        file = BytesIO(file.read())
    return read_wacz(given.name, file, undated=given.captured_at, max_bytes=limit)


def _warc(given: _Given, file: Readable, limit: int) -> Iterator[Capture]:
    from provenance.world.formats.warc_reader import read_pages

    return read_pages(given.name, file, undated=given.captured_at, max_bytes=limit)


def _is_warc(head: bytes) -> bool:
    """Whether bytes begin a WARC or ARC file, plain or compressed."""
    if head.startswith(GZIP_MAGIC):
        from zlib import MAX_WBITS, decompressobj, error

        try:
            head = decompressobj(16 + MAX_WBITS).decompress(head, len(ARC))
        except error:
            return False
    return head.startswith((WARC, ARC))


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
