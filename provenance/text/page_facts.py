"""What a page states that survives translation, as values that are equal in every language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from provenance.model import Fact, FactKind, Place
from provenance.text.dates import month_number
from provenance.text.sounds import romanise, sound_of
from provenance.text.urls import normalise, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provenance.model import Document

# Characters that are read, and facts of one kind that are kept: a page of any length states few.
_READ, _MOST = 40_000, 150
# Texts whose facts are remembered: a page is compared with several candidates, one after the other.
_TEXTS = 32
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,])(?:\d{1,2}(?:,\d{2})+,\d{3}|\d{1,15})"
    r"(?:[.,'’٬٫\u00a0\u202f ]\d{3})*(?:[.,٫]\d+)?"
)
_GROUPS = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+")
# Numbers of East Asia: "2万6469", "7만 7천", "1億2000万".
_EASTERN = re.compile(
    r"(?<![A-Za-z0-9.,])\d[\d,.]{0,12}\s?[千천]?[万萬만億亿억兆조]"
    r"(?:\s?\d[\d,.]{0,12}\s?[千천]?[万萬만億亿억]?){0,3}"
)
_EASTERN_PART = re.compile(r"(\d[\d,.]*)\s?([千천]?)([万萬만億亿억兆조]?)")
_TEN_THOUSANDS = {"": 0, **dict.fromkeys("万萬만", 1), **dict.fromkeys("億亿억", 2)}
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_SCALES = (
    (1e4, "หมื่น"),
    (1e5, "lakh|लाख"),
    (1e7, "crore|करोड़"),
    (
        1e12,
        "trillion|billones|billions(?= de)|biliões|bilhão de milhões|трлн|триллион|трильйон",
    ),
    (
        1e9,
        "billion|bilh|bn|milliard|miliard|mld|mrd|mil millones|mil milhões|miljard|миллиард|млрд"
        "|мільярд|мілрд|milyar|miliar|tỷ|مليار|میلیارد|מיליארד|अरब|พันล้าน|δισεκατομμ|δισ",
    ),
    (
        1e6,
        "million|millón|millones|milhão|milhões|milion|milión|miljon|milijun|milljón|mio|mln"
        "|миллион|млн|мільйон|милион|milyon|juta|triệu|مليون|میلیون|מיליון|מליון"
        "|मिलियन|ล้าน|εκατομμ|εκατ|miliwn|miliyan",
    ),
    (
        1e3,
        "thousand|tausend|mille|mila|mil|тысяч|тыс|тисяч|천|千|bin|ribu|nghìn|ألف|هزار|אלף|tys|tis",
    ),
)
_SCALE = re.compile(
    r"[\s\u00a0-]{0,2}(?:"
    + "|".join(f"(?P<s{at}>{words})" for at, (_, words) in enumerate(_SCALES))
    + r")[^\W\d_\u0e00-\uffff]{0,10}",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?([^\W\d_]{3,14})")
_MONTH_DAY = re.compile(r"(?<!\w)([^\W\d_]{3,14})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]")
# A word is of one script: Latin names stand inside words of scripts without spaces.
_LATIN, _OTHER = "A-Za-z\u00aa-\u024f\u1e00-\u1eff", "\u0370-\u058f\u10a0-\u10ff\u1f00-\u1fff"
_WORD = re.compile(f"(?:[{_LATIN}]{{2,30}}|[{_OTHER}]{{2,30}})(?:['’-][{_LATIN}{_OTHER}]{{2,30}})*")
# A name may be any word of scripts without capitals: Katakana writes foreign ones, the others all.
_UNCASED = re.compile(
    r"[ァ-ヺー]{3,20}|[가-힣]{3,12}|[\u05d0-\u05ea]{4,16}|[\u0621-\u06d3]{4,16}|[\u0900-\u097f]{4,24}"
)
_QUOTE = re.compile("[“„«「『]([^“”„«»「」『』\n]{30,400})[”“»」』]")
_QUOTED_WORDS = 8
_LEAST_LETTERS, _LEAST_WORD = 3, 6
# Parts of a picture's file name that a site's own tools add.
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|\d{3,4}w?)){1,6}(?=\.)")
_LEAST_FILE = 9
_OF_THE_STORY = frozenset({Place.TEXT, Place.TAIL})


def page_facts(document: Document) -> tuple[Fact, ...]:
    """What a page states, each once, in the order of kinds; bounded for a page of any length."""
    return (*text_facts(f"{document.title or ''}\n{document.text}"), *_outward(document))


def text_facts(text: str) -> tuple[Fact, ...]:
    """The facts that a text alone states: numbers, days, names and quotations."""
    return _facts_of(text[:_READ])


@lru_cache(maxsize=_TEXTS)
def _facts_of(text: str) -> tuple[Fact, ...]:
    text = _plain(text)
    words = tuple(dict.fromkeys(_WORD.findall(text)))
    found = (_numbers(text), _days(text), _names(words), _sounds(words, text), _quotes(text))
    return tuple(fact for facts in found for fact in _first(facts))


def _first(facts: Iterator[Fact]) -> Iterator[Fact]:
    """The first facts that are not the same."""
    seen: set[str] = set()
    fresh = (fact for fact in facts if not (fact.key in seen or seen.add(fact.key)))  # type: ignore[func-returns-value]
    return islice(fresh, _MOST)


def _plain(text: str) -> str:
    """The text in common forms of its letters, with the digits of all scripts as 0 to 9."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)[:_READ]
    return re.sub(r"\d", lambda digit: str(unicodedata.digit(digit.group(), 0)), text)


