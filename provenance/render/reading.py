"""One page as it was read, and the signs on it, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Derivation, Family, Place
from provenance.render.text.plain import isolated, paragraphs, plain, short, wrapped
from provenance.render.text.tables import Fact
from provenance.render.text.terminal import WIDTH, fact_lines
from provenance.render.text.wording import (
    CREDIT,
    context,
    counted,
    event,
    moment,
    origin_name,
    quoted,
    where,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Declaration, Document, Signal

_LABEL = 16
_DECLARES = {
    Derivation.WHOLLY: "The page says that it is a repost",
    Derivation.PARTIALLY: "The page says that part of it comes from elsewhere",
    Derivation.NOT: "The page says that it is its own work",
    Derivation.UNKNOWN: "The page names no source",
}
_STRINGS = (
    (Place.HEAD, "Above the story"),
    (Place.TEXT, "Story"),
    (Place.TAIL, "Below the story"),
    (Place.ASIDE, "Beside the story"),
)


def document_view(document: Document) -> str:
    """The fields of a page, its four stored strings and its links, ending in a line end."""
    lines = wrapped(isolated(document.title or "(no title)"), WIDTH)
    lines += fact_lines(_fields(document), label=_LABEL)
    for place, name in _STRINGS:
        stored = document.stored(place)
        if stored.strip():
            lines += ["", f"{name} ({counted(len(stored.split()), 'word')})", *_stretch(stored)]
    if document.links:
        lines += ["", counted(len(document.links), "link")]
        for link in document.links:
            rel = f" (rel {plain(' '.join(link.rel))})" if link.rel else ""
            lines.append(f"  {link.place.value:<8}{quoted(link.text)}  {plain(link.url)}{rel}")
    return "\n".join(lines) + "\n"


def signals_view(
    document: Document, signals: Iterable[Signal], declaration: Declaration | None = None
) -> str:
    """Every sign with its words in place, what they amount to, and what silenced the others."""
    signals = tuple(signals)
    told = [s for s in signals if s.silenced_by is None and s.family is not Family.FURNITURE]
    furniture = [s for s in signals if s.silenced_by is None and s.family is Family.FURNITURE]
    silenced = [s for s in signals if s.silenced_by is not None]
    lines = _declared(declaration) if declaration else []
    for name, group in (("Signs that count", told), ("Signs that do not count", silenced)):
        if group:
            lines += ["", f"{name} ({len(group)})"]
            lines += [line for signal in group for line in _sign(signal, document)]
    if furniture:
        lines += ["", f"Boilerplate, left out of comparisons ({len(furniture)})"]
        lines += _furniture(furniture)
    if not signals:
        lines += ["", "No sign of a source was seen on the page."]
    return "\n".join(lines).lstrip("\n") + "\n"


def _fields(document: Document) -> Iterator[Fact]:
    named = {
        "address": document.url,
        "canonical": document.canonical,
        "byline": ", ".join(document.byline),
        "desk": ", ".join(document.desks),
        "publisher": document.publisher,
        "also known as": ", ".join(n for n in document.self_names if n != document.publisher),
        "dateline": document.dateline,
        "credit line": document.credit_line,
        "agency": document.agency,
        "language": document.language,
        "page is": document.state.value.replace("_", " "),
        "SHA-256": document.digest,
    }
    yield from (Fact(name, isolated(text)) for name, text in named.items() if text)
    for date in document.dates:
        yield Fact("date", f"{moment(date)}: {event(date)} ({plain(date.basis)})")
    hosts = dict.fromkeys(image.host for image in document.images if image.host)
    if hosts:
        yield Fact("pictures from", isolated(", ".join(hosts)))
    for image in document.images:
        if image.credit:
            yield Fact("photo credit", isolated(image.credit))
    for statement in document.statements:
        yield Fact("markup", f"{plain(statement.key)}: {isolated(short(statement.value, 200))}")
    for note in document.notes:
        yield Fact("note", plain(note))


def _declared(declaration: Declaration) -> list[str]:
    return [_DECLARES[declaration.derivation], *fact_lines(_claims(declaration), label=_LABEL)]


def _claims(declaration: Declaration) -> Iterator[Fact]:
    if declaration.derivation in {Derivation.WHOLLY, Derivation.PARTIALLY}:
        yield Fact("credit", CREDIT[declaration.attribution])
    if declaration.origin is not None:
        yield Fact("named source", origin_name(declaration.origin), declaration.origin.url)
    for hop in declaration.chain:
        name = isolated(hop.publisher or hop.url or "not named")
        yield Fact("by way of", f"{name}: {plain(hop.why)}")


def _sign(signal: Signal, document: Document) -> Iterator[str]:
    rule = plain(signal.rule).replace("_", " ")
    trap = plain(signal.silenced_by or "").replace("_", " ")
    silenced = f", does not count: {trap}" if trap else ""
    yield f"  {rule}, {where(signal, document)}{silenced}"
    before, words, after = context(signal, document)
    yield from wrapped(isolated(f"{before}⟦{words}⟧{after}"), WIDTH, first=" " * 6)
    if signal.names:
        yield from wrapped(f"names {isolated(', '.join(signal.names))}", WIDTH, first=" " * 6)
    if signal.target:
        yield f"      → {plain(signal.target)}"


def _furniture(signals: Iterable[Signal]) -> list[str]:
    """One entry a rule with its different words."""
    rules: dict[str, dict[str, None]] = {}
    for signal in signals:
        words = f"⟦{isolated(short(signal.quote, 80))}⟧"
        rules.setdefault(plain(signal.rule).replace("_", " "), {})[words] = None
    return [
        line
        for rule, words in rules.items()
        for line in wrapped(f"{rule}: {' '.join(words)}", WIDTH, first="  ", then=" " * 6)
    ]


def _stretch(text: str) -> list[str]:
    """Stored text, wrapped, with one empty line where it has any."""
    lines: list[str] = []
    for line in paragraphs(text).split("\n"):
        if line.strip():
            lines += wrapped(isolated(line), WIDTH, first="  ")
        elif lines and lines[-1]:
            lines.append("")
    return lines
