"""Translations, texts told twice, and other reports of one event: what the product calls them.

``python -m tests.bench.translated`` prints, for each label and language of the labelled pairs, how
many there are and what share is said to be made from the other.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from provenance.compare import Side, compare_meaning, compare_texts
from provenance.compare.sentence_vectors import LANGUAGES, SentenceVectors, vectors_of
from provenance.text.page_facts import text_facts
from tests.bench.compare import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAIRS = "translated-dev/pairs.jsonl.gz"
# Texts whose vectors are kept: a text stands in some pairs one after the other.
_A_ROW = 40


def pairs() -> list[dict[str, Any]]:
    """The labelled pairs: label, both texts and both languages."""
    with gzip.open(folder(_PAIRS), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sample(most: int) -> list[dict[str, Any]]:
    """The first pairs of each label and pair of languages that the model knows."""
    taken: Counter[tuple[str, str, str]] = Counter()
    found = []
    for pair in pairs():
        languages = pair["lang_a"].split("-")[0], pair["lang_b"].split("-")[0]
        key = (pair["label"], *sorted(languages))
        taken[key] += 1
        if taken[key] <= most and LANGUAGES.issuperset(languages):
            found.append(pair)
    return found


def is_told(pair: dict[str, Any]) -> bool:
    """Whether one of the two texts is said to be made from the other."""
    measured = compare_texts(pair["text_a"], pair["text_b"])
    sides = [
        Side(text, pair[f"lang_{key}"], lambda text=text: text_facts(text), _encode)  # type: ignore[misc]
        for key in "ab"
        for text in (pair[f"text_{key}"],)
    ]
    return compare_meaning(measured, *sides).likeness.is_copy


@cache
def _encode(text: str) -> SentenceVectors:
    return vectors_of(text)[0]


def shares(found: Iterable[dict[str, Any]]) -> dict[tuple[str, str], tuple[int, float]]:
    """For each label and language: how many pairs, and the share that is told."""
    told: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for pair in found:
        other = {pair["lang_a"], pair["lang_b"]}
        told[pair["label"], "-".join(sorted(other - {"en"} or other))].append(is_told(pair))
    return {key: (len(said), sum(said) / len(said)) for key, said in told.items()}


def _rows() -> Iterator[str]:
    for (label, language), (number, share) in sorted(shares(sample(_A_ROW)).items()):
        yield f"{label:12}{language:8}{number:5}{share:8.3f}"


if __name__ == "__main__":
    for row in _rows():
        print(row)
