"""What the page says in words: source lines, first publication, permission, providers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.detect.agencies import (
    LONGEST,
    mentions_any,
    parties,
    share,
    written_agency,
)
from provenance.detect.credits import is_credit
from provenance.detect.furniture import is_channel
from provenance.detect.labels import EDGE_TRIM, MAX_LABEL, find_labels
from provenance.detect.naming import (
    Named,
    best_address,
    clean,
    is_name,
    is_share,
    named_after,
    rights_holder,
)
from provenance.detect.page import REACH
from provenance.detect.phrases import forms_with, words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family
from provenance.text.literals import holds_any
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.detect.phrases import Form
    from provenance.model import Signal

_SHORT_NAME = 4


def bare_source_link(page: Page) -> Iterator[Signal]:
    """A line that is nothing but a pointer to a source and names nobody ("Source link")."""
    bare = words("bare")
    begun = False
    for line in page.lines:
        begun = begun or line.zone is Zone.LEAD
        if len(line.text) > MAX_LABEL + 20 or line.zone in _NEVER_POINTS:
            continue
        low = _pointer(line)
        if low not in bare:
            continue
        # In a box of its own one word is a label of something else.
        boxed = line.zone is Zone.BELOW or (line.zone is Zone.BESIDE and _in_column(line))
        if line.zone in {Zone.BELOW, Zone.BESIDE} and not (boxed and begun and " " in low):
            continue
        link = next((link for link in line.links if not is_share(link)), None)
        if link is None and not _points_alone(page, line, low):
            continue
        yield SignalTemplate("bare_source_link", Family.STATEMENT).on(
            line, target=link.url if link else None
        )


_NEVER_POINTS = {Zone.FAR, Zone.FOOTER, Zone.ABOVE}


def _pointer(line: Line) -> str:
    """The words of a line that may be a pointer: those of its link where a label precedes them."""
    low = line.low.strip(EDGE_TRIM)
    label, _, rest = low.partition(":")
    pointer = rest.strip(EDGE_TRIM)
    if " " not in pointer or len(label) > _SHORT_LABEL:
        return low
    linked = any(link.text.lower().strip(EDGE_TRIM) == pointer for link in line.links)
    return pointer if linked else low


_SHORT_LABEL = 16


def _in_column(line: Line) -> bool:
    """Whether a box that was set aside is of the kinds that stand among paragraphs."""
    return line.kind in {BlockKind.LIST, BlockKind.PARAGRAPH, BlockKind.META_LINE}


def _points_alone(page: Page, line: Line, low: str) -> bool:
    """Whether a pointer without its link is one: below the top, and no label of what follows."""
    if line.zone is Zone.TOP:
        return False
    label = line.text.rstrip().endswith((":", "："))
    return not page.is_tagged or not label or " " in low


def source_line(page: Page) -> Iterator[Signal]:
    """A label such as "Source:" with the name or the address of who is copied."""
    signals = list(_source_lines(page))
    inside = [
        signal for signal in signals if (line := page.line_of(signal)) and line.zone in _INSIDE
    ]
    # Several inside the text are references, and so is one of them beside a mark below the text.
    listed = len({(signal.names, signal.target) for signal in inside}) > 1
    unsure = signals if listed else inside if len(inside) < len(signals) else []
    for signal in signals:
        yield replace(signal, claims=Derivation.UNKNOWN) if signal in unsure else signal


_INSIDE = {Zone.LEAD, Zone.BODY, Zone.END}


def _source_lines(page: Page) -> Iterator[Signal]:
    lines = [line for line in page.lines if line.zone not in _APART or _is_cell(line)]
    labels = words("label", "labels")
    for index, line in enumerate(lines):
        alone = line.zone in _APART
        if line.kind is BlockKind.CAPTION:
            continue
        for start, end in find_labels(line, labels):
            if line.text[end:].strip(EDGE_TRIM):
                yield _labelled(page, line, (start, end))
            elif index + 1 < len(lines) and (alone or lines[index + 1].place is line.place):
                # A label and its name may be two blocks, as in a list of terms.
                following = lines[index + 1]
                named = named_after(page.own, following, 0)
                short = len(following.text) <= MAX_LABEL + 20
                if named.names and short and not is_channel(following):
                    yield _claiming(line.text[start:end]).on(
                        following, names=named.names, target=named.target
                    )
    for line in page.boxed:
        for start, end in find_labels(line, words("label")):
            signal = _labelled(page, line, (start, end))
            # In a box of its own a label must open it and lead elsewhere to be the text's.
            if signal.target and not line.text[:start].strip(EDGE_TRIM):
                yield signal


_APART = {Zone.FAR, Zone.FOOTER, Zone.BESIDE, Zone.ABOVE, Zone.BELOW}


def _is_cell(line: Line) -> bool:
    """Whether a line that was set aside is a cell that may label the next one."""
    return line.kind is BlockKind.TABLE and line.text.rstrip().endswith(":")


_SOURCE = SignalTemplate("source_line", Family.STATEMENT)


def hat_tip(page: Page) -> Iterator[Signal]:
    """Thanks for a hint ("h/t X"): a place to look, and no word of a repost."""
    tips = words("tip")
    for line in page.spoken:
        if not holds_any(line.low, tips):
            continue
        at = next((at for tip in tips if (at := _opening_word(line, tip)) is not None), None)
        if at is not None:
            named = named_after(page.own, line, at[1])
            if named.names or named.target:
                yield SignalTemplate("hat_tip", Family.STATEMENT, claims=Derivation.UNKNOWN).on(
                    line, at=(at[0], max(named.end, at[1])), names=named.names, target=named.target
                )


def _opening_word(line: Line, word: str) -> tuple[int, int] | None:
    """Where a word opens a line, or a bracket in it."""
    at = line.low.find(word)
    end = at + len(word)
    if at < 0 or line.low[end : end + 1].isalnum():
        return None
    opens = not line.text[:at].strip(EDGE_TRIM) or line.text[:at].rstrip().endswith(("(", "["))
    return (at, end) if opens and len(line.low) == len(line.text) else None


def _labelled(page: Page, line: Line, label: tuple[int, int]) -> Signal:
    """The signal of a label: of the agencies that share it, or of the one name after it."""
    start, end = label
    value = _own_value(line.text[end : end + LONGEST])
    named = named_after(page.own, line, end)
    if mentions_any(value) and len(line.text) - end <= LONGEST:
        who = parties(page.own, value.rstrip(" )]）."))
        if who.unnamed and not who.agencies and not who.others:
            sign = replace(_SOURCE, claims=Derivation.PARTIALLY)
            return sign.on(line, at=(start, len(line.text)), names=who.unnamed)
        if who.agencies:
            # Agencies among other sources make a list of references.
            several = _claiming(line.text[start:end]) is not _SOURCE
            beside = who.others or who.outlets or (several and who.persons)
            listed = beside or len(who.agencies) > _MOST_AGENCIES
            sign = replace(_SOURCE, claims=Derivation.UNKNOWN if listed else share(who))
            target = named.target if named.names and written_agency(named.names[0]) else None
            return sign.on(line, at=(start, len(line.text)), names=who.agencies, target=target)
    if named.names:
        named = best_address(page.own, line, named, (start, max(named.end, end)))
    if named.names and _is_headline(named.names[0], page.document.title or ""):
        named = replace(named, names=())
    at = (start, max(named.end, end))
    return _claiming(line.text[start:end]).on(line, at=at, names=named.names, target=named.target)


def _own_value(value: str) -> str:
    """What a label names, up to the label of a picture: "Fonte: X – Foto: Y"."""
    found = _NEXT_LABEL.search(value)
    twin = found is not None and found.group(1).lower() in words("twin")
    return value[: found.start()] if found and twin else value


_NEXT_LABEL = re.compile(r"\s{0,3}[|/–—;,.-]\s{0,3}(\w{2,14})\s?[:：]")


def _claiming(label: str) -> SignalTemplate:
    """What a label claims: one for several sources opens a list of references."""
    several = label.lower().strip(EDGE_TRIM) in words("labels")
    return replace(_SOURCE, claims=Derivation.UNKNOWN) if several else _SOURCE


def _is_headline(name: str, title: str) -> bool:
    """Whether what stands as a name is the page's own headline ("via: the same story")."""
    words_of, of_title = set(name.lower().split()), set(title.lower().split())
    return len(words_of) >= _HEADLINE and 2 * len(words_of & of_title) > len(words_of)


