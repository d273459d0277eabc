"""Datelines of agency copy: the agency named before the first sentence, in any script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.detect.agencies import parties, share, worded, written_agency
from provenance.detect.credits import is_credit
from provenance.detect.naming import is_date_word
from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family
from provenance.text.patterns import compile_late
from provenance.text.publishers import find_agencies, is_ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Signal

_NOT_PROSE = {BlockKind.CAPTION, BlockKind.LIST, BlockKind.TABLE, BlockKind.FOOTER}
_BRACKETED = compile_late(r"[(（\[［【]([^()（）\[\]［］【】\n]{2,60})[)）\]］】]")
_DASH = compile_late(r"^\s{0,3}(?:[-–—―:.=»]|電|电|$)")
_SENTENCE = compile_late(r"[!?;…]|(?<=[a-z]{3})\.\s|(?<=\w{4})\.\s(?=[A-Z])")
_SPLIT = compile_late(r"[\s=＝,，、]+")
_CHINESE_WIRE = compile_late(r"^.{0,20}?\d{0,4}[日月年0-9 ]{1,12}.{0,12}?[电電讯訊]")
_MARKS = frozenset("-–—:：/|")
_LOOSE = compile_late(r"^\s{0,3}([-–—:：/,،|.]|\s\s)")
# A colon joins place and agency in Arabic only; elsewhere it follows a label.
_PLACE_AND_AGENCY = compile_late(
    r"^([^-–—:،,/|©]{2,30}?)\s?(?:[-–—،,]|(?<=[\u0600-\u06ff] ):)\s?([^-–—:،,/|©]{2,30})[:.]?$"
)
_STATES = {"PA"}
"""Initials of agencies that say behind a town which state it lies in: "HARRISBURG (PA)"."""
_TEXT_BEFORE = 70
_WORDS_BEFORE = 9
_SHORT = 60
_STANDFIRST = 90


def wire_dateline(page: Page) -> Iterator[Signal]:
    """A dateline that names an agency before the first sentence ("PARIS (AFP) —")."""
    for line in page.zone(Zone.TOP, Zone.LEAD):
        if line.kind in _NOT_PROSE:
            continue
        found = _alone(line)
        filed = line.text.rstrip().endswith((")", "）")) and any(c.isdigit() for c in line.text)
        if filed and not is_credit(line.text):
            found = found or _in_brackets(page, line)
        if line.zone is Zone.LEAD or len(line.text) >= _STANDFIRST:
            found = found or _in_brackets(page, line) or _unbracketed(line) or _worded(page, line)
        if found is not None:
            names, end, claims = found
            yield SignalTemplate("wire_dateline", Family.AGENCY, claims=claims).on(
                line, at=(0, end), names=names
            )
            return


_Dateline = tuple[tuple[str, ...], int, Derivation]


def _in_brackets(page: Page, line: Line) -> _Dateline | None:
    for bracket in _BRACKETED.finditer(line.text[:140]):
        before = line.text[: bracket.start()].strip()
        if not _place_like(before):
            return None
        if is_credit(bracket.group(1)) or bracket.group(1) in _STATES:
            continue
        who = replace(parties(page.own, bracket.group(1)), followed=False)
        whole = who.agencies and not who.others
        names = who.agencies if whole else _last_agency(bracket.group(1))
        if not names and who.outlets and not who.others and 0 < len(before.split()) <= 3:
            return who.outlets, bracket.end(), Derivation.WHOLLY
        if not names:
            continue
        closed = bool(_DASH.match(line.text[bracket.end() :]))
        dated = any(letter.isdigit() for letter in before)
        if closed or dated or not before or (before.isupper() and len(before.split()) <= 4):
            return names, bracket.end(), share(who) if whole else Derivation.WHOLLY
    return None


def _last_agency(inside: str) -> tuple[str, ...]:
    """The agency that closes a bracket after place and date: "[Tokyo, 5 March, Reuters]"."""
    last = _SPLIT.split(inside.strip())[-1]
    name = written_agency(last) if last != inside.strip() else None
    return (name,) if name else ()


def _unbracketed(line: Line) -> _Dateline | None:
    start = line.text[:110]
    for found in find_agencies(start):
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
        credit = after.lstrip().startswith("/") and len(line.text) <= _STANDFIRST
        if credit:
            continue  # "REUTERS/Anna Berg" took the picture
        if not before:
            if after.lstrip().startswith(("-", "–", "—", ":", "：", "/")):
                return (name,), high, Derivation.WHOLLY
        elif len(before.split()) <= _WORDS_BEFORE and (
            before[-1] in _MARKS or (before[-1] in ",،." and after.lstrip()[:1] in _MARKS)
        ):
            return (name,), high, Derivation.WHOLLY
    return None


def _alone(line: Line) -> _Dateline | None:
    """A line that is a place and an agency and nothing else, dates aside ("Riyadh - SPA")."""
    if len(line.text) > _SHORT:
        return None
    words_of = line.text.split()
    while words_of and is_date_word(words_of[-1].lower()):
        words_of.pop()
    parts = _PLACE_AND_AGENCY.match(" ".join(words_of))
    if parts is None:
        return None
    for agency, place in (parts.groups(), parts.groups()[::-1]):
        if len(place.split()) > 3 or place.casefold().strip() in words("label", "twin", "by"):
            continue
        name = written_agency(agency)
        if name and not is_ambiguous(agency):
            return (name,), len(line.text), Derivation.WHOLLY
        if agency.strip(" .").casefold() in words("agencies") and line.zone is Zone.TOP:
            return (agency.strip(" ."),), len(line.text), Derivation.PARTIALLY
    return None


def _worded(page: Page, line: Line) -> _Dateline | None:
    found = worded(page.wordings["datelines"], "datelines", line.text[:_TEXT_BEFORE])
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
