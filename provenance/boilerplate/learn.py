"""Boilerplate is learned from the pages of a site and found on each of them.

Shared boilerplate proves nothing about a story. A line or sentence that stands on several pages
whose other text differs is boilerplate. One that stands on copies of one story, or speaks of its
story, is story. Numbers in it may differ, and so may the page's headline.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

from provenance.boilerplate import headings, run_together, templates
from provenance.boilerplate.recurring import (
    LEAST,
    LINES,
    SENTENCES,
    WEAK,
    find_recurring,
)
from provenance.boilerplate.segments import SegmentedText, is_known, segment_text
from provenance.model import Span
from provenance.model.audit import SiteBoilerplate
from provenance.text.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from provenance.boilerplate.segments import Hashes

    Flags = NDArray[np.bool_]

_DIGITS = re.compile(r"\d+")
_MOST_SHOWN = 50
_SHOWN_LENGTH, _PART = 200, 16
# A line of which so much is boilerplate and so few words are not is boilerplate; and so are so few
# words between two pieces of it.
_MOSTLY, _FEW, _GAP = 0.7, 8.0, 3.0


class Story(Protocol):
    """What is looked at of a page."""

    @property
    def title(self) -> str | None:
        """Its headline."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


def learn_boilerplate(stories: Iterable[Story]) -> SiteBoilerplate:
    """The boilerplate of one site and what it puts around headlines, from some of its pages.

    Neither the order of the pages nor a second copy of one matters. Of fewer than three different
    pages nothing is learned. Time is linear in the text.
    """
    read = [(story.title or "", story.text) for story in stories]
    titles, texts = [title for title, _ in read], [text for _, text in read]
    prefixes, suffixes = (
        headings.learn_openings(titles, texts),
        headings.learn_endings(titles, texts),
    )
    pages = dict[bytes, SegmentedText]()
    for title, text in read:
        page = segment_text(text, headings.split_headline(title, prefixes, suffixes)[1])
        pages.setdefault(page.codes.tobytes() + page.lines.tobytes(), page)
    different = [page for key, page in sorted(pages.items()) if key]
    if len(different) < LEAST:
        return SiteBoilerplate(prefixes=prefixes, suffixes=suffixes)
    found = find_recurring(different)
    table = distinct(
        np.concatenate([found.table, templates.learn_templates(found.site, found.table)])
    )
    marked = np.concatenate([_mark_boilerplate(page, table, ()) for page in different])
    phrases, places = run_together.learn_phrases(found.site, found.bare & ~marked)
    places = (*found.lines, *found.sentences, *places, *templates.list_examples(found.site, table))
    return SiteBoilerplate(
        shown=_choose_examples(different, places),
        prefixes=prefixes,
        suffixes=suffixes,
        marks=table.astype("<u8").tobytes(),
        phrases=phrases,
    )


# Asked twice of each page: before it is compared and before it is looked up.
@lru_cache(maxsize=4)
def find_boilerplate(text: str, boilerplate: SiteBoilerplate, title: str = "") -> tuple[Span, ...]:
    """Where the site's boilerplate stands in the text of one of its pages, in order.

    A span lies within a line; one that covers all words of a line covers the line, but for the
    space around it. ``title`` is the page's own headline, as the page gives it.
    """
    if not boilerplate.marks and not boilerplate.phrases:
        return ()
    page = segment_text(text, split_title(title, boilerplate)[1])
    if not len(page):
        return ()
    flags = _mark_boilerplate(page, np.frombuffer(boilerplate.marks, "<u8"), boilerplate.phrases)
    opens = np.zeros(len(page) + 1, bool)
    opens[page.lines] = True
    held = np.concatenate([[False], flags, [False]])
    firsts = np.flatnonzero(flags & (~held[:-2] | opens[:-1]))
    lasts = np.flatnonzero(flags & (~held[2:] | opens[1:])) + 1
    return tuple(
        _make_span(page, *pair) for pair in zip(firsts.tolist(), lasts.tolist(), strict=True)
    )


def remove_boilerplate(text: str, boilerplate: SiteBoilerplate, title: str = "") -> str:
    """The text without the site's boilerplate."""
    pieces, done = [], 0
    for span in find_boilerplate(text, boilerplate, title):
        pieces.append(text[done : span.start])
        done = span.end
    return "".join([*pieces, text[done:]])


def split_title(title: str, boilerplate: SiteBoilerplate) -> tuple[str, str, str]:
    """What the site put before a headline, the headline, and what it put after it."""
    return headings.split_headline(title, boilerplate.prefixes, boilerplate.suffixes)


