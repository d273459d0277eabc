"""Plain text to the same pieces and places as a page: by form, for want of markup."""

from __future__ import annotations

import re

from provenance.read.blocks import Anchor, Piece
from provenance.read.context import Hint
from provenance.read.linear import best_run, link_share, weight
from provenance.read.lines import is_caption
from provenance.read.title import strip_prefix

MAX_LINES = 20_000
_URL = re.compile(r"https?://[^\s<>\"')\]]{3,2000}")
_SENTENCE_END = re.compile(r"[.!?…。！？”\"’'»)]\s*$")
_NO_TITLE = re.compile(
    r"^(?:by|von|par|por|©|\(c\)|copyright)\s|\b\d{1,2}:\d{2}\b|©|\s(?:19|20)\d{2}$", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:©\s{0,3})?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]{0,3}"
    r"([^\W\d][^|©()]{1,50}?)\s*(?:[.,|]?\s*All rights|[|,;]|\.?$)",
    re.IGNORECASE,
)
_LEAST = 60
_REPEATED = 20


def pieces_of(text: str) -> list[Piece]:
    """Each non-empty line as a piece; addresses written out are its links."""
    pieces = []
    for line in text.split("\n")[:MAX_LINES]:
        bare = " ".join(line.split())
        if bare:
            anchors = tuple(
                Anchor(
                    m.group().rstrip(".,;"), "", m.start(), m.start() + len(m.group().rstrip(".,;"))
                )
                for m in _URL.finditer(bare)
            )
            hints = Hint.CAPTION if is_caption(bare) else Hint.PARAGRAPH
            pieces.append(Piece(text=bare, tag="p", hints=hints, anchors=anchors))
    return pieces


def story_of(pieces: list[Piece]) -> set[int]:
    """The lines of the story: the run with most prose, without captions; everything if none."""
    ended = sum(bool(_SENTENCE_END.search(p.text[-8:])) for p in pieces if len(p.text) >= _LEAST)
    strict = ended * 4 >= sum(len(p.text) >= _LEAST for p in pieces)
    values = [_value(piece, strict=strict) for piece in pieces]
    start, end = best_run(values)
    chosen = {i for i in range(start, end) if not pieces[i].hints & Hint.CAPTION}
    return chosen or {i for i, p in enumerate(pieces) if not p.hints & Hint.CAPTION}


def _value(piece: Piece, *, strict: bool) -> int:
    """Prose adds its length; a line that does not end as a sentence costs, an address more."""
    if piece.hints & Hint.CAPTION:
        return -1
    if link_share(piece) > 0.3:
        return -120
    length = weight(piece.text)
    if not strict:
        return min(length, 400) if length >= _LEAST else -15
    if _SENTENCE_END.search(piece.text[-8:]):
        return min(length, 400)
    return min(length, 400) if length >= 300 else -20


def title_line(head: list[Piece]) -> int | None:
    """Which of the lines before the story is the headline, or None.

    A line that another line repeats, cut or in other case, is the headline in its longer form;
    else it is the longest of the last few that reads as words and holds no address.
    """
    known: dict[str, int] = {}
    usable = [i for i, p in enumerate(head) if not p.anchors and len(p.text.split()) >= 3]
    usable = [i for i in usable if not _NO_TITLE.search(head[i].text)]
    for i in usable:
        text = strip_prefix(head[i].text).casefold().rstrip(" :.…")
        for other, j in known.items():
            if text == other and len(text) >= _REPEATED:
                return max(i, j)
            bare, longer = sorted((text, other), key=len)
            bare = bare.split(": ", 1)[-1] if ": " in bare[:14] else bare
            if len(bare) >= _REPEATED and bare in longer:
                return i if text == longer else j
        known[text] = i
    last = usable[-6:]
    return max(last, key=lambda i: (min(len(head[i].text), 150), i)) if last else None


def names_in(pieces: list[Piece]) -> tuple[str, ...]:
    """Names the page gives itself in its copyright lines."""
    found = (_COPYRIGHT.search(piece.text) for piece in pieces if len(piece.text) < 200)
    return tuple(dict.fromkeys(match.group(1).strip(" .,") for match in found if match))
