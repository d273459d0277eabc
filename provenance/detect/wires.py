"""Agency copy: datelines, bylines, the last line, and agencies named as authors in the markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.agencies import Parties, mentions, parties, share, worded, written_agency
from provenance.detect.credits import picture_pattern
from provenance.detect.page import Zone
from provenance.detect.phrases import words
from provenance.detect.signs import Sign
from provenance.model import BlockKind, Derivation, Family, Place, Signal, Strength
from provenance.text.publishers import agency_named, agency_pattern, is_ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.page import Line, Page

_NO_BYLINE = {BlockKind.CAPTION, BlockKind.OTHER, BlockKind.LIST, BlockKind.FOOTER}
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
_BRACKETED = re.compile(r"[(（\[［【]([^()（）\[\]［］【】\n]{2,60})[)）\]］】]")
_DASH = re.compile(r"^\s{0,3}(?:[-–—―:.=»]|電|电|$)")
_SENTENCE = re.compile(r"[!?;…]|[a-z]{3,}\.\s|\w{4,}\.\s(?=[A-Z])")
_TEXT_BEFORE = 70
_WORDS_BEFORE = 9
_BYLINE = 130
_SLASHED = re.compile(r"[^\W\d]\s?/\s?[^\W\d]")
_TELLING_TAIL = 8
_CHINESE_WIRE = re.compile(r"^.{0,20}?\d{0,4}[日月年0-9 ]{1,12}.{0,12}?[电電讯訊]")
_MARKS = frozenset("-–—:：/|")
_LOOSE = re.compile(r"^\s{0,3}([-–—:：/,،|.]|\s\s)")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|ⓒ|copyright)", re.IGNORECASE)
_FOOTER_TALK = re.compile(
    r"\barticles?:|\bwire services such as|\bnews agencies such as|\bpart of\b|\bpartners?\b",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"^\W{0,3}(?:(?:additional )?reporting|writing|editing|compiled|translated|rédaction|edición"
    r"|bearbeitet|redigering)\s(?:by|de|von)\s",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:contributed to this (?:report|story|article)|contributed reporting)\b", re.IGNORECASE
)


def wire_dateline(page: Page) -> Iterator[Signal]:
    """A dateline that names an agency before the first sentence ("PARIS (AFP) —")."""
    for line in page.zone(Zone.TOP, Zone.LEAD):
        if line.kind in _NO_BYLINE or line.kind is BlockKind.TABLE:
            continue
        found = _alone(line)
        if line.zone is Zone.LEAD:
            found = found or _in_brackets(page, line) or _unbracketed(line) or _worded(line)
        if found is not None:
            names, end, claims = found
            yield Sign("wire_dateline", Family.AGENCY, claims=claims).on(
                line, at=(0, end), names=names
            )
            return


_Dateline = tuple[tuple[str, ...], int, Derivation]


def _in_brackets(page: Page, line: Line) -> _Dateline | None:
    for bracket in _BRACKETED.finditer(line.text[:140]):
        before = line.text[: bracket.start()].strip()
        if not _place_like(before):
            return None
        who = parties(page, bracket.group(1))
        whole = who.agencies and not who.others
        names = who.agencies if whole else _last_agency(bracket.group(1))
        if not names:
            continue
        closed = bool(_DASH.match(line.text[bracket.end() :]))
        if closed or not before or (before.isupper() and len(before.split()) <= 4):
            return names, bracket.end(), share(who) if whole else Derivation.WHOLLY
    return None


def _last_agency(inside: str) -> tuple[str, ...]:
    """The agency that closes a bracket after place and date: "[Tokyo, 5 March, Reuters]"."""
    last = _SPLIT.split(inside.strip())[-1]
    name = written_agency(last) if last != inside.strip() else None
    return (name,) if name else ()


_SPLIT = re.compile(r"[\s=＝,，、]+")


def _unbracketed(line: Line) -> _Dateline | None:
    start = line.text[:110]
    for found in agency_pattern(ambiguous=True).finditer(start):
        name = written_agency(found.group())
        if name is None:
            continue
        low, high = found.span()
        before, after = start[:low].strip(), start[high:]
        if _CHINESE_WIRE.match(after) and len(before) <= 12:
            return (name,), high, Derivation.WHOLLY
        # "Paris - AFP: ..." and "AFP - Paris": a mark on both sides, or at the start of all.
        if not _place_like(before) or not _LOOSE.match(after):
            continue
        if not before:
            if after.lstrip().startswith(("-", "–", "—", ":", "：", "/")):
                return (name,), high, Derivation.WHOLLY
        elif len(before.split()) <= _WORDS_BEFORE and (
            before[-1] in _MARKS or (before[-1] in ",،." and after.lstrip()[:1] in _MARKS)
        ):
            return (name,), high, Derivation.WHOLLY
    return None


def _alone(line: Line) -> _Dateline | None:
    """A line that is a place and an agency and nothing else ("Riyadh - SPA")."""
    parts = _PLACE_AND_AGENCY.match(line.text.strip()) if len(line.text) <= _SHORT else None
    if parts is None:
        return None
    for agency, place in (parts.groups(), parts.groups()[::-1]):
        name = written_agency(agency)
        label = place.casefold().strip() in words("label", "twin", "by")
        if name and not is_ambiguous(agency) and len(place.split()) <= 3 and not label:
            return (name,), len(line.text), Derivation.WHOLLY
    return None


_SHORT = 60
# A colon joins place and agency in Arabic only; elsewhere it follows a label.
_PLACE_AND_AGENCY = re.compile(
    r"^([^-–—:،,/|©]{2,30}?)\s?(?:[-–—،,]|(?<=[\u0600-\u06ff] ):)\s?([^-–—:،,/|©]{2,30})[:.]?$"
)


def _worded(line: Line) -> _Dateline | None:
    found = worded("datelines", line.text[:_TEXT_BEFORE])
    if (
        found is None
        or found[0].endswith(")")
        or not _place_like(line.text.partition(found[0])[0].strip())
    ):
        return None
    end = line.text.index(found[0]) + len(found[0])
    return (found[1].name,), end, Derivation.WHOLLY


def _place_like(before: str) -> bool:
    """Whether what precedes a bracket can be places and a date, and is not a sentence."""
    return (
        len(before) <= _TEXT_BEFORE
        and len(before.split()) <= _WORDS_BEFORE
        and not _SENTENCE.search(before)
    )


def agency_byline(page: Page) -> Iterator[Signal]:
    """A byline that is an agency's, or names one beside the writer."""
    for line in page.zone(Zone.TOP, Zone.LEAD, Zone.END, Zone.AFTER):
        edge = line.zone is Zone.TOP or line.kind in {BlockKind.BYLINE, BlockKind.META_LINE}
        if not edge or len(line.text) > _BYLINE or line.kind in _NO_BYLINE:
            continue
        if not mentions(line.text):
            continue
        if line.text.lstrip().startswith(("©", "(c)", "(C)", "Photo", "Foto", "Image")):
            continue
        who = parties(page, line.text)
        if who.agencies and not who.others:
            yield Sign("agency_byline", Family.AGENCY, claims=share(who)).on(
                line, names=who.agencies
            )


