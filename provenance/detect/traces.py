"""What a copier left in: the origin's pictures, links, calls, self-references and disguises."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from provenance.detect.agencies import written_agency
from provenance.detect.credits import is_credit
from provenance.detect.naming import COPYRIGHT, is_share, rights_holder
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.site_identity import PLATFORMS
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family, Place, Signal, Strength
from provenance.text.literals import holds_any
from provenance.text.obfuscation import find_disguises
from provenance.text.patterns import compile_late
from provenance.text.publishers import publisher_of, publishers_named, same_owner
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page

_NEWSLETTER = compile_late(
    r"\b(?:sign up (?:for|to)|subscribe to|follow|download|get|read more (?:on|at|from)|more from"
    r"|join)\s(?:the\s)?([A-Z][\w.&’'-]{1,25}(?:\s[A-Z][\w.&’'-]{1,25}){0,4})(?:['’]s)?"
    r"\s(?:newsletters?|app|podcasts?|on\s(?:twitter|facebook|whatsapp|telegram|google))",
    re.IGNORECASE,
)
# What a call ends in; each is spelt without i and s, which have other small letters too.
_OFFERED = ("app", "letter", "podca", "tter", "facebook", "telegram", "google")
_TOLD = compile_late(
    r"\b(?:told|tells|in an (?:exclusive )?interview with|speaking to|according to documents seen"
    r" by|in a statement to|has learned|shared with)\s(?:the\s)?"
    r"((?:[A-Z][\w.&’'-]{1,20})(?:\s[A-Z][\w.&’'-]{1,20}){0,3})"
)
_LEARNED = compile_late(
    r"\b[Tt]he\s((?:[A-Z][\w&’'-]{1,20}\s){0,3}[A-Z][\w&’'-]{1,20})\shas\slearned\b"
)
# One of these stands in whatever the two above find.
_SAYING = (
    *("told", "tells", "interview with", "speaking to", "seen by", "statement to", "learned"),
    "shared with",
)
_NOTE = compile_late(
    r"^\W{0,3}(?P<name>[^\W\d_][\w.’'-]{0,24}(?:\s(?:[^\W\d_][\w.’'-]{0,24}|von|van|de|der|da|bin|al)){1,4})"
    r"(?:,\s[^.]{1,60},)?\s(?:is|was|has been|serves as|writes|covers|reports|teaches|ist|arbeitet"
    r"|schreibt|est|es|é|è)\s(?:a|an|the|currently|author|co-author|editor|senior|professor|director"
    r"|founder|chief|for|about|on|at|from|als|bei|der|die|un|una|une|um|uma|Redakteur|Autor|el|la|il"
    r"|le)?\b",
)
_NOTE_WORDS = compile_late(
    r"\b(?:author|professor|director|fellow|editor|columnist|reporter|correspondent|journalist|writer"
    r"|co-?founder|founder|president|chair(?:man|woman)?|contributor|researcher|scholar|lecturer"
    r"|analyst|attorney|lawyer|economist|historian|senator|congress(?:man|woman)|minister|ambassador"
    r"|secretary|served|graduate|student|staff|host|producer|strategist|consultant|physician|scientist"
    r"|teaches|writes|covers|university|institute|redakteur(?:in)?|autor(?:in)?|journalist(?:in)?|korrespondent"
    r"|auteur|journaliste|profesora?|periodista|autora?|escritora?|giornalista|jornalista|columna)\b",
    re.IGNORECASE,
)
_TRACKED = compile_late(
    r"[?&](?:utm_source|ftag|srnd|cmpid|ref|source)=([\w.-]{3,40})", re.IGNORECASE
)
_GLUED = compile_late(r"^(?P<name>[A-Z][A-Za-z. ]{1,24}?)(?P=name)\s?[-–—]")
_PICTURE = compile_late(
    r"^(?!.*(?:logo|icon|sprite|pixel|avatar|badge|banner|placeholder|/ads?[./])).*\.(?:jpe?g|png|webp)\b",
    re.IGNORECASE,
)
_LONGEST = 400
_MANY = 2
_END_NOTE = 900


def hot_linked_images(page: Page) -> Iterator[Signal]:
    """Pictures of the article that are served from another publisher's site."""
    seen_houses: set[str] = set()
    for image in page.document.images:
        known = publisher_of(image.url) if _PICTURE.search(image.url[:_LONGEST]) else None
        if known is None or known.house in seen_houses or _is_kin(page, image.url):
            continue
        seen_houses.add(known.house)
        yield Signal(
            rule="hot_linked_images",
            family=Family.TRACE,
            quote=image.url,
            place=Place.IMAGE,
            strength=Strength.HINT,
            claims=Derivation.UNKNOWN,
            names=(known.name,),
            target=image.url,
        )


