"""The corpus: how fast texts are added and found again, at three sizes.

    python -m tests.bench.corpus [--documents 100000] [--growth 1000000] [--folder DIR]

All texts are generated: words of syllables, as often as Zipf has it, some 240 a text, and on every
third text a notice that thousands share. The page asked for takes 30 % of its words from one text,
a quarter of those changed. Ten stories are printed by one text in 250 each: with 100,000 texts 400
times, every other time with a tenth of the words changed. For growth the texts beyond
``--documents`` stand as fingerprints of no text: hashes of unlike texts are random numbers too. All
times are of the CPU.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from provenance.locate import queries
from provenance.model import Match
from provenance.text.shingles import marks_of
from provenance.world.store import Store
from provenance.world.store.corpus import CorpusText, Hit, insert_fingerprints
from tests.build import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.random import Generator

AT = datetime(2026, 3, 1, tzinfo=UTC)
BATCH, GROWING, ASKED = 2_000, 50_000, 1_000
WORDS, FINGERPRINTS = 227, 67
STORIES, APART = 10, 25
ONSETS = (*"bcdfghklmnprstvw", "br", "st", "tr")
SYLLABLES = [onset + rest for onset in ONSETS for rest in (*"aeiou", "ar", "en", "or", "il", "un")]


class Language:
    """A vocabulary of invented words, the n-th as common as Zipf says."""

    def __init__(self, rng: Generator, size: int = 60_000) -> None:
        self._rng = rng
        self._words = np.array(
            ["".join(rng.choice(SYLLABLES, rng.integers(1, 5))) for _ in range(size)]
        )
        shares = 1 / (np.arange(size) + 2.7)
        self._rising = (shares / shares.sum()).cumsum()

    def words(self, count: int) -> list[str]:
        """So many words, none of them depending on the one before."""
        found: list[str] = self._words[self._rising.searchsorted(self._rng.random(count))].tolist()
        return found

    def sentences(self, count: int) -> str:
        """So many words, a dozen a sentence; every eighth is one of a dozen of the text's own."""
        words = self.words(count)
        own = self._rng.choice(self._words, 12)
        for at in np.flatnonzero(self._rng.random(count) < 1 / 8).tolist():
            words[at] = str(self._rng.choice(own))
        parts = (words[at : at + 12] for at in range(0, count, 12))
        return " ".join(f"{' '.join(part).capitalize()}." for part in parts)

    def edit(self, text: str, share: float) -> str:
        """The text with such a share of its words changed."""
        words = text.split()
        for at in np.flatnonzero(self._rng.random(len(words)) < share).tolist():
            words[at] = self.words(1)[0]
        return " ".join(words)