def agency_tail(page: Page) -> Iterator[Signal]:
    """A last line, or the end of one, that names the agency ("(dpa)", "Reporting by", "© AFP")."""
    for line in page.zone(Zone.END, Zone.AFTER):
        if line.kind in {BlockKind.CAPTION, BlockKind.TABLE, BlockKind.OTHER}:
            continue
        if line.zone is Zone.AFTER and _is_menu(page, line):
            continue
        yield from _tail(page, line)


def _is_menu(page: Page, line: Line) -> bool:
    """Whether a line is nothing but a link into the page's own site."""
    linked = sum(len(link.text) for link in line.links if page.own.is_url(link.url))
    return linked >= len(line.text.strip()) > 0


def _tail(page: Page, line: Line) -> Iterator[Signal]:
    text = line.text.rstrip()
    low = max(0, len(text) - 140)
    exact = worded("tails", text[-400:]) if line.zone in {Zone.END, Zone.AFTER} else None
    if exact is not None and len(exact[0]) >= _TELLING_TAIL:
        start = text.rindex(exact[0])
        at = (start, start + len(exact[0]))
        yield Sign("agency_tail", Family.AGENCY).on(line, at=at, names=(exact[1].name,))
        return
    if not mentions(text[low:]):
        return
    found = _closing(page, text, low)
    if found is not None:
        start, end, who = found
        yield Sign("agency_tail", Family.AGENCY, claims=share(who)).on(
            line, at=(start, end), names=who.agencies
        )


