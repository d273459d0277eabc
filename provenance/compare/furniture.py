"""Lines that sites put into pages: shared by two pages, they prove nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

# Words of a line that may be furniture, at most.
_LONGEST = 16
# What such lines talk about: the reader, the account, the page, other pages. Folded letters.
_CUE = re.compile(
    r"\b(?:advert\w*|this ad|ads|sponsored|promoted|subscri\w+|newsletter|sign up|round up"
    r"|log in|login|register|registration|account|members?|membership|contribution|donat\w+"
    r"|support us|preferences|settings|cookies?|privacy policy|terms of (?:use|service)"
    r"|copyright|rights reserved|published with permission|read more|more on this|also read"
    r"|read also|related|don't miss|others are reading|most (?:read|popular|viewed)|trending"
    r"|recommended|editor's (?:choice|picks?)|back to top|see the gallery|gallery|listen to this"
    r"|watch (?:the|this)|scroll|loads|loading|click|tap here|share|send to a friend|e mail"
    r"|email|print|tweet|pin it|follow|notified|notifications?|stay informed|our app|free app"
    r"|download|comments?|let us know|contact us|feedback|spotted a mistake|tags|topics"
    r"|image source|photo credit|picture credit|credit|earlier version"
    r"|werbung|anzeige|newsletter|mehr zum thema|lesen sie auch|publicite|abonnez|lire aussi"
    r"|suscri\w+|lea tambien|mas informacion|pubblicita|leggi anche|reklama|czytaj tez"
    r"|реклама|читайте также|подпис\w+)\b"
)


def trimmed(suspect: Prepared, source: Prepared, found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches without lines of furniture at their ends."""
    result = []
    for stretch in found:
        rest: Stretch | None = stretch
        while rest is not None and (less := _without_last(suspect, source, rest)) != rest:
            rest = less
        while rest is not None and (less := _without_first(suspect, source, rest)) != rest:
            rest = less
        if rest is not None:
            result.append(rest)
    return result


def _without_last(suspect: Prepared, source: Prepared, stretch: Stretch) -> Stretch | None:
    """The stretch without its last line, if that is furniture; None when nothing is left."""
    if not suspect.borders.lines[stretch.end] and not source.borders.lines[stretch.source_end]:
        return stretch
    at = suspect.borders.lines.rfind(b"\1", stretch.start, stretch.end)
    size = stretch.end - max(at, stretch.start)
    if size > _LONGEST or not is_furniture(suspect, stretch.end - size, stretch.end):
        return stretch
    if size >= stretch.end - stretch.start:
        return None
    return stretch._replace(
        end=stretch.end - size,
        source_end=stretch.source_end - size,
        equal=stretch.equal - size,
        exact=stretch.exact - size,
    )


def _without_first(suspect: Prepared, source: Prepared, stretch: Stretch) -> Stretch | None:
    """The stretch without its first line, if that is furniture; None when nothing is left."""
    if not suspect.borders.lines[stretch.start] and not source.borders.lines[stretch.source_start]:
        return stretch
    at = suspect.borders.lines.find(b"\1", stretch.start + 1)
    size = min(at, stretch.end) - stretch.start
    if size > _LONGEST or not is_furniture(suspect, stretch.start, stretch.start + size):
        return stretch
    if size >= stretch.end - stretch.start:
        return None
    return stretch._replace(
        start=stretch.start + size,
        source_start=stretch.source_start + size,
        equal=stretch.equal - size,
        exact=stretch.exact - size,
    )


def is_furniture(text: Prepared, start: int, end: int) -> bool:
    """Whether the words of a short line are of the kind that sites put into pages."""
    return _CUE.search(text.words.folded(start, end)) is not None
