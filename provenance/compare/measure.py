"""The way from two texts to a Reuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provenance.compare.chains import Stretch, aligned, selected
from provenance.compare.prepared import Prepared, prepare
from provenance.compare.seeds import runs
from provenance.compare.sentences import rewritten
from provenance.compare.furniture import trimmed
from provenance.compare.quotes import is_quotation
from provenance.compare.shape import joined, kept, snapped
from provenance.model import Family, Likeness, Passage, PassageKind, Place, Reuse

if TYPE_CHECKING:
    from provenance.compare.sentences import rewritten
from provenance.compare.furniture import trimmed
from provenance.compare.quotes import is_quotation
from provenance.compare.shape import joined, kept, snapped
from provenance.model import Document, Signal


# Words copied outside quotations from which the quotations were copied along with them.
_COPIED_ANYWAY = 40


class Found(NamedTuple):
    """An aligned stretch, and whether it is a quotation."""

    stretch: Stretch
    quoted: bool


def stretches(suspect: Prepared, source: Prepared) -> list[Found]:
    """The stretches of the suspect that stand in the source."""
    found = aligned(suspect, source, selected(runs(suspect, source)))
    found = snapped(suspect, source, found)
    found = sorted(found + rewritten(suspect, source, found))
    found = trimmed(suspect, source, joined(suspect, found))
    groups = kept(suspect, source, found)
    quotations = [is_quotation(suspect, source, group) for group in groups]
    other = sum(
        part.end - part.start
        for group, quotation in zip(groups, quotations, strict=True)
        for part in group
        if not quotation
    )
    return [
        Found(part, quotation and other < _COPIED_ANYWAY)
        for group, quotation in zip(groups, quotations, strict=True)
        for part in group
    ]


def compare_prepared(suspect: Prepared, source: Prepared) -> Reuse:
    """How much of ``suspect`` stands in ``source``, and where."""
    pieces = stretches(suspect, source)
    found = [piece.stretch for piece in pieces]
    n, m = max(1, len(suspect.words)), max(1, len(source.words))
    words = sum(s.end - s.start for s in found)
    there = min(m, sum(s.source_end - s.source_start for s in found))
    share, back = words / n, there / m
    best = max(share, back)
    likeness = (
        Likeness.COPIED if best >= 0.8 else Likeness.PARTLY if best >= 0.08 else Likeness.UNRELATED
    )
    return Reuse(
        suspect_containment=share,
        source_containment=back,
        resemblance=min(1.0, 2 * min(words, there) / (n + m)),
        unquoted_containment=share,
        unquoted_source_containment=back,
        verbatim=share,
        rewritten=0.0,
        longest=max((s.equal for s in found), default=0),
        runs=len(found),
        in_order=all(a.source_start <= b.source_start for a, b in zip(found, found[1:], strict=False)),
        suspect_words=len(suspect.words),
        source_words=len(source.words),
        score=best,
        likeness=likeness,
        passages=tuple(
            Passage(
                suspect=suspect.words.span(s.start, s.end),
                source=source.words.span(s.source_start, s.source_end),
                kind=PassageKind.VERBATIM,
                similarity=s.equal
                / max(s.end - s.start, s.source_end - s.source_start),
                quoted=quotation,
            )
            for s, quotation in pieces
        ),
    )


def compare_texts(suspect: str, source: str) -> Reuse:
    """How much of ``suspect`` stands in ``source``, and where; spans index the texts as given."""
    return compare_prepared(prepare(suspect), prepare(source))


def compare_documents(
    suspect: Document, source: Document, suspect_signals: tuple[Signal, ...] = ()
) -> Reuse:
    """How much of the suspect's story stands in the source's, furniture left out."""
    from dataclasses import replace

    excluded = tuple(
        sorted(
            (
                signal.span
                for signal in suspect_signals
                if signal.place is Place.TEXT
                and signal.span is not None
                and signal.family in (Family.FURNITURE, Family.STATEMENT)
            ),
            key=lambda span: (span.start, span.end),
        )
    )
    text = suspect.text
    for span in excluded:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return replace(compare_texts(text, source.text), excluded=excluded)


def match(suspect: str, source: str) -> dict[str, float | list[list[int]]]:
    """The pair score and the copied spans ``[s0, s1, t0, t1]`` without quotations."""
    reuse = compare_texts(suspect, source)
    spans = [
        [p.suspect.start, p.suspect.end, p.source.start, p.source.end]
        for p in reuse.passages
        if not p.quoted
    ]
    return {"score": reuse.score, "spans": spans}