def _is_kin(page: Page, url: str) -> bool:
    """Whether an address belongs to the page's own house, or to another title of its owner."""
    return page.own.is_url(url) or same_owner(url, page.own.home)


def links_home(page: Page) -> Iterator[Signal]:
    """Several links in the story to one other publisher, as its own copies link themselves."""
    hosts: Counter[str] = Counter()
    first: dict[str, tuple[Line, str, int, int]] = {}
    for line in page.zone(Zone.LEAD, Zone.BODY, Zone.END):
        for link in line.links:
            site = registrable(link.url)
            if link.span is None or not site or site in PLATFORMS or is_share(link):
                continue
            hosts[site] += 1
            start, end = link.span.start - line.start, link.span.end - line.start
            if site not in first and 0 <= start < end <= len(line.text):
                first[site] = (line, link.url, start, end)
    for site, count in hosts.most_common(2):
        if count < _MANY or site not in first:
            continue
        line, url, start, end = first[site]
        known = publisher_of(url)
        if known is None or _is_kin(page, url):
            continue
        yield SignalTemplate(
            "links_home", Family.TRACE, claims=Derivation.UNKNOWN, strength=Strength.HINT
        ).on(line, at=(start, end), names=(known.name,))


def foreign_newsletter(page: Page) -> Iterator[Signal]:
    """A call to sign up for another publisher's newsletter or app, left in the text."""
    for line in page.zone(Zone.LEAD, Zone.BODY, Zone.END, Zone.AFTER):
        if not holds_any(line.low, _OFFERED):
            continue
        found = _NEWSLETTER.search(line.text[:500])
        if found and publishers_named(found.group(1).removesuffix("’s").removesuffix("'s")):
            yield _hint("foreign_newsletter", line, found.span(), found.group(1))


def told_another(page: Page) -> Iterator[Signal]:
    """Somebody told, or a paper has learned: how an outlet speaks of its own reporting."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Line, tuple[int, int]]] = {}
    for line in page.zone(Zone.LEAD, Zone.BODY, Zone.END):
        if not holds_any(line.text, _SAYING):
            continue
        for pattern in (_TOLD, _LEARNED):
            for found in pattern.finditer(line.text[:2000]):
                name = found.group(1)
                if publishers_named(name):
                    counts[name] += 1
                    first.setdefault(name, (line, found.span()))
    for name, count in counts.most_common(1):
        if count >= _MANY or _LEARNED.search(first[name][0].text):
            line, at = first[name]
            yield _hint("told_another", line, at, name)


def foreign_copyright(page: Page) -> Iterator[Signal]:
    """A copyright line under the text in the name of somebody else."""
    footers = [line for line in page.zone(Zone.FOOTER) if "©" in line.text and _is_rights(line)]
    owned = any(page.own.is_name(rights_holder(line.text) or "") for line in footers)
    for line in (*page.zone(Zone.END, Zone.AFTER), *(footers if owned else ())):
        if not _is_rights(line):
            continue
        found = COPYRIGHT.search(line.text)
        name = rights_holder(line.text)
        if found is None or name is None or is_credit(line.text):
            continue
        agency = written_agency(name)
        if line.zone is Zone.FOOTER and not agency:
            continue  # in the frame, beside the site's own line, an agency's is the article's
        # Companies own papers under other names: only an outlet that is known as another's,
        # or a name under a portal's copy, says that the text is not the page's own.
        known = page.own.is_portal or agency or bool(publishers_named(name))
        claims = Derivation.WHOLLY if known else Derivation.UNKNOWN
        yield SignalTemplate("foreign_copyright", Family.TRACE, claims=claims).on(
            line, at=found.span(), names=(name,)
        )


def _is_rights(line: Line) -> bool:
    """Whether a line may state whose the text is: a short one, and none under a picture."""
    return len(line.text) <= _LONGEST and line.kind is not BlockKind.CAPTION


def author_note(page: Page) -> Iterator[Signal]:
    """A closing note on who the author is, as opinion pages print it."""
    for line in page.zone(Zone.END, Zone.AFTER):
        if len(line.text) > _END_NOTE:
            continue
        found = _NOTE.match(line.text)
        if found and _NOTE_WORDS.search(line.text):
            yield SignalTemplate(
                "author_note", Family.TRACE, claims=Derivation.UNKNOWN, strength=Strength.HINT
            ).on(line, names=(found.group("name"),))


def glued_name(page: Page) -> Iterator[Signal]:
    """A publisher's name doubled or glued to the first word, as scraping leaves it ("CNNCNN —")."""
    for line in page.zone(Zone.LEAD):
        found = _GLUED.match(line.text[:80])
        if found and publishers_named(found.group("name").strip()):
            yield _hint("glued_name", line, found.span(), found.group("name").strip())


