"""Questions to a search service, cut from the page's text in order of expected worth.

The ladder (measured on hidden originals): a rare phrase finds untouched copies at once; three rare
names find edited ones; phrases of other sentences and the headline follow. The attribution mark is
never asked for: searching for "Source link" finds every page that has one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Document

# A window must lie within one run without punctuation: services cut, curl or drop the marks.
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_NAME = re.compile(r"(?<=[a-zà-öø-ÿа-яё,;] )[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]{3,}")
_SENTENCE = re.compile(r"[^.!?…。！？\n]+")
_LONGEST_WORD = 12
_MAX_TEXT = 50_000


def queries(document: Document, *, limit: int = 8) -> tuple[Query, ...]:
    """At most ``limit`` queries from the story and headline, the most promising first.

    A text without a run of five words gives none.
    """
    text = document.text[:_MAX_TEXT]
    long_phrases = _phrases(text, 8)
    short_phrases = _phrases(text, 6)
    ladder: list[Query] = []
    if long_phrases:
        ladder.append(_exact(long_phrases[0], 8))
    names = _names(text)
    if len(names) >= 3:
        ladder.append(_names_query(names[:3]))
    ladder.extend(_exact(phrase, 6) for phrase in short_phrases[1:3])
    if document.title:
        ladder.append(Query(phrase=_plain(document.title), exact=False, why="the headline"))
    if len(names) >= 6:
        ladder.append(_names_query(names[3:6]))
    ladder.extend(_exact(phrase, 5) for phrase in _phrases(text, 5)[2:4])
    return _distinct(ladder)[:limit]


def _exact(phrase: str, size: int) -> Query:
    return Query(phrase=phrase, exact=True, why=f"a rare run of {size} words")


def _names_query(names: list[str]) -> Query:
    return Query(phrase=" ".join(names), exact=False, why="three rare names")


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
        words = run.split(" ")
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _rarity(phrase: str) -> float:
    """How unusual the words are, by their length: short words are the common ones."""
    words = phrase.split(" ")
    return sum(min(len(word), _LONGEST_WORD) for word in words) / len(words)


def _names(text: str) -> list[str]:
    """Capitalised words inside sentences, the rarest first, each once."""
    counts: dict[str, int] = {}
    for name in _NAME.findall(text):
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], -len(name), name))


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title))


def _distinct(ladder: list[Query]) -> tuple[Query, ...]:
    return tuple({(query.phrase, query.exact): query for query in reversed(ladder)}.values())[::-1]
