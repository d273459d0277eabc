"""The hashes of a WACZ: whether each part is the one that its list names."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from provenance.errors import InputError
from provenance.model import Verification

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_MOST_LIST, _MOST_PARTS, _MOST_BYTES = 5_000_000, 10_000, 8_000_000_000
_BLOCK = 1 << 20
_BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def verify_wacz(path: str) -> tuple[tuple[Verification, ...], bytes, bytes | None]:
    """What holds of a WACZ's hashes, its list of parts, and the time-stamp of that list if any.

    InputError where the file is no WACZ.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            package, digest = _read(packed, _PACKAGE), _object(_read(packed, _DIGEST))
            same = digest.get("hash") == f"sha256:{hashlib.sha256(package).hexdigest()}"
            claim = "its list of parts has the SHA-256 that stands beside it"
            first = Verification(claim=claim, holds=same, why="as read" if same else "altered")
            rest = tuple(_parts(packed, _object(package)))
    except (KeyError, ValueError, *_BROKEN) as error:
        why = str(error) or type(error).__name__
        raise InputError(f"{path}: cannot be read as WACZ: {why}") from error
    return (first, *rest), package, _reply(digest)


def _reply(digest: dict[str, Any]) -> bytes | None:
    """The raw time-stamp in Base64; b'', which is none, for what is no Base64."""
    stamped = digest.get("timestamp")
    reply = stamped.get("reply") if isinstance(stamped, dict) else None
    try:
        return None if reply is None else base64.b64decode(str(reply), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        data = part.read(_MOST_LIST + 1)
    if len(data) > _MOST_LIST:
        raise ValueError(f"{name} is too large")
    return data


def _object(data: bytes) -> dict[str, Any]:
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("a part that lists others is no JSON object")  # noqa: TRY004 - of a file
    return found


def _parts(packed: zipfile.ZipFile, package: dict[str, Any]) -> Iterator[Verification]:
    resources = package.get("resources")
    if not isinstance(resources, list) or len(resources) > _MOST_PARTS:
        raise ValueError("its list of parts cannot be read")
    listed, left = set[str](), _MOST_BYTES
    for each in resources:
        path, wanted = (str(each[name]) for name in ("path", "hash"))
        listed.add(path)
        found, size = _hash(packed, path, left)
        left -= size
        why = f"{size:,} bytes read" if found else "there is no such part, or too large a one"
        claim = f"{path} has the hash that is listed"
        yield Verification(claim=claim, holds=found == wanted if found else False, why=why)
    more = sorted({name for name in packed.namelist() if name[-1:] != "/"} - listed)
    more = [name for name in more if name not in {_PACKAGE, _DIGEST}]
    if more:
        claim = "every part is listed"
        yield Verification(claim=claim, holds=False, why=f"{len(more):,} are not: {more[0][:200]}")


def _hash(packed: zipfile.ZipFile, path: str, most: int) -> tuple[str, int]:
    hashed, size = hashlib.sha256(), 0
    try:
        part = packed.open(path)
    except KeyError:
        return "", 0
    with part:
        while block := part.read(_BLOCK):
            hashed.update(block)
            size += len(block)
            if size > most:
                return "", size
    return f"sha256:{hashed.hexdigest()}", size
