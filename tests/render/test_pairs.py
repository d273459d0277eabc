from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Passage, PassageKind, Reuse, Span
from provenance.render.pairs import rows, spine
from provenance.render.report.passage_alignment import Twins
from tests.render import pages


def reuse(*passages: tuple[int, int, int, int], excluded: tuple[Span, ...] = ()) -> Reuse:
    made = tuple(
        Passage(
            suspect=Span(start=a, end=b),
            source=Span(start=c, end=d),
            kind=PassageKind.VERBATIM,
            similarity=1.0,
        )
        for a, b, c, d in passages
    )
    return replace(pages.MEASURE, passages=made, excluded=excluded)


def squeezed(text: str) -> str:
    return "".join(text.split())


@st.composite
def measured(draw: st.DrawFn) -> tuple[str, str, Reuse]:
    """Two texts and passages anywhere in them, ordered and apart only in the suspect."""
    letters = st.text("ab \n.", min_size=1, max_size=60)
    suspect, source = draw(letters), draw(letters)
    edges = draw(st.lists(st.integers(0, len(suspect)), max_size=8, unique=True).map(sorted))
    spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    passages = []
    for a, b in spans:
        c = draw(st.integers(0, len(source) - 1))
        d = draw(st.integers(c + 1, len(source)))
        passages.append((a, b, c, d))
    start = draw(st.integers(0, len(suspect)))
    excluded = Span(start=start, end=draw(st.integers(start, len(suspect))))
    return suspect, source, reuse(*passages, excluded=(excluded,))


@given(measured())
def test_both_texts_are_shown_whole_and_once(case: tuple[str, str, Reuse]) -> None:
    suspect, source, measure = case
    made = rows(suspect, source, measure)
    left = "".join(piece.text for row in made for piece in row.left)
    right = "".join(piece.text for row in made if not row.moved for piece in row.right)
    assert squeezed(left) == squeezed(suspect)
    assert squeezed(right) == squeezed(source)


@given(measured())
def test_every_passage_opens_once_on_each_side(case: tuple[str, str, Reuse]) -> None:
    suspect, source, measure = case
    made = rows(suspect, source, measure)
    numbers = list(range(1, len(measure.passages) + 1))
    for side in ([p for r in made for p in r.left], [p for r in made for p in r.right]):
        assert [piece.number for piece in side if piece.opens] == numbers


@given(measured())
def test_the_spine_keeps_the_order_of_the_source(case: tuple[str, str, Reuse]) -> None:
    passages = case[2].passages
    kept = [passages[index].source for index in sorted(spine(passages))]
    assert all(one.end <= other.start for one, other in itertools.pairwise(kept))
    assert bool(kept) is bool(passages)


def test_very_many_passages_keep_the_order_too() -> None:
    many = [(5 * i, 5 * i + 4, 5 * (i ^ 3), 5 * (i ^ 3) + 4) for i in range(600)]
    passages = reuse(*many).passages
    kept = [passages[index].source for index in sorted(spine(passages))]
    assert len(kept) >= 150
    assert all(one.end <= other.start for one, other in itertools.pairwise(kept))


def test_rows_follow_the_paragraphs_of_the_suspect() -> None:
    suspect = "One is here.\n\nTwo is new.\n\nThree is here."
    source = "One is here.\n\nThree is here."
    made = rows(suspect, source, reuse((0, 12, 0, 12), (27, 41, 14, 28)))
    told = [
        (" ".join(p.text for p in row.left), " ".join(p.text for p in row.right)) for row in made
    ]
    assert told == [
        ("One is here.", "One is here."),
        ("Two is new.", ""),
        ("Three is here.", "Three is here."),
    ]


def test_a_passage_over_paragraphs_is_cut_at_the_suspects_on_both_sides() -> None:
    first = "The ferry came in at seven with forty crates of flour."
    second = "“Nobody buys a ship out of pity,” said the mayor at last."
    suspect, source = f"{first}\n\n{second}", f"{first} {second}"
    made = rows(suspect, source, reuse((0, len(suspect), 0, len(source))))
    assert [[p.text for p in row.right] for row in made] == [[first], [second]]
    assert [row.numbers for row in made] == [(1,), (1,)]
    assert [piece.opens for row in made for piece in row.left] == [True, False]


def test_paragraphs_that_are_not_found_again_stay_joined() -> None:
    suspect, source = "One is here.\n\nTwo is there.", "Uno sta qui. Due sta qua."
    made = rows(suspect, source, reuse((0, len(suspect), 0, len(source))))
    assert len(made) == 1


def test_paragraphs_without_a_twin_are_blocks() -> None:
    made = rows("AAAA\nx\ny\nz\nBBBB", "AAAA\nBBBB", reuse((0, 4, 0, 4), (11, 15, 5, 9)))
    alone = [piece for row in made for piece in row.left if not piece.number]
    assert [(piece.text, piece.block) for piece in alone] == [("x", True), ("y", True), ("z", True)]


def test_a_moved_passage_has_a_row_of_its_own_and_an_echo() -> None:
    made = rows("AAAA\nBBBB BBBB", "BBBB BBBB\nAAAA", reuse((0, 4, 10, 14), (5, 14, 0, 9)))
    moved = [row for row in made if row.moved]
    assert [[p.text for p in row.left] for row in moved] == [["AAAA"]]
    echoes = [piece for row in made for piece in row.right if piece.echo]
    assert [(piece.number, piece.text) for piece in echoes] == [(1, "AAAA")]


def test_reworded_words_are_told_from_kept_ones() -> None:
    ours, theirs = "The council paid 212 crowns.", "It cost the council 212 crowns."
    passage = replace(
        reuse((0, len(ours), 0, len(theirs))).passages[0],
        kind=PassageKind.REWRITTEN,
        similarity=0.7,
    )
    (row,) = rows(ours, theirs, replace(pages.MEASURE, passages=(passage,), excluded=()))
    kept = [text for text, same in row.left[0].words if same]
    assert kept == ["The council", "212 crowns"]
    assert "".join(text for text, _ in row.right[0].words) == theirs


def test_another_apostrophe_or_case_is_the_same_word() -> None:
    ours, theirs = "The island’s ferry", "the Island's ferry"
    whole = Span(start=0, end=len(ours))
    assert Twins(ours, theirs).kept(whole, whole) == ((), ())
