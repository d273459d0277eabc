"""Files that strangers made: each reader gives pages or the one error it names, within bounds."""

from __future__ import annotations

import gzip
import io
import random
import sys
import tracemalloc
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import brotlicffi
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.errors import InputError, ProviderError, SettingsError
from provenance.model import ProviderSpec
from provenance.world import archives
from tests.fuzz.hostile import NOON, assert_clean, mangled
from tests.fuzz.test_formats import RECORD
from tests.world.test_files import PAGE, given_
from tests.world.test_handed_formats import MHTML, URL, arc, har, pdf, wacz, warc

if TYPE_CHECKING:
    from collections.abc import Callable

REVISIT = (
    b"WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: https://harbourpost.example/wall\r\n"
    b"WARC-Date: 2026-02-04T09:12:00Z\r\nWARC-Payload-Digest: sha1:AAAA\r\n"
    b"Content-Type: application/http\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
)
KINDS = {
    "arc": (arc(), gzip.compress(arc())),
    "har": (har("<p>The ferry stopped."), har("PHA+", encoding="base64")),
    "mhtml": (MHTML, MHTML.replace(b"quoted-printable", b"base64")),
    "wacz": (wacz(), wacz('{"url": "https://harbourpost.example/wall"}\n')),
    "warc": (
        *(warc(brotlicffi.compress(PAGE), "br"), warc(zstandard.compress(PAGE), "zstd, br")),
        *(warc(b"4\r\n<p>x\r\n0\r\n\r\n"), gzip.compress(RECORD) * 2),
    ),
}


def pages_or_one_line(body: bytes) -> None:
    with suppress(InputError):
        for page in given_("-", stdin=body, max_bytes=200_000):
            assert_clean(page)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_files_that_hold_pages(kind: str, data: st.DataObject) -> None:
    pages_or_one_line(data.draw(mangled(*KINDS[kind])))


@settings(max_examples=8)
@given(mangled(pdf("The wall was mended."), pdf("x").replace(b"/Count 1", b"/Count 999999999")))
@example(b"%PDF-1.4\n" + b"[" * 100_000)
def test_pdf(body: bytes) -> None:
    pages_or_one_line(body)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("a.warc", "b.warc.gz", "c/d.warc", "e.txt")),
            mangled(
                *(warc(PAGE), warc(PAGE) + REVISIT, RECORD * 2),
                *(gzip.compress(warc(PAGE)) + gzip.compress(REVISIT), b""),
            ),
        ),
        max_size=3,
    )
)
def test_a_folder_of_warc_files_as_archive(files: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        for name, body in files:
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body)
        spec = ProviderSpec(name="own", kind="warc", base_url=folder)
        session: Any = None
        try:
            archive = archives.build(spec, session, lambda: NOON)
        except SettingsError:  # there is none among the files
            return
        for url in (URL, "https://paper.example/a b", "https://paper.example/a%20b"):
            try:
                found = archive.sightings(url)
            except ProviderError:
                continue
            assert_clean(found.items)
            for sighting in found.items:
                with suppress(ProviderError):
                    assert_clean(archive.replay(sighting))


ZEROS = b"\0" * 60_000_000


def zipped(method: int, **parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, part in parts.items():
            packed.writestr(name.replace("_", "/") + ".warc", part)
    return file.getvalue()


def gzip_layers(count: int) -> bytes:
    body = ZEROS
    for _ in range(count):
        body = zlib.compress(body, wbits=31)
    return body


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(ZEROS),
    "gzip of html": lambda: gzip.compress(b"<p>" + ZEROS),
    "warc.gz": lambda: gzip.compress(warc(ZEROS)),
    "warc, body in gzip": lambda: warc(gzip.compress(b"<p>" + ZEROS), "gzip"),
    "warc, body in gzip three times": lambda: warc(gzip_layers(3), "gzip, gzip, gzip"),
    "warc, body in brotli": lambda: warc(brotlicffi.compress(ZEROS), "br"),
    "warc, body in zstd": lambda: warc(zstandard.compress(ZEROS), "zstd"),
    "warc, length that is none": lambda: warc(PAGE).replace(b"-Length: ", b"-Length: 999999999999"),
    "warc, endless header": lambda: b"WARC/1.0\r\nX: " + b"x" * 9_000_000,
    "warc.gz, endless headers": lambda: gzip.compress(b"WARC/1.0\r\n" + b"X: y\r\n" * 9_000_000),
    "wacz": lambda: zipped(zipfile.ZIP_DEFLATED, archive_a=ZEROS),
    "wacz of gzip": lambda: zipped(zipfile.ZIP_STORED, archive_a=gzip.compress(warc(ZEROS))),
    "arc.gz": lambda: gzip.compress(arc(ZEROS)),
    "har": lambda: har("x" * 9_000_000),
    "mhtml of many parts": lambda: MHTML.replace(
        b"--B\r\n", b"--B\r\nContent-Type: text/css\r\n\r\n\r\n" * 4_000 + b"--B\r\n", 1
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_memory_is_bounded_by_the_limit_for_a_page(name: str) -> None:
    """What is small and unpacks to much more, or says so, takes the memory of a few pages."""
    body, limit = BOMBS[name](), 2_000_000
    tracemalloc.start()
    try:
        with suppress(InputError):
            given_("-", stdin=body, max_bytes=limit)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 * len(body) + 10 * limit


def steps(make: Callable[[int], bytes], size: int) -> int:
    """How many times a file of that size is read from, and functions of ours are called."""
    body, count = make(size), 0

    def counted(frame: Any, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        with suppress(InputError):
            given_("-", stdin=body, max_bytes=50_000_000)
    finally:
        sys.setprofile(None)
    return count


NOISE = random.Random(7).randbytes(3_000_000)
LONG: dict[str, Callable[[int], bytes]] = {
    "warc records": lambda size: warc(PAGE) * (size // 400),
    "warc.gz members": lambda size: gzip.compress(warc(PAGE)) * (size // 400),
    "warc chunks": lambda size: warc(b"1\r\nx\r\n" * (size // 6)).replace(
        b"text/html\r\n", b"text/html\r\nTransfer-Encoding: chunked\r\n", 1
    ),
    "warc noise": lambda size: warc(NOISE[:size], "gzip"),
    "arc records": lambda size: arc() * (size // 300),
    "har entries": lambda size: har("<p>x" * (size // 4)),
    "mhtml parts": lambda size: MHTML.replace(b"--B--", b"--B\r\nA: b\r\n\r\nx\r\n" * (size // 16)),
    "mhtml headers": lambda size: MHTML.replace(b"From:", b"X: y\r\n" * (size // 6) + b"From:"),
}


@pytest.mark.parametrize("name", LONG)
def test_a_file_twice_as_long_takes_twice_the_steps(name: str) -> None:
    small, large = (steps(LONG[name], size) for size in (40_000, 160_000))
    assert large < 2.5**2 * small + 2_000
