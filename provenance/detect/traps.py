"""Traps: reasons why words that look like a sign do not count; each names itself on the signal.

A trap is asked of every signal in turn; the first that answers silences it. The signal is kept,
so that a reader sees what was found and why it was set aside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.agencies import agency_of, mentions
from provenance.detect.credits import is_credit, is_data_house, is_picture_house, is_service
from provenance.detect.nobody import names_nobody
from provenance.detect.phrases import words
from provenance.detect.site_identity import is_index
from provenance.detect.subjects import is_of_the_text, opens
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Family, Place
from provenance.text.patterns import compile_late
from provenance.text.publishers import publishers_named
from provenance.text.urls import host, same_site

if TYPE_CHECKING:
    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Signal

_REACH = 600
_LABELLED = {"source_line", "bare_source_link"}
_OUTWARD = compile_late(
    r"\b(?:was|were|has been|have been|is|been|be|also|later|subsequently|since) (?:also |later "
    r"|subsequently )?(?:re-?printed|re-?published|reposted|syndicated|excerpted|translated)\b",
    re.IGNORECASE,
)
_INWARD = compile_late(r"\b(?:from|courtesy|permission)\b", re.IGNORECASE)
_FORBIDDEN = compile_late(
    r"\b(?:can|may|cannot|must not|should|please|no part) (?:not )?(?:[a-z]{1,12} ){0,6}"
    r"(?:re-?published|reprinted|copied|reproduced|used)\b|\bto (?:re-?publish|re-?print)\b",
    re.IGNORECASE,
)
_STUDY = compile_late(
    r"\bet al\b|\bdoi\b|doi\.org|\bvol\.? ?\d|\bpp?\. ?\d|\bno\. ?\d|\(\d{4}\)|\bisbn\b|\bpubmed\b"
    r"|\bjournal of\b|\bproceedings\b",
    re.IGNORECASE,
)
_YEARED = compile_late(
    r"\b(?:19|20)\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{2}\b|\bstand\b|\bas of\b|\bdata\b|\bdaten\b"
    r"|\bcensus\b|statisti[ckqs]|\bsurvey\b|\bumfrage\b|\berhebung\b|\bberechnung|\bcalculations?\b|\bestimates?\b",
    re.IGNORECASE,
)


def front_page(page: Page, signal: Signal) -> bool:
    """The page lists many texts: what stands there speaks of one of them."""
    return page.own.is_front and signal.family in {Family.STATEMENT, Family.AGENCY}


def photo_credit(page: Page, signal: Signal) -> bool:
    """The words credit a picture, a chart or a recording, not the text."""
    if signal.place is Place.IMAGE:
        return False
    line = page.line_of(signal)
    if line is not None:
        boxed = line.zone in {Zone.ABOVE, Zone.BELOW} and signal.family is Family.STATEMENT
        if line.kind is BlockKind.CAPTION and (not boxed or is_credit(line.text)):
            return True
        if signal.family is Family.STATEMENT and _twin_before(line, signal):
            return True
    names = signal.names or ()
    return signal.family is not Family.TRACE and bool(names) and all(map(is_picture_house, names))


def _twin_before(line: Line, signal: Signal) -> bool:
    """Whether the word before the label makes it a credit: "Photo source:"."""
    if signal.span is None:
        return False
    before = line.text[: signal.span.start - line.start].rstrip(" :/|-–—(")
    last = before.rsplit(" ", 1)[-1].lower().strip("(),.:;") if before else ""
    label = signal.quote.split(":", 1)[0].lower()
    first = label.split(" ", 1)[0]
    return last in words("twin") or (first in words("twin") and label not in words("label"))


def data_credit(page: Page, signal: Signal) -> bool:
    """The words credit data, a study or a statistics office."""
    if signal.rule not in _LABELLED | {"provided_by", "source_name_meta", "credit_line"}:
        return False
    if any(map(is_data_house, signal.names)):
        return True
    value = signal.quote.partition(":")[2] or signal.quote
    line = page.line_of(signal)
    whole = line.text[:_REACH] if line is not None else signal.quote
    if signal.rule in _LABELLED and _STUDY.search(whole) and not signal.target:
        return True
    agency = any(map(agency_of, signal.names))
    # Where the whole story is laid out in cells, one that names its source is no table's.
    laid_out = signal.rule == "source_line" and page.is_laid_in_tables
    if line is not None and line.kind is BlockKind.TABLE and not (agency or laid_out):
        return True
    return (
        signal.rule in _LABELLED
        and signal.target is None
        and bool(_YEARED.search(value))
        and not mentions(value)
    )


def own_name(page: Page, signal: Signal) -> bool:
    """The page names itself, or says that the text is its own work."""
    elsewhere = signal.target is not None and not page.own.is_url(signal.target)
    if signal.target is not None and signal.family is Family.MARKUP:
        return False
    if elsewhere:
        # A sister title has the house's name in its own: its address tells.
        return bool(signal.names) and all(map(page.own.is_key, signal.names))
    return bool(signal.names) and all(
        page.own.is_name(name) or _is_own_work(name) for name in signal.names
    )


def _is_own_work(name: str) -> bool:
    """Whether words after a label say that the text is the page's own ("own research")."""
    low = name.casefold().replace(_DOT_ABOVE, "").strip(" .")
    if _NO_SPACES.match(low):
        return low.startswith(tuple(words("own") | words("desk")))
    ours = bool(_OURS.match(low)) and not _OTHER_HOUSE.search(low)
    return ours or low in words("own") or low in words("desk")