def _closing(page: Page, text: str, low: int) -> tuple[int, int, Parties] | None:
    """The part at the end of a line that is nothing but who wrote it."""
    if text.endswith((")", "）", "】")):
        opening = max(text.rfind(mark, low) for mark in "(（【")
        if opening >= 0:
            who = parties(page, _unlabelled(text[opening + 1 : -1]))
            if who.agencies and not who.others and not who.persons:
                return opening, len(text), who
    whole = parties(page, _unlabelled(text)) if len(text) <= _BYLINE else None
    if whole and whole.agencies and not whole.others and not is_ambiguous(text):
        return 0, len(text), whole
    return None


def _unlabelled(text: str) -> str:
    label, colon, rest = text.partition(":")
    return rest if colon and len(label) < 25 else text


def agency_markup(page: Page) -> Iterator[Signal]:
    """An agency as author, provider or publisher in the page's metadata."""
    for statement in page.said(*_AUTHOR_KEYS, *_SOURCE_KEYS):
        if len(statement.value) > _BYLINE or not mentions(statement.value):
            continue
        who = parties(page, statement.value)
        if who.agencies and not who.others:
            yield Sign("agency_markup", Family.AGENCY, claims=share(who)).said(
                statement, names=who.agencies
            )


def outlet_byline(page: Page) -> Iterator[Signal]:
    """A byline that gives another outlet as the writer's, or stands on a portal beside a date."""
    for line in page.zone(Zone.TOP, Zone.LEAD, Zone.AFTER):
        edge = line.kind in {BlockKind.BYLINE, BlockKind.META_LINE} or line.zone is Zone.TOP
        if not edge or len(line.text) > _BYLINE or line.kind in _NO_BYLINE:
            continue
        who = parties(page, line.text)
        named = line.kind is BlockKind.BYLINE or who.persons or page.own.is_portal
        # "Name/Outlet" is how pictures are credited, and brackets enclose what is quoted.
        credit = _SLASHED.search(line.text) or line.text.startswith(("[", "(", "©"))
        if credit or not named or _is_menu(page, line):
            continue
        if who.outlets and not who.others and not who.own:
            yield Sign("outlet_byline", Family.STATEMENT).on(line, names=who.outlets)


def outlet_markup(page: Page) -> Iterator[Signal]:
    """Another outlet given as the author, or as the author's, in the page's metadata."""
    for statement in page.said(*_AUTHOR_KEYS):
        if len(statement.value) <= _BYLINE:
            who = parties(page, statement.value)
            if who.outlets and not who.others and not who.own and not who.agencies:
                yield Sign("outlet_markup", Family.MARKUP).said(statement, names=who.outlets)


def agency_desk(page: Page) -> Iterator[Signal]:
    """A desk line of agency copy ("Reporting by ...; editing by ..."), which names no agency."""
    for line in page.zone(Zone.END, Zone.AFTER):
        bare = line.text.lstrip("( ")
        if len(line.text) <= 400 and _DESK.match(bare) and "editing by" in bare.lower():
            yield Sign("agency_desk", Family.AGENCY, claims=Derivation.UNKNOWN).on(line)


def agency_contributed(page: Page) -> Iterator[Signal]:
    """A line that an agency contributed to a report written by others."""
    for line in page.zone(Zone.END, Zone.AFTER, Zone.BODY):
        helped = _HELPED.search(line.text) if len(line.text) <= 300 else None
        if helped is None:
            continue
        found = agency_pattern(ambiguous=True).finditer(line.text[: helped.start()])
        known = (written_agency(form.group()) for form in found)
        names = tuple(dict.fromkeys(name for name in known if name))
        if names:
            yield Sign("agency_contributed", Family.AGENCY, claims=Derivation.PARTIALLY).on(
                line, names=names
            )


def picture_credit(page: Page) -> Iterator[Signal]:
    """A credit under a picture that names an agency: the picture's, never the text's."""
    for line in page.lines:
        if line.kind is not BlockKind.CAPTION or line.zone is Zone.FAR or len(line.text) > 600:
            continue
        low = max(0, len(line.text) - 90)
        found = list(agency_pattern(ambiguous=True).finditer(line.text, low))
        houses = list(picture_pattern().finditer(line.text, low))
        names = [name for form in found if (name := written_agency(form.group()))]
        names += [house.group() for house in houses]
        if names:
            start = min(match.start() for match in (*found, *houses))
            yield Sign("picture_credit", Family.AGENCY).on(
                line, at=(start, len(line.text)), names=tuple(dict.fromkeys(names))
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


_WIRE_PATH = re.compile(
    r"/(?:wires?|news-?wires?|wire-news|agency|agencies|agencias|agenturmeldungen|ticker)/([a-z]{2,12})/",
    re.IGNORECASE,
)
