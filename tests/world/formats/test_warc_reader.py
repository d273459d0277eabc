"""Pages out of WARC files, whole ones and hostile ones."""

from __future__ import annotations

import gzip
import io
import logging
import os
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InputError
from provenance.model import Settings, Via
from provenance.world import open_world
from provenance.world.files import captures
from provenance.world.formats.warc_reader import read_pages, read_records
from tests.world.evil import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.model import Capture

PAGE = b"<html><p>The harbour wall was mended in spring.</p></html>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
LIMIT = 100_000
INFO = b"software: a pen\r\n"


def record(
    block: bytes = HTTP + PAGE,
    kind: str = "response",
    uri: str | None = "https://post.example/harbour",
    length: str | None = "right",
    **headers: str,
) -> bytes:
    """One WARC record; header names are written with underscores."""
    given_ = {
        "WARC-Type": kind,
        "WARC-Date": "2026-02-03T04:05:06Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "Content-Type": "application/http; msgtype=response",
    }
    if uri is not None:
        given_["WARC-Target-URI"] = uri
    if length is not None:
        given_["Content-Length"] = str(len(block)) if length == "right" else length
    given_.update({name.replace("_", "-"): value for name, value in headers.items()})
    lines = "".join(f"{name}: {value}\r\n" for name, value in given_.items())
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def found(data: bytes, limit: int = LIMIT) -> tuple[list[Capture], str]:
    """The pages given, and the line it ended in ('' when all was well)."""
    reading = read_pages("a.warc", io.BytesIO(data), undated=NOON, max_bytes=limit)
    given_: list[Capture] = []
    try:
        while (page := next(reading, None)) is not None:
            given_.append(page)
    except InputError as error:
        return given_, str(error)
    return given_, ""


def test_a_page_says_where_and_when_it_was_captured() -> None:
    [page], line = found(record())
    assert line == ""
    assert page.url == page.responded_url == "https://post.example/harbour"
    assert page.captured_at == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert (page.status, page.via, page.body) == (200, Via.WARC, PAGE)
    assert (page.media_type, page.memento) == ("text/html", None)
    assert page.headers == (("content-type", "text/html; charset=utf-8"),)


def test_only_html_answers_are_pages() -> None:
    data = b"".join(
        [
            record(INFO, "warcinfo", None, Content_Type="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", "request"),
            record(HTTP.replace(b"text/html", b"image/png") + b"png"),
            record(HTTP.replace(b"200 OK", b"301 Moved") + PAGE),
            record(HTTP.replace(b"200 OK", b"404 None") + PAGE),
            record(HTTP.replace(b"text/html", b"Application/XHTML+XML") + PAGE),
            record(b"a dns answer", uri="dns:post.example", Content_Type="text/dns"),
            record(HTTP, "revisit"),
            record(HTTP.replace(b"200", b"2" * 5000) + PAGE),
            record(HTTP.replace(b"200", "\u00b2\u00b2\u00b2".encode()) + PAGE),
            record(HTTP.replace(b" 200 OK", b"") + PAGE),
            record(b""),
            record(PAGE, "resource", Content_Type="image/png"),
            record(
                PAGE, "resource", uri="metadata://crawler.example/log", Content_Type="text/plain"
            ),
            record(
                PAGE, "resource", uri="urn:text:https://post.example/a", Content_Type="text/html"
            ),
            record(PAGE, "metadata"),
            record(uri="https://post.example/second"),
        ]
    )
    given_, line = found(data)
    assert [page.url for page in given_] == [
        "https://post.example/harbour",
        "https://post.example/second",
    ]
    assert line == ""


