"""When the page says it was published and changed: each date with where it stood.

Order is order of trust: the article's JSON-LD, metas, marked-up times, the day in the address,
days written near the headline or closing the title, JSON-LD of the page at large (which systems
fill for pages that were never published as an article). A day that only the page's frame shows
(a masthead's today, a copyright year) is none of these.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from provenance.model import Event, Sighting, Witness
from provenance.read.dom import jsonld
from provenance.read.dom.context import OUTSIDE, Hint, hints_of
from provenance.read.dom.lines import ends_as_sentence, is_source_line
from provenance.read.facts.dateline import dateline_of
from provenance.read.story.ends import first_prose, is_prose
from provenance.text.dates import (
    dated_spans,
    parse_moment,
    url_moment,
    without_dates,
    written_moments,
)
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from provenance.read.dom.blocks import Piece
    from provenance.read.dom.markup_facts import Sources
    from provenance.text.dates import Moment

Stated = tuple[Event, str, str]
"""What a date is of, where it stands, and its words."""

_PUBLISHED = (
    "articlepublishedtime", "articlepublished", "articledatepublished", "datepublished",
    "ogpublishedtime", "ogarticlepublishedtime", "parselypubdate", "sailthrudate", "dcdateissued",
    "dctermsissued", "dctermscreated", "dcdatecreated", "dcdate", "dctermsdate", "citationdate",
    "citationpublicationdate", "bepresscitationdate", "date", "pubdate", "publishdate",
    "publisheddate", "publicationdate", "originalpublicationdate", "articledateoriginal",
    "cxenseparserecspublishtime", "rnewsdatepublished", "published", "firstpublished",
    "displaydate",
)  # fmt: skip
_MODIFIED = (
    "articlemodifiedtime", "articlemodified", "datemodified", "ogupdatedtime", "lastmod",
    "lastmodified", "dctermsmodified", "dcdatemodified", "modified", "revised", "updateddate",
    "articleupdated",
)  # fmt: skip
_EVENTS = {
    **dict.fromkeys(_PUBLISHED, Event.PUBLISHED),
    **dict.fromkeys(_MODIFIED, Event.MODIFIED),
}
_RANK = {name: rank for rank, name in enumerate((*_PUBLISHED, *_MODIFIED))}
_NOT_LETTERS = re.compile(r"[^a-z]+")
_CHANGED = (
    r"\b(?:updated?|modified|revised|last (?:edited|changed)|reviewed|aktualisiert|zuletzt|stand"
    r"|ge[aä]ndert|mis(?:e)? à jour|modifié|actualizad[oa]|atualizad[oa]|aggiornat[oa]|bijgewerkt"
    r"|gewijzigd|uppdaterad|oppdatert|opdateret|päivitetty|zaktualizowan|aktualizovan|frissítve"
    r"|actualizat|ažurirano|обновлен|оновлено|güncelle|diperbarui)|更新|修改|업데이트|수정|تحديث|عُ?دل"
)
_FIRST = (
    r"\b(?:(?:first )?(?:published|posted|created|released|filed|issued)|ver[oö]ffentlicht|erstellt"
    r"|erschienen|publi[ée]e?|cr[ée]{2}|paru|publicad[oa]|pubblicat[oa]|gepubliceerd|geplaatst"
    r"|publicerad|publisert|offentliggjort|julkaistu|opublikowan|publikov[aá]n|zveřejněn"
    r"|k[oö]zz[eé]t[eé]ve|megjelent|publicat|objavljen|опубликован|опубліковано|публикуван"
    r"|yayın|dipublikasikan|diterbitkan|đăng)|发布|發布|公開|発行|掲載|入力|입력|등록|نُ?شر"
)
_SAID = re.compile(f"(?P<changed>{_CHANGED})|(?P<first>{_FIRST})", re.IGNORECASE)
# "2026-02-14 09:30 更新": the word follows the time, in some languages always.
_SAID_AFTER = compile_late(
    r"[\s\d:.时時分秒초시日일]{0,14}(?:(?P<changed>更新|修改|업데이트|수정)"
    r"|(?P<first>发布|發布|公開|掲載|입력|등록)"
    rf"|(?:(?P<changed_last>{_CHANGED})|(?P<first_last>{_FIRST}))\w{{0,6}}[\s)\].]{{0,3}}$)",
    re.IGNORECASE,
)
_CLOSERS = tuple("-–—:|)]")
_MARKS = " ,;:|·•-–—()[]/"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|\b[\w.-]{1,80}\.[a-z]{2,8}/\S{1,2000}", re.IGNORECASE
)
_PLACED = compile_late(
    r"\b(?:in|on|at|bei|auf|im|en|sur|dans|su|em|na|no|w|på|op)\s(?:the\s)?[A-ZÀ-Þ]\w"
)
_DATED = re.compile(r"date", re.IGNORECASE)
_PROPERTY = re.compile(r"publish|created|issued", re.IGNORECASE)
_CLASS = re.compile(r"modif|updat|edited|changed", re.IGNORECASE)
_MARK = "\0"
_CLOSING_DAY = re.compile(f"[|–—·•,-]\\s{{0,3}}{_MARK}\\W{{0,3}}$")
_LINE = 160
_BEFORE, _AFTER = 30, 4
_LABEL = 40
_WEB_PAGE = "json_ld WebPage"
_LOOSE = ("time", "written", f"{_WEB_PAGE} datePublished")
_NEAR = timedelta(hours=36)
_DEPTH = 40


def dates(
    found: Sources, stated: Iterable[Stated], pieces: list[Piece], chosen: set[int]
) -> tuple[Sighting, ...]:
    """The page's own dates, the best evidence first; published and modified apart.

    ``stated`` is what ``marked_up`` gave, ``chosen`` the indexes of the story among ``pieces``.
    """
    return _consistent(_sightings(found.url, _moments(found, stated, pieces, chosen)))


def written_dates(
    url: str | None, pieces: list[Piece], chosen: set[int], language: str | None
) -> tuple[Sighting, ...]:
    """The dates of a page without markup: those written close to its story."""
    return _consistent(_sightings(url, written(pieces, chosen, language)))


def _consistent(sightings: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    """The sightings without the loose ones that are of another day than the surest.

    A time in the column or a written day may belong to a teaser; where nothing surer says when
    the page was published, only the first of each kind is taken at its word.
    """
    published = [seen for seen in sightings if seen.event is Event.PUBLISHED]
    sure = next((seen for seen in published if seen.basis not in _LOOSE), None)
    firsts = [next((s for s in published if s.basis == basis), None) for basis in _LOOSE]
    return tuple(
        seen
        for seen in sightings
        if seen.event is not Event.PUBLISHED
        or seen.basis not in _LOOSE
        or (abs(seen.at - sure.at) < _NEAR if sure else seen in firsts)
    )


def _sightings(
    url: str | None, moments: Iterable[tuple[Event, str, Moment]]
) -> tuple[Sighting, ...]:
    """The moments as the page's own word, each once."""
    seen: dict[tuple[Event, object, str], Sighting] = {}
    for event, basis, moment in moments:
        seen.setdefault(
            (event, moment, basis),
            Sighting(
                url=url,
                at=moment.at,
                precision=moment.precision,
                witness=Witness.SELF,
                event=event,
                basis=basis,
            ),
        )
    return tuple(seen.values())


