"""How well a site's furniture is told from its stories, by words, and how fast.

    python -m tests.bench.furniture [--shared DIR]

Truth: of the generated sites each word is known, as they are put together from stories (invented
words) and furniture (written by hand), each piece with its kind. Of the real texts of pages-dev
every site of three pages or more was read as a whole, and what stands on three of its pages or
more without speaking of their stories was marked by hand as furniture: ``furniture.tsv`` has page,
kind and offsets. Its ``-`` are lines that name the source of one text, dates and lists of links,
which are neither. A call to follow that stands on one or two pages was not marked: nobody can
learn it from the pages.

``found`` is the share of furniture words that are found, ``taken`` that of story words that are
called furniture; kinds in brackets are story that looks like furniture.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.boilerplate.learn import find_boilerplate, learn_boilerplate
from provenance.text.words import words
from tests.build import document
from tests.scenarios.invented import DISCLAIMER, MONTHS, NAMES, STORY, TONGUES, Page, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Kind = Callable[[list[Page], Writer], None]

    from provenance.model import Document, Span

SHARED = Path(__file__).parents[3] / "shared"
LABELS = Path(__file__).with_suffix(".tsv")
# Kinds that are story.
TRAPS = {STORY, "(copies)", "(series)", "(quotes)", "(titles of office)", "(interview)"}


@dataclass
class Tally:
    """Words by kind: how many there are, and how many were called furniture."""

    words: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, truth: Iterable[tuple[str, int, int]], found: Sequence[Span]) -> None:
        """Counts the words of a page."""
        kinds = [""] * len(text)
        inside = bytearray(len(text))
        for kind, start, end in truth:
            kinds[start:end] = [kind] * (end - start)
        for span in found:
            inside[span.start : span.end] = b"\1" * (span.end - span.start)
        for at in words(text).starts.tolist():
            self.words[kinds[at]] += 1
            self.marked[kinds[at]] += inside[at]

    def merge(self, other: Tally) -> None:
        """Adds another one."""
        self.words += other.words
        self.marked += other.marked

    def rates(self) -> tuple[float, float, float]:
        """The shares of furniture found, story taken, and of what was marked the part rightly."""
        good = [kind for kind in self.words if kind not in TRAPS and kind != "-"]
        bad = [kind for kind in self.words if kind in TRAPS]
        right, wrong = (sum(self.marked[kind] for kind in some) for some in (good, bad))
        of_good, of_bad = (sum(self.words[kind] for kind in some) for some in (good, bad))
        return (
            right / of_good if of_good else float("nan"),
            wrong / of_bad if of_bad else 0.0,
            right / (right + wrong) if right + wrong else float("nan"),
        )


def alone(pages: list[Page], writer: Writer) -> None:
    """Banners as lines, at the start, in the middle and at the end."""
    start, middle, end, *_ = writer.tongue.banners
    for page in pages:
        page.paragraphs.insert(len(page.paragraphs) // 2, [("alone", middle)])
        page.paragraphs.insert(0, [("alone", start)])
        page.paragraphs.append([("alone", end)])


def glued(pages: list[Page], writer: Writer) -> None:
    """A banner as a sentence in some paragraph."""
    for page in pages:
        row = writer.dice.choice(page.paragraphs[1:])
        row.insert(writer.dice.randrange(len(row) + 1), ("glued", writer.tongue.banners[3]))


def midway(pages: list[Page], writer: Writer) -> None:
    """A banner without its stop in the middle of a sentence, as lost markup leaves it."""
    banner = writer.tongue.banners[0].rstrip(".。")
    for page in pages:
        row = writer.dice.choice(page.paragraphs[1:])
        at = writer.dice.randrange(len(row))
        space = writer.tongue.space
        kind, sentence = row[at]
        cut = len(sentence) // 2
        if space:
            cut = sentence.find(space, cut)
        if cut > 0:
            rest = sentence[cut:].strip()
            row[at : at + 1] = [(kind, sentence[:cut]), ("midway", banner), (kind, rest)]


def rotating(pages: list[Page], writer: Writer) -> None:
    """Each page has one banner of four, each on a fifth of the pages; the last fifth has none."""
    for number, page in enumerate(pages):
        if number % 5 < 4:
            at = writer.dice.randrange(len(page.paragraphs))
            page.paragraphs.insert(at, [("rotating", writer.tongue.banners[number % 5])])


def varying(pages: list[Page], writer: Writer) -> None:
    """Lines with numbers, dates, the page's title and names in them."""
    dice = writer.dice
    for page in pages:
        day = f"{dice.randrange(1, 29)} {dice.choice(MONTHS)} 20{dice.randrange(18, 27)}"
        page.paragraphs[:0] = [
            [("numbers", f"Online readers: {dice.randrange(20, 900)} (random number)")],
            [("dates", f"Published on {day} at {dice.randrange(24)}:{dice.randrange(10, 60)}")],
        ]
        page.paragraphs += [
            [("names", f"Follow {dice.choice(NAMES)} on the harbour wire")],
            [("title", f"The post {page.title} appeared first on The Lantern Post.")],
        ]


