"""Hidden originals: how many questions until the source of a copy is among the first ten.

    python -m tests.bench.search [--documents 100000] [--originals 200]

Originals are articles of the labelled data beside the project. Each stands among ten articles on
its own subject (half its sentences, the rest from others, a fifth of the words changed) and in a
crowd made of real sentences, its own among them, with a tenth of the words changed. The queries
are cut from a copy and asked of the corpus as of a search service.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import re
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.locate import queries
from provenance.world.store import Store
from provenance.world.store.corpus import CorpusText
from tests.build import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
DATA = SHARED / "reuse-dev" / "reposts" / "dev.jsonl.gz"
CROWD = SHARED / "reuse-dev" / "pan13-verbatim" / "dev.jsonl.gz"
DEPTH, QUERIES, BATCH = 10, 8, 1000
NEAR_TOPIC = 10
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")


def articles() -> list[tuple[str, list[str]]]:
    """(headline, sentences) of each distinct source article, in the order of the data."""
    found: dict[str, tuple[str, list[str]]] = {}
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["source"]
            head, _, body = text.strip().partition("\n")
            sentences = [s.strip() for s in _SENTENCE.findall(body) if len(s.split()) >= 5]
            if len(sentences) >= 8:
                found.setdefault(head, (head, sentences))
    return list(found.values())


def crowd_sentences() -> list[str]:
    """Sentences of other real texts, each once."""
    found: dict[str, None] = {}
    with gzip.open(CROWD, "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            for text in (pair["suspect"], pair["source"]):
                sentences = (s.strip() for s in _SENTENCE.findall(text))
                found.update(dict.fromkeys(s for s in sentences if 5 <= len(s.split()) <= 60))
    return list(found)


def edited(text: str, share: float, words: list[str], rng: random.Random) -> str:
    """The text with that share of its words replaced or dropped."""
    kept = []
    for word in text.split():
        if rng.random() >= share:
            kept.append(word)
        elif rng.random() < 0.7:
            kept.append(rng.choice(words))
    return " ".join(kept)


def near_topic(
    sentences: list[str], others: list[str], words: list[str], rng: random.Random
) -> str:
    """Another article on the same subject: half its sentences reworded, among others'."""
    own = [s for s in sentences if rng.random() < 0.5]
    mixed = [edited(s, 0.2, words, rng) for s in own] + rng.sample(others, len(sentences) // 2)
    rng.shuffle(mixed)
    return " ".join(mixed)


def crowd(count: int, others: list[str], words: list[str], rng: random.Random) -> Iterator[str]:
    for _ in range(count):
        chosen = rng.sample(others, rng.randint(8, 20))
        yield " ".join(edited(s, 0.1, words, rng) for s in chosen)


def fill(store: Store, texts: Iterator[tuple[str, str, str]]) -> int:
    """Adds (name, title, text) in batches; how many."""
    added, batch = 0, []
    for name, title, text in texts:
        batch.append(CorpusText(digest=name, url=None, title=title, text=text, published_at=None))
        if len(batch) == BATCH:
            added += store.corpus.add(batch, datetime.now(UTC))
            batch = []
    return added + store.corpus.add(batch, datetime.now(UTC))


def asked_until(store: Store, name: str, title: str, copy: str) -> int | None:
    """The number of the query whose first ten hits hold the original; None when none does."""
    for number, query in enumerate(queries(document(text=copy, title=title), limit=QUERIES), 1):
        found = store.corpus.search(query.phrase.split(), query.match, DEPTH)
        if any(match.digest == name for match in found):
            return number
    return None


def measured(
    store: Store,
    originals: list[tuple[str, list[str]]],
    change: Callable[[str], str],
) -> tuple[list[int], float]:
    """For each original the queries needed (0: never found), and the mean over those found."""
    needed = []
    for number, (title, sentences) in enumerate(originals):
        copy = change("\n".join(sentences))
        needed.append(asked_until(store, f"original {number}", change(title), copy) or 0)
    found = [n for n in needed if n]
    return needed, statistics.fmean(found) if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--originals", type=int, default=200)
    chosen = parser.parse_args()
    if not DATA.exists():
        raise SystemExit(f"{DATA}: the labelled data are not beside the project")
    rng = random.Random(7)
    known = articles()
    originals = known[: chosen.originals]
    others = [s for _, sentences in known for s in sentences] + crowd_sentences()
    words = [w for s in others for w in s.split()]
    near = len(originals) * NEAR_TOPIC
    rest = max(chosen.documents - len(originals) - near, 0)
    with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder) / "c.db")) as store:
        begun = time.process_time()
        total = fill(
            store, ((f"original {n}", t, " ".join(s)) for n, (t, s) in enumerate(originals))
        )
        topics = (
            near_topic(sentences, others, words, rng)
            for _, sentences in originals
            for _ in range(NEAR_TOPIC)
        )
        total += fill(store, ((f"near {n}", "", text) for n, text in enumerate(topics)))
        fillers = enumerate(crowd(rest, others, words, rng))
        total += fill(store, ((f"crowd {n}", "", text) for n, text in fillers))
        print(
            f"{total:,} documents, {time.process_time() - begun:.0f} s of CPU to make and add them"
        )
        print(f"{platform.machine()}, Python {platform.python_version()}")
        print(f"{len(originals)} originals; share found within n queries, mean of those found\n")
        print(f"{'copy':<12}{'1':>8}{'2':>8}{'3':>8}{'8':>8}{'mean':>8}")
        for name, share in (("untouched", 0.0), ("10 % edited", 0.1), ("30 % edited", 0.3)):
            edits = random.Random(11)
            needed, mean = measured(
                store,
                originals,
                lambda t, s=share, e=edits: edited(t, s, words, e) if s else t,  # type: ignore[misc]
            )
            row = [sum(0 < n <= most for n in needed) / len(needed) for most in (1, 2, 3, 8)]
            print(f"{name:<12}" + "".join(f"{value:>8.1%}" for value in row) + f"{mean:>8.2f}")


if __name__ == "__main__":
    main()
