"""What agency copy leaves under the story, and the credits that only look like it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.agencies import (
    Parties,
    mentions_any,
    parties,
    share,
    worded,
    written_agency,
)
from provenance.detect.bylines import is_labelled
from provenance.detect.credits import is_credit, picture_pattern
from provenance.detect.page import is_menu
from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family
from provenance.text.publishers import find_agencies, is_ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Signal

_LONGEST = 130
_TELLING = 8
_CREDIT = 90
_NOT_A_TAIL = {
    *(BlockKind.CAPTION, BlockKind.TABLE, BlockKind.OTHER, BlockKind.LIST, BlockKind.HEADING),
}
_ENDED = re.compile(r"(?:^|[.!?…。！？\"“”»’')\]])\s*$")
_DESK = re.compile(
    r"^\W{0,3}(?:(?:additional )?reporting|writing|editing|compiled|translated|rédaction|edición"
    r"|bearbeitet|redigering)\s(?:by|de|von)\s",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:contributed to this (?:report|story|article)|contributed reporting)\b", re.IGNORECASE
)


def agency_tail(page: Page) -> Iterator[Signal]:
    """A last line, or the end of one, that names the agency ("(dpa)", "Reporting by", "© AFP")."""
    listed = False
    for line in page.zone(Zone.END, Zone.AFTER):
        # What stands line by line under "Sources:" are references.
        listed = line.low.strip(" :：") in words("labels") or (listed and bool(line.links))
        if listed or line.kind in _NOT_A_TAIL or page.is_teased(line):
            continue
        if line.zone is Zone.AFTER and is_menu(page, line):
            continue
        yield from _tail(page, line)


def _tail(page: Page, line: Line) -> Iterator[Signal]:
    text = line.text.rstrip()
    low = max(0, len(text) - 140)
    exact = worded(page.wordings["tails"], "tails", text[-400:])
    if exact is not None and (len(exact[0]) >= _TELLING or _closes(text, exact[0])):
        start = text.rindex(exact[0])
        at = (start, start + len(exact[0]))
        yield SignalTemplate("agency_tail", Family.AGENCY).on(line, at=at, names=(exact[1].name,))
        return
    if not mentions_any(text[low:]) or is_labelled(line):
        return
    found = _closing(page, text, low)
    # Initials that mean other things too are a mark only right under the last sentence.
    stray = is_ambiguous(text) and line.zone is Zone.AFTER and line is not page.first_after
    if found is not None and not stray:
        start, end, who = found
        yield SignalTemplate("agency_tail", Family.AGENCY, claims=share(who)).on(
            line, at=(start, end), names=who.agencies or who.unnamed
        )


def _closes(text: str, form: str) -> bool:
    """Whether an agency's mark is in brackets of its own and ends the text."""
    return form[0] in "（【" and text.endswith(form)


_Closing = tuple[int, int, Parties]


def _closing(page: Page, text: str, low: int) -> _Closing | None:
    """The part at the end of a line that is nothing but who wrote it."""
    return _in_brackets(page, text, low) or _after_dash(page, text, low) or _whole(page, text)


def _in_brackets(page: Page, text: str, low: int) -> _Closing | None:
    """The agency in the bracket that closes a line: "(dpa)", "(ANSA)."."""
    closed = text.rstrip(".。 ")
    if not closed.endswith((")", "）", "】", "]")):
        return None
    opening = max(closed.rfind(mark, low) for mark in "(（【[")
    if opening < 0 or is_credit(closed[opening + 1 :]):
        return None
    who = parties(page.own, _unlabelled(closed[opening + 1 : -1]))
    # Initials that mean other things too close a text only after its last sentence.
    ended = _ENDED.search(text[:opening]) or not is_ambiguous(closed[opening:])
    named = who.agencies or (who.unnamed and (_ENDED.search(text[:opening]) or not opening))
    return (opening, len(text), who) if named and ended and not _is_other(who) else None


def _after_dash(page: Page, text: str, low: int) -> _Closing | None:
    """The agency after a dash behind the last sentence: "... at nine. — AFP"."""
    found = _DASHED.search(text, low)
    if found is None:
        return None
    who = parties(page.own, found.group(1))
    return (found.start(1), len(text), who) if who.agencies and not _is_other(who) else None


_DASHED = re.compile(r"(?<=[.!?…。！？\"“”»’')\]])\s?(?:[-–—―]{1,3})\s?([^-–—―\s][^-–—―]{1,30})$")


def _whole(page: Page, text: str) -> _Closing | None:
    """A line that is nothing but who wrote the text."""
    if len(text) > _LONGEST or is_credit(text):
        return None
    who = parties(page.own, _unlabelled(text))
    credit = who.persons and "/" in text  # "Name/AP" took the picture
    listed = len(who.agencies) >= _MANY or (len(who.outlets) > 1 and not who.own)
    named = who.agencies or (len(text) <= _SHORT and who.unnamed)
    return None if who.others or credit or listed or not named else (0, len(text), who)


def _is_other(who: Parties) -> bool:
    return bool(who.others or who.persons)


_MANY, _SHORT = 4, 40
"""So many agencies in one line are a list of services, not who wrote the text."""


def _unlabelled(text: str) -> str:
    """What a label in front names; nothing where it is a picture's."""
    label, colon, rest = text.partition(":")
    first = text.lower().partition(" ")[0].strip(":/(")
    if not words("twin").isdisjoint((first, *label.lower().replace("(", " ").split()[-2:])):
        return ""
    return rest if colon and len(label) < 25 else text


def agency_desk(page: Page) -> Iterator[Signal]:
    """A desk line of agency copy ("Reporting by ...; editing by ..."), which names no agency."""
    for line in page.zone(Zone.END, Zone.AFTER):
        bare = line.text.lstrip("( ")
        if len(line.text) <= 400 and _DESK.match(bare) and "editing by" in bare.lower():
            yield SignalTemplate("agency_desk", Family.AGENCY, claims=Derivation.UNKNOWN).on(line)


def agency_contributed(page: Page) -> Iterator[Signal]:
    """A line that an agency contributed to a report written by others."""
    for line in page.zone(Zone.END, Zone.AFTER, Zone.BODY):
        near = len(line.text) <= 300 and "contr" in line.low
        helped = _HELPED.search(line.text) if near else None
        if helped is None:
            continue
        found = find_agencies(line.text[: helped.start()])
        known = (written_agency(form.group()) for form in found)
        names = tuple(dict.fromkeys(name for name in known if name))
        if names:
            yield SignalTemplate(
                "agency_contributed", Family.AGENCY, claims=Derivation.PARTIALLY
            ).on(line, names=names)


def picture_credit(page: Page) -> Iterator[Signal]:
    """A credit under a picture that names an agency: the picture's, never the text's."""
    for line in page.lines:
        if line.kind is not BlockKind.CAPTION or line.zone is Zone.FAR or len(line.text) > 600:
            continue
        low = max(0, len(line.text) - _CREDIT)
        houses = list(picture_pattern().finditer(line.text, low))
        found = [
            form
            for form in find_agencies(line.text, low)
            if not any(h.start() < form.end() and form.start() < h.end() for h in houses)
        ]
        names = [name for form in found if (name := written_agency(form.group()))]
        names += [house.group() for house in houses]
        if names:
            start = min(match.start() for match in (*found, *houses))
            yield SignalTemplate("picture_credit", Family.AGENCY).on(
                line, at=(start, len(line.text)), names=tuple(dict.fromkeys(names))
            )
