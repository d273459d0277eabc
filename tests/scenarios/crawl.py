"""A whole crawl in one WARC file.

It holds articles, each page twice, as crawls do, with pictures, redirects, errors, requests and
revisit records between them, and ends in the middle of a record.
"""

from __future__ import annotations

import random
import uuid
import zlib
from typing import TYPE_CHECKING

from tests.servers.magazine import FIRST_DAY, page, story

if TYPE_CHECKING:
    from typing import BinaryIO

_HOST = "https://lantern.example"


def record(kind: str, url: str, block: bytes, media_type: str, level: int = 1) -> bytes:
    """One record as a gzip member."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-03-01T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(head.encode() + block + b"\r\n\r\n") + packer.flush()


def reply(body: bytes, media_type: str, status: str = "200 OK") -> bytes:
    """An HTTP answer as it is kept in a record."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def write_crawl(file: BinaryIO, pages: int, size: int) -> None:
    """The crawl, of about ``size`` bytes: what is no page fills it up."""
    response, dice = "application/http; msgtype=response", random.Random(1)
    file.write(record("warcinfo", "", b"software: a bench\r\n", "application/warc-fields"))
    picture = dice.randbytes(400_000)
    for number in range(pages):
        url = f"{_HOST}/story/{number}"
        day = FIRST_DAY
        body = page(f"Piece {number}", story(number, 8), day)
        asked = b"GET / HTTP/1.1\r\nHost: lantern.example\r\n\r\n"
        file.write(record("request", url, asked, "application/http; msgtype=request"))
        file.write(record("response", url, reply(body, "text/html"), response))
        if number % 2:
            file.write(record("response", url, reply(body, "text/html"), response))
        else:
            file.write(record("revisit", url, reply(b"", "text/html"), response))
        moved = reply(b"", "text/html", "301 Moved\r\nLocation: /")
        file.write(record("response", f"{url}/old", moved, response))
        gone = reply(b"<p>gone", "text/html", "404 Not Found")
        file.write(record("response", f"{url}/gone", gone, response))
        while file.tell() < size * (number + 1) / pages:
            image = reply(picture[: dice.randrange(50_000, 400_000)], "image/jpeg")
            file.write(record("response", f"{url}.jpg", image, response, level=0))
    last = record("response", f"{_HOST}/last", reply(body, "text/html"), response)
    file.write(last[: len(last) // 2])
