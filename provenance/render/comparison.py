"""Two pages compared: how much of the one stands in the other, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import PassageKind
from provenance.render.report.html import page, pairing
from provenance.render.text.plain import isolated, paragraphs, plain, short, wrapped
from provenance.render.text.wording import KIND, LIKENESS, counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Document, Passage, Reuse

_WIDTH = 80


def terminal(suspect: Document, source: Document, reuse: Reuse) -> str:
    """The measure and every numbered passage, ending in a line end.

    A passage that is the same on both sides is shown once, others from both texts.
    """
    lines = [f"{LIKENESS[reuse.likeness].capitalize()}: {_headline(reuse)}"]
    for name, text in _facts(suspect, source, reuse):
        lines += wrapped(text, _WIDTH, first=f"  {name:<14}", then=" " * 16)
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
    return (
        f"{percent(reuse.suspect_containment)} of A's words stand in B, "
        f"{percent(reuse.source_containment)} of B's in A."
    )


def _name(document: Document, fallback: str) -> str:
    return isolated(document.title or document.publisher or document.url or f"Text {fallback}")


def _facts(suspect: Document, source: Document, reuse: Reuse) -> Iterator[tuple[str, str]]:
    yield "A", f"{short(_name(suspect, 'A'), 120)} ({counted(reuse.suspect_words, 'word')})"
    yield "B", f"{short(_name(source, 'B'), 120)} ({counted(reuse.source_words, 'word')})"
    yield (
        "unquoted",
        f"{percent(reuse.unquoted_containment)} of A's words, "
        f"{percent(reuse.unquoted_source_containment)} of B's",
    )
    yield (
        "of A",
        f"{percent(reuse.verbatim)} word for word, {percent(reuse.rewritten)} reworded",
    )
    order = "in B's order" if reuse.in_order else "not in B's order"
    if reuse.runs:
        yield (
            "passages",
            f"{reuse.runs}, {order}, the longest run {counted(reuse.longest, 'word')}",
        )
    if reuse.headline is not None:
        yield "titles", f"alike to {percent(reuse.headline)}"
    if reuse.excluded:
        left_out = counted(len(reuse.excluded), "stretch", "stretches")
        yield "not compared", f"{left_out} of furniture, captions or attribution in A"


def _passage(number: int, passage: Passage, ours: str, theirs: str) -> Iterator[str]:
    one = ours[passage.suspect.start : passage.suspect.end]
    other = theirs[passage.source.start : passage.source.end]
    same = plain(one) == plain(other)
    mark = ", quotation" if passage.quoted else ""
    degree = "" if same else f", likeness {percent(passage.similarity)}"
    moved = "" if passage.kind is not PassageKind.MOVED else " (elsewhere in B)"
    yield f"[{number}] {KIND[passage.kind]}{moved}{degree}{mark}"
    if same:
        yield from _stretch(one, "    ")
        return
    yield from _stretch(one, "  A ")
    yield from _stretch(other, "  B ")


def _stretch(text: str, opening: str) -> Iterator[str]:
    for line in paragraphs(text).split("\n"):
        if line.strip():
            yield from wrapped(isolated(line), _WIDTH, first=opening, then="    ")
            opening = "    "