def tracked_links(page: Page) -> Iterator[Signal]:
    """Links in the story that still carry another site's tracking parameters."""
    for line in page.zone(Zone.LEAD, Zone.BODY, Zone.END):
        for link in line.links:
            found = _TRACKED.search(link.url[:1000])
            if found is None or link.span is None:
                continue
            known = (
                publisher_of(f"https://{found.group(1).lower()}/")
                if "." in found.group(1)
                else None
            )
            if known is not None and not page.own.is_name(known.name):
                start, end = link.span.start - line.start, link.span.end - line.start
                yield _hint("tracked_links", line, (start, end), known.name)
                return


def _hint(rule: str, line: Line, at: tuple[int, int], name: str) -> Signal:
    return SignalTemplate(rule, Family.TRACE, claims=Derivation.UNKNOWN, strength=Strength.HINT).on(
        line, at=at, names=(name,)
    )


# What tricks are made of; texts without any of it need no closer look.
_PLAYED = (
    "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\uff21-\uff5a"
    "\u0334-\u0338\u20d0-\u20e3\u24b6-\u24e9\U0001d400-\U0001d7ff\U0001f130-\U0001f189"
    "\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d22\ua730\ua731"
    "\u00b7\u2027\u0387\u2800\ue000-\uf8ff\ufffc\U000e0100-\U000e01ef"
)
_FOREIGN = "\u0370-\u1cff\ua640-\uabff"
_TRICKS = compile_late(f"[{_PLAYED}]|[A-Za-z][{_FOREIGN}]|[{_FOREIGN}][A-Za-z]")
_SUSPICIOUS = compile_late(f"[{_PLAYED}{_FOREIGN}]")
_HONEST = {"soft hyphens": 40, "styled letters": 40, "points inside words": 40}
"""Tricks with honest uses: suspicious only if they hit one character in so many."""

_DISGUISED = 3
_WORD = compile_late(r"\S{1,200}")


def disguised_text(page: Page) -> Iterator[Signal]:
    """Invisible characters or look-alikes of other scripts inside words, to hide a copy."""
    text = page.document.text
    # A text has few letters that are different; most need no look at the text itself.
    if text.isascii() or not _SUSPICIOUS.search("".join(set(text))) or not _TRICKS.search(text):
        return
    played = [
        trick.kind
        for trick in find_disguises(text)
        if trick.characters >= max(_DISGUISED, len(text) // _HONEST.get(trick.kind, len(text) + 1))
    ]
    if not played:
        return
    for line in page.zone(Zone.LEAD, Zone.BODY, Zone.END):
        if line.place is not Place.TEXT or not _TRICKS.search(line.text):
            continue
        for word in _WORD.finditer(line.text[:_LOOKED_AT]):
            if any(trick.kind in played for trick in find_disguises(word.group())):
                yield SignalTemplate(
                    "disguised_text", Family.TRACE, Derivation.UNKNOWN, Strength.HINT
                ).on(line, at=word.span())
                return


_LOOKED_AT = 2000