def _mark_boilerplate(
    page: SegmentedText, table: Hashes, phrases: Sequence[run_together.Phrase]
) -> Flags:
    """Which words of a page are boilerplate."""
    depth = np.zeros(len(page) + 1, np.int64)
    for firsts, lasts in _find_known(page, table):
        np.add.at(depth, firsts, 1)
        np.add.at(depth, lasts, -1)
    for first, last in run_together.find_phrases(page, phrases):
        depth[first] += 1
        depth[last] -= 1
    flags: Flags = np.cumsum(depth[:-1]) > 0
    return _fill_lines(page, flags) if flags.any() else flags


def _find_known(
    page: SegmentedText, table: Hashes
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """What of the page stands in the table."""
    count = len(page.lines) - 1
    firsts = np.concatenate([page.lines[:-1], page.sentences[:-1]])
    lasts = np.concatenate([page.lines[1:], page.sentences[1:]])
    sums = page.hashes(firsts, lasts)
    hit = is_known(sums[:count] ^ LINES, table) & ~page.is_title(firsts[:count], lasts[:count])
    result = [(firsts[:count][hit], lasts[:count][hit]), *templates.find_templates(page, table)]
    firsts, lasts, sums = firsts[count:], lasts[count:], sums[count:]
    hit = is_known(sums ^ SENTENCES, table)
    if hit.any():
        hit = _extend_to_weak(hit, is_known(sums ^ WEAK, table) & ~hit, page)
        result.append((firsts[hit], lasts[hit]))
    return result


def _extend_to_weak(hit: Flags, weak: Flags, page: SegmentedText) -> Flags:
    """The hits, and the weak ones that reach one in the same line through nothing but weak ones."""
    if not weak.any():
        return hit
    opens = np.isin(page.sentences, page.lines)
    hit = hit.copy()
    for at in np.flatnonzero(weak).tolist():
        hit[at] |= not opens[at] and hit[at - 1]
    for at in np.flatnonzero(weak & ~hit).tolist()[::-1]:
        hit[at] |= at + 1 < len(hit) and not opens[at + 1] and hit[at + 1]
    return hit


def _fill_lines(page: SegmentedText, flags: Flags) -> Flags:
    """The flags with lines that are mostly boilerplate, and small gaps in it, made boilerplate."""
    firsts, lasts = page.lines[:-1], page.lines[1:]
    covered = np.zeros(len(page) + 1)
    np.cumsum(page.weights * flags, out=covered[1:])
    inside = covered[lasts] - covered[firsts]
    whole = page.mass[lasts] - page.mass[firsts]
    for at in np.flatnonzero((inside > 0) & (inside < whole)).tolist():
        first, last = int(firsts[at]), int(lasts[at])
        if inside[at] >= _MOSTLY * whole[at] and whole[at] - inside[at] <= _FEW:
            flags[first:last] = True
            continue
        marked = first + np.flatnonzero(flags[first:last])
        for before, after in pairwise(marked.tolist()):
            if page.mass[after] - page.mass[before + 1] <= _GAP:
                flags[before:after] = True
    return flags


def _make_span(page: SegmentedText, first: int, last: int) -> Span:
    """The words with the marks that belong to them: to a line's ends, or up to a space."""
    text = page.text
    start, end = int(page.starts[first]), int(page.ends[last - 1])
    before = int(page.ends[first - 1]) if first else 0
    after = int(page.starts[last]) if last < len(page) else len(text)
    opened = text.rfind("\n", before, start)
    if opened >= 0 or not first:
        head = text[opened + 1 if opened >= 0 else 0 : start]
        start -= len(head.lstrip())
    tail = text[end:after].split("\n", 1)
    end += (
        len(tail[0].rstrip())
        if len(tail) > 1 or last == len(page)
        else len(_closing_marks(tail[0]))
    )
    return Span(start=start, end=end)


def _closing_marks(gap: str) -> str:
    """The marks right after a word."""
    return gap.split(None, 1)[0] if gap[:1].strip() else ""


def _choose_examples(
    pages: Sequence[SegmentedText], places: Iterable[tuple[int, int, int, int]]
) -> tuple[str, ...]:
    """Boilerplate as it stands, the most frequent first.

    Of two that differ in numbers, or of which one is part of the other, one is shown.
    """
    shown, keys = list[str](), list[str]()
    for _, number, first, last in sorted(places, key=lambda at: (-at[0], at[2] - at[3])):
        span = _make_span(pages[number], first, last)
        text = " ".join(pages[number].text[span.start : span.end].split())[:_SHOWN_LENGTH]
        key = _DIGITS.sub("0", text)
        if not any(_are_alike(key, other) for other in keys):
            shown.append(text)
            keys.append(key)
        if len(shown) >= _MOST_SHOWN:
            break
    return tuple(shown)


def _are_alike(key: str, other: str) -> bool:
    """Whether two texts are one, or a longer part of one."""
    short, long = sorted((key, other), key=len)
    return short == long or (len(short) >= _PART and short in long)
