"""Questions to a search service, cut from the page's text in order of expected worth.

The ladder: a handful of telling words, any of them, finds copies however edited where the service
ranks by them; where it cannot be asked so, a rare phrase finds untouched copies at once and three
rare names together edited ones; phrases of other sentences and the headline follow.
The attribution mark is never asked for: a search for "Source link" finds every page that has one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from provenance.model import Match, Query
from provenance.text.rarity import UNKNOWN, commonness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Document

# A phrase must lie within one run without punctuation or digits: services cut, curl or drop marks.
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SENTENCE = re.compile(r"[^.!?…。！？\n]+")
# Scripts written without spaces: a run of letters is a clause, and a phrase is cut by characters.
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿က-႟ក-៿]")
_CHARACTERS_A_WORD = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d\b)\d{3,6}(?![\d.,]*\d)")
_NUMBER_COMMONNESS = 2.5
_TELLING = 10
_MAX_TEXT = 50_000


def queries(document: Document, *, limit: int = 8) -> tuple[Query, ...]:
    """At most ``limit`` queries from the story and headline, the most promising first.

    A text without a run of four words and without telling words gives none.
    """
    text = document.text[:_MAX_TEXT]
    phrases = {size: _phrases(text, size) for size in (8, 6, 5, 4)}
    names = _names(text)
    ladder = [
        *_telling(text),
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


def _together(names: list[str]) -> Iterator[Query]:
    if len(names) == 3:
        yield Query(phrase=" ".join(names), match=Match.ALL, why="three rare names or numbers")


def _headline(title: str | None) -> Iterator[Query]:
    words = sorted(re.findall(r"\w+", title or ""), key=commonness)
    if len(words) >= 3:
        yield Query(phrase=" ".join(words), match=Match.ANY, why="the headline")


def _phrases(text: str, size: int) -> list[str]:
    """One window of ``size`` words from each sentence that has one, the rarest first."""
    best = [
        max(found, key=_rarity)
        for sentence in _SENTENCE.findall(text)
        if (found := list(_windows(sentence, size)))
    ]
    return sorted(dict.fromkeys(best), key=_rarity, reverse=True)


def _windows(sentence: str, size: int) -> Iterator[str]:
    for run in _RUN.findall(sentence):
        if _UNSPACED.search(run):
            length = size * _CHARACTERS_A_WORD
            yield from (run[at : at + length] for at in range(0, len(run) - length + 1, size))
        else:
            words = run.split(" ")
            for start in range(len(words) - size + 1):
                yield " ".join(words[start : start + size])


def _rarity(phrase: str) -> float:
    """How unlikely the words are to stand together by chance: the sum of their log rarities."""
    return sum(_surprise(word) for word in phrase.split(" "))


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
