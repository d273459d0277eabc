"""What the page puts around the text for its own ends: channels, banners, counters, prefixes.

What is named here is left out when texts are compared, so inside the story only lines that are
nothing else count.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.model import BlockKind, Derivation, Family, Place, Strength
from provenance.text.literals import holds_any
from provenance.text.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Signal

_CHANNEL_HOSTS = re.compile(
    r"^(?:www\.|m\.)?(?:t\.me|telegram\.(?:me|org)|(?:chat\.)?whatsapp\.com|wa\.me|discord\.gg"
    r"|vk\.com|zen\.yandex\.ru|dzen\.ru|ok\.ru|gab\.com|truthsocial\.com|rumble\.com|youtube\.com"
    r"|patreon\.com|line\.me|weixin\.qq\.com|(?:invite\.)?viber\.com|facebook\.com|twitter\.com"
    r"|x\.com|instagram\.com|tiktok\.com)$"
)
_CHANNELS = (
    *("telegram", "whatsapp", "facebook", "twitter", "instagram", "youtube", "viber", "tiktok"),
    *("google news", "discord", "messenger", "channel", "kanal", "canal", "rumble", "patreon"),
    *("social platform", "newsletter", "телеграм", "телеграмм", "вконтакте", "канал", "تلغرام"),
    *(
        "تليجرام",
        "واتساب",
        "فيسبوك",
        "تويتر",
        "تلگرام",
        "טלגרם",
        "微信",
        "公众号",
        "微博",
        "텔레그램",
        "카카오",
    ),
    *("ทวิตเตอร์", "เฟซบุ๊ก", "टेलीग्राम", "व्हाट्सएप", "फेसबुक", "ফেসবুক", "ٹیلیگرام"),
)
_POINTING = re.compile("[👉👇➡🔴📲📢🔔☞📣]")
_NUMBER = r"\d[\d.,\u00a0\u202f ]{0,12}[kKmM万천만]?"
_DIGIT = re.compile(r"\d")
_AFTER_COUNT = r"(?:\W{0,3}\([^()]{0,30}\))?\W{0,3}$"
_BANNER = re.compile(
    r"\b(?:click here|sign up (?:today|now|for free|free)|give it a spin|join (?:now|today|free)"
    r"|100\s?% free|download (?:our|the) app|get the app|advertise with us|your ad here|promo code"
    r"|limited time|buy now|shop now|register now|try it free|jetzt anmelden|jetzt bestellen"
    r"|kostenlos testen|inscrivez-vous|je m['’]abonne|suscríbete (?:gratis|ahora|ya)|haz clic aquí"
    r"|regístrate|cadastre-se|clique aqui|iscriviti ora|clicca qui|klik hier|kliknij tutaj"
    r"|zarejestruj się|zaloguj się)\b|нажмите здесь|скачайте приложение|اضغط هنا|点击这里|立即注册",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:[A-Z][A-Z &/]{2,24}|#\w{2,24}|BREAKING(?: NEWS)?|JUST IN|WATCH|UPDATE|VIDEO|EXCLUSIVE)"
    r"\s?[:|–—-]\s"
)
_NO_FURNITURE = {BlockKind.HEADING, BlockKind.CAPTION}
_LONGEST = 160
_SHORT = 60
_REPEATS = 2
_HEADLINE = 300


def channel_links(page: Page) -> Iterator[Signal]:
    """Links and calls by which a site sends readers to its own channels."""
    for line in _lines(page):
        if is_channel(line):
            yield _FURNITURE["channel_links"].on(line)


def reader_counter(page: Page) -> Iterator[Signal]:
    """A count of readers or views that the page shows of itself."""
    for line in _lines(page):
        if _DIGIT.search(line.text) and _count().match(line.low):
            yield _FURNITURE["reader_counter"].on(line)


def banner(page: Page) -> Iterator[Signal]:
    """Advertising of the page's own: calls to act, and in plain text short lines said twice."""
    lines = list(_lines(page))
    counts = Counter(line.low.strip() for line in lines if len(line.text) <= _SHORT)
    for line in lines:
        outside = line.place in {Place.HEAD, Place.TAIL}
        again = outside and not page.is_tagged and counts[line.low.strip()] >= _REPEATS
        if again or _BANNER.search(line.text):
            yield _FURNITURE["banner"].on(line)


def headline_prefix(page: Page) -> Iterator[Signal]:
    """A heading or tag glued before the headline ("POLITICS:")."""
    for line in page.lines:
        if line.place is not Place.HEAD or len(line.text) > _HEADLINE:
            continue
        found = _PREFIX.match(line.text)
        rest = line.text[found.end() :].strip() if found else ""
        if found and rest and rest in (page.document.title or ""):
            yield _FURNITURE["headline_prefix"].on(line, at=found.span())


_FURNITURE = {
    rule.__name__: SignalTemplate(rule.__name__, Family.FURNITURE, Derivation.NOT, Strength.HINT)
    for rule in (channel_links, reader_counter, banner, headline_prefix)
}


def _lines(page: Page) -> Iterator[Line]:
    """Short lines by the story; of a page without markup all, for there frames look like text."""
    lines = page.near if page.is_tagged else page.lines
    return (
        line
        for line in lines
        if len(line.text) <= (_SHORT if line.place is Place.TEXT else _LONGEST)
        and line.kind not in _NO_FURNITURE
    )


def is_channel(line: Line) -> bool:
    """Whether a line sends readers to a channel of the site's own."""
    return _is_call(line) or _is_channel(line)


def _is_call(line: Line) -> bool:
    """Whether a line asks to be followed somewhere, or points with a finger at an address."""
    if _POINTING.search(line.text) and (line.links or "http" in line.low):
        return True
    return holds_any(line.low, _CHANNELS) and bool(_calls().search(line.low))


def _is_channel(line: Line) -> bool:
    """Whether a line is little more than a link to a channel."""
    linked = [link for link in line.links if _CHANNEL_HOSTS.match(host(link.url))]
    return 2 * sum(len(link.text) for link in linked) >= len(line.text) if linked else False


@cache
def _calls() -> re.Pattern[str]:
    calls = sorted(map(re.escape, words("follow")), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(calls)})")


@cache
def _count() -> re.Pattern[str]:
    counted = "|".join(sorted(map(re.escape, words("views")), key=len, reverse=True))
    label = rf"(?:{counted})(?:\s(?:today|now|online))?"
    return re.compile(
        rf"^\W{{0,3}}(?:{label}\W{{0,4}}{_NUMBER}|{_NUMBER}\W{{0,2}}{label}){_AFTER_COUNT}"
    )
