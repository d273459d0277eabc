"""Bylines on the page and in its markup: agencies, and other outlets, as authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.agencies import mentions_any, parties, share
from provenance.detect.credits import is_credit
from provenance.detect.naming import is_name, is_share
from provenance.detect.page import is_menu
from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.site_identity import is_index
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family, Place, Signal, Strength
from provenance.text.publishers import AgencyKind, agency_named, is_ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Statement
    from provenance.text.publishers import Agency

LONGEST_BYLINE = 130
_FAR = 99
_NEAR_BY = 8
_FIGURES = 4
_FIRST = 4
_MARKED = {BlockKind.BYLINE, BlockKind.META_LINE}
_NO_BYLINE = {BlockKind.CAPTION, BlockKind.LIST, BlockKind.FOOTER}
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
_MARKED_AUTHORS = {"microdata:author", "microdata:creator"}
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
_FILED = {"news", "wire", "feed", "ticker", "newsfeed", "nachrichten"}
_LONGEST_ADDRESS = 600
_WIRE_PATH = re.compile(
    r"/(?:wires?|news-?wires?|wire-news|agency|agencies|agencias|agenturmeldungen|ticker)/([a-z]{2,12})/",
    re.IGNORECASE,
)


def agency_byline(page: Page) -> Iterator[Signal]:
    """A byline that is an agency's, or names one beside the writer."""
    lines = list(_lines(page))
    for index, line in enumerate(lines):
        credit = is_credit(line.text) or line.text.lstrip().startswith("©")
        if not mentions_any(line.text) or credit or is_labelled(line):
            continue
        # Initials that mean other things too are a byline only where one is marked, or by a date.
        marked = line.kind in _MARKED or line.kind is BlockKind.OTHER  # that is, right after "by"
        dated = any(map(_dated, lines[max(0, index - 1) : index + 2]))
        who = parties(page.own, line.text)
        if (not marked and is_ambiguous(line.text) and not dated) or who.others:
            continue
        opened = marked or _opens_byline(line)
        pictured = who.persons and not opened and _SLASHED.search(line.text)
        named = who.agencies or (who.unnamed if opened or dated else ())
        if named and not pictured and not (line.zone is Zone.ABOVE and not dated):
            yield SignalTemplate("agency_byline", Family.AGENCY, claims=share(who)).on(
                line, names=named
            )


def _opens_byline(line: Line) -> bool:
    """Whether a line begins with the word that opens a byline."""
    return line.low.lstrip(" (").partition(" ")[0].strip(":") in words("by")


def outlet_byline(page: Page) -> Iterator[Signal]:
    """A byline that gives another outlet as the writer's, or stands on a portal beside a date."""
    since_by = _FAR
    for line in _lines(page):
        marked = line.kind is BlockKind.BYLINE
        opens = marked or line.low.startswith("by ") or line.low.strip(" :") in words("by")
        since_by = 0 if opens else since_by + 1
        if line.zone is Zone.ABOVE and not opens:
            continue  # a button of the page
        # "Name/Outlet" is how pictures are credited, and brackets enclose what is quoted.
        if _SLASHED.search(line.text) or line.text.startswith(("[", "(", "©")):
            continue
        if page.own.is_portal and (provider := _provider(page, line)) is not None:
            yield provider
            continue
        who = parties(page.own, line.text)
        if not who.outlets or who.others or who.own or is_menu(page, line):
            continue
        if all(name in page.mastheads for name in who.outlets):
            continue
        if marked or who.persons or page.own.is_portal or since_by <= _NEAR_BY:
            yield SignalTemplate("outlet_byline", Family.STATEMENT).on(line, names=who.outlets)


