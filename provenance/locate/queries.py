"""Questions to a search service, cut from the page's text in order of expected worth.

The ladder: a handful of telling words, any of them, finds copies however edited where the service
ranks by them; where it cannot be asked so, a rare phrase finds untouched copies at once and three
rare names together edited ones; phrases of other sentences and the headline follow.
The attribution mark is never asked for: a search for "Source link" finds every page that has one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from provenance.model import FactKind, Match, Query
from provenance.text.page_facts import text_facts
from provenance.text.patterns import compile_late
from provenance.text.word_frequency import UNKNOWN, commonness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Self

    from provenance.model import Document

# A phrase must lie within one run without punctuation or digits: services cut, curl or drop marks.
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SENTENCE = re.compile(r"[^.!?…。！？\n]+")
# Scripts written without spaces: a run of letters is a clause, and a phrase is cut by characters.
_UNSPACED = compile_late(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿က-႟ក-៿]")
_CHARACTERS_A_WORD = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d\b)\d{3,6}(?![\d.,]*\d)")
_NUMBER_COMMONNESS = 2.5
_TELLING = 10
_SIZES = (8, 6, 5, 4)
_MAX_TEXT = 50_000
# Letters that tell of which script a text is, and names and numbers in a question by them.
_SAMPLE, _STATED = 2_000, 6


def queries(document: Document, *, limit: int = 8) -> tuple[Query, ...]:
    """At most ``limit`` queries from the story and headline, the most promising first.

    A text without a run of four words and without telling words gives none.
    """
    text = document.text[:_MAX_TEXT]
    phrases = _phrases(text)
    names = _names(text)
    ladder = [
        *_telling(text),
        *_stated(text),
        *_exact(phrases[8][:1], 8),
        *_together(names[:3]),
        *_exact(phrases[6][1:2], 6),
        *_headline(document.title),
        *_together(names[3:6]),
        *_exact(phrases[5][2:3], 5),
        *_exact(phrases[4][3:4], 4),
    ]
    return _distinct(ladder)[:limit]


def _exact(phrases: list[str], size: int) -> Iterator[Query]:
    for phrase in phrases:
        yield Query(phrase=phrase, why=f"a rare run of {size} words")


def _telling(text: str) -> Iterator[Query]:
    """The words that tell this text from others: often here, rare elsewhere (tf-idf)."""
    counts = Counter(word.casefold() for word in _WORD.findall(text))
    worth = {word: count * _surprise(word) for word, count in counts.items()}
    best = sorted(worth, key=lambda word: (-worth[word], word))[:_TELLING]
    if len(best) >= 3:
        yield Query(phrase=" ".join(best), match=Match.ANY, why=f"{len(best)} telling words")


def _stated(text: str) -> Iterator[Query]:
    """Names in Latin letters and long numbers in a text of another script: all keep them."""
    if not _is_of_another_script(text):
        return
    kept = [
        fact.written
        for fact in text_facts(text)
        if (fact.kind is FactKind.NAME and fact.written.isascii())
        or (fact.kind is FactKind.NUMBER and _NUMBER.fullmatch(fact.written))
    ]
    if len(kept) >= 3:
        why = "names and numbers that stand in a translation too"
        yield Query(phrase=" ".join(kept[:_STATED]), match=Match.ANY, why=why)


def _is_of_another_script(text: str) -> bool:
    letters = [letter for letter in text[:_SAMPLE] if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) < len(letters) / 2


def _together(names: list[str]) -> Iterator[Query]:
    if len(names) == 3:
        yield Query(phrase=" ".join(names), match=Match.ALL, why="three rare names or numbers")


def _headline(title: str | None) -> Iterator[Query]:
    words = sorted(re.findall(r"\w+", title or ""), key=commonness)
    if len(words) >= 3:
        yield Query(phrase=" ".join(words), match=Match.ANY, why="the headline")


def _phrases(text: str) -> dict[int, list[str]]:
    """For each size one window of so many words from each sentence that has one, rarest first.

    The rarity of a window is how unlikely its words are to stand together by chance: the sum of
    their log rarities.
    """
    best: dict[int, dict[str, float]] = {size: {} for size in _SIZES}
    for sentence in _SENTENCE.findall(text):
        runs = [_Run.of(run) for run in _RUN.findall(sentence)]
        for size in _SIZES:
            windows = [found for run in runs if (found := run.rarest(size)) is not None]
            if windows:
                rarity, phrase = max(windows, key=itemgetter(0))
                best[size].setdefault(phrase, rarity)
    return {
        size: sorted(found, key=found.__getitem__, reverse=True) for size, found in best.items()
    }


@dataclass(frozen=True, slots=True)
class _Run:
    """Words with nothing but spaces between them, and how rare each is.

    In scripts without spaces the words of a window are so many characters, none rarer than others.
    """

    text: str
    words: Sequence[str] = ()
    rarities: Sequence[float] = ()

    @classmethod
    def of(cls, run: str) -> Self:
        """The words of a run as it stands in a text."""
        if _UNSPACED.search(run):
            return cls(run)
        words = run.split(" ")
        return cls(run, words, [_surprise(word) for word in words])

    def rarest(self, size: int) -> tuple[float, str] | None:
        """The rarity and the words of the rarest window of that size; the first of several."""
        if not self.words:
            return self._rarest_clause(size)
        if len(self.words) < size:
            return None
        total = sum(self.rarities[:size])
        best, start = total, 0
        for at in range(size, len(self.words)):
            total += self.rarities[at] - self.rarities[at - size]
            if total > best:
                best, start = total, at - size + 1
        return best, " ".join(self.words[start : start + size])

    def _rarest_clause(self, size: int) -> tuple[float, str] | None:
        text, length = self.text, size * _CHARACTERS_A_WORD
        windows = [text[at : at + length] for at in range(0, len(text) - length + 1, size)]
        rarities = [sum(map(_surprise, window.split(" "))) for window in windows]
        best = max(range(len(windows)), key=rarities.__getitem__, default=None)
        return None if best is None else (rarities[best], windows[best])


def _surprise(word: str) -> float:
    """How many times rarer a word is than the commonest, as a power of ten."""
    return max(7.5 - commonness(word), 0.0)


def _names(text: str) -> list[str]:
    """Names inside sentences and odd numbers, the surest first.

    A name that comes again is the story's own; one that stands once may be a slip or a copier's.
    """
    found: Counter[str] = Counter()
    for sentence in _SENTENCE.findall(text):
        found.update(
            word for word in _WORD.findall(sentence.partition(" ")[2]) if word[0].isupper()
        )
        found.update(_NUMBER.findall(sentence))
    return sorted(found, key=lambda name: (-min(found[name], 2), _commonness(name), name))


def _commonness(name: str) -> float:
    return _NUMBER_COMMONNESS if name.isdigit() else max(commonness(name), UNKNOWN)


def _distinct(ladder: list[Query]) -> tuple[Query, ...]:
    return tuple({(query.phrase, query.match): query for query in reversed(ladder)}.values())[::-1]
