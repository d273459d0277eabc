"""Two pages compared: how much of the one stands in the other, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.report.html import page, pairing
from provenance.render.text.plain import isolated, paragraphs, plain, short, wrapped
from provenance.render.text.tables import Fact
from provenance.render.text.terminal import WIDTH, fact_lines
from provenance.render.text.wording import (
    LIKENESS,
    counted,
    fact_rows,
    incomparable,
    passage_kind,
)
from provenance.text.numbers import percent
from provenance.text.shared_words import count_facts, count_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Document, Passage, Reuse


def terminal(suspect: Document, source: Document, reuse: Reuse) -> str:
    """The measure and every numbered passage, ending in a line end.

    A passage that is the same on both sides is shown once, others from both texts.
    """
    lines = [
        f"{LIKENESS[reuse.likeness].capitalize()}: {_headline(reuse)}",
        *fact_lines(_facts(suspect, source, reuse), label=16),
    ]
    for number, passage in enumerate(reuse.passages, 1):
        lines += ["", *_passage(number, passage, suspect.text, source.text)]
    return "\n".join(lines) + "\n"


def html(suspect: Document, source: Document, reuse: Reuse) -> str:
    """Both texts side by side in one self-contained file."""
    pair = pairing(
        suspect, source, reuse, key="s1", names=(_name(suspect, "A"), _name(source, "B"))
    )
    return page(
        "comparison.html.j2",
        pairing=pair,
        reuse=reuse,
        suspect=suspect,
        source=source,
        headline=_headline(reuse),
    )


def _headline(reuse: Reuse) -> str:
    if reuse.by_sentences is not None:
        facts = count_facts(reuse.facts) if reuse.facts else ""
        same = ", and ".join(filter(None, (count_sentences(reuse.by_sentences), facts)))
        return f"The same statements in the same order: {same}."
    return (
        f"{percent(reuse.suspect_containment)} of A's words stand in B, "
        f"{percent(reuse.source_containment)} of B's in A."
    )


def _name(document: Document, fallback: str) -> str:
    return isolated(document.title or document.publisher or document.url or f"Text {fallback}")


def _facts(suspect: Document, source: Document, reuse: Reuse) -> Iterator[Fact]:
    yield Fact("A", f"{short(_name(suspect, 'A'), 120)} ({counted(reuse.suspect_words, 'word')})")
    yield Fact("B", f"{short(_name(source, 'B'), 120)} ({counted(reuse.source_words, 'word')})")
    yield Fact(
        "unquoted",
        f"without quotations {percent(reuse.unquoted_containment)} of A's words stand in B, "
        f"{percent(reuse.unquoted_source_containment)} of B's in A",
    )
    yield Fact(
        "of A", f"{percent(reuse.verbatim)} word for word, {percent(reuse.rewritten)} reworded"
    )
    order = "in the same order" if reuse.in_order else "not in the same order"
    if reuse.runs:
        longest = counted(reuse.longest, "word")
        yield Fact("passages", f"{reuse.runs}, {order}; the longest run is {longest}")
    if reuse.correspondence is not None:
        likely = percent(reuse.correspondence.score)
        yield Fact("sentences", f"{count_sentences(reuse.correspondence)} (score {likely})")
    if reuse.incomparable is not None:
        yield Fact("sentences", incomparable(reuse))
    for name, written in fact_rows(reuse):
        yield Fact(name, short(", ".join(isolated(one) for one in written), 240))
    if reuse.headline is not None:
        yield Fact("titles", f"{percent(reuse.headline)} alike")
    if reuse.excluded:
        left_out = counted(len(reuse.excluded), "part")
        yield Fact("not compared", f"{left_out} of A: boilerplate, captions or credit lines")


def _passage(number: int, passage: Passage, ours: str, theirs: str) -> Iterator[str]:
    one = ours[passage.suspect.start : passage.suspect.end]
    other = theirs[passage.source.start : passage.source.end]
    yield f"[{number}] {passage_kind(passage)}"
    if plain(one) == plain(other):
        yield from _stretch(one, "    ")
        return
    yield from _stretch(one, "  A ")
    yield from _stretch(other, "  B ")


def _stretch(text: str, opening: str) -> Iterator[str]:
    for line in paragraphs(text).split("\n"):
        if line.strip():
            yield from wrapped(isolated(line), WIDTH, first=opening, then="    ")
            opening = "    "