def _moments(
    found: Sources, stated: Iterable[Stated], pieces: list[Piece], chosen: set[int]
) -> Iterator[tuple[Event, str, Moment]]:
    for event, basis, value in stated:
        if moment := parse_moment(value, found.language):
            yield event, basis, moment
    if moment := url_moment(found.url or next(found.linked("canonical"), "")):
        yield Event.PUBLISHED, "url", moment
    yield from written(pieces, chosen, found.language)
    for title in (*found.titles[:1], *found.all_meta("og:title")):
        # "Ferry sails | 28.04.2025"; within a headline a day is what the story is about.
        if _CLOSING_DAY.search(without_dates(title, _MARK)):
            for moment in [*written_moments(title, found.language)][-1:]:
                yield Event.PUBLISHED, "title", moment
    for node in found.nodes:
        if {"WebPage", "ItemPage", "AboutPage"} & set(jsonld.types(node)):
            for event, basis, value in _of_node(node, _WEB_PAGE):
                if moment := parse_moment(value, found.language):
                    yield event, basis, moment


def marked_up(found: Sources) -> Iterator[Stated]:
    """Every date that the markup states, as written, in order of trust."""
    wiki = jsonld.is_wiki_page(found.article, found.nodes)
    yield from (
        said
        for said in _of_node(found.article or {}, "json_ld")
        if not (wiki and said[0] is Event.PUBLISHED)
    )
    metas = ((_NOT_LETTERS.sub("", name), name, value) for name, value in found.metas)
    known = [(key, name, value) for key, name, value in metas if key in _EVENTS]
    for key, name, value in sorted(known, key=lambda entry: _RANK[entry[0]]):
        yield _EVENTS[key], f"meta {name}", value
    marked = [
        e for e in found.marked if _DATED.search(e.get("itemprop") or e.get("property") or "")
    ]
    times = (*found.times[found.before_heading :], *marked) or found.times
    times = [element for element in times if not _inside_other(element)]
    for element in sorted(times, key=lambda element: not element.get("itemprop")):
        value = element.get("datetime") or element.get("content") or _words(element)
        about = " ".join(element.get(a) or "" for a in ("itemprop", "property", "class", "title"))
        named = _PROPERTY.search(f"{element.get('itemprop')} {element.get('property')}")
        near = "" if named else f"{_before(element)} {_words(element)[:_LABEL]}"
        words = [*_SAID.finditer(near)]
        changed = _CLASS.search(about) or (words and words[-1]["changed"])
        event = Event.MODIFIED if changed else Event.PUBLISHED
        yield event, element.get("itemprop") or element.get("property") or "time", value


