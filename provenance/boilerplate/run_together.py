"""Boilerplate inside paragraphs, without a boundary: the same words in a row on many pages.

Prose has such rows too, so they count only where something looks like a seam at the ends (the
boundary of a sentence, or a capital letter), where they do not speak of their story, and where the
site has few of them: text made of set phrases has many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provenance.boilerplate.recurring import (
    are_quoted,
    collect_segments,
    list_places,
    mark_covered,
    speak_of_stories,
)
from provenance.boilerplate.segments import is_known
from provenance.text.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from provenance.boilerplate.recurring import Place, SitePages
    from provenance.boilerplate.segments import Hashes, Places, SegmentedText

    Flags = NDArray[np.bool_]

# Words in a seed, of a phrase with seams at both ends, and of one with a seam at its beginning
# alone, or in a script without capitals.
SEED = 5
_LEAST_WORDS, _LEAST_OPEN = 5.0, 8.0
# On such a part of the stories one must stand, and one of few words on such.
_FEW, _SHARE, _OFTEN = 6.0, 0.1, 0.5
# So many words at either end may belong to the text around.
_SLACK = 3
_MOST_OF_ALL = 0.25
_MOST_PHRASES = 40

Phrase = tuple[int, int, int]


def learn_phrases(site: SitePages, bare: Flags) -> tuple[tuple[Phrase, ...], tuple[Place, ...]]:
    """Phrases as (hash of the first SEED words, number of words, hash of all), and places of them.

    ``bare`` are the words of the site that may belong to one.
    """
    rows = np.split(bare, site.base[1:-1])
    seeds = [_find_seeds(page, words) for page, words in zip(site.pages, rows, strict=True)]
    sums, kind = np.unique(np.concatenate([found for _, found in seeds]), return_inverse=True)
    holders = np.repeat(site.stories, [len(at) for at, _ in seeds])
    pairs = distinct(kind.reshape(-1) * len(site.pages) + holders)
    spread = np.bincount(pairs // len(site.pages), minlength=len(sums))
    often = sums[spread >= site.least(_SHARE)]
    total = sum(len(at) for at, _ in seeds)
    hits = [is_known(found, often) for _, found in seeds]
    if not len(often) or sum(map(np.count_nonzero, hits)) > _MOST_OF_ALL * total:
        return (), ()
    bounds = [
        _find_bounds(page, at[hit])
        for page, (at, _), hit in zip(site.pages, seeds, hits, strict=True)
    ]
    found = collect_segments(site.pages, bounds)
    spread, few = found.spread(site.stories), found.weight < _FEW
    least = np.where(few, site.least(_OFTEN), site.least(_SHARE))
    chosen = np.flatnonzero(spread >= least)
    if not 0 < len(chosen) <= _MOST_PHRASES:
        return (), ()
    chosen = chosen[
        ~speak_of_stories(site, found, chosen, bare & ~mark_covered(site, found, chosen))
    ]
    if len(chosen):
        chosen = chosen[~are_quoted(site, found, chosen)]
    which = np.zeros(len(found.sums), bool)
    which[chosen] = True
    places = list_places(found, which)
    return tuple(
        _hash_phrase(site.pages[page], first, last) for _, page, first, last in places
    ), places


def find_phrases(page: SegmentedText, wanted: Sequence[Phrase]) -> Iterator[tuple[int, int]]:
    """The first words and last (exclusive) of the places where a page has the phrases."""
    if not wanted or len(page) < SEED:
        return
    at = np.arange(len(page) - SEED + 1)
    sums = page.hashes(at, at + SEED)
    heads = distinct(np.array([head for head, _, _ in wanted], np.uint64))
    for first in np.flatnonzero(is_known(sums, heads)).tolist():
        for head, size, whole in wanted:
            last = first + size
            if int(sums[first]) != head or last > len(page):
                continue
            if int(page.hashes(np.array([first]), np.array([last]))[0]) == whole:
                yield first, last


def _hash_phrase(page: SegmentedText, first: int, last: int) -> Phrase:
    at = np.array([first, first])
    head, whole = page.hashes(at, np.array([first + SEED, last])).tolist()
    return head, last - first, whole


def _find_seeds(page: SegmentedText, bare: Flags) -> tuple[Places, Hashes]:
    """The rows of SEED words within a line, all of them bare: where they are, and their hashes."""
    count = len(page) - SEED + 1
    if count <= 0:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    at = np.arange(count)
    line = np.searchsorted(page.lines, at, "right")
    ends = page.lines[line]
    taken = np.zeros(len(page) + 1, np.int64)
    np.cumsum(~bare, out=taken[1:])
    at = at[(at + SEED <= ends) & (taken[at + SEED] == taken[at])]
    return at, page.hashes(at, at + SEED)


def _find_bounds(page: SegmentedText, at: Places) -> tuple[Places, Places]:
    """The phrases that rows of frequent seeds make, with seams at both ends."""
    found = []
    if len(at):
        boundaries = set(page.sentences.tolist())
        breaks = np.flatnonzero(np.diff(at) > 1)
        heads, tails = np.append(0, breaks + 1), np.append(breaks, len(at) - 1)
        for head, tail in zip(at[heads].tolist(), (at[tails] + SEED).tolist(), strict=True):
            if (cut := _trim_to_seams(page, boundaries, head, tail)) is not None:
                found.append(cut)
    rows = np.array(found, np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _trim_to_seams(
    page: SegmentedText, boundaries: set[int], head: int, tail: int
) -> tuple[int, int] | None:
    """The longest part of a row between two seams, if it is long enough."""
    firsts = (
        at for at in range(head, min(head + _SLACK, tail) + 1) if _is_seam(page, boundaries, at)
    )
    lasts = (
        at for at in range(tail, max(tail - _SLACK, head), -1) if _is_seam(page, boundaries, at)
    )
    first, last = next(firsts, tail), next(lasts, head)
    if last - first >= SEED and page.mass[last] - page.mass[first] >= _LEAST_WORDS:
        return first, last
    if first < tail and page.mass[tail] - page.mass[first] >= _LEAST_OPEN:
        return first, tail
    middle = page.text[page.starts[head] : page.ends[tail - 1]]
    if page.mass[tail] - page.mass[head] >= _LEAST_OPEN and middle.lower() == middle.upper():
        return head, tail
    return None


def _is_seam(page: SegmentedText, boundaries: set[int], at: int) -> bool:
    return at in boundaries or page.text[page.starts[at]].isupper()