class Press:
    """What the texts are made of: notices that every third ends with, stories printed often."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.notices = [language.sentences(40) for _ in range(5)]
        self.stories = [language.sentences(WORDS) for _ in range(STORIES)]

    def entry(self, number: int) -> CorpusText:
        """The text of that number."""
        time, printed = divmod(number, APART)
        text = self.language.sentences(WORDS)
        if not printed:
            text = self.language.edit(self.stories[time % STORIES], 0.1 * (time // STORIES % 2))
        notice = self.notices[number % len(self.notices)] * (number % 3 == 0)
        return CorpusText(
            digest=f"{number:064x}",
            url=f"https://paper.example/{number}",
            title=" ".join(self.language.words(8)),
            text=text + notice,
            published_at=None,
        )


def page(language: Language, source: str, rng: Generator) -> str:
    """A page with 30 % of its words from the source, a quarter of them changed."""
    words = source.split()[:WORDS]
    taken = int(0.3 * WORDS)
    start = int(rng.integers(0, len(words) - taken))
    other = language.words(taken)
    copied = [
        new if rng.random() < 0.25 else old
        for old, new in zip(words[start : start + taken], other, strict=True)
    ]
    around = language.words(WORDS - taken)
    return " ".join([*around[:80], *copied, *around[80:]])


def timed(calls: Iterable[Callable[[], object]]) -> str:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for call in calls:
        begun = time.process_time()
        call()
        taken.append(1000 * (time.process_time() - begun))
    return f"{statistics.median(taken):8.2f}{statistics.quantiles(taken, n=20)[-1]:9.2f}"


def size_of(store: Store, table: str) -> int:
    """The bytes of one table with all its pages."""
    with store.connection.reading() as db:
        rows = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = ?", (table,))
        return int(rows.fetchone()[0])


def grow(store: Store, first: int, last: int, rng: Generator) -> None:
    """Random fingerprints in the name of texts ``first`` to ``last``."""
    for start in range(first, last, GROWING):
        numbers = range(start, min(start + GROWING, last))
        marks = rng.integers(-(2**47), 2**47, (len(numbers), FINGERPRINTS), dtype=np.int64)
        with store.connection.transaction() as db:
            insert_fingerprints(db, [(n + 1, own) for n, own in zip(numbers, marks, strict=True)])


def looked_up(store: Store, language: Language, sources: list[CorpusText], rng: Generator) -> None:
    """Tells the time of a look-up of a page, and how often its source comes first."""
    pages = [page(language, source.text, rng) for source in sources]
    first = [
        bool(found) and found[0].digest == source.digest
        for source, text in zip(sources, pages, strict=True)
        for found in [store.corpus.containing(text)]
    ]
    times = timed(partial(store.corpus.containing, text) for text in pages)
    print(f"  passages                      {times}   source first {statistics.fmean(first):.3f}")
    notice = next(tail for source in sources if (tail := source.text.split()[WORDS:]))
    times = timed([partial(store.corpus.containing, " ".join(notice * 6))] * 50)
    print(f"  a page of boilerplate         {times}")


def stories_looked_up(store: Store, press: Press) -> None:
    """Tells how often a story that many print is found, and in what time."""
    for what, share in (("verbatim", 0.0), ("a tenth changed", 0.1)):
        pages = [
            press.language.edit(story, share) + press.notices[n % len(press.notices)]
            for story in press.stories
            for n in range(50)
        ]
        found = [
            bool(hits) and _is_of(hits[0], n // 50)
            for n, page in enumerate(pages)
            for hits in [store.corpus.containing(page)]
        ]
        times = timed(partial(store.corpus.containing, page) for page in pages)
        print(
            f"  {f'a story of many, {what}':<30}{times}   story first {statistics.fmean(found):.3f}"
        )


def _is_of(hit: Hit, story: int) -> bool:
    time, printed = divmod(int(hit.digest, 16), APART)
    return not printed and time % STORIES == story


def words_looked_up(store: Store, sources: list[CorpusText]) -> None:
    """Tells the times of the full-text queries that a page of each source asks."""
    asked = [q for s in sources[:200] for q in queries(document(text=s.text, title=s.title))]
    for how in Match:
        chosen = [q.phrase.split() for q in asked if q.match is how]
        times = timed(partial(store.corpus.search, words, how) for words in chosen)
        print(f"  words, {how:<23}{times}   {len(chosen)} queries")


def fill(store: Store, bare: Store, press: Press, count: int) -> list[CorpusText]:
    """Adds generated texts to one store, to another their fingerprints only; some to ask for."""
    kept: list[CorpusText] = []
    adding = marking = 0.0
    for first in range(0, count, BATCH):
        batch = [press.entry(number) for number in range(first, min(first + BATCH, count))]
        begun = time.process_time()
        store.corpus.add(batch, AT)
        added = time.process_time()
        numbered = [(first + n, marks_of(entry.text)) for n, entry in enumerate(batch)]
        with bare.connection.transaction() as db:
            insert_fingerprints(db, numbered)
        adding += added - begun
        marking += time.process_time() - added
        kept += batch[1 :: max(3, count // ASKED)]
    print(f"{count:,} texts added, documents/s of CPU")
    print(f"  into fingerprints              {count / marking:8,.0f}")
    print(f"  and words, and names           {count / adding:8,.0f}")
    print(f"  fingerprints, bytes a document {size_of(store, 'fingerprints') / count:8,.0f}")
    return kept[:ASKED]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--growth", type=int, default=1_000_000)
    parser.add_argument("--folder", help="where the databases are written, some 2 GB")
    chosen = parser.parse_args()
    rng = np.random.default_rng(7)
    language = Language(rng)
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{platform.machine()}, {versions}")
    for size in (chosen.documents // 10, chosen.documents):
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            paths = [str(Path(folder) / name) for name in ("all.db", "fingerprints.db")]
            with Store.open(paths[0]) as store, Store.open(paths[1]) as bare:
                press = Press(language)
                kept = fill(store, bare, press, size)
                print(f"{'  look-up, ms':<32}{'p50':>8}{'p95':>9}")
                looked_up(store, language, kept, rng)
                stories_looked_up(store, press)
                words_looked_up(store, kept)
                if size == chosen.documents:
                    grow(store, size, chosen.growth, rng)
                    print(f"grown to {chosen.growth:,} texts")
                    looked_up(store, language, kept, rng)


if __name__ == "__main__":
    main()
