"""What kind of page was served, and what a reader of its text must know besides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import PageState
from provenance.read.dom import jsonld
from provenance.read.facts.listing import is_listing
from provenance.text.patterns import compile_late
from provenance.text.urls import host, split

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from provenance.read.dom.markup_facts import Sources
    from provenance.read.facts.seen import Seen

_ABSENT = compile_late(
    r"\b404\b|\b410\b|not found|no longer (?:available|exists)|(?:page|article|content) (?:is )?"
    r"(?:missing|unavailable|removed)|nicht gefunden|existiert nicht|introuvable|n['’]existe pas"
    r"|no encontrad[oa]|no existe|não encontrad[oa]|non trovat[oa]|niet gevonden|hittades inte"
    r"|ikke funnet|ikke fundet|ei löytynyt|nie znaleziono|nenalezena|nem található|nu a fost găsit"
    r"|не найден[ао]?|не знайдено|δεν βρέθηκε|bulunamadı|غير موجود|не е намерена|không tìm thấy"
    r"|tidak ditemukan|見つかりません|找不到|不存在|찾을 수 없",
    re.IGNORECASE,
)
_BLOCKED = compile_late(
    r"access denied|attention required|just a moment|are you (?:a )?(?:human|robot)|captcha"
    r"|unusual traffic|forbidden|service unavailable|request blocked|bot protection|security check"
    r"|checking your browser|pardon our interruption|zugriff verweigert|accès refusé",
    re.IGNORECASE,
)
_CONSENT = compile_late(
    r"\bcookies?\b|consent|privacy|partners|accept all|reject all|personal data|datenschutz"
    r"|zustimm\w+|einwillig\w+|alle akzeptieren|confidentialité|tout accepter|données personnelles"
    r"|privacidad|aceptar todo|privacidade|accetta tutto|legitimate interest|vendors",
    re.IGNORECASE,
)
_SUBSCRIBE = compile_late(
    r"subscribe (?:now )?to (?:read|continue|keep|unlock|access|view)|subscribers?[ -]only"
    r"|(?:for|to) subscribers\b|subscription (?:is )?required|already a subscriber"
    r"|(?:log|sign) in to (?:read|continue)|to (?:continue|keep) reading|continue reading with"
    r"|create (?:a|an) (?:free )?account to (?:read|continue)"
    r"|nur für abonnenten|jetzt (?:weiterlesen|abonnieren|testen)|(?:plus|premium)-artikel"
    r"|réservé aux abonnés|il vous reste \d|suscríbete|exclusivo para suscriptores|solo para "
    r"suscriptores|para assinantes|riservat[oa] agli abbonati|abonneer|prenumer|abonner|会員限定"
    r"|有料会員|この記事は有料|订阅后|구독",
    re.IGNORECASE,
)
_SHELL = compile_late(
    r"(?:enable|turn on|requires?|activate) javascript|javascript (?:is )?(?:disabled|required)"
    r"|<(?:div|main)[^>]{0,200}\bid=[\"']?(?:root|app|__next|__nuxt|___gatsby)\b",
    re.IGNORECASE,
)
_STUB, _LITTLE, _TINY, _ARTICLE = 1500, 700, 350, 800
_MOST_ARTICLES = 100


def state_of(seen: Seen) -> PageState:
    """The state of a page; ARTICLE unless something says otherwise."""
    for state, test in (
        (PageState.SOFT_404, _is_absent),
        (PageState.CONSENT_WALL, _is_consent),
        (PageState.SCRIPT_SHELL, _is_shell),
        (PageState.PAYWALL_STUB, _is_stub),
        (PageState.LISTING, is_listing),
    ):
        if test(seen):
            return state
    return PageState.ARTICLE if seen.story else PageState.EMPTY


def _is_absent(seen: Seen) -> bool:
    if seen.capture.status in {404, 410}:
        return True
    heads = " ".join((seen.title, *seen.found.titles[:1]))
    if len(seen.story) >= _LITTLE or seen.found.article:
        return False
    return bool(_ABSENT.search(heads) or _BLOCKED.search(heads))


def _is_consent(seen: Seen) -> bool:
    address = seen.found.url or ""
    if host(address).startswith("consent.") or "/consent/" in split(address).path:
        return True
    if len(seen.story) >= _STUB or seen.found.article:
        return False
    words = len(_CONSENT.findall(f"{seen.title} {seen.story}"))
    if words >= 4 and words * 80 >= len(seen.story):
        return True
    return len(seen.story) < _TINY and len(_CONSENT.findall(seen.around[:_STUB])) >= 5


def _is_shell(seen: Seen) -> bool:
    little = len(seen.story) < _TINY and len(seen.around) < _LITTLE
    return little and "<script" in seen.raw and bool(_SHELL.search(seen.raw))


def _is_stub(seen: Seen) -> bool:
    """A text the page itself calls not free, or ends in an offer to subscribe, and is short."""
    size = len(seen.story)
    if size >= 2 * _STUB:
        return False
    counted = str((seen.found.article or {}).get("wordCount") or "")
    more = counted.isdecimal() and len(counted) < 7 and int(counted) > 2 * len(seen.story.split())
    if not (more or size < _LITTLE):
        return False
    end = seen.story[-_TINY:]
    return is_paid(seen.found) or bool(_SUBSCRIBE.search(seen.around) or _SUBSCRIBE.search(end))


def is_paid(found: Sources) -> bool:
    """Whether the article's markup says that it is not free to read."""
    said = str((found.article or {}).get("isAccessibleForFree", "")).lower()
    tier = found.meta("article:content_tier") or ""
    return said in {"false", "0", "no"} or tier.lower() in {"locked", "metered_locked"}


def notes_of(found: Sources) -> list[str]:
    """What a reader must know: more than one article, a live blog, AMP, further pages, payment."""
    notes = []
    articles = several(found.articles)
    if articles > 1:
        notes.append(f"the page holds {articles} articles: one was read as the story")
    if any("LiveBlogPosting" in jsonld.types(node) for node in found.nodes):
        notes.append("a live blog: its entries have times of their own")
    if found.amp:
        notes.append("an AMP copy: its canonical address is the page itself")
    if further := next(found.linked("next"), None):
        notes.append(f"the text goes on at {further}")
    if is_paid(found):
        notes.append("the markup says that the text is not free to read: it may be cut short")
    return notes


def several(articles: list[HtmlElement]) -> int:
    """How many <article> elements hold a text of their own, none inside another."""
    count = 0
    outer: set[HtmlElement] = set()
    for element in articles[:_MOST_ARTICLES]:
        if any(above in outer for above in element.iterancestors("article")):
            continue
        paragraphs = (len(p.text_content()) for p in element.iter("p"))
        if sum(size for size in paragraphs if size >= 80) >= _ARTICLE:
            outer.add(element)
            count += 1
    return count
