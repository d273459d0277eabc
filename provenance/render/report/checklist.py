"""How a page credits its source, point by point, each with what was seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.model import Attribution, Family, Witness
from provenance.render.report.verdicts import owes_credit
from provenance.render.text.wording import day, listed, quoted, stated, where
from provenance.text.patterns import compile_late
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Finding, Link, Report, Signal

_LICENCE = compile_late(
    r"(?:with|by) (?:kind |written )?permission|creative commons|\bcc[ -]by\b|\blicen[cs]ed\b"
    r"|republish(?:ed|ing)? (?:under|free)|©|\(c\) ?\d{4}|copyright",
    re.IGNORECASE,
)
_PERMITS = compile_late(
    r"permission|creative commons|\bcc[ -]by\b|\blicen[cs]ed\b|republish", re.IGNORECASE
)


class CheckMark(StrEnum):
    """Whether a point is met, not met, or could not be told."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the checklist and what was seen."""

    name: str
    mark: CheckMark
    seen: str


def checklist(report: Report) -> tuple[Point, ...]:
    """The points for a page that takes over text; empty for any other."""
    if not owes_credit(report):
        return ()
    finding = report.answer
    page, source = report.suspect, finding.source if finding else None
    return (
        _named(report, source),
        _linked(report, finding),
        *_followed(report, finding),
        _author(page, source),
        _date(report, source),
        _canonical(page, source, finding),
        _licence(page),
        *_photographs(page, source),
    )


def _counting(report: Report) -> list[Signal]:
    return [s for s in report.signals if s.silenced_by is None and s.family is not Family.FURNITURE]


def _named(report: Report, source: Document | None) -> Point:
    name = "Publisher named"
    signals = [s for s in _counting(report) if s.names and s.family is not Family.TRACE]
    wanted = source.publisher if source else None
    if wanted:
        for signal in signals:
            if any(wanted.casefold() == given.casefold() for given in signal.names):
                seen = f"{quoted(signal.quote)} {where(signal, report.suspect)}"
                return Point(name=name, mark=CheckMark.YES, seen=seen)
    if signals:
        names = listed(list(dict.fromkeys(n for s in signals for n in s.names))[:3])
        if report.verdict.attribution is Attribution.MISATTRIBUTED:
            return Point(
                name=name, mark=CheckMark.NO, seen=f"it names {names}, where the text is not"
            )
        return Point(name=name, mark=CheckMark.YES, seen=f"it names {names}")
    if report.verdict.attribution in {Attribution.NAMED, Attribution.CREDITED}:
        return Point(name=name, mark=CheckMark.YES, seen="in the page's own words")
    return Point(name=name, mark=CheckMark.NO, seen="no publisher is named as the source")


def _linked(report: Report, finding: Finding | None) -> Point:
    name = "Article linked"
    targets = [s for s in _counting(report) if s.target and s.family is not Family.TRACE]
    if finding is not None:
        wanted = _addresses(finding)
        for signal in targets:
            if normalise(signal.target or "") in wanted:
                seen = f"{quoted(signal.quote)} leads to the page that holds this text"
                return Point(name=name, mark=CheckMark.YES, seen=seen)
        if not targets and (link := _link(report.suspect, finding)):
            seen = f"{quoted(link.text)} leads to the page that holds this text"
            return Point(name=name, mark=CheckMark.YES, seen=seen)
    if targets:
        held = "which was not found to hold this text" if finding else "which was not read"
        seen = f"{quoted(targets[0].quote)} leads to {targets[0].target}, {held}"
        return Point(name=name, mark=CheckMark.NO if finding else CheckMark.UNKNOWN, seen=seen)
    if report.verdict.attribution is Attribution.BARE_LINK:
        return Point(
            name=name, mark=CheckMark.UNKNOWN, seen="the link's address is not in what was read"
        )
    return Point(name=name, mark=CheckMark.NO, seen="no link to a source was seen")


def _followed(report: Report, finding: Finding | None) -> tuple[Point, ...]:
    """Whether the link may be followed by search engines, where there is one to the source."""
    link = _link(report.suspect, finding)
    if link is None:
        return ()
    told = [word for word in ("nofollow", "ugc", "sponsored") if word in link.rel]
    if told:
        seen = f"the link carries rel={' '.join(told)}: it passes no credit to search engines"
        return (Point(name="Link open to search engines", mark=CheckMark.NO, seen=seen),)
    seen = "the link carries no nofollow"
    return (Point(name="Link open to search engines", mark=CheckMark.YES, seen=seen),)


