"""A whole crawl in one WARC file, audited as a stream: time, and memory over time.

    python -m tests.bench.crawl [--gigabytes 3] [--pages 20000] [--max 2000]

The file holds articles, each page twice, as crawls do, with pictures, redirects, errors, requests
and revisit records between them, and ends in the middle of a record. It is made in a few minutes
and deleted afterwards. Exit code 1 when a page is missing, or memory grew with the file.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
import uuid
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.stage import started
from tests.servers.magazine import FIRST_DAY, page, story

if TYPE_CHECKING:
    from typing import BinaryIO

_HOST = "https://lantern.example"
_LARGEST, _MEGABYTE = 500.0, 1 << 20


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


class Watched(threading.Thread):
    """The memory of a process group, looked at four times a second: MB of the program, of all."""

    def __init__(self, group: int) -> None:
        super().__init__(daemon=True)
        self.group = group
        self.seen: list[tuple[float, float]] = []
        self.over = threading.Event()

    def run(self) -> None:
        """Looks until it is over."""
        while not self.over.wait(0.25):
            own = everyone = 0.0
            for entry in Path("/proc").glob("[0-9]*"):
                try:
                    if os.getpgid(int(entry.name)) != self.group:
                        continue
                    used = int((entry / "statm").read_text().split()[1]) * 4096 / _MEGABYTE
                except (OSError, ValueError, IndexError):
                    continue
                everyone += used
                own += used if int(entry.name) == self.group else 0.0
            self.seen.append((own, everyone))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--gigabytes", type=float, default=3.0)
    asked.add_argument("--pages", type=int, default=20_000)
    asked.add_argument("--max", type=int, default=2_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, begun = Path(name) / "crawl.warc.gz", time.monotonic()
        with path.open("wb") as file:
            write_crawl(file, given.pages, int(given.gigabytes * 1e9))
        size = path.stat().st_size
        print(f"{size / 1e9:.2f} GB written in {time.monotonic() - begun:.0f} s", flush=True)
        begun = time.monotonic()
        process = started(str(path), Path(name) / "a", "--max", str(given.max), "--reports", "none")
        watched = Watched(process.pid)
        watched.start()
        out, err = process.communicate()
        watched.over.set()
        took, kept = time.monotonic() - begun, (Path(name) / "a" / "a.db").stat().st_size
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {err.decode()}")
    return told(out, given, watched, (size, took, kept))


def told(
    out: bytes, given: argparse.Namespace, watched: Watched, sizes: tuple[int, float, int]
) -> int:
    """Prints what was measured; whether something is wrong."""
    import json

    report = json.loads(out)
    fates, (size, took, kept) = dict(report["fates"]), sizes
    [listing] = report["listings"]
    seen = watched.seen
    early = max(own for own, _ in seen[: len(seen) // 4])
    most = max(own for own, _ in seen)
    print(f"{listing}\n{fates}")
    print(f"{took:.0f} s ({size / took / 1e6:.0f} MB a second), database {kept / 1e6:.0f} MB")
    print(
        f"memory: program {early:.0f} MB at most in the first quarter, {most:.0f} MB in all;"
        f" with its workers {max(every for _, every in seen):.0f} MB"
    )
    whole = sum(fates.values()) == given.pages and fates["done"] == min(given.max, given.pages)
    return 0 if whole and listing["why"] and most < _LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
