"""The small words of every report: shares, times, spans of time, places, kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import (
    Answer,
    Attribution,
    Direction,
    Document,
    Event,
    Incomparable,
    Likeness,
    NoticeState,
    PassageKind,
    Place,
    Precision,
    Sighting,
    Signal,
    Stance,
    VerdictKind,
    Via,
    Witness,
)
from provenance.model.plain import utc
from provenance.render.text.plain import isolated, plain, short
from provenance.text.dates import first_claim
from provenance.text.numbers import percent
from provenance.text.urls import host, is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from provenance.model import Finding, Lookup, Origin, Passage, Reuse

VERDICT = {
    VerdictKind.REPOST: "Repost",
    VerdictKind.PARTIAL: "Partial repost",
    VerdictKind.DECLARED: "Declared repost",
    VerdictKind.COMMON: "Common source",
    VerdictKind.ELSEWHERE: "Same text elsewhere",
    VerdictKind.FIRST: "This page was first",
    VerdictKind.NONE_FOUND: "No source found",
    VerdictKind.UNKNOWN: "Could not tell",
}
INCOMPARABLE = {
    Incomparable.NOT_INSTALLED: "what their sentences say was not compared: install the extra "
    "“languages” (pip install 'provenance-check[languages]')",
    Incomparable.UNKNOWN_LANGUAGE: "what their sentences say cannot be compared: the model was not "
    "made for one of their languages",
}
TRANSLATION = {
    VerdictKind.REPOST: "Translation",
    VerdictKind.PARTIAL: "Translation in part",
    VerdictKind.ELSEWHERE: "May be a translation",
}
CREDIT = {
    Attribution.CREDITED: "named and linked",
    Attribution.NAMED: "named, not linked",
    Attribution.BARE_LINK: "linked, not named",
    Attribution.MISATTRIBUTED: "names another source",
    Attribution.LICENSED: "licensed",
    Attribution.NONE: "not credited",
}
LIKENESS = {
    Likeness.COPIED: "same text",
    Likeness.PARTLY: "same text in part",
    Likeness.REWRITTEN: "reworded text",
    Likeness.TRANSLATED: "the same statements in another language",
    Likeness.SAME_DOCUMENT: "both quote the same document",
    Likeness.SAME_EVENT: "same event, own words",
    Likeness.UNRELATED: "unrelated",
}
DIRECTION = {
    Direction.FROM_SOURCE: "the other page",
    Direction.TO_SOURCE: "this page",
    Direction.COMMON_SOURCE: "neither: both carry text of a third party",
    Direction.UNDETERMINED: "not settled",
}
ANSWER = {
    Answer.FOUND: "found",
    Answer.NONE: "nothing found",
    Answer.REFUSED: "refused",
    Answer.BAD_QUERY: "question not accepted",
    Answer.UNAVAILABLE: "no answer",
    Answer.GARBLED: "unreadable answer",
}
VIA = {
    Via.LIVE: "live web",
    Via.FILE: "file",
    Via.STDIN: "standard input",
    Via.WARC: "WARC file",
    Via.ARCHIVE: "web archive",
}
_BASES = {
    "written": "printed on the page",
    "time": "the page's time element",
    "url": "the page's address",
    "title": "the page's title",
    "meta": "meta tag",
    "json_ld": "structured data",
}
_PLACES = {
    Place.HEAD: "above the story",
    Place.TAIL: "near the end",
    Place.ASIDE: "beside the story",
    Place.TITLE: "in the title",
    Place.BYLINE: "in the byline",
    Place.DATELINE: "in the dateline",
    Place.CREDIT_LINE: "in the credit line",
    Place.IMAGE: "at a picture",
    Place.LINK: "in a link",
    Place.META: "in the page's meta tags",
    Place.JSON_LD: "in the page's structured data",
    Place.MARKUP: "in the page's markup",
    Place.URL: "in the page's address",
}
STANCE = {
    Stance.AGREE: "agrees with this verdict",
    Stance.DISAGREE: "disagrees with this verdict",
    Stance.UNSURE: "is not sure of this verdict",
}
REVIEWED = {
    Stance.AGREE: "confirmed",
    Stance.DISAGREE: "not confirmed",
    Stance.UNSURE: "not sure",
}
NOTICE = {
    NoticeState.NEW: "new",
    NoticeState.SENT: "notice sent",
    NoticeState.ANSWERED: "answered",
    NoticeState.LICENSED: "licensed",
    NoticeState.GONE: "page gone",
}
STORED = {Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE}
_EVENTS = {
    (Witness.SELF, Event.PUBLISHED): "says it was published",
    (Witness.SELF, Event.MODIFIED): "says it was changed",
    (Witness.ARCHIVE, Event.CAPTURED): "archived",
    (Witness.INDEX, Event.INDEXED): "in a search index",
}


def fact_rows(reuse: Reuse) -> list[tuple[str, tuple[str, ...]]]:
    """What both pages state alike, kind by kind, where their sentences were compared."""
    if reuse.facts is None:
        return []
    kinds = ("numbers", "dates", "names", "quotes", "links", "pictures")
    rows = [(f"same {kind}", getattr(reuse.facts, kind)) for kind in kinds]
    return [(name, written) for name, written in rows if written]


def incomparable(reuse: Reuse) -> str:
    """Why what the sentences of two texts say could not be compared, '' where it could be."""
    return INCOMPARABLE[reuse.incomparable] if reuse.incomparable else ""


def passage_kind(passage: Passage) -> str:
    """How the two sides of a passage differ: ``word for word``, ``reworded (71% alike)``."""
    moved = "moved to another place" if passage.kind is PassageKind.MOVED else ""
    alike = f"{percent(passage.similarity)} alike"
    quotation = ", a quotation" if passage.quoted else ""
    if passage.kind is PassageKind.TRANSLATED:
        return f"the same statement ({alike})"
    if passage.kind is PassageKind.REWRITTEN:
        return f"reworded ({alike}){quotation}"
    if passage.similarity >= 1:
        return f"{moved or 'word for word'}{quotation}"
    return f"{moved or 'nearly word for word'} ({alike}){quotation}"


def answer(lookup: Lookup) -> str:
    """How a look-up ended: ``found: 3``, ``no answer: no answer in 45 s``."""
    told = f"{ANSWER[lookup.answer]}{f': {lookup.found:,}' if lookup.found else ''}"
    return f"{told} ({plain(lookup.why)})" if lookup.why else told


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 passage``, ``1,204 passages``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(at: datetime) -> str:
    """``1 Mar 2026``."""
    return f"{at.day} {at:%b} {at.year}"


def moment(sighting: Sighting) -> str:
    """A time as finely as it is known: ``2026``, ``Mar 2026``, ``1 Mar 2026``, with clock time."""
    at = sighting.at
    if sighting.precision is Precision.YEAR:
        return str(at.year)
    if sighting.precision is Precision.MONTH:
        return f"{at:%b} {at.year}"
    if sighting.precision is Precision.DAY:
        return day(at)
    return clock(at)


def clock(at: datetime) -> str:
    """``1 Mar 2026 09:14 UTC``, in UTC."""
    at = utc(at)
    return f"{day(at)} {at:%H:%M} UTC"


def lapse(gap: timedelta) -> str:
    """A positive span of time in the largest unit that says it: ``2 days``, ``3 months``."""
    days = gap.days
    if days >= 730:
        return f"about {counted(round(days / 365.25), 'year')}"
    if days >= 60:
        return f"about {counted(round(days / 30.44), 'month')}"
    if days >= 1:
        return counted(days, "day")
    hours = gap.seconds // 3600
    return counted(hours, "hour") if hours else counted(max(1, gap.seconds // 60), "minute")


def before(one: Sighting | None, other: Sighting | None) -> str | None:
    """How long ``one`` lies before ``other``, at the coarser precision; None unless it surely does.

    Two dates of one day, or dates known only by month or year that touch, give None.
    """
    if one is None or other is None:
        return None
    precisions = {one.precision, other.precision}
    if precisions & {Precision.YEAR, Precision.MONTH}:
        first, second = (one.at.year, one.at.month), (other.at.year, other.at.month)
        if Precision.YEAR in precisions:
            first, second = (one.at.year, 0), (other.at.year, 0)
        if first >= second:
            return None
        months = 12 * (second[0] - first[0]) + second[1] - first[1]
        if Precision.YEAR in precisions:
            return f"about {counted(months // 12, 'year')}"
        return f"about {counted(months, 'month')}"
    if Precision.DAY in precisions:
        gap = other.at.date() - one.at.date()
        return lapse(gap) if gap.days > 0 else None
    return lapse(other.at - one.at) if other.at > one.at else None


def stated(sightings: Iterable[Sighting]) -> Sighting | None:
    """The earliest publication date that a page gives itself."""
    return first_claim(sightings)


def event(sighting: Sighting) -> str:
    """What a sighting says happened, in a few words."""
    words = _EVENTS.get(
        (sighting.witness, sighting.event), f"{sighting.event} ({sighting.witness})"
    )
    if not sighting.trusted:
        return f"{words} by an archive that is not trusted"
    if sighting.holds_text is True:
        return f"{words}, with this text"
    if sighting.holds_text is False:
        return f"{words}, without this text"
    return words


def basis(sighting: Sighting) -> str:
    """Where a time stood, in words: ``printed on the page``, ``meta tag dc.date``."""
    if sighting.witness is not Witness.SELF:
        return plain(sighting.basis)
    kind, _, field = plain(sighting.basis).partition(" ")
    return f"{_BASES.get(kind, kind)} {field}".strip()


def where(signal: Signal, document: Document) -> str:
    """Where on the page a signal stands: ``near the end``, ``in the byline``."""
    if signal.place is not Place.TEXT:
        return _PLACES[signal.place]
    if signal.span is None or not document.text:
        return "in the story"
    share = signal.span.start / len(document.text)
    if share < 0.15:
        return "near the start"
    return "near the end" if share > 0.85 else "in the story"


def source_name(finding: Finding) -> str:
    """What a candidate is called: its publisher, else its host, else its title or address.

    A kept text without a web address goes by its title, for its digest says nothing to a reader.
    """
    source, url = finding.source, finding.candidate.url
    if named := (source.publisher if source else None) or host(url):
        return isolated(named)
    if is_web_url(url):
        return isolated(url)
    return isolated((source.title if source else None) or "a kept text without a name")


def origin_name(origin: Origin) -> str:
    """What an origin is called: its publisher, else its host, else its address."""
    url = origin.url or ""
    return isolated(origin.publisher or host(url) or url or "a source that it does not name")


def quoted(text: str, limit: int = 70) -> str:
    """Words of a page inside quotation marks, on one line."""
    return f"“{isolated(short(text, limit))}”"


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def curly(text: str) -> str:
    """The apostrophes of our own words as a printer sets them; what is quoted stays as it is."""
    parts = re.split("(“[^”]*”)", text)
    return "".join(
        part if part.startswith("“") else re.sub(r"(?<=\w)'(?=\w|\s)", "’", part) for part in parts
    )


def context(signal: Signal, document: Document, width: int = 90) -> tuple[str, str, str]:
    """What stands before a signal's words on the page, the words, and what stands after."""
    if signal.span is None or signal.place not in STORED:
        return "", short(signal.quote, 240), ""
    stored = document.stored(signal.place)
    start, end = signal.span.start, signal.span.end
    before = _last_line(stored[max(0, start - width) : start], cut=start > width)
    after = _first_line(stored[end : end + width], cut=end + width < len(stored))
    return before, short(stored[start:end], 240), after


def _last_line(text: str, *, cut: bool) -> str:
    _, newline, line = text.rpartition("\n")
    if newline or not cut:
        return line
    return f"…{line.partition(' ')[2]}"


def _first_line(text: str, *, cut: bool) -> str:
    line, newline, _ = text.partition("\n")
    if newline or not cut:
        return line
    return f"{line.rpartition(' ')[0]}…"
