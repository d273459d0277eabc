"""What the page puts around the text for its own ends: channels, banners, counters, prefixes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from provenance.detect.signs import seen
from provenance.model import Derivation, Family, Signal, Strength
from provenance.text.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.page import Line, Page

_CHANNEL_HOSTS = re.compile(
    r"^(?:www\.)?(?:t\.me|telegram\.(?:me|org)|whatsapp\.com|chat\.whatsapp\.com|wa\.me|discord\.gg"
    r"|vk\.com|zen\.yandex\.ru|dzen\.ru|ok\.ru|gab\.com|truthsocial\.com|rumble\.com|youtube\.com"
    r"|patreon\.com|line\.me|weixin\.qq\.com|viber\.com|invite\.viber\.com)$"
)
_CHANNEL = re.compile(
    r"(?:👉|👇|➡️?|🔴|📲|📢|🔔|☞)|\b(?:join|follow|subscribe(?: to)?|like) (?:us|our)\b"
    r"|\b(?:our|us on|on|подпишитесь|подписывайтесь|abonniere|folge|folgen sie|suivez|síguenos"
    r"|siga|seguici|takip|obserwuj|تابعنا|关注|關注)\b.{0,40}\b(?:telegram|whatsapp|facebook|twitter|instagram"
    r"|youtube|channel|viber|messenger|google news|discord|tiktok|platform|телеграм|канал|kanal|canal)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"^\W{0,3}(?:online|online readers|readers online|visitors?|readers|users online|views|post views"
    r"|hits|total views|article views|просмотры|просмотров|посещений|görüntülenme|okunma|vistas"
    r"|visitas|lecturas|visualizações|visualizzazioni|vues|lecturen|aufrufe|leser|clicks|klicks"
    r"|阅读|閱讀|点击|點擊|浏览|瀏覽|조회수?|閲覧数|lượt xem|dibaca|dilihat|مشاهدات|المشاهدات|بازدید)"
    r"(?:\s(?:today|now))?\W{0,4}\d[\d.,  ]{0,12}(?:\s?[kKmM])?\W{0,3}(?:\([^()]{0,30}\)|[a-z ]{0,12})?\W{0,3}$",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\b(?:click here|sign up (?:today|now|for free|free)|give it a spin|join (?:now|today|free)"
    r"|100\s?% free|download (?:our|the) app|get the app|advertise with us|your ad here|promo code"
    r"|limited time|buy now|shop now|register now|try it free)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:[A-Z][A-Z &/]{2,24}|#\w{2,24}|BREAKING(?: NEWS)?|JUST IN|WATCH|UPDATE|VIDEO|EXCLUSIVE)\s?[:|–—-]\s"
)
_LONGEST = 160
_REPEATS = 2


def channel_links(page: Page) -> Iterator[Signal]:
    """Links and calls by which a site sends readers to its own channels."""
    for line in page.lines:
        if len(line.text) > _LONGEST:
            continue
        outward = any(_CHANNEL_HOSTS.match(host(link.url)) for link in line.links)
        if outward or _CHANNEL.search(line.text):
            yield _furniture("channel_links", line)


def reader_counter(page: Page) -> Iterator[Signal]:
    """A count of readers or views that the page shows of itself."""
    for line in page.lines:
        if len(line.text) <= _LONGEST and _COUNT.match(line.text):
            yield _furniture("reader_counter", line)


def banner(page: Page) -> Iterator[Signal]:
    """Advertising of the page's own: calls to act, and short lines repeated outside the story."""
    short = [line for line in page.lines if 0 < len(line.text) <= 60]
    counts = Counter(line.text.strip().casefold() for line in short)
    outside = [line for line in short if line.place.value in {"head", "tail"}]
    for line in page.lines:
        called = len(line.text) <= _LONGEST and _BANNER.search(line.text)
        if called:
            yield _furniture("banner", line)
    if not page.is_tagged:
        for line in outside:
            again = counts[line.text.strip().casefold()] >= _REPEATS
            if again and not _BANNER.search(line.text):
                yield _furniture("banner", line)


def headline_prefix(page: Page) -> Iterator[Signal]:
    """A heading or tag glued before the headline ("POLITICS:")."""
    for line in page.lines:
        if line.place.value != "head" or len(line.text) > 300:
            continue
        found = _PREFIX.match(line.text)
        rest = line.text[found.end() :].strip() if found else ""
        if found and page.document.title and rest and rest in page.document.title:
            yield seen(
                "headline_prefix",
                Family.FURNITURE,
                line,
                at=(0, found.end()),
                claims=Derivation.NOT,
                strength=Strength.HINT,
            )


def _furniture(rule: str, line: Line) -> Signal:
    return seen(
        rule, Family.FURNITURE, line, claims=Derivation.NOT, strength=Strength.HINT
    )