def _provider(page: Page, line: Line) -> Signal | None:
    """On a portal: a short line above the story that opens with a link to another's front page."""
    link = line.links[0] if line.links else None
    if link is None or link.span is None or line.zone is not Zone.TOP:
        return None
    opens = link.span.start == line.start and is_name(link.text)
    if not opens or not is_index(link.url) or page.own.is_url(link.url) or is_share(link):
        return None
    at = (0, link.span.end - line.start)
    return SignalTemplate("outlet_byline", Family.STATEMENT).on(
        line, at=at, names=(link.text.strip(),), target=link.url
    )


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
    for line in page.zone(Zone.ABOVE, Zone.TOP, Zone.LEAD, Zone.END, Zone.AFTER):
        after += line.zone is Zone.AFTER
        if after > _FIRST:
            return
        if page.is_teased(line) or (line.zone is Zone.ABOVE and line.kind is BlockKind.CAPTION):
            continue
        placed = line.zone in {Zone.TOP, Zone.ABOVE} or line.kind in _MARKED
        if placed and len(line.text) <= LONGEST_BYLINE and line.kind not in _NO_BYLINE:
            yield line


def is_labelled(line: Line) -> bool:
    """Whether a line is a label and what it labels ("Source: AFP"): another rule's."""
    label, colon, _ = line.low.partition(":")
    return bool(colon) and label.strip(" (") in words("label", "labels")


def agency_markup(page: Page) -> Iterator[Signal]:
    """An agency as author, provider or publisher in the page's metadata."""
    for statement in _credited(page, *_AUTHOR_KEYS, *_SOURCE_KEYS):
        if not mentions_any(statement.value):
            continue
        who = parties(page.own, statement.value)
        by = statement.key in _AUTHOR_KEYS
        named = who.agencies or (who.unnamed if by else ())
        if named and not who.others:
            # Authors may be listed one by one: who stands beside the agency makes a mixed text.
            beside = by and any(_is_second(page, other.value) for other in page.said(statement.key))
            claims = Derivation.PARTIALLY if beside else share(who)
            yield SignalTemplate("agency_markup", Family.AGENCY, claims=claims).said(
                statement, names=named
            )


def _is_second(page: Page, author: str) -> bool:
    """Whether another author of the same list is the page's own desk, or a person."""
    who = parties(page.own, author)
    return not who.agencies and (who.own or who.persons)


def outlet_markup(page: Page) -> Iterator[Signal]:
    """Another outlet given as the author, or as the author's, in the page's metadata."""
    for statement in _credited(page, *_AUTHOR_KEYS):
        who = parties(page.own, statement.value)
        if who.outlets and not who.others and not who.own and not who.agencies:
            yield SignalTemplate("outlet_markup", Family.MARKUP).said(statement, names=who.outlets)


def _credited(page: Page, *keys: str) -> Iterator[Statement]:
    """Short statements of who made the article; of marked-up names those of the first alone.

    The boxes that tease other articles mark their authors up as well.
    """
    stated = any(said.value for said in page.said("json_ld:author.name", "json_ld:author"))
    marked = 0
    for statement in page.said(*keys):
        if len(statement.value) > LONGEST_BYLINE:
            continue
        if statement.key in _MARKED_AUTHORS:
            marked += 1
            if stated or marked > 1:
                continue
        yield statement


def agency_in_address(page: Page) -> Iterator[Signal]:
    """The page's own address files it under an agency ("/wires/pa/", "/news/reuters/")."""
    url = page.document.url or ""
    agency = _wire_of(url)
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


def _wire_of(url: str) -> Agency | None:
    """The agency whose folder an address lies in; initials of several meanings need a wire's."""
    if found := _WIRE_PATH.search(url[:_LONGEST_ADDRESS]):
        return agency_named(found.group(1).upper()) or agency_named(found.group(1))
    folders = url[:_LONGEST_ADDRESS].partition("://")[2].partition("?")[0].split("/")[1:-1]
    for folder in folders:
        words_of = [part for part in folder.split("-") if part not in _FILED]
        name = " ".join(words_of)
        agency = agency_named(name.upper()) or agency_named(name)
        known = agency is not None and agency.kind is AgencyKind.AGENCY
        if (
            known
            and len(name) > 2
            and not any(map(is_ambiguous, (name, name.upper(), name.title())))
        ):
            return agency
    return None
