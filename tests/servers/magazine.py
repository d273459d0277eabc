"""A generated site: invented stories with furniture, as a function from path to answer."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.servers.loopback import Answer

_WHO = (
    *("the harbour board", "a night porter", "the parish clerk", "two glaziers", "an old ferryman"),
    *("the bell founder", "a beekeeper", "the tram union", "a surveyor", "the lamp office"),
    *("a choir of retired miners", "the water bailiff", "a postmistress", "the museum's carpenter"),
)
_DID = (
    *("counted", "repaired", "refused to sell", "painted over", "quietly measured", "gave away"),
    *("borrowed", "dug up", "catalogued", "argued about", "carried off", "renamed", "weighed"),
)
_WHAT = (
    *(
        "forty brass hinges",
        "the last timber crane",
        "a map without rivers",
        "the north footbridge",
    ),
    *(
        "eleven crates of salt",
        "the unlit stairway",
        "a ledger from the flood year",
        "six bicycles",
    ),
    *("the sunken gate", "a portrait of nobody", "the second boiler", "a box of unposted letters"),
)
_WHEN = (
    *("on a wet Tuesday", "before the market opened", "in the week of the eclipse", "after supper"),
    *("while the mayor slept", "as the tide turned", "during the long strike", "twice last winter"),
)
_WHY = (
    *("because nobody else would", "to settle a bet", "without telling the council"),
    *("and kept the receipt", "although the rules forbid it", "for the sake of a quiet street"),
    *("so that the children could cross", "against the advice of two engineers"),
)
FURNITURE = (
    "Join our evening channel and never miss a single story from the quay again.",
    "The Lantern Post is read in 41 harbour towns and edited above a chandlery.",
    "Readers who liked this piece also wrote to us about it.",
)
PREFIX = "QUAYSIDE:"
FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


def story(seed: int, paragraphs: int = 6) -> list[str]:
    """Paragraphs of invented sentences, the same for the same seed."""
    dice = random.Random(seed)
    return [" ".join(_sentence(dice) for _ in range(5)) for _ in range(paragraphs)]


def _sentence(dice: random.Random) -> str:
    number = dice.randrange(2, 900)
    parts = [dice.choice(pool) for pool in (_WHO, _DID, _WHAT, _WHEN, _WHY)]
    text = (
        f"{' '.join(parts)}, {dice.choice(_WHO)} said, for {number} marks and {dice.choice(_WHAT)}."
    )
    return text[0].upper() + text[1:]


def page(title: str, paragraphs: list[str], day: datetime, *extra: str) -> bytes:
    """An article page with its date in JSON-LD."""
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>"
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{title}","datePublished":"{day.isoformat()}"}}</script></head><body><main>'
        f"<article><h1>{title}</h1>\n{body}{''.join(extra)}</article></main></body></html>"
    ).encode()


@dataclass
class Magazine:
    """``stories`` pages, of which those in ``reposts`` say that they come from another paper."""

    stories: int
    reposts: frozenset[int] = frozenset()
    furniture: tuple[str, ...] = FURNITURE
    robots: str = ""
    faults: dict[str, Answer] = field(default_factory=dict)
    links_only: bool = False
    paragraphs: int = 6

    def title(self, number: int) -> str:
        dice = random.Random(number + 7)
        return f"{PREFIX} {dice.choice(_WHO).capitalize()} and {dice.choice(_WHAT)} no. {number}"

    def __call__(self, path: str) -> Answer:
        if path in self.faults:
            return self.faults[path]
        if path == "/robots.txt":
            return Answer(self.robots.encode(), headers={"Content-Type": "text/plain"})
        if path == "/sitemap.xml" and not self.links_only:
            return Answer(self.sitemap().encode(), headers={"Content-Type": "application/xml"})
        if path == "/":
            links = "".join(
                f"<li><a href='/story/{n}'>{self.title(n)}</a></li>" for n in range(self.stories)
            )
            return Answer(f"<html><body><h1>Lantern Post</h1><ul>{links}</ul></body>".encode())
        if path.startswith("/story/") and path[7:].isdigit() and int(path[7:]) < self.stories:
            return self.story(int(path[7:]))
        return Answer(b"none", status=404)

    def story(self, number: int) -> Answer:
        day = FIRST_DAY + timedelta(hours=7 * number)
        text = story(number, self.paragraphs)
        if self.furniture:
            text = [text[0], self.furniture[0], *text[1:], *self.furniture[1:]]
        extra = ()
        if number in self.reposts:
            url = f"https://paper.example/{number}"
            extra = (f'<p>Originally published in <a href="{url}">The Ferry Echo</a>.</p>',)
        changed = format_datetime(day, usegmt=True)
        headers = {"Last-Modified": changed, "ETag": f'"{number}"'}
        return Answer(page(self.title(number), text, day, *extra), headers=headers)

    def sitemap(self, base: str = "") -> str:
        rows = "".join(f"<url><loc>{base}/story/{n}</loc></url>" for n in range(self.stories))
        return f"<?xml version='1.0'?><urlset>{rows}</urlset>"
