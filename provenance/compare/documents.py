"""Two pages compared: the stories, without what the suspect page itself marks as not story."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from provenance.compare.measure import compare_prepared
from provenance.compare.prepared import prepare
from provenance.model import Document, Family, Place, Reuse, Signal, Span
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

# Characters of an attribution that shares its line with the story, at most.
_SHORT = 120


def compare_documents(
    suspect: Document, source: Document, suspect_signals: tuple[Signal, ...] = ()
) -> Reuse:
    """How much of the suspect's story stands in the source's; spans index ``text`` of both.

    Spans that ``suspect_signals`` mark as furniture, and those of attributions and agency marks
    that stand on a line of their own or at its beginning or end, are left out of numerator and
    denominator and listed in ``excluded``. ``headline`` compares the titles.
    """
    excluded = _merge(
        signal.span
        for signal in suspect_signals
        if signal.place is Place.TEXT
        and signal.span is not None
        and _is_no_story(signal.family, signal.span, suspect.text)
    )
    reuse = compare_prepared(prepare(_blank_out(suspect.text, excluded)), prepare(source.text))
    return replace(
        reuse, headline=_compare_headlines(suspect.title, source.title), excluded=excluded
    )


def _is_no_story(family: Family, span: Span, text: str) -> bool:
    if family is Family.FURNITURE:
        return True
    if family not in (Family.STATEMENT, Family.AGENCY):
        return False
    opens = not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    line_end = text.find("\n", span.end)
    closes = not text[span.end : line_end if line_end >= 0 else len(text)].strip(" .)]")
    return (opens and closes) or ((opens or closes) and span.end - span.start <= _SHORT)


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones made one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if result and span.start <= result[-1].end:
            result[-1] = Span(start=result[-1].start, end=max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def _blank_out(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans made line breaks, so that all offsets stay."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += (text[done : span.start], "\n" * (span.end - span.start))
        done = span.end
    return "".join([*pieces, text[done:]])


def _compare_headlines(ours: str | None, theirs: str | None) -> float | None:
    """How alike two titles are, 0..1: letters in order, or with the words sorted."""
    keys = [_fold_headline(title or "") for title in (ours, theirs)]
    if not all(keys):
        return None
    return max(fuzz.ratio(*keys), fuzz.token_sort_ratio(*keys)) / 100


@lru_cache(maxsize=2)
def _fold_headline(title: str) -> str:
    return " ".join(words(title).keys)
