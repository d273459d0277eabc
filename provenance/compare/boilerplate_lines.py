"""Lines that sites put into pages: shared by two pages, they prove nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

# Words of a line that may be boilerplate, at most.
_LONGEST = 16
# What only such lines say, wherever in the line; folded letters. The longer the phrase, the surer.
_SAYS = re.compile(
    r"\b(?:advert\w*|this ad|without ads|sponsored|(?:promoted|related|useful) (?:links?|content)"
    r"|newsletters?|sign up|round up of|subscrib\w+|subscriptions?|log ?in|cookies|privacy policy"
    r"|terms of (?:use|service)|all rights reserved|protected by copyright|with permission of"
    r"|earlier version|read more|more on this|also read|read also|don't miss|others are reading"
    r"|most (?:read|popular|viewed|shared)|editor's (?:choice|picks?)|back to top|the gallery"
    r"|this article|this page|this site|our (?:\w+ )?app|the page loads|send to a friend|pin it"
    r"|post a comment|let us know|spotted a mistake|stay informed|be notified|account settings"
    r"|image source|(?:photo|picture|image) credit|get in touch|contact us|newsroom running"
    r"|anzeige|werbung|mehr zum thema|lesen sie auch|abonnez|lire aussi|suscri\w+|lea tambien"
    r"|mas informacion|leggi anche|iscriviti|czytaj tez|реклама|читаите также|подпи[сш]\w+)\b"
)
# First words of lines that tell the reader to do something with the page.
_ORDERS = re.compile(
    r"(?:follow|share|print|tweet|join|support|become|get|click|tap|watch|listen|register|download"
    r"|visit|email|comments?|please|see|view|like|your?|tags|topics|credit|related|more)\b"
)
_TO_YOU = re.compile(r"\b(?:your?|our|us|here|now|this|member|wait|latest)\b")
_CURT = 4


def trim_boilerplate(
    suspect: Prepared, source: Prepared, found: Sequence[Stretch]
) -> list[Stretch]:
    """The stretches without lines of boilerplate at their ends."""
    result = []
    for stretch in found:
        rest: Stretch | None = stretch
        while rest is not None and (less := _trim_last_line(suspect, source, rest)) != rest:
            rest = less
        while rest is not None and (less := _trim_first_line(suspect, source, rest)) != rest:
            rest = less
        if rest is not None:
            result.append(rest)
    return result


def _trim_last_line(suspect: Prepared, source: Prepared, stretch: Stretch) -> Stretch | None:
    """The stretch without its last line, if that is boilerplate; None when nothing is left."""
    if (
        not suspect.boundaries.lines[stretch.end]
        and not source.boundaries.lines[stretch.source_end]
    ):
        return stretch
    at = suspect.boundaries.lines.rfind(b"\1", stretch.start, stretch.end)
    size = stretch.end - max(at, stretch.start)
    if size > _LONGEST or not is_boilerplate(suspect, stretch.end - size, stretch.end):
        return stretch
    if size >= stretch.end - stretch.start:
        return None
    return stretch._replace(
        end=stretch.end - size,
        source_end=stretch.source_end - size,
        equal=stretch.equal - size,
        exact=stretch.exact - size,
    )


def _trim_first_line(suspect: Prepared, source: Prepared, stretch: Stretch) -> Stretch | None:
    """The stretch without its first line, if that is boilerplate; None when nothing is left."""
    if (
        not suspect.boundaries.lines[stretch.start]
        and not source.boundaries.lines[stretch.source_start]
    ):
        return stretch
    at = suspect.boundaries.lines.find(b"\1", stretch.start + 1)
    size = min(at, stretch.end) - stretch.start
    if size > _LONGEST or not is_boilerplate(suspect, stretch.start, stretch.start + size):
        return stretch
    if size >= stretch.end - stretch.start:
        return None
    return stretch._replace(
        start=stretch.start + size,
        source_start=stretch.source_start + size,
        equal=stretch.equal - size,
        exact=stretch.exact - size,
    )


def is_boilerplate(text: Prepared, start: int, end: int) -> bool:
    """Whether the words of a short line are of the kind that sites put into pages."""
    line = text.words.folded(start, end)
    if _SAYS.search(line):
        return True
    return bool(_ORDERS.match(line)) and (end - start <= _CURT or bool(_TO_YOU.search(line)))
