"""An invented press of any size, whose copies are known: real function words, invented content.

Every site prints its own footer on each page, two notices stand on three in ten pages of all sites.
Of all texts one in a hundred each is a copy word for word, a copy with a tenth of its words edited,
one with three tenths, and a text of its own with a fifth of another in it. Some stories are printed
400 times, word for word or with a tenth edited. Copies stand on another site, at a later date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

FUNCTION_WORDS = """
the of and to in a is that for it as was with be by on not he his but at are this
have from or had an they which one you were all her she there would their we him
been has when who will no more if out so up said what its about than into them can
only other time new some could these two may first then do any like my now over such
our man me even most made after also did many off before must well back through
years where much your way down should because long each just state those people too
mr how little good world make very year still see own work men day get
""".split()  # noqa: SIM905 - as a person reads them
ONSETS = (*"bcdfghklmnprstvw", "br", "st", "tr", "cl", "gr", "pl")
SYLLABLES = [onset + rest for onset in ONSETS for rest in (*"aeiou", "ar", "en", "or", "il", "un")]
KINDS = {"verbatim": 0.0, "edited 10 %": 0.1, "edited 30 %": 0.3, "excerpt 20 %": 0.0}
PRINTED = 400
START = date(2024, 1, 1)
DAYS = 360


class Article(NamedTuple):
    """One text as a collection gives it."""

    id: str
    url: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy: ``family`` are all texts that have the passages, ``source`` the one they are from."""

    copy: str
    source: str
    kind: str
    family: int


class Writer:
    """Writes word after word: function words as often as in English, others by Zipf's law."""

    def __init__(self, seed: int, vocabulary: int = 60_000) -> None:
        self.rng = np.random.default_rng(seed)
        invented = {
            "".join(self.rng.choice(SYLLABLES, self.rng.integers(2, 5))) for _ in range(vocabulary)
        }
        self.words = np.array([*FUNCTION_WORDS, *sorted(invented)])
        function = 1 / (np.arange(len(FUNCTION_WORDS)) + 2.0)
        content = 1 / (np.arange(len(invented)) + 30.0)
        shares = np.concatenate([0.5 * function / function.sum(), 0.5 * content / content.sum()])
        self._rising = shares.cumsum()

    def codes(self, count: int) -> Codes:
        """So many words; one in ten is one of a dozen that this text keeps coming back to."""
        found = np.minimum(self._rising.searchsorted(self.rng.random(count)), len(self.words) - 1)
        own = self.rng.integers(len(FUNCTION_WORDS), len(self.words), 12)
        at = self.rng.random(count) < 0.1
        found[at] = self.rng.choice(own, int(at.sum()))
        return found

    def edit(self, codes: Codes, share: float) -> Codes:
        """The words with a share of them changed, left out or followed by another."""
        touched = self.rng.random(len(codes)) < share
        how = self.rng.random(len(codes))
        other = np.minimum(
            self._rising.searchsorted(self.rng.random(len(codes))), len(self.words) - 1
        )
        changed = np.where(touched & (how < 0.6), other, codes)
        times = np.where(touched & (how >= 0.8), 2, np.where(touched & (how >= 0.6), 0, 1))
        result = np.repeat(changed, times)
        ends = np.cumsum(times)
        put_in = touched & (how >= 0.8)
        result[ends[put_in] - 1] = other[put_in]
        return result

    def spell(self, codes: Codes) -> str:
        """The words in sentences of 8 to 24 words and paragraphs of three."""
        words = self.words[codes].tolist()
        parts, at, number = list[str](), 0, 0
        while at < len(words):
            size = 8 + (len(words) * 7 + number * 5) % 17
            sentence = " ".join(words[at : at + size])
            number += 1
            parts.append(f"{sentence[:1].upper()}{sentence[1:]}.{' ' if number % 3 else chr(10)}")
            at += size
        return "".join(parts).strip()