# What the small form of the Turkish capital İ is left with.
_DOT_ABOVE = "\u0307"
# "Our morning newsletter"; but our partner's and our friends' words are not our own.
_OURS = compile_late(
    r"(?:our|unser\w{0,2}|notre|nos|nuestr[oa]s?|noss[oa]s?|nostr[oaie]|onze|ons|vår\w{0,2}|vores"
    r"|nasz\w{0,4}|naš\w{0,3}|наш\w{0,3}"
    r"|papierow\w{1,4} wydani\w{1,3}|печатн\w{2,3} (?:верси|выпуск)\w)\s"
)
_OTHER_HOUSE = compile_late(
    r"\b(?:part?n|parceir|soci[oa]|friend|freund|amis?\b|amig|colle|kolle|sist|schwest|партн|друз|коллег)"
)


_NO_SPACES = compile_late("[\u3040-\u30ff\u3400-\u9fff]")


def own_house(page: Page, signal: Signal) -> bool:
    """The address belongs to the page's own publisher."""
    if signal.rule == "based_on":
        # Editions of one brand do take over from each other, and say so here on purpose.
        return same_site(signal.target or "", page.own.home)
    if signal.target is not None:
        return page.own.is_url(signal.target)
    return signal.family is Family.STATEMENT and _links_within(page, signal)


def _links_within(page: Page, signal: Signal) -> bool:
    """Whether a name that is no known outlet's is a link into the page's own site."""
    line = page.line_of(signal)
    if line is None or signal.span is None or not signal.names:
        return False
    if any(agency_of(name) or publishers_named(name) for name in signal.names):
        return False
    if not all(page.own.is_url(link.url) for link in line.links):
        return False
    end = signal.span.end - line.start
    link = line.linked(max(0, end - len(signal.names[0])), end)
    return link is not None and page.own.is_url(link.url)


def agency_at_home(page: Page, signal: Signal) -> bool:
    """An agency or a release service on its own site."""
    copyrighted = signal.rule == "foreign_copyright"
    if not (signal.family is Family.AGENCY or copyrighted):
        return False
    return any(page.own.is_home_of(agency) for name in signal.names if (agency := agency_of(name)))


def of_the_site(page: Page, signal: Signal) -> bool:
    """The words speak of some of the site's texts, whichever page they stand on."""
    if signal.family not in {Family.STATEMENT, Family.AGENCY, Family.TRACE}:
        return False
    line = page.line_of(signal)
    if line is None or line.zone is not Zone.AFTER or signal.span is None:
        return False
    reach = _REACH if signal.rule == "foreign_copyright" else signal.span.end - line.start
    return bool(_OF_SOME.search(line.text[:reach][:_REACH]))


