"""Writing results: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write(path: Path, text: str) -> None:
    """Writes ``text`` as UTF-8 so that a reader sees the old file or the new one, never a part.

    InputError, with what the system said, when the folder or the file cannot be written.
    """
    data = text.encode("utf-8")
    with written(path) as file:
        file.write(data)


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """As ``write``, a piece at a time: none of them is held longer than it takes to write it."""
    with written(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name, and the place of the old one, only when the block ends well.

    InputError as for ``write``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
