"""The addresses that a text cites, and where: plain, in wiki markup, in Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from provenance.model import CitedAddress, CitedPlace
from provenance.text.archived import archived_address
from provenance.text.urls import is_web_url, normalise, unwrap_archived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Wiki markup ends an address with | ] } and Markdown with ), which an address may also hold.
_ADDRESS = re.compile(r"https?://[^\s|\]}{<>\"“”«»`]{3,2000}", re.IGNORECASE)
_AFTER = ".,;:!?'’*_"
_MOST_PLACES = 100
# What a wiki shows as it stands, or not at all: no footnote begins or ends in it.
_SHOWN = re.compile(r"<!--.*?(?:-->|\Z)|<nowiki>.*?(?:</nowiki>|\Z)", re.IGNORECASE | re.DOTALL)
_REF = re.compile(r"<ref\b([^<>]{0,300}?)(/?)>|</ref\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\b(name|group)\s*=\s*(?:\"([^\"]{1,200})\"|'([^']{1,200})'|([^\s\"'/>]{1,200}))",
    re.IGNORECASE,
)
# A line that opens a note: [2] ..., [^note]: ..., 2. ...
_OPENING = re.compile(
    r"^[ \t]{0,8}(?:\[\^?([^\]\[\s]{1,60})\]:?|(\d{1,3})[.)])[ \t]+|^[ \t]*$", re.MULTILINE
)


def cited_urls(text: str) -> tuple[str, ...]:
    """Each address once, in the order of the text; for an archive's, that of the page in it."""
    return tuple(cited.url for cited in cited_addresses(text))


def cited_addresses(text: str) -> tuple[CitedAddress, ...]:
    """The same, each with the lines and the notes that it stands in."""
    lines = [match.start() for match in re.finditer("\n", text)]
    notes = list(_notes(text))
    starts = [start for start, _, _ in notes]

    def place(at: int) -> CitedPlace:
        index = bisect_right(starts, at) - 1
        inside = index >= 0 and at < notes[index][1]
        return CitedPlace(line=bisect_right(lines, at) + 1, note=notes[index][2] if inside else "")

    return gather_cited(
        (_trim(found.group()), place(found.start())) for found in _ADDRESS.finditer(text)
    )


def gather_cited(found: Iterable[tuple[str, CitedPlace]]) -> tuple[CitedAddress, ...]:
    """Addresses as they stand, each with its place, by the page that they lead to."""
    urls: dict[str, str] = {}
    places: dict[str, dict[CitedPlace, None]] = {}
    archived: dict[str, str] = {}
    for address, place in found:
        url = unwrap_archived(address)
        if not is_web_url(url):
            continue
        key = normalise(url)
        urls.setdefault(key, url)
        here = places.setdefault(key, {})
        if len(here) < _MOST_PLACES:
            here[place] = None
        capture = archived_address(address)
        if capture is not None and capture.captured_at is not None and is_web_url(address):
            archived.setdefault(key, address)
    return tuple(
        CitedAddress(url=url, places=tuple(places[key]), archive_url=archived.get(key))
        for key, url in urls.items()
    )


def _notes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each note starts and ends, and what readers call it; in order, none in another."""
    blanked = _SHOWN.sub(lambda found: " " * len(found.group()), text)
    return _wiki_notes(blanked) if "<ref" in blanked.lower() else _written_notes(text)


def _wiki_notes(text: str) -> Iterator[tuple[int, int, str]]:
    """Notes in <ref> tags, numbered by their first use as MediaWiki numbers them."""
    numbers: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}
    open_at, label = -1, ""
    for tag in _REF.finditer(text):
        if tag[1] is None:
            if open_at >= 0:
                yield open_at, tag.start(), label
            open_at = -1
            continue
        said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag[1])}
        group, name = said.get("group", ""), said.get("name", "")
        key = (group, name or f" {tag.start()}")
        if key not in numbers:
            numbers[key] = counts[group] = counts.get(group, 0) + 1
        label = f"{group} {numbers[key]}".strip()
        open_at = -1 if tag[2] else tag.end()


def _written_notes(text: str) -> Iterator[tuple[int, int, str]]:
    """Notes that begin a line with their mark, each up to the next or to an empty line."""
    start, label = -1, ""
    for opening in _OPENING.finditer(text):
        if start >= 0:
            yield start, opening.start(), label
        label = opening[1] or opening[2] or ""
        start = opening.end() if label else -1
    if start >= 0:
        yield start, len(text), label


def _trim(address: str) -> str:
    """The address without the points and brackets of the sentence around it."""
    while address:
        unopened = address[-1] == ")" and address.count(")") > address.count("(")
        if not unopened and address[-1] not in _AFTER:
            break
        address = address[:-1]
    return address
