"""The ends of a story: its first and its last paragraph of prose.

Extraction glues on what stands around a story: banners and menus above it, teasers, references and
the site's offers below. They are told by form, not by words: they are not prose, or they stand
under the line that says where the text comes from.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provenance.read.dom.context import Hint
from provenance.read.dom.lines import ends_as_sentence, is_attribution, is_source_link
from provenance.read.story.best_run import link_share, weight

if TYPE_CHECKING:
    from provenance.read.dom.blocks import Piece

_PROSE, _LONG = 80, 240
_LINKED = 0.4
_MOSTLY = 0.6
_COLUMN = 0.2
_REST = 0.2
_GAP = 4
_ITEM = 40
_GOES_ON = frozenset(",、،،;；:：，")


def is_prose(piece: Piece) -> bool:
    """Whether a piece is a paragraph of running text, long enough to be no label or banner."""
    size = weight(piece.text)
    return (
        size >= _PROSE
        and (size >= _LONG or ends_as_sentence(piece.text))
        and not piece.hints & (Hint.CAPTION | Hint.HEADING)
        and link_share(piece) <= _LINKED
        and not is_attribution(piece.text)
    )


def first_prose(story: set[int], pieces: list[Piece]) -> int:
    """The index of the first prose of a story, or of its first piece where none is prose."""
    order = sorted(story)
    return next((index for index in order if is_prose(pieces[index])), order[0])


def prose_size(indexes: set[int], pieces: list[Piece]) -> int:
    """How many characters of prose the pieces of these indexes hold."""
    return sum(len(pieces[index].text) for index in indexes if is_prose(pieces[index]))


def bounded(story: set[int], pieces: list[Piece]) -> set[int]:
    """The story from its first to its last prose, as indexes; itself where it is not prose."""
    story = _before_source_link(story, pieces)
    prose = [index for index in sorted(story) if is_prose(pieces[index])]
    if not prose or _size(prose, pieces) < _MOSTLY * _size(story, pieces):
        return story
    first, last = _first(prose, pieces), _last(prose, pieces)
    kept = {index for index in story if first <= index <= last}
    return kept | _joined(story, pieces, first, -1) | _joined(story, pieces, last, 1)


def _before_source_link(story: set[int], pieces: list[Piece]) -> set[int]:
    """The story above a line that is a label and a link and nothing else, near its end."""
    total = _size(story, pieces)
    after = 0
    for index in range(max(story, default=-1), min(story, default=-1), -1):
        after += len(pieces[index].text) if index in story else 0
        if after > _REST * total:
            break
        if is_source_link(pieces[index]):
            return {at for at in story if at < index}
    return story


def _first(prose: list[int], pieces: list[Piece]) -> int:
    """The first prose, below the headline where little stands above it."""
    total, before = _size(prose, pieces), 0
    for place, index in enumerate(prose[:-1]):
        before += len(pieces[index].text)
        if before > _REST * total / 2:
            break
        below = pieces[index + 1 : prose[place + 1]]
        if any(piece.hints & Hint.TITLE for piece in below):
            return prose[place + 1]
    return prose[0]


def _last(prose: list[int], pieces: list[Piece]) -> int:
    """The last prose that stands in a column of the story, or close below one that does."""
    homes: Counter[tuple[str, str]] = Counter()
    for index in prose:
        homes[pieces[index].home] += len(pieces[index].text)
    columns = {home for home, size in homes.items() if size >= _COLUMN * homes.total()}
    last = next((i for i in reversed(prose) if pieces[i].home in columns), prose[-1])
    for index in prose:
        if index > last and _between(pieces, last, index) < _GAP:
            last = index
    return last


def _joined(story: set[int], pieces: list[Piece], edge: int, step: int) -> set[int]:
    """What of the story stands right at an edge of its prose and reads as part of it.

    A heading does so only with what it stands above.
    """
    kept: set[int] = set()
    headings: set[int] = set()
    index = edge + step
    while 0 <= index < len(pieces):
        piece = pieces[index]
        if piece.text:
            if index not in story:
                break
            if piece.hints & Hint.HEADING and step > 0:
                headings.add(index)
            elif _belongs(piece, step):
                kept |= {index} | headings
                headings = set()
            else:
                break
        index += step
    return kept


def _belongs(piece: Piece, step: int) -> bool:
    """A sentence, or an item of a list without links; above the prose also what introduces it."""
    if link_share(piece) > _LINKED or is_attribution(piece.text):
        return False
    if step < 0:
        summary = piece.hints & Hint.HEADING or len(piece.text) >= _ITEM
        return bool(summary) or ends_as_sentence(piece.text)
    listed = piece.hints & (Hint.LIST | Hint.TABLE) and piece.hints & Hint.BODY
    goes_on = piece.text[-1] in _GOES_ON
    return bool(listed and not piece.anchors) or goes_on or ends_as_sentence(piece.text)


def _between(pieces: list[Piece], one: int, other: int) -> int:
    return sum(bool(piece.text) for piece in pieces[one + 1 : other])


def _size(indexes: list[int] | set[int], pieces: list[Piece]) -> int:
    return sum(len(pieces[index].text) for index in indexes)