def _of_node(node: jsonld.Node, basis: str) -> Iterator[Stated]:
    created = () if node.get("datePublished") else (("dateCreated", Event.PUBLISHED),)
    for field, event in (
        ("datePublished", Event.PUBLISHED),
        *created,
        ("dateModified", Event.MODIFIED),
    ):
        for value in jsonld.as_list(node.get(field)):
            yield event, f"{basis} {field}", jsonld.text_of(value)


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _before(element: HtmlElement) -> str:
    """The words right before an element, inside its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        text = (previous.tail or "").strip() or (_words(previous) if not len(previous) else "")
    else:
        text = (parent.text or "") if parent is not None else ""
    return text.strip()[-_LABEL:]


def _inside_other(element: HtmlElement) -> bool:
    """Whether a time belongs to a comment, a teaser or a box, not to the article."""
    for depth, outer in enumerate(element.iterancestors()):
        if depth > _DEPTH or outer.tag == "body":
            return False
        if hints_of(str(outer.tag), outer.items()) & OUTSIDE:
            return True
    return False


def written(
    pieces: list[Piece], chosen: set[int], language: str | None
) -> Iterator[tuple[Event, str, Moment]]:
    """Days written in short lines close above the story's prose, in its dateline, or below it."""
    if not chosen:
        return
    first, last = first_prose(chosen, pieces), max(chosen)
    above = range(max(0, first - _BEFORE), first)
    below = range(last + 1, min(len(pieces), last + 1 + _AFTER))
    second = min((index for index in chosen if index > first), default=first)
    for index in (*reversed(above), first, second, *below):
        piece, before = pieces[index], pieces[index - 1].text if index else ""
        outside = piece.hints & OUTSIDE and not piece.hints & (Hint.META | Hint.BYLINE)
        inside = index in chosen and (is_prose(piece) or ends_as_sentence(piece.text))
        if not inside and (outside or len(piece.text) > _LINE):
            continue
        text = _own_words(piece)
        if inside:
            text = dateline_of(text)[0] or _leading_day(text)
        for event, moment in events_in(text, language, before if len(before) <= _LABEL else ""):
            yield event, "written", moment


def _leading_day(text: str) -> str:
    """The day that a story opens with and a dash or colon closes: "14.2.2026 - The ferry"."""
    dated = next(dated_spans(text[:_LABEL]), None)
    if dated and dated.start <= 1 and text[dated.end : dated.end + 3].lstrip()[:1] in _CLOSERS:
        return text[: dated.end]
    return ""


def events_in(
    text: str, language: str | None = None, label: str = ""
) -> Iterator[tuple[Event, Moment]]:
    """Each day in a line with what it is of, by the word before it, else the word right after it.

    ``label`` is the short line above, for a day that stands alone. A day without a word is that of
    publication.
    """
    end = 0
    for dated in dated_spans(text, language):
        before = text[end : dated.start]
        said = [*_SAID.finditer(before if text[: dated.start].strip() else label)]
        after = None if said or before.strip(_MARKS) else _SAID_AFTER.match(text, dated.end)
        end = after.end() if after else dated.end
        late = after and (after["changed"] or after["changed_last"])
        changed = said[-1]["changed"] if said else late
        yield (Event.MODIFIED if changed else Event.PUBLISHED), dated.moment


def _own_words(piece: Piece) -> str:
    """The text of a line without addresses; nothing where it dates the source it names."""
    text = piece.text
    if "/" in text or "www." in text.lower():
        text = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    other = is_source_line(text) and (piece.anchors or _PLACED.search(without_dates(text, " ")))
    return "" if other else text
