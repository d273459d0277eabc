"""Evidence -> Citation of the origin, or the reason why it is not sure enough to be cited.

An uncertain origin is never cited as if it were sure: a measured one needs MEDIUM confidence and
evidence of who was first, a declared one the page's own plain word. Wire copy is cited as the page
that prints it, with its agency named; where only a copy can be read, the copy is what is cited,
"via" the site that shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.judge.authors import author
from provenance.judge.declared import declare
from provenance.judge.particulars import archived, day_read, issued, kind, status
from provenance.judge.weights import OWN_WORD, WEIGHTS
from provenance.model import (
    Author,
    Basis,
    Citation,
    Confidence,
    Derivation,
    Direction,
    Refusal,
)
from provenance.text.numbers import percent
from provenance.text.publishers import agency_named, name_key, publisher_of, same_house
from provenance.text.urls import host, is_web_url, split, without_tracking

if TYPE_CHECKING:
    from provenance.model import Declaration, Document, Finding, Origin, Report, Sighting

_ADVICE = "--anyway cites the page itself and says that its origin is not certain"
# Names that systems give a site: accounts, and words run together.
_HANDLE = re.compile(r"\A(?:@.*|[a-z0-9]+|[^\W_]*_\w*)\Z")
_OWN_WORD = "That it is the original is the page's own word; no second witness says so."
_WIKIPEDIA = "https://wikipedia.org/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that may be cited: what it says, when it was seen, what it says of its source."""

    document: Document
    sightings: tuple[Sighting, ...]
    declared: Declaration | None


def cite(report: Report) -> Citation | Refusal:
    """The citation of the origin of the page under test, where that is sure enough."""
    verdict = report.verdict
    reason = _doubt(report)
    if reason:
        return Refusal(why=reason, advice=_ADVICE)
    if verdict.direction is Direction.TO_SOURCE:
        return _cited(report, _suspect(report))
    found = _origin_finding(report)
    if found is None:
        return _cited(report, _suspect(report))
    citation = _noted(_cited(report, _source(found)), _share(report, found))
    return citation if _witnessed(report) else _noted(citation, _OWN_WORD)


def cite_page(report: Report) -> Citation:
    """The citation of the page under test itself, with a note where its origin is uncertain."""
    page, reason = _suspect(report), _doubt(report)
    if page.declared is not None and _refuted(report):
        page = replace(page, declared=None)
    found = _cited(report, page)
    return _noted(found, f"Origin not certain: {reason}.") if reason else found


def cite_copy(report: Report) -> Citation | Refusal:
    """The page that copied from Wikipedia, for the talk page of the article; else why not."""
    verdict = report.verdict
    suspect = report.suspect.url or ""
    if verdict.direction is Direction.TO_SOURCE and same_house(suspect, _WIKIPEDIA):
        found = report.answer
        if found is not None and found.source is not None:
            return _cited(report, _source(found))
    sure = verdict.direction is Direction.FROM_SOURCE and not _doubt(report)
    if sure and verdict.origin and same_house(verdict.origin.url or "", _WIKIPEDIA):
        return _cited(report, replace(_suspect(report), declared=None))
    return Refusal(
        why="no article of Wikipedia is known to be the origin of this text",
        advice="another form (-f wikipedia) cites the origin that is known",
    )


def wire(citation: Citation) -> Citation:
    """The citation with an agency's name where it belongs.

    On a paper's page the agency leaves author, work and publisher for ``agency``; on the agency's
    own site it is the work and no ``agency`` is named.
    """
    names = [a.literal or f"{a.given} {a.family}" for a in citation.authors]
    bodies = [citation.agency, *names, citation.container, citation.publisher]
    agency = next((a for name in bodies if name and (a := agency_named(name))), None)
    if agency is None:
        return citation
    persons = tuple(
        one for one, name in zip(citation.authors, names, strict=True) if not agency_named(name)
    )
    at_home = any(same_house(citation.url or "", f"https://{d}/") for d in agency.domains)
    if at_home:
        container = citation.container or agency.name
        return replace(citation, authors=persons, container=container, agency=None)
    return replace(
        citation,
        authors=persons,
        agency=agency.name,
        container=_unless_agency(citation.container),
        publisher=_unless_agency(citation.publisher),
    )


def _unless_agency(name: str | None) -> str | None:
    return None if name and agency_named(name) else name


def _doubt(report: Report) -> str:
    """Why the origin is not sure enough to be cited, as a clause; '' where it is."""
    verdict = report.verdict
    if verdict.direction is Direction.TO_SOURCE:
        sure = verdict.confidence.rank >= Confidence.MEDIUM.rank
        return "" if sure else "that this page was first is not sure enough"
    if verdict.basis is Basis.NONE:
        asked = ", and not everybody could be asked" if report.misses else ""
        return f"no origin is known{asked}"
    if verdict.basis is Basis.MEASURED and verdict.direction is Direction.UNDETERMINED:
        return "the same text stands elsewhere, but who was first is not settled"
    if verdict.origin is None:
        return "the page says that its text is from elsewhere, but names nobody"
    return _unsure(report)


