"""Two selections of the story made one: what both chose, and the rest judged piece by piece."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.read.dom.context import OUTSIDE, Hint
from provenance.read.dom.lines import (
    is_attribution,
    is_byline,
    is_caption,
    is_channel,
    is_furniture,
    is_read_more,
)
from provenance.read.story.best_run import link_share

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from provenance.read.dom.blocks import Piece

_LINE = 80
_DENSE = 0.4
_COLUMN = 0.2
_EDGE = 6
_BYLINE = 160
_CAPTION = 300
_STRUCTURED = Hint.LIST | Hint.TABLE | Hint.QUOTE | Hint.HEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Core:
    """What both methods chose: where it begins and ends, which kinds of block it stands in.

    ``columns`` are those that hold a fair share of it: text of a column goes on where a box cut
    it, text of another block beyond the core's ends does not belong.
    """

    first: int
    last: int
    homes: AbstractSet[tuple[str, str]]
    columns: AbstractSet[tuple[str, str]]


def mended(found: set[int], own: set[int], pieces: list[Piece]) -> set[int]:
    """The story out of trafilatura's selection (``found``) and our own, as indexes of pieces."""
    agreed = found & own
    if not agreed:
        return found
    core = _core(agreed, pieces)
    kept = set(agreed)
    kept |= {i for i in found - agreed if _belongs(pieces[i], i, core)}
    kept |= {
        i for i in own - agreed if core.first < i < core.last or pieces[i].home in core.columns
    }
    return {i for i in kept if not _leads_away(pieces[i])}


def trimmed(story: set[int], pieces: list[Piece]) -> set[int]:
    """The story without photo credits, and without what its ends say of its source or channels.

    Extraction glues such lines on: "Source: ..." under the last paragraph, "This article first
    appeared ..." or "Telegram 👉 ..." above the first.
    """
    kept = {i for i in story if not _is_beside(pieces[i])}
    for order, test in (
        (sorted(kept), _is_heading_line),
        (sorted(kept, reverse=True), _is_closing_line),
    ):
        for index in order[:_EDGE]:
            if test(pieces[index]):
                kept.discard(index)
            elif len(pieces[index].text) >= _LINE:
                break
    return kept or story


def _is_beside(piece: Piece) -> bool:
    """Whether a piece is a caption or credit: by its words, or by its box if it is short."""
    boxed = piece.hints & (Hint.CAPTION | Hint.CREDIT) and len(piece.text) < _CAPTION
    return bool(boxed) or is_caption(piece.text)


def _is_heading_line(piece: Piece) -> bool:
    """Whether a piece above the story is headline, byline, date line or attribution."""
    if piece.hints & Hint.TITLE or _is_closing_line(piece):
        return True
    by = is_byline(piece.text) or (piece.hints & (Hint.BYLINE | Hint.META) and not _ends(piece))
    return bool(by) and len(piece.text) < _BYLINE


def _is_closing_line(piece: Piece) -> bool:
    return is_attribution(piece.text) or is_channel(piece.text)


def _ends(piece: Piece) -> bool:
    """Whether a piece ends as a sentence does."""
    return piece.text.rstrip("\"'”’»)")[-1:] in set(".!?…。！？")


def _core(agreed: set[int], pieces: list[Piece]) -> _Core:
    homes: Counter[tuple[str, str]] = Counter()
    for index in agreed:
        homes[pieces[index].home] += len(pieces[index].text)
    least = _COLUMN * homes.total()
    return _Core(
        first=min(agreed),
        last=max(agreed),
        homes=homes.keys(),
        columns={home for home, size in homes.items() if size >= least},
    )


def _belongs(piece: Piece, index: int, core: _Core) -> bool:
    """Whether a piece that only trafilatura chose is story."""
    short, outside = len(piece.text) < _LINE, bool(piece.hints & OUTSIDE)
    main = piece.home in core.columns
    if index < core.first:
        return not (piece.hints & Hint.HEADING or (short and outside))
    if index > core.last:
        known = piece.home in core.homes or bool(piece.hints & _STRUCTURED)
        return main or (known and not outside)
    return main or not short or not (outside or link_share(piece) > _DENSE)


def _leads_away(piece: Piece) -> bool:
    """Whether a piece is a word of the frame, or a link to another article."""
    return is_furniture(piece.text) or (link_share(piece) > _DENSE and is_read_more(piece.text))
