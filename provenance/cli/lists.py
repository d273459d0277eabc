"""Lists of addresses as a person names them: a file, a pipe, or standard input."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from provenance.cli.console import standard_input
from provenance.errors import InputError
from provenance.world.files import open_file
from provenance.world.formats.address_list import holds_addresses, read_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.world.formats.address_list import AddressList

PIPED = "standard input"
_HEAD = 65_536
_MOST_BYTES = 4_000_000_000


@contextmanager
def opened_list(name: str, column: str) -> Iterator[AddressList]:
    """The list in a file, or '-' for standard input; InputError where it cannot be used.

    What cannot be read twice is set aside in a temporary file for as long as the list is open.
    """
    if name != "-" and _is_seekable(name):
        yield read_list(name, lambda: open_file(name, name), column)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "list"
        with standard_input() if name == "-" else open_file(name, name) as source:
            _copy(source, copy)
        yield read_list(PIPED if name == "-" else name, _opener(str(copy)), column)


def _opener(path: str) -> Callable[[], BinaryIO]:
    return lambda: open_file(path, path)


def is_list(target: str) -> bool:
    """Whether a target is a file that is mostly addresses."""
    if "://" in target or not _is_seekable(target):
        return False
    try:
        with open_file(target, target) as file:
            return holds_addresses(file.read(_HEAD))
    except (InputError, OSError):
        return False


def _is_seekable(name: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(name).st_mode)  # noqa: PTH116 - what no file can be called
    except (OSError, ValueError):
        return False


def _copy(source: BinaryIO, path: Path) -> None:
    try:
        with path.open("wb") as file:
            while part := source.read(_HEAD):
                file.write(part)
                if file.tell() > _MOST_BYTES:
                    raise InputError(f"{PIPED}: a list of more than {_MOST_BYTES:,} bytes")
    except OSError as error:
        raise InputError(f"{PIPED}: cannot be read: {error.strerror or error}") from error
