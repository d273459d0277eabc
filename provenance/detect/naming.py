"""The name and the address that stand after a label, cut clean from what follows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from provenance.detect.phrases import words
from provenance.detect.site_identity import is_index
from provenance.text.patterns import compile_late
from provenance.text.publishers import agency_named, publisher_of
from provenance.text.urls import host, is_web_url, registrable, unwrap_archived

if TYPE_CHECKING:
    from provenance.detect.lines import Line
    from provenance.detect.site_identity import SiteIdentity
    from provenance.model import Link

_URL = compile_late(r"https?://[^\s<>\"'«»()（）\[\]]{3,2000}", re.IGNORECASE)
_MARKDOWN = compile_late(r"\[?([^\[\]()\n]{1,300})\]\((https?://[^\s()<>]{3,2000})\)?")
_SHORT_NAME = 5
_DOMAIN = compile_late(
    r"(?:www\.)?(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,18}(?![\w@])(?:/[^\s<>\"'«»()]{0,500})?",
    re.IGNORECASE,
)
# Where a name ends: punctuation that closes, or a word that goes on with the sentence.
_END = compile_late(
    r"\s(?=[^\s:：]{1,14}\s?[:：])|(?<=[\u3400-\u9fff])\s(?=[\u3400-\u9fff]{2,3}(?:\s|$))"
    r"|(?=参与互动|责任编辑|責任編輯|字号|字體|我要评论|【|编辑[:：]|作者[:：]|记者[:：])|"
    r"[\n|•·;!?。！？、，；\t<>\[\]{}\"“”„«»：]|\.{2,}|…|\.(?=\s|$)(?<!\bSt\.)(?<!\bDr\.)(?<!\bU\.S\.)"
    r"|,(?=\s|$)|(?<=\S)\s?\(|\)|:\s|\s[-–—]{1,2}\s|\s/\s|\s{2,}"
    r"|\s(?:and (?:is|was|are|were|has|have|appears?|can|may|re|later|reprinted"
    r"|republished|distributed|syndicated|translated|edited|adapted|provided|used|shared)\b"
    r"|under|with|where|here|herein|as part|as|at https?|for|written|which|who|that|by|is|are|was"
    r"|were|has|have|had|this|these|it|you|we|but|because|when|while|after|before|in (?:its|their"
    r"|partnership|collaboration|english|french|german|spanish|\d|january|february|march|april|may"
    r"|june|july|august|september|october|november|december)\b|on (?:\d|the \d|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|ist|sind|wurde|wird|und (?:ist|wird|wurde)|unter|mit|am \d|vom \d|erschienen|veröffentlicht"
    r"|publiziert|est|a été|et (?:est|a)|sous|avec|le \d|con|bajo|el \d|y (?:es|fue|se)|sob|com"
    r"|permalink|em \d|e (?:é|foi)|sotto|il \d|met|op \d|med|под|с разрешения|z|za zgodą)"
    r"(?=\s|[.,;:]|$)",
    re.IGNORECASE,
)
_OPENING = compile_late(
    r"^[\s:：=>\-–—→►▶»«\"“”„'‘’『「【《<(（\[*_]{0,12}"
    r"(?:(?:the |our )?(?:website|web site|site|blog|pages?) of "
    r"|(?:(?:the|other|our|an?) )?(?:[\w.]{2,12} )?editions? of |(?:our )?(?:sister (?:site|paper"
    r"|publication|title)|partner(?: site)?),? |(?-i:newspaper|magazine|portal|site|webseite"
    r"|zeitung|zeitschrift|diario|jornal|giornale|journal|сайт[еа]?|газет[аеы]|портал[еа]?) "
    r"|(?:the )?(?:[\w.,-]{2,14} ){0,3}issue of (?:the )?"
    r"|© ?(?:\d{4},? )?|copyright (?:© ?)?(?:\d{4},? )?)?",
    re.IGNORECASE,
)
_CLOSING = " \u00a0\t.,;:：|/\\-–—'\"“”„‘’«»「」『』【】《》<>()（）[]*_→►▶"
_NOBODY = frozenset(
    (
        *("this site", "here", "this website", "this link", "this page", "this blog", "this one"),
        *("our website", "our site", "my blog", "us", "me", "it", "link", "source"),
        *("source link", "original", "the original", "website", "site", "original article"),
        *("click", "click here", "read more", "article", "story", "hier", "dieser seite"),
        *("diesem link", "link zum artikel", "ici", "ce site", "ce lien", "aquí", "este sitio"),
        *("este enlace", "aqui", "este site", "qui", "questo sito", "deze site", "här", "tu"),
        *(
            "tutaj",
            "здесь",
            "тут",
            "ссылка",
            "по ссылке",
            "هنا",
            "这里",
            "此处",
            "こちら",
            "링크",
            "đây",
        ),
        *("di sini", "twitter", "facebook", "print", "the web", "the internet", "internet"),
        *("online", "web", "agencies", "agency", "others", "various", "elsewhere"),
        *("another site", "the author", "author", "news agencies", "own", "eigene", "propia"),
        *("redaktion", "n/a", "none", "unknown", "yes", "no"),
    )
)
_THIS_TEXT = ("本記事", "この記事", "本稿", "本文", "此文", "이 기사", "본 기사")
_PARTS = compile_late(r"[\s/–-]+")
_WEEKDAY = compile_late(
    r"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|the|of|in|on|at|issue|a\.?m"
    r"|p\.?m|spring|summer|autumn|fall|winter|print|edition|early|late|mid|last|this|week|month|year"
    r"|updated|published|posted|and|our|its|de|le|am|um|vom|uhr|[ap]m|[ecmp][ds]t|gmt|utc|[bckjims]st|a[ew]st|cest|cet|msk|sgt|hkt|à)$"
)
_GAP = 12
_REACH = 600
_MOST_WORDS = 9
_MOST = 70
_ELIDED = compile_late(r"^[ld]['’](?=\w)", re.IGNORECASE)
_CASELESS = compile_late("[\u0590-\u1cff\u2d00-\ua63f\ua840-\ufaff]")


@dataclass(frozen=True, slots=True)
class Named:
    """What a label gives: names as written, best first; an address; where it ends in the line."""

    names: tuple[str, ...]
    target: str | None
    end: int


def named_after(own: SiteIdentity, line: Line, start: int) -> Named:
    """The name and address that stand in a line from ``start`` on; both may be missing.

    A date between the words and the name is stepped over: "published on 3 March 2026 in X".
    """
    start = _past_date(line.text, start)
    opening = _OPENING.match(line.text[start : start + 120])
    begin = start + (opening.end() if opening else 0)
    return (
        _written_out(line, begin)
        or _linked(own, line, begin)
        or _domain(own, line, begin)
        or _worded(own, line, (start, begin))
    )


_TOKEN = compile_late(r"\s*([^\s,]{1,20}),?")
_LONGEST_DATE = 7
_WHERE = frozenset(
    (
        *("in", "on", "at", "by", "with", "bei", "auf", "im", "von", "beim", "en", "dans", "sur"),
        *(
            "par",
            "por",
            "em",
            "no",
            "na",
            "pelo",
            "pela",
            "su",
            "da",
            "nel",
            "op",
            "door",
            "på",
            "i",
        ),
        *("av", "af", "w", "v", "ve", "na", "в", "на", "у", "in der", "auf der", "στο", "στην"),
    )
)


def _past_date(text: str, start: int) -> int:
    """Where a text goes on after a date and the word that joins it to a name; else ``start``."""
    at, dated = start, False
    for _ in range(_LONGEST_DATE):
        found = _TOKEN.match(text, at)
        if found is None:
            return start
        word = found.group(1).lower()
        if dated and word in _WHERE:
            return found.end()
        if not is_date_word(word):
            return start
        dated = dated or word[0].isdigit() or word.strip(".") in _months()
        at = found.end()
    return start


def best_address(own: SiteIdentity, line: Line, named: Named, at: tuple[int, int]) -> Named:
    """What was named, with the article's address where the sentence gives one.

    A credit often links the paper's front page behind its name and the article behind other words,
    or behind the phrase itself; ``at`` bounds the words of the sentence in the line.
    """
    if named.target is not None and not is_index(named.target):
        return named
    known = registrable(named.target) if named.target else None
    for link in line.links:
        url = unwrap_archived(link.url)
        if link.span is None or own.is_url(url) or is_share(link) or is_index(url):
            continue
        first, last = link.span.start - line.start, link.span.end - line.start
        near = first < at[1] and last > at[0]
        if near if known is None else registrable(url) == known:
            return replace(named, target=url)
    return named


def rights_holder(text: str) -> str | None:
    """Whose copyright a line states, as it is written there; None where it states none."""
    found = COPYRIGHT.search(text)
    name = found.group("name").strip(" .,-–—:") if found else ""
    return name if name and is_name(name) else None


COPYRIGHT = compile_late(
    r"(?:©|\(c\)|ⓒ|copyright|&copy;)\s{0,3}(?:©\s{0,3}|\(c\)\s{0,3})?(?:by\s)?(?:\d{4}(?:\s?[-–]\s?\d{2,4})?"
    r"[,.]?\s{0,3})?(?:by\s|the author\(s\)\s)?(?P<name>[^\d\W][^\n|©;()]{1,60}?)"
    r"(?=\s{0,3}(?:[.|;()©]|,?\sall rights|\d{4}|$))",
    re.IGNORECASE,
)


def _written_out(line: Line, begin: int) -> Named | None:
    """An address in full, bare or behind its words in Markdown."""
    if found := _MARKDOWN.match(line.text, begin):
        name, url = clean(found.group(1)), found.group(2)
        short = name is not None and is_name(name) and len(name.split()) <= _SHORT_NAME
        names = (name,) if short and name else _names_of(url)
        return Named(names=names, target=unwrap_archived(url), end=found.end())
    if found := _URL.match(line.text, begin):
        url = found.group().rstrip(".,;:!?")
        return Named(names=_names_of(url), target=unwrap_archived(url), end=begin + len(url))
    return None


def _linked(own: SiteIdentity, line: Line, begin: int) -> Named | None:
    """A link that starts here: its words are the name, or a headline that only leads there."""
    link = line.linked(begin, begin + 2)
    if link is None or link.span is None or own.is_url(link.url):
        return None
    end = link.span.end - line.start
    if link.text.rstrip().endswith(("?", "!", "…")):
        return Named(names=(), target=None, end=end)
    written = _POINTER.sub("", link.text)
    name = clean(written if _TITLED.fullmatch(written.strip()) else cut(written))
    names = (name,) if name and is_name(name) else _names_of(link.url)
    return Named(names=names, target=unwrap_archived(link.url), end=end)


# The words by which a link sends a reader to what it names.
_POINTER = compile_late(
    r"^(?:continue |read |see |view |visit )(?:more |the )?(?:rest of the )?"
    r"(?:full |original |entire )?(?:story |article |post |report |text )?"
    r"(?:at|on|in|from) (?:the )?(?=\S)",
    re.IGNORECASE,
)


# Short words that all begin in capitals are one name, whatever they mean: "Humans Are Free".
_TITLED = compile_late(
    r"[A-Z][\w’'.&-]{0,20}(?: (?:of the |of |the |and )?[A-Z][\w’'.&-]{0,20}){0,3}"
)


def _domain(own: SiteIdentity, line: Line, begin: int) -> Named | None:
    """A host written without its scheme: "harbour-news.example"."""
    found = _DOMAIN.match(line.text, begin)
    written = found.group().rstrip(".,;:!?/") if found else ""
    if "." not in written or not is_web_url(f"https://{written}"):
        return None
    end = begin + len(written)
    site, _, path = written.partition("/")
    target = f"https://{written}" if path else _later(own, line, end)
    return Named(names=(site.removeprefix("www."),), target=target, end=end)


def _worded(own: SiteIdentity, line: Line, at: tuple[int, int]) -> Named:
    """A name in words; without one, a link that comes right after what was said."""
    start, begin = at
    written = cut(line.text[begin : begin + 160])
    end = begin + len(written)
    name = clean(written)
    if name is not None and agency_named(_ELIDED.sub("", name)) is not None:
        name = _ELIDED.sub("", name)
    if name is not None and is_name(name):
        return Named(names=(name,), target=_later(own, line, begin), end=end)
    near = next((link for link in line.links if _starts_near(line, link, start)), None)
    if near is None or own.is_url(near.url) or is_share(near):
        return Named(names=(), target=None, end=end)
    return Named(names=(), target=unwrap_archived(near.url), end=end)


def cut(text: str) -> str:
    """A text up to where the name at its start ends."""
    found = _END.search(text, 1)
    return text[: found.start()] if found else text


def clean(text: str) -> str | None:
    """A name without the marks around it; None if nothing is left."""
    name = " ".join(text.split()).strip(_CLOSING)
    return name if any(c.isalnum() for c in name) else None


@cache
def _months() -> frozenset[str]:
    lines = files("provenance.text").joinpath("data/months.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ", 1)[1] for line in lines if line and not line.startswith("#"))
    return frozenset(form.strip() for row in rows for form in re.split(r"[|/]", row))


def is_date_word(part: str) -> bool:
    """Whether a word belongs to a date: a number, a month, a day of the week, an issue."""
    bare = part.strip(".,:()[]'’")
    return not bare or bare[0].isdigit() or bare in _months() or bool(_WEEKDAY.match(bare))


def undated(text: str, *, dated: bool = False) -> str:
    """A text that holds a figure, without the words that belong to dates and times.

    ``dated``: the line it is a part of holds figures, so that "Sunday" belongs to a date.
    """
    if not dated and not any(letter.isdigit() for letter in text):
        return text
    return " ".join(part for part in text.split() if not is_date_word(part.lower()))


def is_name(text: str) -> bool:
    """Whether a text reads as the name of a publisher: short, no date, no pronoun, no verb."""
    name = clean(text)
    if name is None or len(name) > _MOST or len(name.split()) > _MOST_WORDS:
        return False
    lowered = name.casefold()
    if (
        lowered in _NOBODY
        or lowered in words("bare")
        or lowered.startswith(_THIS_TEXT)
        or all(map(is_date_word, _PARTS.split(lowered)))
    ):
        return False
    cased = any(c.isupper() for c in name) or bool(_CASELESS.search(name)) or "." in name
    cased = cased or lowered.endswith((" magazine", " journal", " review"))
    return cased or agency_named(name) is not None


def _names_of(url: str) -> tuple[str, ...]:
    known = publisher_of(unwrap_archived(url))
    if known is not None:
        return (known.name,)
    name = host(unwrap_archived(url)).removeprefix("www.")
    return (name,) if name else ()


def _later(own: SiteIdentity, line: Line, start: int) -> str | None:
    """The first address off the page's own site that the rest of the line links or writes out."""
    for link in line.links:
        if _follows(line, link, start) and not own.is_url(link.url) and not is_share(link):
            return unwrap_archived(link.url)
    url = _URL.search(line.text, start, start + _REACH)
    if url and not own.is_url(url.group()):
        return unwrap_archived(url.group().rstrip(".,;:!?"))
    return None


def _starts_near(line: Line, link: Link, start: int) -> bool:
    """Whether a link's words come right after what was said, as in "published here"."""
    if link.span is None:
        return False
    first, last = link.span.start - line.start, link.span.end - line.start
    return first <= start + _GAP and last > start


def _follows(line: Line, link: Link, start: int) -> bool:
    return link.span is not None and link.span.end - line.start > start


_SHARE = compile_late(
    r"^https?://(?:www\.|m\.|web\.)?(?:facebook\.com/(?:sharer|share|dialog)|twitter\.com/(?:intent"
    r"|share|home\?status)|x\.com/(?:intent|share)|t\.me/share|telegram\.me/share|linkedin\.com/share"
    r"|pinterest\.com/pin/create|reddit\.com/submit|api\.whatsapp\.com|wa\.me/|vk\.com/share"
    r"|creativecommons\.org/licen|plus\.google\.com/share)",
    re.IGNORECASE,
)


def is_share(link: Link) -> bool:
    """Whether a link offers to share the page, or leads to the text of a licence."""
    return bool(_SHARE.match(link.url))
