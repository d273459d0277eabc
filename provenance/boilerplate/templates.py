"""Lines that a site fills in anew on each page: only some of their words come again.

Short lines that begin and end alike ("Follow ... on the harbour wire"), lines in brackets that
begin alike ("(Reporting by ...)"), and what stands before a colon at the beginning of a line; that
with what follows it, where half of all pages have it and little follows. Prose that begins like
other prose does so more often on a page, or on fewer pages.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from provenance.boilerplate.recurring import LINES
from provenance.boilerplate.segments import NUMBER, TITLE, is_known
from provenance.text.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.boilerplate.recurring import Place, SitePages
    from provenance.boilerplate.segments import Hashes, Places, SegmentedText

# A form stands on such a part of the stories, a field of one on such a part of them, and on a page
# so often on average at most.
_SHARE, _FIELD_SHARE, _SELDOM = 0.1, 0.5, 2
# Words at most: of a line with a gap, of what stands before a colon, of a field with its contents.
_LONGEST, _LONGEST_LABEL, _LONGEST_FIELD = 14, 5, 9.0
# For a text with a line break before it: what begins with a certain character is found fast.
_LABEL = re.compile(r"\n[^\w\n]{0,8}\w[^\n:：]{0,40}[:：](?!//)")
_ASIDE = re.compile(r"\n[^\S\n]{0,9}[(（［【][^\n]{1,300}[)）］】][.。]?[^\S\n]{0,9}(?=\n|$)")
_OPENED, _CLOSED, _ASIDES, _LABELS, _FIELDS = (
    np.uint64(number << 60 | 0x2545F4914F6CDD1) for number in range(4, 9)
)
_MIX = np.uint64(0xD6E8FEB86659FD93)


def learn_templates(site: SitePages, table: Hashes) -> Hashes:
    """Hashes by which the forms of a site are known; lines in the table are none."""
    found: tuple[list[Hashes], ...] = ([], [], [], [])
    holders: tuple[list[Places], ...] = ([], [], [], [])
    for number, page in enumerate(site.pages):
        firsts, lasts, *ways = _hash_ends(page)
        new = ~is_known(page.hashes(firsts, lasts) ^ LINES, table)
        kinds = (*(way[new] for way in ways), _hash_bracketed(page)[2], _hash_labels(page)[2])
        for rows, held, hashes in zip(found, holders, kinds, strict=True):
            rows.append(hashes)
            held.append(np.full(len(hashes), site.stories[number]))
    result = []
    for rows, held in zip(found, holders, strict=True):
        sums, kind = np.unique(np.concatenate(rows), return_inverse=True)
        pairs = distinct(kind.reshape(-1) * len(site.pages) + np.concatenate(held))
        spread = np.bincount(pairs // len(site.pages), minlength=len(sums))
        seldom = np.bincount(kind.reshape(-1), minlength=len(sums)) <= _SELDOM * spread
        result.append(sums[seldom & (spread >= site.least(_SHARE))])
    labels = sums[seldom & (spread >= site.least(_FIELD_SHARE))]
    return np.concatenate([*result, labels ^ _LABELS ^ _FIELDS])


def list_examples(site: SitePages, table: Hashes) -> tuple[Place, ...]:
    """How often each form stands and one place of it, forms of one first word taken for one."""
    times = Counter[tuple[int, int]]()
    places: dict[tuple[int, int], tuple[int, int, int]] = {}
    for number, page in enumerate(site.pages):
        for way, (firsts, lasts) in enumerate(find_templates(page, table)):
            for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
                form = way, int(page.codes[first])
                times[form] += 1
                places.setdefault(form, (number, first, last))
    return tuple((times[form], *place) for form, place in sorted(places.items()))


def find_templates(page: SegmentedText, table: Hashes) -> Iterator[tuple[Places, Places]]:
    """First words and last (exclusive) of what is boilerplate in the forms of a page."""
    firsts, lasts, *ways = _hash_ends(page)
    hit = is_known(ways[0], table) | is_known(ways[1], table)
    yield firsts[hit], lasts[hit]
    firsts, lasts, sums = _hash_bracketed(page)
    if len(firsts):
        hit = is_known(sums, table)
        yield firsts[hit], lasts[hit]
    firsts, lasts, sums = _hash_labels(page)
    if len(firsts):
        hit = is_known(sums, table)
        ends = page.lines[np.searchsorted(page.lines, firsts, "right")]
        whole = is_known(sums ^ _LABELS ^ _FIELDS, table)
        whole &= page.mass[ends] - page.mass[firsts] <= _LONGEST_FIELD
        whole &= page.codes[np.minimum(lasts, ends - 1)] != TITLE
        yield firsts[hit], np.where(whole, ends, lasts)[hit]


def _hash_ends(page: SegmentedText) -> tuple[Places, Places, Hashes, Hashes]:
    """Short lines: where each is, and hashes of two words of one end and one of the other."""
    firsts, lasts = page.lines[:-1], page.lines[1:]
    size = lasts - firsts
    fit = (size > 3) & (size <= _LONGEST)
    firsts, lasts = firsts[fit], lasts[fit]
    one, two, last, last_but_one = (
        page.codes[at] for at in (firsts, firsts + 1, lasts - 1, lasts - 2)
    )
    outer = one * _MIX + last
    return firsts, lasts, (outer * _MIX + two) ^ _OPENED, (outer * _MIX + last_but_one) ^ _CLOSED


def _hash_bracketed(page: SegmentedText) -> tuple[Places, Places, Hashes]:
    """Lines that stand in brackets: where, and the hashes of their first two words."""
    found = [match.span() for match in _ASIDE.finditer(f"\n{page.text}")]
    rows = np.searchsorted(page.starts, np.array(found, np.int64).reshape(-1, 2) - 1)
    firsts, lasts = rows[rows[:, 1] - rows[:, 0] > 2].T
    return firsts, lasts, page.hashes(firsts, firsts + 2) ^ _ASIDES


def _hash_labels(page: SegmentedText) -> tuple[Places, Places, Hashes]:
    """What stands before a colon at the beginning of a line: where, and the hashes."""
    ends = [found.end() - 1 for found in _LABEL.finditer(f"\n{page.text}")]
    lasts = np.searchsorted(page.starts, np.array(ends, np.int64))
    lasts = lasts[lasts > 0]
    firsts = page.lines[np.searchsorted(page.lines, lasts - 1, "right") - 1]
    fit = (lasts - firsts <= _LONGEST_LABEL) & (page.codes[firsts] != NUMBER)
    firsts, lasts = firsts[fit], lasts[fit]
    return firsts, lasts, page.hashes(firsts, lasts) ^ _LABELS
