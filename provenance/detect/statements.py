"""What the page says in words: source lines, first publication, permission, providers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.detect.agencies import LONGEST, is_outlet, mentions, parties, share, written_agency
from provenance.detect.naming import Named, clean, is_name, is_share, named_after
from provenance.detect.page import REACH
from provenance.detect.phrases import forms_with, words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family, Place
from provenance.text.literals import holds_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.detect.phrases import Form
    from provenance.model import Signal

_EDGE_TRIM = " \t\u00a0:：.,;!|\\/-–—_*()（）[]【】{}<>\"'“”«»=→►▶»›➤👉🔗…"
_COLON = re.compile(r"[:：]")
_MAX_LABEL = 40
_MAX_LINE = 400
_SHORT_NAME = 4
_SHORT_LINE = 60
_MAX_COLONS = 8
_UNPUNCTUATED = re.compile(
    r"(\w{2,12})\s(?:https?://|(?:[a-z0-9-]{1,60}\.){1,3}[a-z]{2,10}(?:[/\s]|$))", re.IGNORECASE
)
_NO_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def bare_source_link(page: Page) -> Iterator[Signal]:
    """A line that is nothing but a pointer to a source and names nobody ("Source link")."""
    bare = words("bare")
    for line in page.zone(Zone.TOP, Zone.LEAD, Zone.END, Zone.AFTER, Zone.BODY):
        if len(line.text) > _MAX_LABEL + 20 or line.low.strip(_EDGE_TRIM) not in bare:
            continue
        link = next((link for link in line.links if not is_share(link)), None)
        if link is None and (line.zone is Zone.TOP or (page.is_tagged and _is_label(line))):
            continue
        yield SignalTemplate("bare_source_link", Family.STATEMENT).on(
            line, target=link.url if link else None
        )


def _is_label(line: Line) -> bool:
    return line.text.rstrip().endswith((":", "："))


def source_line(page: Page) -> Iterator[Signal]:
    """A label such as "Source:" with the name or the address of who is copied."""
    lines = page.near
    for index, line in enumerate(lines):
        if line.kind is BlockKind.CAPTION:
            continue
        for start, end in _labels(line, words("label", "labels")):
            if line.text[end:].strip(_EDGE_TRIM):
                yield _labelled(page, line, (start, end))
            elif index + 1 < len(lines) and lines[index + 1].place is line.place:
                # A label and its name may be two blocks, as in a list of terms.
                following = lines[index + 1]
                named = named_after(page.own, following, 0)
                if named.names and len(following.text) <= _MAX_LABEL + 20:
                    yield _SOURCE.on(following, names=named.names, target=named.target)


_SOURCE = SignalTemplate("source_line", Family.STATEMENT)


def _labelled(page: Page, line: Line, label: tuple[int, int]) -> Signal:
    """The signal of a label: of the agencies that share it, or of the one name after it."""
    start, end = label
    value = line.text[end : end + LONGEST]
    if mentions(value) and len(line.text) - end <= LONGEST:
        who = parties(page.own, value.rstrip(" )]）"))
        if who.agencies:
            # Agencies among other sources make a list of references.
            claims = Derivation.UNKNOWN if who.others else share(who)
            sign = replace(_SOURCE, claims=claims)
            return sign.on(line, at=(start, len(line.text)), names=who.agencies)
    named = named_after(page.own, line, end)
    if named.names and _is_headline(named.names[0], page.document.title or ""):
        named = replace(named, names=())
    at = (start, max(named.end, end))
    several = line.low[start:end].strip(_EDGE_TRIM) in words("labels")
    sign = replace(_SOURCE, claims=Derivation.UNKNOWN) if several else _SOURCE
    return sign.on(line, at=at, names=named.names, target=named.target)


def _is_headline(name: str, title: str) -> bool:
    """Whether what stands as a name is the page's own headline ("via: the same story")."""
    words_of, of_title = set(name.lower().split()), set(title.lower().split())
    return len(words_of) >= _HEADLINE and 2 * len(words_of & of_title) > len(words_of)


_HEADLINE = 3


