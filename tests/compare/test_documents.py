"""Two pages: what is left out, and how alike their titles are."""

from __future__ import annotations

import pytest

from provenance.compare import compare_documents
from provenance.model import Document, Family, Likeness, Place, Signal, Span
from tests.build import document, signal
from tests.compare.stories import OTHER, STORY


def mark(page: Document, words: str, family: Family) -> Signal:
    start = page.text.index(words)
    return signal(
        quote=words,
        family=family,
        place=Place.TEXT,
        span=Span(start=start, end=start + len(words)),
    )


def test_a_verbatim_repost_measures_whole() -> None:
    credit, push = "Originally published by The Aldervik Post.", "Sign up for our letter, free."
    source = document(title="Quay closed to lorries", text=STORY)
    suspect = document(title="Quay Closed to Lorries!", text=f"{credit}\n\n{STORY}\n\n{push}")
    signals = (
        mark(suspect, push, Family.FURNITURE),
        mark(suspect, credit, Family.STATEMENT),
    )
    reuse = compare_documents(suspect, source, signals)
    assert reuse.suspect_containment == reuse.source_containment == 1.0
    assert [suspect.text[span.start : span.end] for span in reuse.excluded] == [credit, push]
    (passage,) = reuse.passages
    assert suspect.text[passage.suspect.start : passage.suspect.end] == STORY
    assert reuse.headline == 1.0
    assert reuse.likeness is Likeness.COPIED


def test_an_agency_dateline_is_left_out() -> None:
    suspect = document(text=f"SALTMERE (ABC) - {STORY}")
    reuse = compare_documents(
        suspect, document(text=STORY), (mark(suspect, "SALTMERE (ABC) -", Family.AGENCY),)
    )
    assert reuse.suspect_containment == 1.0
    assert len(reuse.excluded) == 1


def test_an_attribution_inside_a_sentence_is_story() -> None:
    told = "as the Aldervik Post first reported"
    suspect = document(text=STORY.replace("and was last", f"{told} and was last"))
    reuse = compare_documents(
        suspect, document(text=STORY), (mark(suspect, told, Family.STATEMENT),)
    )
    assert reuse.excluded == ()


@pytest.mark.parametrize(
    "other",
    [
        signal(place=Place.TAIL, span=Span(start=0, end=20)),
        signal(place=Place.TEXT, span=None),
        signal(place=Place.TEXT, span=Span(start=0, end=20), family=Family.TRACE),
    ],
)
def test_only_spans_of_the_story_are_left_out(other: Signal) -> None:
    reuse = compare_documents(document(text=STORY), document(text=STORY), (other,))
    assert reuse.excluded == ()
    assert reuse.suspect_containment == 1.0


def test_overlapping_spans_are_one() -> None:
    suspect = document(text=STORY)
    spans = [Span(start=0, end=30), Span(start=20, end=50), Span(start=90, end=100)]
    signals = [signal(place=Place.TEXT, span=s, family=Family.FURNITURE) for s in spans]
    reuse = compare_documents(suspect, document(text=STORY), tuple(signals))
    assert reuse.excluded == (Span(start=0, end=50), Span(start=90, end=100))


@pytest.mark.parametrize(
    ("ours", "theirs", "low", "high"),
    [
        (None, "Quay closed", None, None),
        ("Quay closed", "", None, None),
        ("Quay closed to lorries", "QUAY CLOSED TO LORRIES", 1.0, 1.0),
        ("Quay closed to lorries", "Closed to lorries: quay", 1.0, 1.0),
        ("Quay closed to lorries", "Two schools share one kitchen", 0.0, 0.5),
    ],
)
def test_headlines(
    ours: str | None, theirs: str | None, low: float | None, high: float | None
) -> None:
    likeness = compare_documents(
        document(title=ours, text=OTHER), document(title=theirs, text=STORY)
    ).headline
    if low is None or high is None:
        assert likeness is None
    else:
        assert likeness is not None
        assert low <= likeness <= high
