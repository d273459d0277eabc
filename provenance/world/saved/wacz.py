"""A WARC file packed as WACZ 1.1.1: with its index, its list of pages and the hash of each part.

One zip, made with the standard library: ``archive/``, ``indexes/index.cdx``,
``pages/pages.jsonl``, ``datapackage.json`` and its own hash. Dates are those of the captures, so
the same captures give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from provenance.model import VERSION
from provenance.model.plain import values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from provenance.world.saved.warc_writer import WarcIndexLine

_WACZ = "1.1.1"
_WARC = "data.warc.gz"
# The beginning of time for zip files, which cannot say UTC anyway.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_wacz(
    file: BinaryIO,
    warc: BinaryIO,
    entries: Sequence[WarcIndexLine],
    titles: Mapping[str, str],
    stamp: Callable[[bytes], dict[str, str] | None] = lambda _: None,
) -> None:
    """Packs ``warc``, whose captures are ``entries``, into ``file``; ``titles`` are by address.

    ``stamp`` gives what stands as ``timestamp`` beside the hash of datapackage.json, None for
    nothing: who states when those bytes were there, and the RFC 3161 reply in Base64.
    """
    parts: list[tuple[str, BinaryIO]] = [
        (f"archive/{_WARC}", warc),
        ("indexes/index.cdx", BytesIO(_index(entries))),
        ("pages/pages.jsonl", BytesIO(_pages(entries, titles))),
    ]
    with zipfile.ZipFile(file, "w") as packed:
        resources = [_put(packed, path, part) for path, part in parts]
        package = _json(
            {
                "profile": "data-package",
                "wacz_version": _WACZ,
                "software": f"provenance/{VERSION}",
                "created": values(max(entry.at for entry in entries)),
                "resources": resources,
            }
        )
        _put(packed, "datapackage.json", BytesIO(package))
        digest: dict[str, Any] = {"path": "datapackage.json", "hash": _hash(package)}
        if (stamped := stamp(package)) is not None:
            digest["timestamp"] = stamped
        _put(packed, "datapackage-digest.json", BytesIO(_json(digest)))


def _put(packed: zipfile.ZipFile, path: str, part: BinaryIO) -> dict[str, Any]:
    """Stores one part uncompressed, so that readers can seek in it; its entry in the package."""
    info = zipfile.ZipInfo(path, _EPOCH)
    info.create_system, info.external_attr = 3, 0o100644 << 16
    hashed, size = hashlib.sha256(), 0
    part.seek(0)
    while block := part.read(1 << 20):
        hashed.update(block)
        size += len(block)
    info.file_size = size
    part.seek(0)
    with packed.open(info, "w") as stored:
        shutil.copyfileobj(part, stored)
    name = path.rpartition("/")[2].lower()
    return {"name": name, "path": path, "hash": f"sha256:{hashed.hexdigest()}", "bytes": size}


def _index(entries: Sequence[WarcIndexLine]) -> bytes:
    """The captures in CDXJ, sorted as replay looks them up; pywb knows it by the suffix .cdx."""
    lines = []
    for entry in entries:
        block = {
            "url": entry.url,
            "mime": entry.media_type,
            "status": str(entry.status),
            "digest": entry.digest,
            "length": str(entry.length),
            "offset": str(entry.offset),
            "filename": _WARC,
        }
        lines.append(f"{entry.urlkey} {entry.timestamp} {json.dumps(block)}\n".encode())
    return b"".join(sorted(lines))


def _pages(entries: Sequence[WarcIndexLine], titles: Mapping[str, str]) -> bytes:
    rows: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    for number, entry in enumerate(entries, 1):
        row = {"id": str(number), "url": entry.url, "ts": values(entry.at)}
        title = titles.get(entry.url)
        rows.append({**row, "title": title} if title else row)
    return b"".join(f"{json.dumps(row)}\n".encode() for row in rows)


def _json(noun: dict[str, Any]) -> bytes:
    return f"{json.dumps(noun, indent=2)}\n".encode()


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
