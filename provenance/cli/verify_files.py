"""``verify`` of what was written: a manifest with its files and its time-stamp, or a WACZ."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.jobs.verify_manifest import verify_chain, verify_files
from provenance.model import Verification
from provenance.text.manifest import MARK, read_manifest, sha256_of
from provenance.world.files import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from provenance.world.store import Store

_MOST_BYTES = 50_000_000
_NAME = re.compile(r"manifest-\d{1,18}-([0-9a-f]{8})\.txt")
_STAMPED = "it is stamped by an authority"


def is_manifest(path: str) -> bool:
    """Whether a file begins as a manifest does; a pipe is none, since it would be waited for."""
    try:
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as file:
            return file.read(len(MARK)) == MARK.encode()
    except (OSError, ValueError):  # ValueError: a null byte in the name
        return False


def verify_written(path: str, roots: str | None, store: Store) -> Iterator[Verification]:
    """What holds of a manifest, the last line saying what that proves."""
    body = read_whole(path, _MOST_BYTES)
    try:
        text = body.decode("utf-8")
        manifest = read_manifest(text)
    except ValueError as error:
        why = str(error) if not isinstance(error, UnicodeDecodeError) else "it is no text in UTF-8"
        yield Verification(claim=f"{path} is a manifest", holds=False, why=f"altered: {why}")
        return
    folder, holds = Path(path).parent, []
    for found in verify_files(manifest, lambda name: _digest(folder, name)):
        holds.append(found.holds)
        yield found
    named = _NAME.fullmatch(Path(path).name)
    if named is not None:
        holds.append(sha256_of(text).startswith(named[1]))
        claim, why = "its bytes are those that its name says", "" if holds[-1] else "altered"
        yield Verification(claim=claim, holds=holds[-1], why=why or "as read")
    name = f"manifest-{manifest.number - 1}-{manifest.previous[:8]}.txt"
    before = _text(folder / name) if manifest.previous else None
    chained = verify_chain(text, manifest, store.manifests.chain(), before)
    yield chained
    stamp = Path(path).with_suffix(".tsr")
    reply = read_whole(str(stamp), _MOST_BYTES) if stamp.is_file() else None
    whole = all(holds) and chained.holds is not False
    yield from _stamped(body, reply, roots, "these files", whole=whole)


def verify_packed(path: str, roots: str | None) -> Iterator[Verification]:
    """What holds of a WACZ, likewise."""
    from provenance.world.formats.wacz_hashes import verify_wacz

    found, package, reply = verify_wacz(path)
    yield from found
    whole = all(each.holds for each in found)
    yield from _stamped(package, reply, roots, "this WACZ", whole=whole)


def _stamped(
    data: bytes, reply: bytes | None, roots: str | None, what: str, *, whole: bool
) -> Iterator[Verification]:
    """The time-stamp, and what all of it together proves."""
    if reply is None:
        why = f"not stamped: nothing here proves when {what} existed"
        yield Verification(claim=_STAMPED, holds=None, why=why)
        return
    from provenance.world.saved.timestamps import check_stamp, read_roots

    trusted = read_roots(roots, read_whole(roots, _MOST_BYTES)) if roots else ()
    found, at = check_stamp(data, reply, trusted)
    yield found
    if at is not None and whole:
        yield _proof(what, at)


def _proof(what: str, at: datetime) -> Verification:
    claim = f"{what} existed in this form on {at:%Y-%m-%d %H:%M:%S} UTC"
    why = "proved by the authority's word; not that the pages showed it, nor who made it"
    return Verification(claim=claim, holds=True, why=why)


def _digest(folder: Path, name: str) -> str | None:
    """The SHA-256 of a file below the manifest's folder; None for none."""
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _text(path: Path) -> str | None:
    if not path.is_file():
        return None
    return read_whole(str(path), _MOST_BYTES).decode("utf-8", "replace")