_HEADLINE, _MOST_AGENCIES = 3, 3


def first_published(page: Page) -> Iterator[Signal]:
    """Words that say where the text was published first ("originally published on")."""
    yield from match_forms(page, "first_published", "first")


def republished(page: Page) -> Iterator[Signal]:
    """Words that say from whom the text was taken over, by permission or licence."""
    yield from match_forms(page, "republished", "again")


def read_original(page: Page) -> Iterator[Signal]:
    """A pointer to the original text ("Read the original article")."""
    yield from match_forms(page, "read_original", "read")


def provided_by(page: Page) -> Iterator[Signal]:
    """Words that say who supplied the text ("Provided by", "Distributed by")."""
    yield from match_forms(page, "provided_by", "given")


def syndicated_feed(page: Page) -> Iterator[Signal]:
    """Words that say that the text came in by a feed and was printed as it was."""
    yield from match_forms(page, "syndicated_feed", "feed")


def material_from(page: Page) -> Iterator[Signal]:
    """Words that say that a part of the text is somebody else's ("with files from")."""
    for signal in match_forms(page, "material_from", "mixed", claims=Derivation.PARTIALLY):
        line = page.line_of(signal)
        if line is None or signal.span is None:
            continue
        start = signal.span.start - line.start
        said = _JOINED.sub("", line.text[start : start + LONGEST])
        who = parties(page.own, said.rstrip(" .)]"))
        if mentions_any(said) and (who.agencies or who.unnamed) and len(who.others) < _MANY_OTHERS:
            yield replace(signal, names=who.agencies + who.outlets + who.unnamed)
        elif signal.names:
            yield signal


