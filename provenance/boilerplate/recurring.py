"""Which lines and sentences recur on pages of a site that tell different stories.

What recurs is boilerplate, unless one of three things holds. It speaks of its story: its rarer
words stand in the rest of the same pages far more often than in the rest of others. Or it is
quoted speech. Or nearly all text of its pages is alike, so that they are copies. The rarer a
segment is, the more is asked of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from provenance.boilerplate.segments import MOST_WORDS, NUMBER, is_known
from provenance.text import marks
from provenance.text.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from provenance.boilerplate.segments import Hashes, Places, SegmentedText

    Place = tuple[int, int, int, int]
    Flags = NDArray[np.bool_]
    Shares = NDArray[np.float64]

# A piece must stand on so many different stories.
LEAST = 3
# And on such a part of them: a line, one of few words, a sentence in a paragraph.
_LINE, _SHORT_LINE, _SENTENCE = 0.02, 0.05, 0.08
# Words of a short line, and of a sentence that is one anywhere.
_FEW, _ENOUGH = 3.0, 4.0
# On half of all pages, and on some, nothing else is asked of it.
_PLAIN, _PLAIN_PAGES = 0.5, 6
# Pages that share so much of the shorter one's words, and so many lines or so much of it, are one
# story under two addresses; what stands on more pages than the larger of these does not count.
_SAME_STORY, _SAME_LINES, _SAME_TEXT = 0.6, 3, 0.9
_COPIES, _COPIED_SHARE = 4, 0.1
# Words that stand on at most such a part of pages tell subjects apart; a piece speaks of its
# story when so much more of them stand in the rest of its own pages, or when some of them stand
# in the rest of most of its own pages and of hardly any other.
_RARER, _OF_ITS_STORY = 0.25, 0.15
_MOST_OWN, _FEW_OTHERS, _TELLING, _TELLING_SHARE = 0.6, 0.1, 2, 0.2
_ALL_ALIKE = 0.8
# So many pieces that make up such a part of all words are what the stories are made of, those aside
# that nearly all pages have.
_MANY, _MOST_OF_ALL, _NEARLY_ALL = 12, 0.25, 0.8
_LOOKED_AT = 3
# What keeps apart the hashes of one table.
LINES, SENTENCES, WEAK = (np.uint64(number << 60 | 0x2545F4914F6CDD1) for number in range(1, 4))


@dataclass(frozen=True, eq=False)
class SitePages:
    """All pages as one row of words; ``page`` is each word's, ``base`` each page's first word.

    ``terms`` are the codes that tell subjects apart: of a character that is a word, with the next.
    """

    pages: Sequence[SegmentedText]
    stories: Places
    base: Places
    page: Places
    terms: Hashes

    @property
    def count(self) -> int:
        """How many stories there are."""
        return len(distinct(self.stories))

    def least(self, share: float) -> int:
        """The number of stories that is such a part of them."""
        return max(LEAST, round(share * self.count))


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Pieces of one kind, in page order: ``kind`` numbers those of one hash alike.

    ``firsts`` and ``lasts`` number words of the page; ``sums`` are the hashes by kind.
    """

    sums: Hashes
    kind: Places
    page: Places
    firsts: Places
    lasts: Places
    weights: Shares

    @cached_property
    def weight(self) -> Shares:
        """The weight of each kind."""
        weight = np.zeros(len(self.sums))
        weight[self.kind] = self.weights
        return weight

    def spread(self, holders: Places) -> Places:
        """For each kind, on how many holders (pages or stories) it stands."""
        if not len(self.sums):
            return np.empty(0, np.int64)
        size = int(holders.max()) + 1
        pairs = distinct(self.kind * size + holders[self.page])
        return np.bincount(pairs // size, minlength=len(self.sums))


@dataclass(frozen=True, eq=False)
class Recurring:
    """What is boilerplate: hashes by which it is known, and where each line and sentence stands.

    ``bare`` are the words of the site in nothing that comes again, boilerplate or not.
    ``lines`` and ``sentences`` tell of each: how often it stands, and page, first word and last
    (exclusive) of one place, the most frequent first.
    """

    site: SitePages
    bare: Flags
    table: Hashes
    lines: tuple[Place, ...]
    sentences: tuple[Place, ...]


def find_recurring(pages: Sequence[SegmentedText]) -> Recurring:
    """What is boilerplate on these pages, which are all different."""
    lines = collect_segments(pages, [(page.lines[:-1], page.lines[1:]) for page in pages])
    sentences = collect_segments(
        pages, [(page.sentences[:-1], page.sentences[1:]) for page in pages]
    )
    site = _join_pages(pages, _group_stories(pages, sentences))
    candidates = [_find_candidates(site, kind) for kind in (lines, sentences)]
    bare = np.ones(len(site.terms), bool)
    for places, which in zip((lines, sentences), candidates, strict=True):
        bare &= ~mark_covered(site, places, np.flatnonzero(which & (places.weight >= _FEW)))
    chosen = [
        which & ~_find_formulaic(site, kind, which)
        for kind, which in (
            (lines, _choose(site, lines, candidates[0], bare)),
            (sentences, _choose(site, sentences, candidates[1], bare)),
        )
    ]
    strong = sentences.weight >= _ENOUGH
    often = sentences.spread(site.stories) >= site.least(_SENTENCE)
    within = chosen[1] & strong & often
    tables = [
        lines.sums[chosen[0]] ^ LINES,
        sentences.sums[within] ^ SENTENCES,
        sentences.sums[candidates[1] & ~strong & often] ^ WEAK,
    ]
    within &= ~is_known(sentences.sums, distinct(lines.sums[chosen[0]]))
    table = distinct(np.concatenate(tables))
    return Recurring(
        site, bare, table, list_places(lines, chosen[0]), list_places(sentences, within)
    )


def collect_segments(
    pages: Sequence[SegmentedText], bounds: Sequence[tuple[Places, Places]]
) -> Occurrences:
    """The pieces of pages with these first words and last (exclusive), but for mere headlines."""
    hashes, numbers, weights, ends = [], [], [], []
    for number, (page, pair) in enumerate(zip(pages, bounds, strict=True)):
        story = ~page.is_title(*pair)
        first, last = pair[0][story], pair[1][story]
        hashes.append(page.hashes(first, last))
        weights.append(page.mass[last] - page.mass[first])
        numbers.append(np.full(len(first), number))
        ends.append(np.stack([first, last]))
    sums, kind = np.unique(np.concatenate(hashes), return_inverse=True)
    firsts, lasts = np.concatenate(ends, axis=1)
    return Occurrences(
        sums=sums,
        kind=kind.reshape(-1),
        page=np.concatenate(numbers),
        firsts=firsts,
        lasts=lasts,
        weights=np.concatenate(weights),
    )


def _join_pages(pages: Sequence[SegmentedText], stories: Places) -> SitePages:
    sizes = [len(page) for page in pages]
    base = np.cumsum([0, *sizes])
    return SitePages(
        pages,
        stories,
        base,
        np.repeat(np.arange(len(pages)), sizes),
        np.concatenate([_subject_terms(page) for page in pages]),
    )


def _subject_terms(page: SegmentedText) -> Hashes:
    solo = page.weights < 1
    if not solo.any():
        return page.codes
    pairs = page.codes * np.uint64(3) + np.append(page.codes[1:], NUMBER)
    return np.where(solo, pairs, page.codes)


def _group_stories(pages: Sequence[SegmentedText], sentences: Occurrences) -> Places:
    """For each page the first that tells the same story.

    Both have most of the shorter one's words, in several lines or nearly all of them: a long notice
    on two short pages is one line or two.
    """
    stories = np.arange(len(pages))
    spread = sentences.spread(stories)
    most = max(_COPIES, int(_COPIED_SHARE * len(pages)))
    told = np.where(spread[sentences.kind] > most, 0.0, sentences.weights)
    rest = np.bincount(sentences.page, told, minlength=len(pages))
    opening = np.isin(
        sentences.page * (MOST_WORDS + 1) + sentences.firsts,
        np.concatenate([at * (MOST_WORDS + 1) + page.lines for at, page in enumerate(pages)]),
    )
    opens = np.bincount(sentences.kind, opening, minlength=len(sentences.sums)) > 0
    for one, other, words, lines in _tie_pages(sentences, (spread > 1) & (spread <= most), opens):
        least = min(rest[one], rest[other])
        same = words >= _SAME_STORY * least and lines >= _SAME_LINES
        if same or words >= _SAME_TEXT * least:
            low, high = sorted((stories[one], stories[other]))
            stories[stories == high] = low
    return stories


def _tie_pages(
    sentences: Occurrences, which: Flags, opens: Flags
) -> Iterator[tuple[int, int, float, float]]:
    """Pairs of pages with the words that they share, and how many of the lines.

    Each piece ties its first page to the others, and each of these to the next: linear in the
    pieces, and all copies of one story are tied.
    """
    size = int(sentences.page.max(initial=0)) + 1
    at = which[sentences.kind]
    pairs = distinct(sentences.kind[at] * size + sentences.page[at])
    kind, page = pairs // size, pairs % size
    heads = np.flatnonzero(np.append(True, kind[1:] != kind[:-1])[: len(kind)])
    first = np.repeat(page[heads], np.diff(np.append(heads, len(kind))))
    before = np.append(page[:1], page[:-1])
    chained = np.where(before == first, page, before)
    both, tie = np.unique(
        np.concatenate([first * size + page, chained * size + page]), return_inverse=True
    )
    words, lines = (
        np.bincount(tie.reshape(-1), np.tile(counted[kind], 2), minlength=len(both)).tolist()
        for counted in (sentences.weight, opens)
    )
    for pair, of_words, of_lines in zip(both.tolist(), words, lines, strict=True):
        if pair // size != pair % size:
            yield pair // size, pair % size, of_words, of_lines


def _find_candidates(site: SitePages, places: Occurrences) -> Flags:
    found: Flags = places.spread(site.stories) >= site.least(_LINE)
    return found


def mark_covered(site: SitePages, places: Occurrences, kinds: Places) -> Flags:
    """Which words of the site stand in these kinds of pieces."""
    wanted = np.zeros(len(places.sums), bool)
    wanted[kinds] = True
    at = np.flatnonzero(wanted[places.kind])
    depth = np.zeros(len(site.terms) + 1, np.int64)
    start = site.base[places.page[at]]
    np.add.at(depth, start + places.firsts[at], 1)
    np.add.at(depth, start + places.lasts[at], -1)
    found: Flags = np.cumsum(depth[:-1]) > 0
    return found


def _choose(site: SitePages, places: Occurrences, which: Flags, bare: Flags) -> Flags:
    """Which of the kinds are boilerplate."""
    which = which.copy()
    spread = places.spread(site.stories)
    short = places.weight < _FEW
    which[short] &= spread[short] >= site.least(_SHORT_LINE)
    least = max(_PLAIN_PAGES, _PLAIN * site.count)
    doubtful = np.flatnonzero(which & (spread < least))
    if not len(doubtful):
        return which
    which[doubtful[speak_of_stories(site, places, doubtful, bare)]] = False
    doubtful = doubtful[which[doubtful]]
    which[doubtful[are_quoted(site, places, doubtful)]] = False
    return which


def _find_formulaic(site: SitePages, places: Occurrences, which: Flags) -> Flags:
    """Those of the kinds that not nearly all pages have, if stories seem to be made of such."""
    some = which & (places.spread(site.stories) < _NEARLY_ALL * site.count)
    share = np.count_nonzero(mark_covered(site, places, np.flatnonzero(some))) / len(site.terms)
    return some if np.count_nonzero(some) >= _MANY and share > _MOST_OF_ALL else some & False


def speak_of_stories(site: SitePages, places: Occurrences, kinds: Places, bare: Flags) -> Flags:
    """Which of these kinds speak of their pages' stories, or stand on pages that are all alike."""
    number = np.full(len(places.sums), -1)
    number[kinds] = np.arange(len(kinds))
    at = np.flatnonzero(number[places.kind] >= 0)
    _, once = np.unique(places.kind[at] * len(site.pages) + places.page[at], return_index=True)
    at = at[once]
    owner, page = number[places.kind[at]], places.page[at]
    pages = np.bincount(owner, minlength=len(kinds))
    told = np.bincount(site.page, bare, minlength=len(site.pages))
    sizes = np.maximum(np.diff(site.base), 1)
    alike = 1 - np.bincount(owner, (told / sizes)[page], minlength=len(kinds)) / pages
    lengths = places.lasts[at] - places.firsts[at]
    row = np.repeat(np.arange(len(at)), lengths)
    inside = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    word = (site.base[page] + places.firsts[at])[row] + inside
    few = pages < _PLAIN * len(site.pages)
    return (few & (alike >= _ALL_ALIKE)) | _are_told(
        site, bare, (owner[row], page[row], site.terms[word]), pages
    )


def _are_told(
    site: SitePages, bare: Flags, said: tuple[Places, Places, Hashes], pages: Places
) -> Flags:
    """Of which owners the rarer words are told by their own pages, more than by the others.

    ``said`` are owner, page and code of each word; ``pages`` is how many pages each owner has.
    """
    owner, page, codes = said
    vocabulary, ids = np.unique(site.terms, return_inverse=True)
    size = len(vocabulary)
    told = distinct(site.page[bare] * size + ids.reshape(-1)[bare])
    everywhere = np.bincount(told % size, minlength=size)
    word = np.searchsorted(vocabulary, codes)
    rarer = everywhere[word] <= max(1, _RARER * len(site.pages))
    owner, page, word = owner[rarer], page[rarer], word[rarer]
    here = is_known(page * size + word, told)
    pairs, at, times = np.unique(owner * size + word, return_inverse=True, return_counts=True)
    holder, what = pairs // size, pairs % size
    own = np.bincount(at.reshape(-1), here, minlength=len(pairs)) / times
    others = np.maximum(len(site.pages) - pages[holder], 1)
    other = np.maximum(everywhere[what] - own * pages[holder], 0) / others
    counted = np.maximum(np.bincount(holder, minlength=len(pages)), 1)
    lift = np.bincount(holder, own - other, minlength=len(pages)) / counted
    telling = np.bincount(holder, (own >= _MOST_OWN) & (other <= _FEW_OTHERS), minlength=len(pages))
    result: Flags = (counted >= _TELLING) & (lift >= _OF_ITS_STORY)
    result |= (telling >= _TELLING) & (telling >= _TELLING_SHARE * counted)
    return result


def are_quoted(site: SitePages, places: Occurrences, kinds: Places) -> Flags:
    """Which of these kinds are speech in quotation marks, most of them, on the first pages."""
    inside: dict[int, Places] = {}
    looked = np.zeros((2, len(places.sums)))
    wanted = np.zeros(len(places.sums), bool)
    wanted[kinds] = True
    for at in np.flatnonzero(wanted[places.kind]).tolist():
        kind, number = places.kind[at], int(places.page[at])
        if looked[1, kind] >= _LOOKED_AT:
            continue
        page = site.pages[number]
        if number not in inside:
            inside[number] = marks.count_quoted(page.text, marks.find_marks(page.text), page.starts)
        first, last = places.firsts[at], places.lasts[at]
        spoken = inside[number][last] - inside[number][first]
        looked[:, kind] += (2 * spoken >= last - first, 1)
    result: Flags = 2 * looked[0, kinds] > looked[1, kinds]
    return result


def list_places(pieces: Occurrences, chosen: Flags) -> tuple[Place, ...]:
    """How often each of the chosen kinds stands, and one place of it; the most frequent first."""
    times = np.bincount(pieces.kind, minlength=len(pieces.sums))
    _, first = np.unique(pieces.kind, return_index=True)
    found = np.flatnonzero(chosen)
    ordered = found[np.lexsort((pieces.sums[found], -times[found]))]
    rows = np.stack(
        [
            times[ordered],
            *(row[first[ordered]] for row in (pieces.page, pieces.firsts, pieces.lasts)),
        ]
    )
    return tuple(tuple(row) for row in rows.T.tolist())
