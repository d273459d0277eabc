"""What a pair of texts is: one score, and one class.

The score is the mean of two shares, in the direction in which more is shared: of the words outside
quotations, those that stand in aligned passages; of the longer words, which carry the subject,
those that stand in the other text at all. Whole-text similarity decides nothing: it cannot tell
copying from two reports of one event. Cut-offs were set on labelled pairs of news texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.compare.document import is_document
from provenance.compare.ranges import cut_overlaps
from provenance.model import Likeness
from provenance.text.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

# Share outside quotations from which a text is copied whole; share of words that are equal there
# from which it is a copy at all.
_WHOLE, _MUCH = 0.8, 0.45
# Less than that is copying in part when it is such a share of either text and so many words, or
# fewer with so long an exact run, and nearly word for word: two reports of one event agree in
# phrases. Several whole sentences are copying in part whatever their share.
_PART, _WORDS, _FEWER_WORDS, _LONG_RUN, _NEARLY = 0.27, 60, 35, 25, 0.8
_SENTENCES = 150
# Share of equal words inside the passages below which they are rewritten, not copied.
_REWRITTEN = 0.65
# Share in passages, and words in them, from which a text was told anew however few words are equal.
_RETOLD, _RETOLD_WORDS = 0.45, 80
# From this share on the numbers are equal, too.
_ALL_EQUAL = 0.93
# Share of the longer words of the smaller text that two reports of one event have in common.
_SAME_EVENT = 0.12
# Share of the signs of two Chinese texts that are the same, whatever they are about.
_USUAL = 0.3
# Two texts from one template agree in words and differ in numbers: so many, so few of them alike.
_NUMBERS, _AGREE = 6, 0.45
# The highest score of a pair in which no passage proves anything: its words in common rank it.
_FAINT = 0.1


class _Side(NamedTuple):
    """One text: words outside quotations, and how many of them stand in passages."""

    words: int
    covered: int

    @property
    def share(self) -> float:
        return self.covered / self.words if self.words else 0.0


def grade_likeness(
    suspect: Prepared, source: Prepared, found: Sequence[Stretch], spoken: Collection[Stretch]
) -> tuple[float, Likeness]:
    """The pair score 0..1 and the likeness, from the stretches; ``spoken`` are quotations."""
    parts = [part for part in found if part not in spoken]
    ours = _measure_side(suspect, [(part.start, part.end) for part in parts])
    theirs = _measure_side(source, [(part.source_start, part.source_end) for part in parts])
    share = max(ours.share, theirs.share)
    density = _density(parts)
    content = _content_share(suspect, source)
    if share and is_document(suspect, source, parts):
        return _FAINT * content, Likeness.SAME_DOCUMENT
    if share == 0 or (density < _ALL_EQUAL and _is_one_template(suspect, source, parts)):
        same_event = bool(found) or content >= _SAME_EVENT
        return _FAINT * content, Likeness.SAME_EVENT if same_event else Likeness.UNRELATED
    score = _FAINT + (1 - _FAINT) * (share + content) / 2
    longest = max(part.longest for part in parts)
    words = min(ours.covered, theirs.covered)
    if share * density >= _MUCH:
        if density < _REWRITTEN:
            return score, Likeness.REWRITTEN
        return score, Likeness.COPIED if share >= _WHOLE else Likeness.PARTLY
    if density < _NEARLY and share >= _RETOLD and words >= _RETOLD_WORDS:
        return score, Likeness.REWRITTEN
    many = words >= _WORDS or (words >= _FEWER_WORDS and longest >= _LONG_RUN)
    part = (many and share >= _PART) or words >= _SENTENCES
    return score, Likeness.PARTLY if part and density >= _NEARLY else Likeness.SAME_EVENT


def _density(parts: Sequence[Stretch]) -> float:
    """The share of equal words inside the passages."""
    longer = (max(p.end - p.start, p.source_end - p.source_start) for p in parts)
    return sum(part.equal for part in parts) / max(1, sum(longer))


def _measure_side(text: Prepared, ranges: Iterable[tuple[int, int]]) -> _Side:
    quoted = text.quoted.item
    covered = sum(
        end - start - (quoted(end) - quoted(start)) for start, end in cut_overlaps(ranges)
    )
    return _Side(len(text.words) - quoted(-1), covered)


def _is_one_template(suspect: Prepared, source: Prepared, parts: list[Stretch]) -> bool:
    """Whether the numbers in the passages differ: one form filled in twice, as weather is."""
    ours = _find_numbers(suspect, [(part.start, part.end) for part in parts])
    theirs = _find_numbers(source, [(part.source_start, part.source_end) for part in parts])
    if min(len(ours), len(theirs)) < _NUMBERS:
        return False
    ours, theirs = distinct(ours), distinct(theirs)
    together = len(distinct(np.concatenate((ours, theirs))))
    return len(ours) + len(theirs) - together < _AGREE * together


def _find_numbers(text: Prepared, ranges: list[tuple[int, int]]) -> NDArray[np.uint64]:
    codes = [text.words.codes[start:end][text.numeric[start:end]] for start, end in ranges]
    return np.concatenate(codes)


def _common_share(ours: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> float:
    """The share of the smaller of two sets of codes (ascending, each once) in the other."""
    less, more = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    if not len(less):
        return 0.0
    there = more.take(more.searchsorted(less), mode="clip")
    return float(np.count_nonzero(there == less)) / len(less)


def _content_share(suspect: Prepared, source: Prepared) -> float:
    """The share of the longer words of the smaller text that stand in the other.

    In scripts without long words, what all its signs have in common beyond the usual.
    """
    if len(suspect.rarer) and len(source.rarer):
        return _common_share(suspect.rarer, source.rarer)
    return max(0.0, (_common_share(suspect.vocabulary, source.vocabulary) - _USUAL) / (1 - _USUAL))