# What opens words for a part of the text, up to who gave it.
_JOINED = compile_late(
    r"^.{0,40}?\b(?:from|by|de|da|do|das|dos|del|della|van|von|der|des|από|от|из|из|z|od)\s",
    re.IGNORECASE,
)
_MANY_OTHERS = 2


def match_forms(
    page: Page, rule: str, kind: str, claims: Derivation = Derivation.WHOLLY
) -> Iterator[Signal]:
    """The signals of a rule whose words are the forms of one kind in the phrase table."""
    possible = forms_with(kind, page.looks)
    if not possible:
        return
    # A form that names somebody says more than one that only points.
    possible.sort(key=lambda form: not form.follows)
    looks = page.looks.intersection(look for form in possible for look in form.looks)
    boxed = page.boxed if kind in _OF_THE_TEXT else ()
    for line in (*page.spoken, *boxed):
        caption = line.kind is BlockKind.CAPTION and (
            line.zone is Zone.BODY or is_credit(line.text)
        )
        if caption or not holds_any(line.low, looks):
            continue
        taken = -1
        tried = (form for form in possible if form.may_match(line.low))
        matches = [match for form in tried for match in _matches(page, line, form)]
        # Of two forms that overlap the one that begins first says the whole.
        for start, end, named in sorted(matches, key=lambda match: match[0]):
            if start > taken:
                taken = end
                yield SignalTemplate(rule, Family.STATEMENT, claims=claims).on(
                    line, at=(start, end), names=named.names, target=named.target
                )


_OF_THE_TEXT = {"first", "again", "read", "translated"}
"""The kinds of forms that speak of the text itself, and so are believed in a box beside it."""


def _matches(page: Page, line: Line, form: Form) -> Iterator[tuple[int, int, Named]]:
    """Where a form stands in a line, searched at both ends of a long one, and whom it names."""
    text = line.text
    ends = ((0, REACH), (len(text) - REACH, len(text)))
    for low, high in ends if len(text) > 2 * REACH else ((0, len(text)),):
        found = form.pattern.search(text, low, high)
        if found is None:
            continue
        named = _named_by(page, line, form, found)
        sentence = (_sentence_start(text, found.start()), max(found.end(), named.end) + _GAP)
        if named.names or "name" not in found.re.groupindex:
            named = best_address(page.own, line, named, sentence)
        empty = not named.names and named.target is None
        if empty and form.kind == "again" and (holder := rights_holder(text[: found.start()])):
            named = replace(named, names=(holder,))
        elif empty and form.kind == "read" and (form.follows or page.is_tagged):
            return
        last = max(found.end(), named.end) if form.follows else found.end()
        yield found.start(), last, named
        return


_GAP = 60


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that a phrase at ``at`` stands in, within reach."""
    low = max(0, at - REACH)
    return low + max(text.rfind(mark, low, at) for mark in (". ", "! ", "? ", "。")) - low + 1


def _named_by(page: Page, line: Line, form: Form, found: re.Match[str]) -> Named:
    """Whom a form that was found in a line names: after it, inside it, or by its link alone."""
    if form.follows:
        return named_after(page.own, line, found.end())
    if "name" in found.re.groupindex:
        named = named_after(page.own, line, found.start("name"))
        if named.end > found.end("name"):
            name = clean(found.group("name"))
            short = name is not None and is_name(name) and len(name.split()) <= _SHORT_NAME
            named = replace(named, names=(name,) if short and name else ())
        return named
    link = line.linked(found.start(), found.end())
    own = link is not None and page.own.is_url(link.url)
    target = link.url if link else named_after(page.own, line, found.end()).target
    return Named(names=(), target=None if own else target, end=found.end())