def disclaimers(pages: list[Page], writer: Writer) -> None:
    """Some 170 words at the end of every second page."""
    for page in pages[::2]:
        page.paragraphs.append([("disclaimer", DISCLAIMER)])


def agency(pages: list[Page], writer: Writer) -> None:
    """What a wire puts under its copy, with other names each time."""
    dice = writer.dice
    for page in pages[::2]:
        one, other = dice.sample(NAMES, 2)
        page.paragraphs += [
            [("agency", f"(Reporting by {one} in Quayside; Editing by {other})")],
            [("agency", f"© 20{dice.randrange(10, 27)} Wirefold. No part of it may be sold.")],
        ]


def biographies(pages: list[Page], writer: Writer) -> None:
    """Who wrote it: six authors."""
    for page in pages:
        at = writer.dice.randrange(len(NAMES))
        beat = ("the harbour", "schools", "courts and prisons", "weather", "money", "books")[at]
        told = f"{NAMES[at]} writes about {beat} for the Lantern Post and lives above a bakery."
        page.paragraphs.append([("biography", told)])


def recipes(pages: list[Page], writer: Writer) -> None:
    """A form that every page fills in."""
    dice = writer.dice
    for page in pages:
        for asked in ("Preparation: {} minutes", "Cooking: {} minutes", "Serves: {} people"):
            page.paragraphs.insert(1, [("form", asked.format(dice.randrange(2, 60)))])
        page.paragraphs.insert(1, [("form", "Ingredients")])
        page.paragraphs.append([("form", "How we rate: five spoons is the best there is.")])


def copies(pages: list[Page], writer: Writer) -> None:
    """Every tenth page stands under three more addresses, with a first line of its own."""
    for number in range(0, len(pages), 10):
        source = pages[number]
        for copy in pages[number + 1 : number + 4]:
            first = copy.paragraphs[0]
            rows = [[("(copies)", text) for _, text in row] for row in source.paragraphs]
            copy.paragraphs[:] = [first, *rows]


