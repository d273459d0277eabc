"""Which agency's text a page carries, and whether two pages are copies of one agency text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from provenance.judge.weights import NEARLY_WHOLE
from provenance.text.agencies import AgencyKind, agency_named
from provenance.text.publishers import publisher_of
from provenance.text.urls import is_web_url, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Declaration, Document, Finding

# Parts of an address that say "from an agency" and may name it: /wires/pa/, /aponline/, wireStory.
_UNNAMED = "a news agency"
_WIRE = re.compile(
    r"(?:news)?wires?(?:story|feed|service)?|agencias|agenzie",
    re.IGNORECASE,
)
_AP = re.compile(r"ap(?:online|wire|-?news)", re.IGNORECASE)
_SELLERS = {AgencyKind.AGENCY, AgencyKind.RELEASE, AgencyKind.SYNDICATE}


def is_agency_page(url: str | None) -> bool:
    """Whether an address is an agency's or a release service's own: it writes for others."""
    known = publisher_of(url or "")
    return known is not None and known.kind in {AgencyKind.AGENCY, AgencyKind.RELEASE}


def agencies_of(page: Document, declared: Declaration | None) -> tuple[str, ...]:
    """The agencies whose text a page says, or shows by its address, that it carries.

    ``a news agency`` stands for one that is not named. Empty on an agency's own site.
    """
    if is_agency_page(page.url):
        return ()
    found = dict.fromkeys((*_declared(declared), *_fields(page), *_addressed(page.url)))
    named = [name for name in found if name != _UNNAMED]
    return tuple(named or found)


def shared_agency(finding: Finding, ours: tuple[str, ...], suspect_url: str | None) -> str | None:
    """The agency whose text both pages carry, as far as the marks tell; None where they do not.

    The same name on both pages is enough. Where the text is copied nearly whole, the mark of one
    page is enough, since the other one left it out; marks of two agencies say that it is an
    agency's, and not whose.
    """
    source, reuse = finding.source, finding.reuse
    if source is None or reuse is None or is_agency_page(suspect_url):
        return None
    if is_agency_page(finding.candidate.url) or is_agency_page(source.url):
        return None
    theirs = agencies_of(source, finding.declared)
    whole = max(reuse.suspect_share, reuse.source_share) >= NEARLY_WHOLE
    both = [name for name in ours if name in theirs]
    if both:
        return both[0]
    if not whole or not (ours or theirs):
        return None
    named = dict.fromkeys(name for name in (*ours, *theirs) if name != _UNNAMED)
    return next(iter(named)) if len(named) == 1 else _UNNAMED


def _declared(declared: Declaration | None) -> Iterator[str]:
    if declared is None:
        return
    stations = [hop.publisher for hop in declared.chain]
    if declared.origin is not None:
        stations.append(declared.origin.publisher)
    for station in stations:
        if station and (agency := agency_named(station)) is not None:
            yield agency.name


def _fields(page: Document) -> Iterator[str]:
    for text in (page.agency, page.credit_line, *page.byline):
        agency = agency_named(text) if text else None
        if agency is not None and agency.kind in _SELLERS:
            yield agency.name


def _addressed(url: str | None) -> Iterator[str]:
    """Agencies named by whole parts of an address's path: ``/wires/pa/``, ``/reuters/``."""
    path = unquote(split(url).path) if url and is_web_url(url) else ""
    folders = [part for part in path.split("/")[:-1] if part]
    wire = False
    for folder in folders:
        if _AP.fullmatch(folder):
            yield "Associated Press"
            wire = True
        elif _WIRE.fullmatch(folder):
            wire = True
        elif agency := agency_named(folder.upper() if wire else folder):
            yield agency.name
    if wire:
        yield _UNNAMED