def _numbers(text: str) -> Iterator[Fact]:
    for found in _EASTERN.finditer(text):
        value = sum(
            _value(part[1].rstrip(".,"))
            * (1000 if part[2] else 1)
            * 10_000 ** _TEN_THOUSANDS.get(part[3], 3)
            for part in _EASTERN_PART.finditer(found.group())
        )
        yield Fact(kind=FactKind.NUMBER, key=f"{value:.10g}", written=found.group().strip())
    text = _EASTERN.sub(" ", text)
    for found in _NUMBER.finditer(text):
        value = _value(found.group())
        scale = _SCALE.match(text, found.end())
        if scale is not None:
            at = next(at for at in range(len(_SCALES)) if scale[f"s{at}"])
            value *= _SCALES[at][0]
            if value.is_integer():
                yield Fact(
                    kind=FactKind.NUMBER,
                    key=f"{value:.0f}",
                    written=" ".join(text[found.start() : scale.end()].split()),
                )
                continue
        if value >= 10 or not value.is_integer():
            yield Fact(kind=FactKind.NUMBER, key=f"{value:.10g}", written=found.group())


def _value(written: str) -> float:
    """What a number is worth: three digits after one mark are thousands, fewer are decimals."""
    if _GROUPS.fullmatch(written) or _INDIAN.fullmatch(written):
        return float(re.sub(r"\D", "", written))
    whole, mark, rest = written, "", ""
    for sign in "٫.,":
        head, found, tail = written.rpartition(sign)
        if found and len(tail) != 3:
            whole, mark, rest = head, ".", tail
            break
    return float(re.sub(r"\D", "", whole) + mark + re.sub(r"\D", "", rest))


def _days(text: str) -> Iterator[Fact]:
    for found in _NUMBERED.finditer(text):
        yield from _day(int(found[1]), int(found[2]), found.group())
    for found in _DAY_MONTH.finditer(text):
        yield from _day(month_number(found[2]), int(found[1]), found.group())
    for found in _MONTH_DAY.finditer(text):
        yield from _day(month_number(found[1]), int(found[2]), found.group())


def _day(month: int | None, day: int, written: str) -> Iterator[Fact]:
    if month and 1 <= month <= 12 and 1 <= day <= 31:
        yield Fact(kind=FactKind.DATE, key=f"{month:02d}-{day:02d}", written=written)


def _names(words: Sequence[str]) -> Iterator[Fact]:
    """Words with a capital that never stand without one, and Latin words in other scripts."""
    small = {word for word in words if word[0].islower()}
    for word in words:
        named = word[0].isupper() and len(word) >= _LEAST_LETTERS and word.lower() not in small
        if named and month_number(word) is None:
            yield Fact(kind=FactKind.NAME, key=romanise(word), written=word)


def _sounds(words: Iterable[str], text: str) -> Iterator[Fact]:
    """How names and long words sound: languages take both from each other."""
    for word in words:
        if word[0].isupper() or (len(word) >= _LEAST_WORD and word[0].islower()):
            yield from _sound(word)
    for found in _UNCASED.finditer(text):
        yield from _sound(found.group())


def _sound(word: str) -> Iterator[Fact]:
    if month_number(word) is None and (sound := sound_of(word)):
        yield Fact(kind=FactKind.SOUND, key=sound, written=word)


def _quotes(text: str) -> Iterator[Fact]:
    for found in _QUOTE.finditer(text):
        words = _WORD.findall(found[1])[:_QUOTED_WORDS]
        yield Fact(kind=FactKind.QUOTE, key=" ".join(words).casefold(), written=found[1])


def _outward(document: Document) -> Iterator[Fact]:
    """Where the story links to, and what pictures it shows."""
    links = dict.fromkeys(link.url for link in document.links if link.place in _OF_THE_STORY)
    yield from _first(Fact(kind=FactKind.LINK, key=normalise(url), written=url) for url in links)
    yield from _first(_pictures(document))


def _pictures(document: Document) -> Iterator[Fact]:
    for image in document.images:
        name = unquote(split(image.url).path.rpartition("/")[2]).casefold()
        name = _SIZE.sub("", name)
        if len(name) >= _LEAST_FILE:
            yield Fact(kind=FactKind.PICTURE, key=name, written=image.url)
