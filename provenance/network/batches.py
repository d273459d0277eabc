"""The two functions that read texts: the marks of each, and the alignment of each pair.

Both take and give Arrow record batches and are made of what ``check`` uses, so that every engine
gives the rows that ``check`` would.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from provenance.compare import compare_prepared, prepare
from provenance.text.shingles import MARK_WINDOW, SIZE, all_marks_of, marks_of
from provenance.text.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from provenance.compare import Prepared
    from provenance.model import Reuse, Span

MARKS = pa.schema([("piece", pa.int64()), ("words", pa.int32()), ("h", pa.int64())])
"""A row a mark; ``words`` is the length of the piece."""
ALIGNED = pa.schema(
    [
        ("a", pa.int64()),
        ("b", pa.int64()),
        ("shared", pa.int64()),
        ("words_a", pa.int32()),
        ("words_b", pa.int32()),
        ("in_a", pa.int32()),
        ("in_b", pa.int32()),
        ("verbatim", pa.int32()),
        ("longest", pa.int32()),
        ("score", pa.float64()),
        ("kind", pa.string()),
    ]
)
"""A row a pair of pieces of which one is copied from the other: ``in_a`` words of ``a`` stand in
``b``, ``verbatim`` of them word for word; ``kind`` is the likeness, or PASSAGE."""
PASSAGE, _PASSAGE_WORDS = "passage", 20
"""So many words in a row, outside quotations, of texts that are no copies: too little to judge."""
# Between two marks of one stretch of furniture stand at most so many shingles, and between it and
# the ends of its lines so many words: its outermost marks stand some way from where it ends.
_GAP, _NEAR = 2 * MARK_WINDOW, MARK_WINDOW + SIZE - 1


@dataclass(frozen=True)
class Marks:
    """(piece, text) -> MARKS."""

    schema = MARKS

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The marks of each text, ascending."""
        pieces, texts = batch.column(0).to_pylist(), batch.column(1).to_pylist()
        read = [words(text) for text in texts]
        marks = [marks_of(each) for each in read]
        counts = [len(each) for each in marks]
        columns = (
            np.repeat(np.array(pieces, np.int64), counts),
            np.repeat(np.array([len(each) for each in read], np.int32), counts),
            np.concatenate([*marks, np.empty(0, np.int64)]),
        )
        return pa.RecordBatch.from_arrays([pa.array(each) for each in columns], schema=MARKS)


@dataclass(frozen=True)
class Align:
    """(a, b, shared, text_a, text_b) -> ALIGNED, of the pairs that share enough.

    ``furniture`` are marks, ascending; their stretches are cut out of both texts first.
    """

    furniture: tuple[int, ...]
    schema = ALIGNED

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The pairs of a batch that share enough; neighbours with one ``b`` are fastest."""
        rows = []
        last: tuple[int, Prepared] | None = None
        for a, b, shared, text_a, text_b in zip(
            *(column.to_pylist() for column in batch.columns), strict=True
        ):
            if last is None or last[0] != b:
                last = b, prepare(self.cut(text_b))
            reuse = compare_prepared(prepare(self.cut(text_a)), last[1])
            if kind := _kind(reuse):
                rows.append((a, b, shared, *_measures(reuse), kind))
        columns = list(zip(*rows, strict=True)) or [()] * len(ALIGNED)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, ALIGNED, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=ALIGNED)

    def cut(self, text: str) -> str:
        """The text without its stretches of furniture; a line ends where one was."""
        return cut_furniture(text, self._marks) if self.furniture else text

    @cached_property
    def _marks(self) -> NDArray[np.int64]:
        return np.array(self.furniture, np.int64)


def cut_furniture(text: str, furniture: NDArray[np.int64]) -> str:
    """The text without the stretches that these marks stand close together in."""
    kept, end = list[str](), 0
    for start, stop in find_furniture(text, furniture):
        kept.append(text[end:start])
        end = stop
    return "\n".join([*kept, text[end:]])


def find_furniture(text: str, furniture: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Where the stretches of furniture stand: start inclusive, end exclusive, in order."""
    read = words(text)
    at = np.flatnonzero(np.isin(all_marks_of(read), furniture))
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > _GAP) + 1
    spans = [
        read.span(int(at[first]), int(at[last - 1]) + SIZE)
        for first, last in pairwise([0, *breaks.tolist(), len(at)])
    ]
    return [_to_line_ends(text, span) for span in spans]


def _to_line_ends(text: str, span: Span) -> tuple[int, int]:
    """A stretch with the few words to the beginning of its first line and the end of its last."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    return (
        start if len(text[start : span.start].split()) <= _NEAR else span.start,
        end if len(text[span.end : end].split()) <= _NEAR else span.end,
    )


def _measures(reuse: Reuse) -> tuple[object, ...]:
    """The columns of ALIGNED from ``words_a`` to ``score``."""
    ours, theirs = reuse.suspect_words, reuse.source_words
    return (
        *(ours, theirs),
        *(round(reuse.suspect_containment * ours), round(reuse.source_containment * theirs)),
        *(round(reuse.verbatim * ours), reuse.longest, reuse.score),
    )


def _kind(reuse: Reuse) -> str:
    """The likeness of a copy; PASSAGE where one passage is long enough; '' for neither."""
    if reuse.likeness.is_copy:
        return reuse.likeness.value
    told = reuse.longest >= _PASSAGE_WORDS and any(not each.quoted for each in reuse.passages)
    return PASSAGE if told else ""