def _link(page: Document, finding: Finding | None) -> Link | None:
    if finding is None:
        return None
    wanted = _addresses(finding)
    return next((link for link in page.links if normalise(link.url) in wanted), None)


def _author(page: Document, source: Document | None) -> Point:
    name = "Author kept"
    if source is None:
        return Point(name=name, mark=CheckMark.UNKNOWN, seen="the source was not read")
    if not source.byline:
        return Point(name=name, mark=CheckMark.UNKNOWN, seen="the source names no author")
    printed = " ".join((*page.byline, page.head, page.text, page.tail, page.aside)).casefold()
    kept = [author for author in source.byline if author.casefold() in printed]
    if kept:
        return Point(name=name, mark=CheckMark.YES, seen=f"{listed(kept)} is named")
    instead = f"; it gives {listed(page.byline)} instead" if page.byline else ""
    seen = f"{listed(source.byline)} is not named on the page{instead}"
    return Point(name=name, mark=CheckMark.NO, seen=seen)


def _date(report: Report, source: Document | None) -> Point:
    name = "Original date kept"
    theirs = stated(source.dates) if source else None
    if theirs is None:
        why = "the source gives no date" if source else "the source was not read"
        return Point(name=name, mark=CheckMark.UNKNOWN, seen=why)
    own = [s for s in report.suspect.dates if s.witness is Witness.SELF]
    if any(sighting.at.date() == theirs.at.date() for sighting in own):
        return Point(name=name, mark=CheckMark.YES, seen=f"{day(theirs.at)} stands on the page")
    ours = stated(own)
    instead = f"; it gives {day(ours.at)}" if ours else ""
    seen = f"{day(theirs.at)} does not stand on the page{instead}"
    return Point(name=name, mark=CheckMark.NO, seen=seen)


def _canonical(page: Document, source: Document | None, finding: Finding | None) -> Point:
    name = "Canonical address points home"
    if not page.canonical:
        return Point(name=name, mark=CheckMark.NO, seen="the page gives no canonical address")
    if finding is not None and normalise(page.canonical) in _addresses(finding):
        return Point(name=name, mark=CheckMark.YES, seen=page.canonical)
    own = page.url is not None and normalise(page.canonical) == normalise(page.url)
    seen = "it names the page itself" if own else f"it names {page.canonical}"
    known = source is not None or own
    return Point(name=name, mark=CheckMark.NO if known else CheckMark.UNKNOWN, seen=seen)


def _licence(page: Document) -> Point:
    """A stated permission; a mere copyright line is told but permits nothing."""
    name = "Licence or permission stated"
    for text in filter(_PERMITS.search, (page.tail, page.head, page.aside, page.text)):
        for line in text.splitlines():
            if _LICENCE.search(line) and _PERMITS.search(line):
                return Point(name=name, mark=CheckMark.YES, seen=quoted(line.strip(), 120))
    for statement in page.statements:
        if "license" in statement.key.casefold() or "licence" in statement.key.casefold():
            seen = f"{statement.key}: {statement.value}"
            return Point(name=name, mark=CheckMark.YES, seen=seen)
    return Point(name=name, mark=CheckMark.NO, seen="none was seen on the page")


def _photographs(page: Document, source: Document | None) -> tuple[Point, ...]:
    """Credits of the pictures that both pages show, where the source prints any."""
    if source is None:
        return ()
    credited = [image.credit for image in source.images if image.credit]
    if not credited:
        return ()
    name = "Photo credits kept"
    printed = " ".join((*(i.credit for i in page.images), page.aside, page.text, page.tail))
    lost = [credit for credit in _distinct(credited) if credit.casefold() not in printed.casefold()]
    if lost:
        return (Point(name=name, mark=CheckMark.NO, seen=f"{quoted(lost[0])} is missing"),)
    return (Point(name=name, mark=CheckMark.YES, seen=f"{quoted(credited[0])} stands on the page"),)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _addresses(finding: Finding) -> set[str]:
    source = finding.source
    own = (source.url, source.canonical, *source.alternates) if source else ()
    return {normalise(url) for url in (finding.candidate.url, *own) if url}
