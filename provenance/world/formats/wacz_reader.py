"""WACZ files read: the WARC files in one zip, and which of their captures are its pages."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.text.urls import is_web_url, normalise
from provenance.world.formats.warc_reader import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import BinaryIO

    from provenance.model import Capture

_WARCS = (".warc", ".warc.gz")
# WACZ stores its parts as they are; what shrinks to a hundredth was made to fill memory or time.
_BOMB_RATIO, _BOMB_SIZE = 100, 200_000_000
_MOST_PARTS, _LONGEST_LIST = 10_000, 20_000_000


def read_wacz(name: str, file: BinaryIO, *, undated: datetime, max_bytes: int) -> Iterator[Capture]:
    """One Capture for each page of a WACZ: those on its list of pages, else all in its WARC files.

    InputError as for ``read_pages``, and for a zip that is none or holds no WARC file.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            warcs = _warcs(name, packed)
            wanted = _listed(packed)
            for warc in warcs:
                with closing(packed.open(warc)) as part:
                    inside = f"{name}: {warc.filename[:100]}"
                    pages = read_pages(inside, part, undated=undated, max_bytes=max_bytes)
                    yield from (page for page in pages if not wanted or _key(page) in wanted)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise InputError(f"{name}: a zip archive that cannot be read ({error})") from error


def _warcs(name: str, packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = packed.infolist()
    warcs = [part for part in parts if part.filename.lower().endswith(_WARCS)]
    if len(parts) > _MOST_PARTS or any(_is_bomb(part) for part in warcs):
        raise InputError(f"{name}: a zip archive that unpacks to far more than pages do")
    if not warcs:
        raise InputError(f"{name}: a zip archive without a WARC file in it, so not a WACZ")
    return sorted(warcs, key=lambda part: part.filename)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(_BOMB_SIZE, _BOMB_RATIO * part.compress_size)


def _listed(packed: zipfile.ZipFile) -> set[str]:
    """The addresses on the list of pages; empty where there is none to be read."""
    try:
        with closing(packed.open("pages/pages.jsonl")) as part:
            lines = part.read(_LONGEST_LIST).splitlines()
    except KeyError:
        return set()
    found = set[str]()
    for line in lines:
        try:
            url = json.loads(line).get("url")
        except (ValueError, AttributeError, RecursionError):
            continue
        if isinstance(url, str) and is_web_url(url):
            found.add(normalise(url))
    return found


def _key(page: Capture) -> str:
    return normalise(page.url or "")