@pytest.mark.parametrize(
    ("uri", "kind", "url"),
    [
        ("https://post.example/saved", "text/html", "https://post.example/saved"),
        (f"urn:sha256:{'0' * 64}", "text/html; charset=utf-8", None),
        (f"urn:sha256:{'0' * 64}", "text/plain", None),
    ],
)
def test_a_page_that_was_handed_in_and_saved_is_one_again(
    uri: str, kind: str, url: str | None
) -> None:
    [page], line = found(record(PAGE, "resource", uri=uri, Content_Type=kind))
    assert line == ""
    assert (page.url, page.status, page.headers) == (url, None, ())
    assert (page.body, page.media_type) == (PAGE, kind.partition(";")[0])


@pytest.mark.parametrize("pack", ["plain", "records", "whole", "records-with-zeros"])
def test_however_it_is_packed(pack: str) -> None:
    records = [record(uri=f"https://post.example/{number}") for number in range(5)]
    data = {
        "plain": b"".join(records),
        "records": b"".join(gzip.compress(each, mtime=0) for each in records),
        "whole": gzip.compress(b"".join(records)),
        "records-with-zeros": b"".join(
            gzip.compress(each, mtime=0) + b"\0" * 512 for each in records
        ),
    }[pack]
    given_, line = found(data)
    assert ([page.url for page in given_], line) == (
        [f"https://post.example/{number}" for number in range(5)],
        "",
    )


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n1;a=b\r\n!\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("headers", "payload", "body"),
    [
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE, mtime=0), PAGE),
        (b"Content-Encoding: gzip\r\n", PAGE, PAGE),
        (b"Content-Encoding: br\r\n", PAGE, PAGE),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE), PAGE),
        (b"Transfer-Encoding: chunked\r\n", chunked(PAGE), PAGE + b"!"),
        (b"Transfer-Encoding: chunked\r\n", PAGE, PAGE),
        (b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n", b"hello"),
        (b"Transfer-Encoding: chunked\r\n", b"5\nhello\n0\n", b"hello"),
        (b"Transfer-Encoding: chunked\r\n", b"ffffffff\r\nhello", b"hello"),
        (b"Transfer-Encoding: chunked\r\n", b"-1\r\nhello", b"-1\r\nhello"),
        (
            b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            b"%x\r\n%s\r\n0\r\n\r\n"
            % (len(gzip.compress(PAGE, mtime=0)), gzip.compress(PAGE, mtime=0)),
            PAGE,
        ),
        (b"X-Folded: a\r\n b\r\nNo colon here\r\n: no name\r\n", PAGE, PAGE),
        (b"", b"", b""),
    ],
)
def test_codings_are_undone_where_they_were_kept(
    headers: bytes, payload: bytes, body: bytes
) -> None:
    given_, line = found(record(HTTP[:-2] + headers + b"\r\n" + payload))
    assert ([page.body for page in given_], line) == ([body], "")


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2026-02-03T04:05:06.789Z", datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)),
        ("2026-02-03T04:05:06+02:00", datetime(2026, 2, 3, 2, 5, 6, tzinfo=UTC)),
        ("2026-02-03T04:05:06", datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)),
        ("2026-02-03", datetime(2026, 2, 3, tzinfo=UTC)),
        ("yesterday", NOON),
        ("0000-00-00T00:00:00Z", NOON),
        ("9999-12-31T23:59:59-23:00", NOON),
        ("", NOON),
    ],
)
def test_dates(date: str, at: datetime) -> None:
    [page], _ = found(record(WARC_Date=date))
    assert page.captured_at == at


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("<https://post.example/a>", "https://post.example/a"),
        ("https://post.example/a b", "https://post.example/a%20b"),
        ("https://m\u00fcnchen.example/", "https://m\u00fcnchen.example/"),
        ("http://", None),
        ("https://[::1", None),
    ],
)
def test_addresses(uri: str, url: str | None) -> None:
    [page], _ = found(record(uri=uri))
    assert page.url == url


