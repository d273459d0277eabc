"""Bylines on the page and in its markup: agencies, and other outlets, as authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.agencies import mentions, parties, share
from provenance.detect.page import is_menu
from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family, Place, Signal, Strength
from provenance.text.publishers import agency_named, is_ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page

LONGEST_BYLINE = 130
_FAR = 99
_NEAR_BY = 8
_FIGURES = 4
_FIRST = 4
_MARKED = {BlockKind.BYLINE, BlockKind.META_LINE}
_NO_BYLINE = {BlockKind.CAPTION, BlockKind.LIST, BlockKind.FOOTER}
_PICTURED = ("©", "(c)", "(C)", "Photo", "Foto", "Image")
_SLASHED = re.compile(r"[^\W\d]\s?/\s?[^\W\d]")
_AUTHOR_KEYS = (
    "json_ld:author.name",
    "json_ld:author",
    "json_ld:creator",
    "json_ld:creator.name",
    "meta:author",
    "meta:article:author",
    "meta:sailthru.author",
    "meta:parsely-author",
    "meta:bt:author",
    "meta:dc.creator",
    "meta:dcterms.creator",
    "meta:byl",
    "og:article:author",
    "microdata:author",
    "microdata:creator",
)
_SOURCE_KEYS = (
    "json_ld:provider.name",
    "json_ld:sourceOrganization.name",
    "json_ld:publisher.name",
    "json_ld:copyrightHolder.name",
    "meta:source",
    "meta:dc.source",
    "meta:dcterms.source",
    "meta:article:source",
    "microdata:provider",
)
_WIRE_PATH = re.compile(
    r"/(?:wires?|news-?wires?|wire-news|agency|agencies|agencias|agenturmeldungen|ticker)/([a-z]{2,12})/",
    re.IGNORECASE,
)


def agency_byline(page: Page) -> Iterator[Signal]:
    """A byline that is an agency's, or names one beside the writer."""
    lines = list(_lines(page))
    for index, line in enumerate(lines):
        if not mentions(line.text) or line.text.lstrip().startswith(_PICTURED):
            continue
        # Initials that mean other things too are a byline only where one is marked, or by a date.
        marked = line.kind in _MARKED or line.kind is BlockKind.OTHER  # that is, right after "by"
        bare = not marked and is_ambiguous(line.text)
        if bare and not any(map(_dated, lines[max(0, index - 1) : index + 2])):
            continue
        who = parties(page.own, line.text)
        credit = who.persons and line.kind is not BlockKind.BYLINE and _SLASHED.search(line.text)
        if who.agencies and not who.others and not credit:
            yield SignalTemplate("agency_byline", Family.AGENCY, claims=share(who)).on(
                line, names=who.agencies
            )


def outlet_byline(page: Page) -> Iterator[Signal]:
    """A byline that gives another outlet as the writer's, or stands on a portal beside a date."""
    since_by = _FAR
    for line in _lines(page):
        marked = line.kind is BlockKind.BYLINE
        opens = marked or line.low.startswith("by ") or line.low.strip(" :") in words("by")
        since_by = 0 if opens else since_by + 1
        # "Name/Outlet" is how pictures are credited, and brackets enclose what is quoted.
        if _SLASHED.search(line.text) or line.text.startswith(("[", "(", "©")):
            continue
        who = parties(page.own, line.text)
        if not who.outlets or who.others or who.own or is_menu(page, line):
            continue
        if marked or who.persons or page.own.is_portal or since_by <= _NEAR_BY:
            yield SignalTemplate("outlet_byline", Family.STATEMENT).on(line, names=who.outlets)


def _dated(line: Line) -> bool:
    """Whether a line is a date, or the word that opens a byline."""
    if line.low.strip(" :") in words("by"):
        return True
    return line.kind is BlockKind.META_LINE or sum(c.isdigit() for c in line.text) >= _FIGURES


def _lines(page: Page) -> Iterator[Line]:
    """Short lines where bylines stand: above the story, and what is marked as one around it.

    Further below the story stand the teasers of others.
    """
    after = 0
    for line in page.zone(Zone.TOP, Zone.LEAD, Zone.END, Zone.AFTER):
        after += line.zone is Zone.AFTER
        if after > _FIRST:
            return
        placed = line.zone is Zone.TOP or line.kind in _MARKED
        if placed and len(line.text) <= LONGEST_BYLINE and line.kind not in _NO_BYLINE:
            yield line


def agency_markup(page: Page) -> Iterator[Signal]:
    """An agency as author, provider or publisher in the page's metadata."""
    for statement in page.said(*_AUTHOR_KEYS, *_SOURCE_KEYS):
        if len(statement.value) > LONGEST_BYLINE or not mentions(statement.value):
            continue
        who = parties(page.own, statement.value)
        if who.agencies and not who.others:
            # Authors may be listed one by one: the page beside the agency makes a mixed text.
            beside = statement.key in _AUTHOR_KEYS and any(
                page.own.is_name(other.value) for other in page.said(statement.key)
            )
            claims = Derivation.PARTIALLY if beside else share(who)
            yield SignalTemplate("agency_markup", Family.AGENCY, claims=claims).said(
                statement, names=who.agencies
            )


def outlet_markup(page: Page) -> Iterator[Signal]:
    """Another outlet given as the author, or as the author's, in the page's metadata."""
    for statement in page.said(*_AUTHOR_KEYS):
        if len(statement.value) <= LONGEST_BYLINE:
            who = parties(page.own, statement.value)
            if who.outlets and not who.others and not who.own and not who.agencies:
                yield SignalTemplate("outlet_markup", Family.MARKUP).said(
                    statement, names=who.outlets
                )


def agency_in_address(page: Page) -> Iterator[Signal]:
    """The page's own address files it under an agency's wire ("/wires/pa/")."""
    url = page.document.url or ""
    found = _WIRE_PATH.search(url)
    if found is None:
        return
    agency = agency_named(found.group(1).upper()) or agency_named(found.group(1))
    if agency is not None:
        yield Signal(
            rule="agency_in_address",
            family=Family.AGENCY,
            quote=url,
            place=Place.URL,
            strength=Strength.NAME,
            claims=Derivation.WHOLLY,
            names=(agency.name,),
        )
