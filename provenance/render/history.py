"""What archives know of one address: a table, and a drawing of when its text changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import Witness
from provenance.render.report.html import page
from provenance.render.report.timeline import Scale
from provenance.render.text.plain import plain, short, wrapped
from provenance.render.text.terminal import WIDTH
from provenance.render.text.wording import counted, moment
from provenance.text.archived import viewing_address
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from provenance.model import History, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One state in the drawing: ``x`` in percent; ``kind`` is read, changed or unread."""

    x: float
    number: int
    kind: str
    title: str


def terminal(history: History) -> str:
    """One state a line, oldest first, and what was not answered; ends in a line end."""
    lines = wrapped(headline(history), WIDTH)
    for number, state in enumerate(history.states, 1):
        lines.append("")
        lines += wrapped(
            f"{when(state)}  {what(state)}", WIDTH, first=f"{number:>3}  ", then="     "
        )
        if state.sighting.memento:
            lines.append(f"     {plain(viewing_address(state.sighting.memento))}")
    for miss in history.misses:
        text = f"{miss.why} ({miss.asked})"
        lines += ["", *wrapped(plain(text), WIDTH, first=f"not checked  {plain(miss.provider)}: ")]
    return "\n".join(lines) + "\n"


def html(history: History) -> str:
    """The drawing and the table in one self-contained file."""
    dots, ticks = _drawn(history)
    return page(
        "history.html.j2",
        history=history,
        headline=headline(history),
        dots=dots,
        ticks=ticks,
        rows=[(n, state, when(state), what(state)) for n, state in enumerate(history.states, 1)],
    )


def headline(history: History) -> str:
    """How often the address was captured and what became of its text, in a sentence or two."""
    archived = [s for s in history.states if s.sighting.witness is Witness.ARCHIVE]
    if not archived:
        some = "; some did not answer" if history.misses else ""
        return f"No archive that answered holds a capture of {plain(history.url)}{some}."
    changes = sum(state.changed for state in archived)
    said = (
        f"{counted(history.captures, 'capture')} of {plain(history.url)}, "
        f"{counted(len(archived), 'distinct version')}, first on {moment(archived[0].sighting)}; "
        f"{counted(changes, 'change')} of the text between the versions that were read."
    )
    if history.deviated is None:
        return f"{said} The live page could not be compared."
    now = "now shows another text" if history.deviated else "still shows the last archived text"
    return f"{said} The live page {now}."


def when(state: State) -> str:
    """The time of a state, and whether it is the live page's."""
    live = state.sighting.witness is not Witness.ARCHIVE
    return f"{moment(state.sighting)} (live)" if live else moment(state.sighting)


def what(state: State) -> str:
    """What a state showed, against the one read before it."""
    status = state.sighting.status
    answered = "" if status in {None, 200} else f"HTTP status {status}; "
    if state.words is None:
        return f"{answered}not read"
    if not state.words:
        return f"{answered}no text that can be read, “{short(state.title or 'no title', 60)}”"
    said = f"{answered}{counted(state.words, 'word')}, “{short(state.title or 'no title', 60)}”"
    if state.remains is None:
        return f"{said}: the first version read"
    if not state.changed:
        return f"{said}: the same text"
    return (
        f"{said}: changed; {percent(state.remains)} of the earlier words remain, "
        f"{percent(state.gained or 0.0)} of the words are new"
    )


def _drawn(history: History) -> tuple[list[Dot], tuple[tuple[float, str, str], ...]]:
    """The archived states along time; the live page would only push them together."""
    archived = [
        (number, state)
        for number, state in enumerate(history.states, 1)
        if state.sighting.witness is Witness.ARCHIVE
    ]
    if not archived:
        return [], ()
    times = [state.sighting.at for _, state in archived]
    scale = Scale(min(times), max(times))
    return [_dot(number, state, scale) for number, state in archived], scale.ticks()


def _dot(number: int, state: State, scale: Scale) -> Dot:
    kind = "changed" if state.changed else "read" if state.words is not None else "unread"
    x = round(scale.x(state.sighting.at), 2)
    return Dot(x=x, number=number, kind=kind, title=f"{when(state)}: {what(state)}")
