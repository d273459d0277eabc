"""Sentences by which a text can be found again."""

from __future__ import annotations

import re

from provenance.text.word_frequency import commonness

_SENTENCE = re.compile(r"[^.!?…。！？\n]+")
_FEWEST, _MOST = 6, 16
_MOST_TEXT = 50_000


def telling_sentences(text: str, most: int = 2) -> tuple[str, ...]:
    """Up to ``most`` sentences whose words stand together by chance least, in their order.

    Searches cut a question at some thirty words, so longer sentences are cut, and very short ones
    are left out. Quotation marks are left out: they would end the quotation that is searched for.
    """
    found: dict[str, float] = {}
    for sentence in _SENTENCE.findall(text[:_MOST_TEXT]):
        words = re.sub(r"[\"“”„«»]", " ", sentence).split()[:_MOST]
        if len(words) >= _FEWEST:
            found[" ".join(words)] = sum(7.5 - commonness(word.strip(",;:()'’")) for word in words)
    best = set(sorted(found, key=lambda sentence: -found[sentence])[:most])
    return tuple(sentence for sentence in found if sentence in best)
