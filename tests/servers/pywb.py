"""A real pywb web archive on loopback, run as a process (it is GPL and never imported)."""

from __future__ import annotations

import gc
import io
import socket
import subprocess
import sys
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.error import URLError
from urllib.request import urlopen
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BIN = Path(sys.executable).parent
_START_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Page:
    """One capture to archive. ``same_as`` makes it a revisit of an earlier capture's bytes."""

    url: str
    at: datetime
    body: str = ""
    status: str = "200 OK"
    media_type: str = "text/html; charset=utf-8"
    location: str | None = None
    same_as: Page | None = None


@dataclass(frozen=True)
class Pywb:
    """A running archive; ``base`` is the server, ``collection(name)`` the address of one."""

    base: str

    def collection(self, name: str) -> str:
        return f"{self.base}/{name}"


def write_warc(path: Path, pages: Sequence[Page]) -> None:
    """A WARC file of these captures, as a crawler would have written it."""
    with warnings.catch_warnings(), path.open("wb") as file:
        # The writer of warcio leaves its temporary files for the collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        _write(file, pages, compressed=path.suffix == ".gz")
        gc.collect()


def _write(file: BinaryIO, pages: Sequence[Page], *, compressed: bool) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(file, gzip=compressed)
    digests: dict[Page, str] = {}
    for page in pages:
        headers = [("Content-Type", page.media_type)]
        if page.location is not None:
            headers.append(("Location", page.location))
        http = StatusAndHeaders(page.status, headers, protocol="HTTP/1.1")
        named = {"WARC-Date": _stamp(page.at), "WARC-Record-ID": _identity(page)}
        if page.same_as is not None:
            first = page.same_as
            record = writer.create_revisit_record(
                page.url,
                digests[first],
                first.url,
                _stamp(first.at),
                http_headers=http,
                warc_headers_dict=named,
            )
        else:
            record = writer.create_warc_record(
                page.url,
                "response",
                payload=io.BytesIO(page.body.encode()),
                http_headers=http,
                warc_headers_dict=named,
            )
        writer.write_record(record)
        digests[page] = record.rec_headers.get_header("WARC-Payload-Digest")


def _identity(page: Page) -> str:
    """An identity that is the same at every run, so that files and recordings are too."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{page.url} {_stamp(page.at)}')}>"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fill(folder: Path, collections: Mapping[str, Sequence[Page]]) -> None:
    """Makes collections of these captures in a folder that ``serve_pywb`` can serve."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pages in collections.items():
        _manage(folder, "init", name)
        if pages:
            warc = folder / f"{name}.warc.gz"
            write_warc(warc, pages)
            _manage(folder, "add", name, str(warc))


def add(folder: Path, collection: str, file: Path, *options: str) -> None:
    """Adds a WARC file, or with ``--unpack-wacz`` a WACZ, to a collection."""
    _manage(folder, "add", *options, collection, str(file.absolute()))


@contextmanager
def serve_pywb(folder: Path, *, config: str = "") -> Iterator[Pywb]:
    """pywb over the collections in ``folder``, on a free loopback port, until the block ends."""
    if config:
        (folder / "config.yaml").write_text(config, encoding="utf-8")
    port = _free_port()
    with (folder / "pywb.log").open("wb") as log:
        process = subprocess.Popen(
            [_BIN / "pywb", "--bind", "127.0.0.1", "-p", str(port), "--threads", "2"],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(process, f"{base}/collinfo.json", folder / "pywb.log")
        yield Pywb(base)
    finally:
        process.terminate()
        process.wait(timeout=20)


def block(folder: Path, collection: str, url: str) -> None:
    """Makes the archive refuse to replay one address (451), as a takedown would."""
    _manage(folder, "acl", "add", collection, url, "block")


def _manage(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [_BIN / "wb-manager", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"wb-manager {' '.join(words)}: {done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Returns when the server answers; RuntimeError with its log when it does not come up."""
    pause = threading.Event()
    for _ in range(int(_START_SECONDS / 0.1)):
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            pause.wait(0.1)
    raise RuntimeError(f"pywb did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def utc(*parts: int) -> datetime:
    """A time in UTC, for short tables of captures."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