_OF_SOME = compile_late(
    r"\b(?:articles?|stories|items|content|material|texts?|photos?)\s?"
    r"(?::|(?:that|which) (?:were|are|was|is)\b|from (?:wire services|our partners|third parties)\b"
    r"|may (?:be|contain|include)\b)"
    r"|\b(?:materials?|contents?|use|pages?) (?:on|of|from) (?:this|the|our) (?:web)?site\b"
    r"|\b(?:some|certain|other|all) (?:of the )?(?:articles|stories|items|content|material|texts)\b"
    r"|\bwire services such as\b|\bnews agencies such as\b|\bwhere indicated\b|\bunless otherwise\b"
    r"|\beinige (?:artikel|texte|beiträge|inhalte)\b|\bteilweise\b"
    r"|\bcertains (?:articles|contenus)\b|\balgunos (?:artículos|contenidos)\b"
    r"|\b(?:alguns|algumas) (?:artigos|matérias|conteúdos)\b|\balcuni (?:articoli|contenuti)\b"
    r"|\b(?:sommige|enkele) (?:artikelen|berichten)\b|\bматериал\w{0,3} (?:на )?сайт"
    r"|本[网網站][^。]{0,4}(?:部分|内容|內容|文章|稿件|图片|新闻)|部分(?:内容|內容|文章|稿件|图片|新闻)",
    re.IGNORECASE,
)


def no_other(page: Page, signal: Signal) -> bool:
    """Words that need a known name to mean anything name none ("with information from")."""
    if signal.rule == "material_from":
        return not any(
            agency_of(name) or publishers_named(name) or name.casefold() in words("agencies")
            for name in signal.names
        )
    if any(map(is_service, signal.names)):
        return signal.family is Family.STATEMENT
    if signal.rule == "provided_by":
        line = page.line_of(signal)
        return line is not None and bool(_SERVICE.search(line.text) or _of_a_thing(line, signal))
    return False


def _of_a_thing(line: Line, signal: Signal) -> bool:
    """Whether what was provided is named before the words, and is no text ("software ...")."""
    if signal.span is None or not _PROVIDED.match(signal.quote):
        return False
    before = line.text[: signal.span.start - line.start].strip(" \t(*_[—–-•:")
    return bool(before) and not _TEXT_BEFORE.search(before[-_CLOSE:])


_CLOSE = 60
_PROVIDED = compile_late(r"(?:provided|supplied|distributed|offered|courtesy)\b", re.IGNORECASE)
_TEXT_BEFORE = compile_late(
    r"\b(?:articles?|content|stor(?:y|ies)|texts?|materials?|news|reports?|copy|posts?|excerpts?|columns?"
    r"|features?|releases?|information|commentary|translation|syndicated)\b[^.]{0,30}$|[.!?”\"]$",
    re.IGNORECASE,
)


_SERVICE = compile_late(
    r"\b(?:quotes?|prices?|market data|stock|weather|captcha|maps?|translation|traffic|fonts?"
    r"|search results|hosting|powered|listings?|tickets?|odds|ratings?|statistics|scores"
    r"|subtitles?|lunch|food"
    r"|services? provided|care provided|support|funding|funded|sponsor\w*)\b",
    re.IGNORECASE,
)


def a_date(page: Page, signal: Signal) -> bool:
    """The words "first published" are followed by a date, an issue or nothing: nobody is named."""
    if signal.rule not in {"first_published", "republished", "provided_by"}:
        return False
    # A plain text says "on this site" where the page had a link to another one.
    pointed = not page.is_tagged and signal.quote.lower().endswith(_THIS_SITE)
    named = [name for name in signal.names if not _DATE_FIRST.match(name)]
    return not (named or signal.target or pointed)


_DATE_FIRST = compile_late(r"(?:\d{4}|令和\s?\d{1,2}|平成\s?\d{1,2}|\d{1,2})\s?[年月./년-]\s?\d")