def series(pages: list[Page], writer: Writer) -> None:
    """Six pages of one subject, a third of all at most, begin with the same words."""
    subject = writer.subject()
    told = [writer.dice.choice(subject[:6]) for _ in range(5)]
    words_of_it = writer.sentence(subject, 18)[:-1] + writer.tongue.space.join(["", *told])
    for number in range(min(len(pages) // 3, 6)):
        other = writer.page([*subject, *writer.subject()[:4]], len(pages[number].paragraphs))
        pages[number].paragraphs[:] = [
            [("(series)", f"{words_of_it}{writer.tongue.stop}")],
            *other.paragraphs,
        ]


def quotes(pages: list[Page], writer: Writer) -> None:
    """On every twelfth page, and three at least, the same person says the same."""
    subject = writer.subject()
    speech = writer.speech(subject, writer.sentence(subject, 18))
    for page in pages[:: min(12, max(1, len(pages) // 3))]:
        row = writer.dice.choice(page.paragraphs)
        row.append(("(quotes)", speech))
        page.paragraphs.append([(STORY, writer.sentence(subject))])


def offices(pages: list[Page], writer: Writer) -> None:
    """On a fifth of the pages, in mid-sentence, somebody with a long title."""
    title = writer.tongue.space.join((*writer.words(6, writer.subject()), writer.name()))
    name = title.split(writer.tongue.space or None)[-1]
    for page in pages[::5]:
        rest = writer.sentence([name], 6)
        told = f"{writer.sentence([name], 5)[:-1]} {title} {rest}"
        page.paragraphs[0].append(("(titles of office)", told))
        page.paragraphs.append([(STORY, writer.sentence([name], 14))])


def interview(pages: list[Page], writer: Writer) -> None:
    """Every sixth page asks short questions, some of them the same."""
    asked = [f"{writer.sentence(writer.subject(), 4)[:-1]}?" for _ in range(40)]
    for page in pages[::6]:
        rows = [
            ([("(interview)", writer.dice.choice(asked))], pieces) for pieces in page.paragraphs
        ]
        page.paragraphs[:] = [row for pair in rows for row in pair]


KINDS = (
    *(alone, glued, midway, rotating, varying, disclaimers, agency, biographies, recipes),
    *(copies, series, quotes, offices, interview),
)
# What a site of one kind of all sorts has.
MIXED = (copies, series, quotes, alone, glued, rotating, varying, disclaimers, biographies)


def site(seed: int, count: int, tongue: str, kinds: Iterable[Kind]) -> list[Page]:
    """A site of so many pages."""
    writer = Writer(TONGUES[tongue], random.Random(f"{seed} {tongue}"))
    pages = [writer.page(writer.subject(), writer.dice.randrange(6, 16)) for _ in range(count)]
    for kind in kinds:
        kind(pages, writer)
    order = list(pages)
    writer.dice.shuffle(order)
    return order


def measured(pages: Sequence[Page]) -> Tally:
    """What is found on a site when all its pages are learned from."""
    tally = Tally()
    written = [(page.title, *page.text()) for page in pages]
    habits = learn_boilerplate(document(text=text, title=title) for title, text, _ in written)
    for title, text, truth in written:
        tally.add(text, truth, find_boilerplate(text, habits, title))
    return tally


def generated() -> Tally:
    """Prints what is found on generated sites, by kind, size and language; all sorts together."""
    total = Tally()
    print(f"{'site':<40}{'found':>8}{'taken':>8}{'right':>8}")
    for kind in KINDS:
        for count in (5, 10, 30, 200):
            sites = [site(seed, count, "en", (kind,)) for seed in range(3 if count < 200 else 1)]
            line(f"{kind.__name__}, {count} pages", _all(sites))
    for count in (5, 10, 30, 200, 2000):
        sites = [site(seed, count, "en", MIXED) for seed in range(5 if count < 200 else 1)]
        tally = _all(sites)
        line(f"all sorts, {count} pages", tally)
        total.merge(tally)
    for tongue in TONGUES:
        tally = _all([site(100 + seed, 40, tongue, (*MIXED[:6], midway)) for seed in range(4)])
        line(f"all sorts, 40 pages, {tongue}", tally)
        total.merge(tally)
    for name in sorted(set(total.words) - {STORY}):
        print(f"    {name:<36}{total.marked[name] / total.words[name]:>8.3f}")
    return total


def _all(sites: Iterable[Sequence[Page]]) -> Tally:
    total = Tally()
    for pages in sites:
        total.merge(measured(pages))
    return total


def real(shared: Path) -> Tally:
    """Prints what is found on the sites of pages-dev with three pages or more."""
    total = Tally()
    sites = defaultdict[str, list[dict[str, str]]](list)
    with gzip.open(shared / "pages-dev" / "pages.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            sites[row["site"].split(":")[0]].append(row)
    labels = defaultdict[str, list[tuple[str, int, int]]](list)
    for label, kind, start, end in map(str.split, LABELS.read_text("utf-8").splitlines()):
        labels[label].append((kind, int(start), int(end)))
    for name, pages in sites.items():
        if len(pages) < 3:
            continue
        tally = Tally()
        habits = learn_boilerplate(
            document(text=page["text"], title=page["title"]) for page in pages
        )
        for page in pages:
            found = find_boilerplate(page["text"], habits, page["title"] or "")
            tally.add(page["text"], labels[page["id"]], found)
        line(f"{name}, {len(pages)} pages", tally)
        total.merge(tally)
    return total


def line(name: str, tally: Tally) -> None:
    """Prints a row of the table."""
    print(f"{name:<40}" + "".join(f"{rate:>8.3f}" for rate in tally.rates()), flush=True)


def timed() -> None:
    """Prints how long it takes to learn from 200 pages of 6 kB and to mark one."""
    pages: list[Document] = []
    for made in site(1, 200, "en", MIXED):
        text = made.text()[0]
        pages.append(document(text=(text * (6000 // len(text) + 1))[:6000], title=made.title))
    learn_boilerplate(pages[:20])
    begun = time.process_time()
    habits = learn_boilerplate(pages)
    print(f"learning from 200 pages of 6 kB {time.process_time() - begun:16.3f} s")
    begun = time.process_time()
    for page in pages:
        words(page.text)
    read = (time.process_time() - begun) / len(pages)
    begun = time.process_time()
    for page in pages:
        find_boilerplate(page.text, habits, page.title or "")
    each = (time.process_time() - begun) / len(pages)
    print(f"marking one of them {1e3 * each:28.3f} ms, its words {1e3 * read:.3f} of it")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=os.environ.get("PROVENANCE_SHARED", SHARED))
    shared = parser.parse_args().shared
    line("generated sites", generated())
    if (shared / "pages-dev").is_dir():
        line("sites of pages-dev", real(shared))
    timed()


if __name__ == "__main__":
    main()