@pytest.fixture
def bare_logging() -> Iterator[None]:
    """The root logger as a program has it that set up nothing: warnings go to standard error."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    yield
    root.handlers = handlers


@pytest.mark.usefixtures("bare_logging")
def test_a_space_in_an_address_is_no_damage(capfd: pytest.CaptureFixture[str]) -> None:
    pages, line = found(record(uri="https://post.example/a b") + GOOD)
    assert [page.url for page in pages] == ["https://post.example/a%20b", GOOD_URL]
    assert line == ""
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("pack", ["plain", "records", "records-with-zeros"])
def test_a_record_is_read_again_from_its_offset(pack: str) -> None:
    padding = b"\0" * 700 if pack == "records-with-zeros" else b""
    parts = [record(uri=f"https://post.example/{number}") for number in range(4)]
    packed = [part if pack == "plain" else gzip.compress(part, mtime=0) for part in parts]
    data = b"".join(part + padding for part in packed)
    for number, seen in enumerate(list(read_records(io.BytesIO(data)))):
        again = next(read_records(io.BytesIO(data[seen.offset :]), start=seen.offset))
        assert again.target == seen.target == f"https://post.example/{number}"
        assert again.offset == seen.offset == data.index(packed[number])
        assert again.body(LIMIT) == PAGE


GOOD, GOOD_URL = record(), "https://post.example/harbour"
BROKEN: dict[str, tuple[bytes, int, str]] = {
    "no-pages": (record(INFO, "warcinfo", None), 0, "no HTML page"),
    "script-address": (record(uri="javascript:alert(1)"), 0, "no HTML page"),
    "no-address": (GOOD + record(uri=None), 1, "damage behind page 1"),
    "negative-length": (GOOD + record(length="-1"), 1, "not as long as it says"),
    "short-length": (GOOD + record(length="5"), 1, "not as long as it says"),
    "no-length": (GOOD + record(length=None), 1, "how long"),
    "word-length": (GOOD + record(length="ten"), 1, "not as long as it says"),
    "long-length": (GOOD + record(length="999999"), 1, "more than 100,000"),
    "longer-than-file": (GOOD + record(length="5000"), 1, "cut off before its end"),
    "cut": (GOOD + record()[:-60], 1, "cut off before its end"),
    "cut-in-gzip": (gzip.compress(GOOD, mtime=0) + gzip.compress(record())[:-40], 1, "cut off"),
    "cut-in-gzip-head": (gzip.compress(GOOD, mtime=0) + gzip.compress(record())[:30], 1, "cut off"),
    "cut-in-gzip-magic": (gzip.compress(GOOD, mtime=0) + b"\x1f\x8b", 1, "cut off"),
    "bad-gzip": (
        gzip.compress(GOOD, mtime=0) + b"\x1f\x8b\x08" + b"\xff" * 50,
        1,
        "not packed the way",
    ),
    "junk-behind-gzip": (gzip.compress(GOOD, mtime=0) + b"junk", 1, "not all of it is gzip"),
    "empty-members": (gzip.compress(GOOD, mtime=0) + gzip.compress(b"") * 60_000, 1, "many pieces"),
    "junk-behind": (GOOD + b"junk" * 50, 1, "not a WARC record"),
    "not-the-second": (gzip.compress(GOOD, mtime=0) + gzip.compress(b"hello"), 1, ""),
    "too-large": (record(HTTP + b"x" * (LIMIT + 1)) + GOOD, 1, "more than 100,000 bytes"),
    "bomb": (
        record(
            HTTP[:-2]
            + b"Content-Encoding: gzip\r\n\r\n"
            + gzip.compress(b"\0" * 9_000_000, mtime=0)
        )
        + GOOD,
        1,
        "more than 100,000 bytes",
    ),
    "cut-coding": (
        record(HTTP[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE, mtime=0)[:-9])
        + GOOD,
        1,
        "cut off before its end",
    ),
    "unknown-coding": (
        record(HTTP[:-2] + b"Content-Encoding: compress\r\n\r\n" + b"\x0b\x02\x80abc") + GOOD,
        1,
        "'compress'",
    ),
    "two-faults": (record(HTTP + b"x" * (LIMIT + 1)) * 3 + GOOD, 1, ", and 2 more"),
    "long-line": (GOOD + b"WARC/1.0\r\nX: " + b"x" * 200_000, 1, "endless headers"),
    "many-lines": (GOOD + b"WARC/1.0\r\n" + b"X: y\r\n" * 9000, 1, "endless headers"),
    "blank-lines": (GOOD + b"\r\n" * 9000, 1, "endless headers"),
    "http-lines": (record(HTTP[:-2] + b"X: y\r\n" * 9000), 0, "endless headers"),
    "only-head": (b"WARC/1.0\r\n", 0, ""),
    "only-name": (b"WARC/", 0, ""),
    "arc-inside": (GOOD + b"filedesc://a 0.0.0.0 20260101000000 text/plain 5\n1 0 a\n", 1, ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_pages_before_damage_are_given_and_damage_is_told(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data, many, words = BROKEN[name]
    given_, line = found(data)
    assert [page.body for page in given_] == [PAGE] * many
    assert line.startswith("a.warc: ")
    assert words in line
    assert "\n" not in line
    assert capfd.readouterr() == ("", "")


def test_a_bomb_in_a_skipped_record_does_not_hold_up_for_long() -> None:
    size = 400_000_000
    head = record(b"", length=str(size), uri="https://post.example/video", kind="resource")
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    piece = b"\0" * 10_000_000
    parts = [packer.compress(head.removesuffix(b"\r\n\r\n"))]
    parts += [packer.compress(piece) for _ in range(size // len(piece))]
    data = gzip.compress(GOOD, mtime=0) + b"".join([*parts, packer.flush()])
    given_, line = found(data)
    assert len(given_) == 1
    assert "unpacks to far more" in line


def filler() -> bytes:
    return record(b"\x5a" * 3_000_000, "resource", Content_Type="video/mp4")


def test_a_page_in_a_large_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(filler() * 3 + record())
    settings = Settings(archives=(), offline=True)
    with open_world(settings, now=lambda: NOON) as world:
        given_ = list(captures(str(path), url=None, world=world, stdin=io.BytesIO()))
        kept = world.store.fetches.of_digest(given_[0].digest)
    assert kept is not None
    assert kept.body == PAGE
    assert [page.via for page in given_] == [Via.WARC]


def test_a_warc_by_another_name_and_on_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(gzip.compress(record()))
    settings = Settings(archives=(), offline=True)
    with open_world(settings, now=lambda: NOON) as world:
        for target in (str(path), "-"):
            stdin = io.BytesIO(gzip.compress(filler() + record()))
            [page] = captures(target, url=None, world=world, stdin=stdin)
            assert (page.body, page.via) == (PAGE, Via.WARC)


def test_a_warc_out_of_a_pipe() -> None:
    reading, writing = os.pipe()
    os.write(writing, record())
    os.close(writing)
    with open_world(Settings(archives=(), offline=True), now=lambda: NOON) as world:
        target = f"/dev/fd/{reading}"
        [page] = captures(target, url=None, world=world, stdin=io.BytesIO())
    os.close(reading)
    assert page.body == PAGE


@given(st.data())
def test_no_damage_escapes(data: st.DataObject) -> None:
    whole = bytearray(record() + record(uri="https://post.example/second"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(5, len(whole)))
    given_, _ = found(bytes(whole[:cut]))
    assert len(given_) <= 2


@pytest.mark.shared
def test_shared_traps(badinput: Path) -> None:
    settings = Settings(archives=(), offline=True)
    traps = sorted((badinput / "archives").iterdir())
    assert traps
    for trap in traps:
        with open_world(settings, now=lambda: NOON) as world, pytest.raises(InputError) as caught:
            list(captures(str(trap), url=None, world=world, stdin=io.BytesIO()))
        assert trap.name in str(caught.value)