def _unsure(report: Report) -> str:
    """Why the origin that a verdict gives is not sure enough, as a clause; '' where it is."""
    verdict = report.verdict
    if verdict.origin is None:
        return ""
    name = verdict.origin.publisher or host(verdict.origin.url or "") or "elsewhere"
    if _refuted(report):
        return f"{name} was named as the source, was read and does not hold the text"
    if verdict.confidence.rank < Confidence.MEDIUM.rank:
        return f"that the text is from {name} has only low confidence"
    part = verdict.basis is Basis.DECLARED and verdict.derivation is not Derivation.WHOLLY
    return f"only a part is said to be from {name}" if part else ""


def _witnessed(report: Report) -> bool:
    """Whether somebody but the page itself speaks for the source."""
    return any(
        score.name in WEIGHTS and score.name not in OWN_WORD and score.value > 0
        for score in report.verdict.scores
    )


def _refuted(report: Report) -> bool:
    return any(score.name == "refuted" for score in report.verdict.scores)


def _suspect(report: Report) -> _Page:
    said = declare(report.suspect, report.signals)
    return _Page(document=report.suspect, sightings=report.sightings, declared=said)


def _source(finding: Finding) -> _Page:
    if finding.source is None:
        raise ValueError("a finding without a page cannot be cited")
    return _Page(document=finding.source, sightings=finding.sightings, declared=finding.declared)


def _origin_finding(report: Report) -> Finding | None:
    """The page that was read and holds the text, where the verdict calls it the source."""
    found = report.answer
    sure = report.verdict.direction is Direction.FROM_SOURCE
    return found if sure and found is not None and found.source is not None else None


def _share(report: Report, finding: Finding) -> str:
    if report.verdict.derivation is not Derivation.PARTIALLY or finding.reuse is None:
        return ""
    share = percent(finding.reuse.suspect_share)
    what = "words" if finding.reuse.by_sentences is None else "sentences"
    return f"Only {share} of the {what} of the page that was checked stand there."


def _noted(citation: Citation, note: str) -> Citation:
    return replace(citation, note=" ".join(filter(None, (citation.note, note))))


def _cited(report: Report, page: _Page) -> Citation:
    """A page as it was read, with the source that it names itself."""
    said = page.declared
    origin = said.origin if said and said.derivation is Derivation.WHOLLY else None
    own = _own(report, page)
    if origin is None:
        return wire(own)
    agency = agency_named(origin.publisher) if origin.publisher else None
    if agency is not None:
        return wire(replace(own, agency=agency.name))
    return _via(own, page.document, origin)


def _own(report: Report, page: _Page) -> Citation:
    document = page.document
    url = _address(document)
    snapshot = archived(page.sightings, document, report.evidence)
    return Citation(
        kind=kind(document),
        title=document.title or f"Untitled page at {host(url or '') or 'an unknown address'}",
        authors=_authors(document),
        container=_site(document),
        agency=document.agency,
        url=url,
        issued=issued(document),
        accessed=day_read(document, report.evidence),
        archive_url=snapshot[0] if snapshot and url else None,
        archive_date=snapshot[1] if snapshot and url else None,
        url_status=status(document, report),
        language=document.language,
    )


def _authors(document: Document) -> tuple[Author, ...]:
    """The persons of the byline, else the desks that it names, which stay whole."""
    persons = tuple(_author(name, document) for name in document.byline)
    return persons or tuple(Author(literal=name) for name in document.desks)


def _author(name: str, document: Document) -> Author:
    """A person; a name that holds the site's own is its desk and stays whole."""
    whole = f" {name.casefold()} "
    own = filter(None, (document.publisher, *document.self_names))
    desk = any(f" {one.casefold()} " in whole for one in own if len(one) < len(name))
    return Author(literal=name) if desk else author(name)


def _address(document: Document) -> str | None:
    canonical, url = document.canonical, document.url
    if canonical and is_web_url(canonical) and (url is None or same_house(canonical, url)):
        return without_tracking(canonical)
    return without_tracking(url) if url and is_web_url(url) else None


def _site(document: Document) -> str | None:
    """The site by its listed name, or one of the names it gives itself that reads like a name."""
    url = document.url or ""
    known, own = publisher_of(url), document.publisher
    if known is not None:
        listed = {name_key(name) for name in known.names}
        return own if own and name_key(own) in listed else known.name
    names = [name for name in (own, *document.self_names) if name]
    spoken = next((name for name in names if not _HANDLE.match(name)), None)
    return (spoken or host(url) or own or "").removeprefix("www.") or None


def _via(own: Citation, document: Document, origin: Origin) -> Citation:
    """What was read is the copy: its address and site, under the name of the source it gives."""
    known = publisher_of(origin.url or "")
    name = origin.publisher or (known.name if known else "") or host(origin.url or "")
    name = name.removeprefix("www.")
    itself = same_house(origin.url or "", document.url or "")
    if not name or itself or name_key(name) == name_key(own.container or ""):
        return wire(own)
    # A saved page that knows only the original's address is a copy at an address unknown.
    elsewhere = document.url is None
    article = origin.url if split(origin.url or "").path.strip("/") else None
    stated = without_tracking(article) if article else None
    return replace(
        own,
        authors=tuple(one for one in own.authors if one.literal != own.container),
        container=name,
        agency=None,
        via=None if elsewhere else own.container,
        url=stated if elsewhere else own.url,
        issued=None,
        note=f"The page says that its text is from {name}; the original was not read.",
    )