def _labels(line: Line, labels: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where a label starts and where what it labels starts, for every label in a line."""
    text = line.text[:_MAX_LINE]
    for count, colon in enumerate(_COLON.finditer(text)):
        if count >= _MAX_COLONS or (count and line.zone is Zone.BODY):
            break
        before = text[max(0, colon.start() - _MAX_LABEL) : colon.start()].rstrip()
        start = _label_start(before, labels)
        if start is not None:
            at = max(0, colon.start() - _MAX_LABEL) + start
            if line.place is not Place.TEXT or _marks(line, at):
                yield at, colon.end()
    head = next(iter(text.split(maxsplit=1)), "")
    if head.lower() in labels and (written := _UNPUNCTUATED.match(text)):
        yield 0, written.end(1)
        return
    if line.zone in (Zone.END, Zone.AFTER) and len(text) <= _SHORT_LINE:
        label, _, rest = text.lstrip("(（[ ").partition(" ")
        name = rest.strip(_EDGE_TRIM)
        if label.lower() in labels and (is_outlet(name) or written_agency(name)):
            yield 0, text.index(label) + len(label)
            return
    first = line.links[0] if line.links else None
    if first and first.span is not None:
        at = first.span.start - line.start
        before = text[:at].strip(_EDGE_TRIM)
        if 0 < at <= _MAX_LABEL and before.lower() in labels and ":" not in text[:at]:
            yield 0, at


def _marks(line: Line, at: int) -> bool:
    """Whether a label inside the story is a mark on it: it opens its line, or closes the last one.

    "(Source: ...)" within prose is a reference, save in Chinese and Japanese, which end texts so.
    """
    before = line.text[:at].rstrip()
    if not before.strip(_EDGE_TRIM):
        return True
    last = line.zone is Zone.END and len(line.text) - at <= _MAX_LABEL
    return last and before[-1] in "(（[【" and bool(_NO_SPACES.search(line.text[at:]))


def _label_start(before: str, labels: frozenset[str]) -> int | None:
    """Where the longest label that ends a text starts; None if none stands there by itself."""
    lowered = before.lower()
    if _NO_SPACES.search(before):
        for start in range(len(before)):
            if lowered[start:] in labels and (start == 0 or not _joined(before, start)):
                return start
        return None
    start = 0
    while start < len(before):
        if lowered[start:].lstrip("(（[【*_-–—\"“'»›•> ") in labels:
            return start + len(before[start:]) - len(before[start:].lstrip("(（[【*_-–—\"“'»›•> "))
        space = before.find(" ", start)
        if space < 0:
            return None
        start = space + 1
    return None


def _joined(text: str, start: int) -> bool:
    """Whether a character is part of a longer word: in scripts without spaces, of any letters."""
    return text[start - 1].isalpha()


def first_published(page: Page) -> Iterator[Signal]:
    """Words that say where the text was published first ("originally published on")."""
    yield from _formed(page, "first_published", "first")


def republished(page: Page) -> Iterator[Signal]:
    """Words that say from whom the text was taken over, by permission or licence."""
    yield from _formed(page, "republished", "again")


def read_original(page: Page) -> Iterator[Signal]:
    """A pointer to the original text ("Read the original article")."""
    yield from _formed(page, "read_original", "read")


def provided_by(page: Page) -> Iterator[Signal]:
    """Words that say who supplied the text ("Provided by", "Distributed by")."""
    yield from _formed(page, "provided_by", "given")


def syndicated_feed(page: Page) -> Iterator[Signal]:
    """Words that say that the text came in by a feed and was printed as it was."""
    yield from _formed(page, "syndicated_feed", "feed")


def material_from(page: Page) -> Iterator[Signal]:
    """Words that say that a part of the text is somebody else's ("with files from")."""
    for signal in _formed(page, "material_from", "mixed", claims=Derivation.PARTIALLY):
        if signal.names:
            yield signal


def _formed(
    page: Page, rule: str, kind: str, claims: Derivation = Derivation.WHOLLY
) -> Iterator[Signal]:
    possible = forms_with(kind, page.looks)
    if not possible:
        return
    # A form that names somebody says more than one that only points.
    possible.sort(key=lambda form: not form.follows)
    looks = {look for form in possible for look in form.looks}
    for line in page.spoken:
        if line.kind is BlockKind.CAPTION or not holds_any(line.low, looks):
            continue
        taken = -1
        for form in possible:
            if not form.may_match(line.low):
                continue
            for start, end, named in _matches(page, line, form):
                if start <= taken:
                    continue
                taken = end
                yield SignalTemplate(rule, Family.STATEMENT, claims=claims).on(
                    line, at=(start, end), names=named.names, target=named.target
                )


def _matches(page: Page, line: Line, form: Form) -> Iterator[tuple[int, int, Named]]:
    """Where a form stands in a line, searched at both ends of a long one, and whom it names."""
    text = line.text
    ends = ((0, REACH), (len(text) - REACH, len(text)))
    for low, high in ends if len(text) > 2 * REACH else ((0, len(text)),):
        found = form.pattern.search(text, low, high)
        if found is None:
            continue
        if form.follows:
            named = named_after(page.own, line, found.end())
            yield found.start(), max(found.end(), named.end), named
        elif "name" in found.re.groupindex:
            named = named_after(page.own, line, found.start("name"))
            if named.end > found.end("name"):
                name = clean(found.group("name"))
                short = name is not None and is_name(name) and len(name.split()) <= _SHORT_NAME
                named = replace(named, names=(name,) if short and name else ())
            yield found.start(), found.end(), named
        else:
            link = line.linked(found.start(), found.end())
            target = link.url if link else named_after(page.own, line, found.end()).target
            yield found.start(), found.end(), Named(names=(), target=target, end=found.end())
        return