class Press:
    """So many texts; ``real`` are texts of other people that stand among the originals."""

    def __init__(self, size: int, *, seed: int = 7, real: Sequence[str] = (), stories: int = -1):
        self.size, self.planted = size, list[Planted]()
        self._writer = Writer(seed)
        self._rng = self._writer.rng
        self._real = list(real)
        self._sites = min(max(size // 50, 40), 2_000)
        self._footers = [self._notice(int(self._rng.integers(15, 61))) for _ in range(self._sites)]
        self._notices = self._notice(60), self._notice(40)
        self._stories = max(size * 16 // 1000 // PRINTED, 1) if stories < 0 else stories

    def articles(self) -> Iterator[Article]:
        """Every text, in no order that tells anything; ``planted`` is filled on the way."""
        printed = self._stories * PRINTED
        copies = self.size // 100
        originals = self.size - printed - len(KINDS) * copies
        kept: list[tuple[str, int, int, Codes]] = []
        number = 0
        for at in range(originals):
            day, site = int(self._rng.integers(0, DAYS)), int(self._rng.integers(0, self._sites))
            if at < len(self._real):
                yield self._page(number, site, day, self._real[at])
            else:
                codes = self._writer.codes(self._length())
                if len(kept) < copies:
                    kept.append((f"d{number}", site, day, codes))
                yield self._page(number, site, day, self._writer.spell(codes))
            number += 1
        family = 0
        for kind, share in KINDS.items():
            for at in range(copies):
                source, site, day, codes = kept[at]
                text = self._copy(kind, share, codes)
                self.planted.append(Planted(f"d{number}", source, kind, family + at))
                later = day + int(self._rng.integers(1, 20))
                yield self._page(number, self._other(site), later, text)
                number += 1
        family = copies
        for story in range(self._stories):
            yield from self._print(number, family + story)
            number += PRINTED

    def _print(self, number: int, family: int) -> Iterator[Article]:
        """One story 400 times, every other time with a tenth edited; the first is the source."""
        codes = self._writer.codes(max(self._length(), 150))
        site, day = int(self._rng.integers(0, self._sites)), int(self._rng.integers(0, DAYS))
        yield self._page(number, site, day, self._writer.spell(codes))
        for at in range(1, PRINTED):
            edited = self._writer.edit(codes, 0.1) if at % 2 else codes
            kind = "printed 400 times"
            self.planted.append(Planted(f"d{number + at}", f"d{number}", kind, family))
            later = day + int(self._rng.integers(1, 20))
            text = self._writer.spell(edited)
            yield self._page(number + at, self._other(site), later, text)

    def _copy(self, kind: str, share: float, codes: Codes) -> str:
        if kind != "excerpt 20 %":
            return self._writer.spell(self._writer.edit(codes, share))
        size = len(codes) // 5
        start = int(self._rng.integers(0, len(codes) - size))
        own = self._writer.codes(self._length())
        middle = len(own) // 2
        parts = (own[:middle], codes[start : start + size], own[middle:])
        return "\n".join(self._writer.spell(part) for part in parts)

    def _page(self, number: int, site: int, day: int, text: str) -> Article:
        chance = self._rng.random()
        notice = self._notices[0] if chance < 0.3 else self._notices[1] if chance < 0.6 else ""
        return Article(
            id=f"d{number}",
            url=f"https://www.paper{site}.example/story/{number}",
            title=text.split("\n", 1)[0][:60],
            date=(START + timedelta(days=day)).isoformat(),
            text="\n".join(part for part in (text, self._footers[site], notice) if part),
        )

    def _length(self) -> int:
        return int(np.clip(self._rng.lognormal(5.4, 0.5), 60, 1_500))

    def _other(self, site: int) -> int:
        return (site + int(self._rng.integers(1, self._sites))) % self._sites

    def _notice(self, length: int) -> str:
        return self._writer.spell(self._writer.codes(length))