_THIS_SITE = ("this site", "this website", "this blog", "this link", "this page", "this source")


def outward(page: Page, signal: Signal) -> bool:
    """The words say where this page's own text went, or forbid copying it."""
    line = page.line_of(signal)
    if signal.rule != "republished" or line is None or signal.span is None:
        return False
    if _INWARD.search(signal.quote):
        return bool(_FORBIDDEN.search(line.text))
    start = signal.span.start - line.start
    said = line.text[max(0, start - 60) : start + len(signal.quote)]
    return bool(_OUTWARD.search(said))


def mid_text(page: Page, signal: Signal) -> bool:
    """The words stand in the middle of the story: a citation, not a mark on it."""
    if signal.family is not Family.STATEMENT or signal.rule == "bare_source_link":
        return False
    line = page.line_of(signal)
    if line is None or signal.span is None:
        return False
    if signal.rule in {"first_published", "republished", "provided_by", "read_original"}:
        inside = line.zone in {Zone.LEAD, Zone.BODY, Zone.END}
        return inside and not is_of_the_text(page, line, signal) and not opens(line, signal)
    whole = bool(signal.target) and 2 * len(signal.quote) > len(line.text)
    return line.zone is Zone.BODY and page.is_tagged and not whole


def moved_site(page: Page, signal: Signal) -> bool:
    """An address elsewhere that is the same site: staging, mobile, renamed, a home page, broken."""
    if signal.rule not in {"canonical_elsewhere", "og_url_elsewhere", "source_meta", "based_on"}:
        return False
    url = signal.target or ""
    name = host(url)
    if _REDIRECTORS.search(host(page.document.url or "")):
        return True
    if not name or "." not in name or re.fullmatch(r"[\d.]+", name):
        return True
    short = name in _SHORTENERS
    return short or bool(_STAGING.search(name.rpartition(".")[0])) or is_index(url)


# Whose addresses stand for the page they lead to: its canonical address is then its own.
_REDIRECTORS = compile_late(
    r"(?:^|\.)(?:ampproject\.org|feedproxy\.google\.com|feedburner\.com|news\.google\.com|t\.co|bit\.ly"
    r"|translate\.goog|googleusercontent\.com|bing\.com|feedblitz\.com|archive\.(?:org|ph|is|today))$"
)
# An address there is the page's own, made short.
_SHORTENERS = frozenset(
    (
        *(
            "bit.ly",
            "t.co",
            "goo.gl",
            "ow.ly",
            "tinyurl.com",
            "is.gd",
            "buff.ly",
            "dlvr.it",
            "wp.me",
        ),
        *(
            "shar.es",
            "fb.me",
            "lnkd.in",
            "trib.al",
            "ift.tt",
            "j.mp",
            "cutt.ly",
            "rb.gy",
            "youtu.be",
        ),
        *("nyti.ms", "wapo.st", "bbc.in", "cnn.it", "reut.rs", "bloom.bg", "econ.st", "on.ft.com"),
    )
)
_STAGING = compile_late(
    r"(?:^|[.-])(?:staging|stage|dev|test|preview|wpengine|pantheonsite|netlify|herokuapp|cloudfront"
    r"|amazonaws|azurewebsites|vercel|feedproxy|localhost|tramino|cdn|cms)(?:[.-]|$)"
)


def not_an_article(_: Page, signal: Signal) -> bool:
    """The page is based on a study or a data set, not on another publisher's article."""
    return signal.rule == "based_on" and bool(_STUDY.search(signal.target or ""))


TRAPS = {
    trap.__name__: trap
    for trap in (
        front_page,
        photo_credit,
        agency_at_home,
        own_name,
        own_house,
        data_credit,
        no_other,
        a_date,
        names_nobody,
        outward,
        of_the_site,
        mid_text,
        moved_site,
        not_an_article,
    )
}


def trap_of(page: Page, signal: Signal) -> str | None:
    """The name of the first trap that a signal fell into, or None: it counts."""
    if signal.family is Family.FURNITURE:
        return None
    return next((name for name, trap in TRAPS.items() if trap(page, signal)), None)
