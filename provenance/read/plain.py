"""Plain text to the same pieces and places as a page: by form, for want of markup."""

from __future__ import annotations

import re
from itertools import pairwise

from provenance.read.dom.blocks import Anchor, Piece
from provenance.read.dom.context import Hint
from provenance.read.dom.lines import is_attribution, is_caption
from provenance.read.facts.title import strip_prefix
from provenance.read.story.best_run import best_run, link_share, weight

MAX_LINES = 20_000
_URL = re.compile(r"https?://[^\s<>\"')\]]{3,2000}")
_SENTENCE_END = re.compile(r"[.!?…。！？][”\"’'»)\]]{0,3}$")
_NO_TITLE = re.compile(
    r"^(?:by|von|par|por|©|\(c\)|copyright)\s|\b\d{1,2}:\d{2}\b|©|\s(?:19|20)\d{2}$|^[>\[<{*]|[={};]{2}"
    r"|^\W*$|\w[:=]\s?[\"'{\[]",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^\W{0,6}(?:title|subject|headline|titel|titre|título|标题|标題)\W{0,2}[:：]\s{0,3}[\"'“]?"
    r"(?P<title>.{3,300}?)[\"'”]?$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:©\s{0,3})?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]{0,3}"
    r"([^\W\d][^|©()]{1,50}?)\s*(?:[.,|]?\s*All rights|[|,;]|\.?$)",
    re.IGNORECASE,
)
_LEAST, _LONG = 60, 300
_REPEATED = 20
_RUN_COST = 150
_LITTLE = 0.5
_WRAPPED, _WRAPPED_LINES = (50, 100), 8
_LINKED = 0.3
_SHORT_COST, _NO_COST = -20, -1


def pieces_of(text: str) -> list[Piece]:
    """Each non-empty line as a piece, paragraphs broken to a fixed width put together again.

    Addresses written out are links.
    """
    pieces = []
    for line in _lines(text)[:MAX_LINES]:
        bare = " ".join(line.split())
        if bare:
            found = ((m.start(), m.group().rstrip(".,;")) for m in _URL.finditer(bare))
            anchors = tuple(Anchor(url, "", at, at + len(url)) for at, url in found)
            hints = Hint.CAPTION if is_caption(bare) else Hint.PARAGRAPH
            pieces.append(Piece(text=bare, hints=hints, anchors=anchors))
    return pieces


def _lines(text: str) -> list[str]:
    """The lines of a text, or its paragraphs where most of its lines are broken to one width."""
    lines = text.split("\n")
    inner = [len(line) for line, after in pairwise(lines) if line.strip() and after.strip()]
    low, high = _WRAPPED
    full = sum(low <= size <= high for size in inner)
    if full < _WRAPPED_LINES or full < 0.7 * len(inner) or max(inner) > 2 * high:
        return lines
    return [" ".join(part.split("\n")) for part in text.split("\n\n")]


def story_of(pieces: list[Piece]) -> set[int]:
    """The lines of the story: the run with most prose, without captions.

    Where that is little of the text (verse, code, lists), the story is everything between the
    headline and the first line of addresses or attribution that only such lines follow.
    """
    ended = sum(bool(_SENTENCE_END.search(p.text[-8:])) for p in pieces if len(p.text) >= _LEAST)
    strict = ended * 4 >= sum(len(p.text) >= _LEAST for p in pieces)
    start, end = best_run(_capped([_value(piece, strict=strict) for piece in pieces]))
    size = sum(len(p.text) for p in pieces if link_share(p) <= _LINKED)
    if sum(len(p.text) for p in pieces[start:end]) < _LITTLE * size:
        start, end = (1 if title_line(pieces[:1]) == 0 and len(pieces) > 1 else 0), len(pieces)
        while end > start + 1 and _is_after(pieces[end - 1]):
            end -= 1
    chosen = {i for i in range(start, end) if not pieces[i].hints & Hint.CAPTION}
    return chosen or set(range(len(pieces)))


def _capped(values: list[int]) -> list[int]:
    """The values with the cost of each run of short lines bounded: code and verse break no story.

    Lines of addresses are not spared: lists of links stand after a story, not in it.
    """
    spent, capped = 0, []
    for value in values:
        spent = spent + value if value in (_SHORT_COST, _NO_COST) else 0
        capped.append(0 if spent < -_RUN_COST else value)
    return capped


def _is_after(piece: Piece) -> bool:
    return link_share(piece) > _LINKED or is_attribution(piece.text)


def _value(piece: Piece, *, strict: bool) -> int:
    """Prose adds its length; a line that does not end as a sentence costs, an address more."""
    if piece.hints & Hint.CAPTION:
        return _NO_COST
    if link_share(piece) > _LINKED or is_attribution(piece.text):
        return -_RUN_COST
    length = weight(piece.text)
    if strict:
        prose = bool(_SENTENCE_END.search(piece.text[-8:])) or length >= _LONG
    else:
        prose = length >= _LEAST
    field = _FIELD.match(piece.text[:_LONG])
    return min(length, 400) if prose and not field else _SHORT_COST


def title_line(head: list[Piece]) -> int | None:
    """Which of the lines before the story is the headline, or None.

    A line that another line repeats, cut or in other case, is the headline in its longer form; a
    line that calls itself title is one; else it is the longest of the last few that reads as
    words and holds no address.
    """
    named = next((i for i, p in enumerate(head) if _FIELD.match(p.text[:_LONG])), None)
    if named is not None:
        return named
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


def title_in(line: str) -> str:
    """The headline in its line: without section word, heading marks and field name."""
    field = _FIELD.match(line[:_LONG])
    return strip_prefix((field["title"] if field else line).strip("#=* "))


def names_in(pieces: list[Piece]) -> tuple[str, ...]:
    """Names the page gives itself in its copyright lines."""
    found = (_COPYRIGHT.search(piece.text) for piece in pieces if len(piece.text) < 200)
    return tuple(dict.fromkeys(match.group(1).strip(" .,") for match in found if match))
