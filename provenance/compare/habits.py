"""What a site puts on its own pages, learned from the pages: it proves nothing about a story.

A line that stands on several pages whose other text differs is furniture; one that stands on
copies of one story is story. Numbers in it may differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model.audit import Habits
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.model import Document

# A line must stand on so many different pages, and on such a part of them.
_LEAST_PAGES, _LEAST_SHARE = 3, 0.02
# Pages that share so much of the shorter one's words are one story under two addresses.
_SAME_STORY = 0.6
_LONGEST_LINE = 120
_DIGITS = re.compile(r"\d+")
_PREFIX = re.compile(r"\s*([^\W\d_][\w'’&./ -]{1,30}?)\s*([:|»])\s+(?=\S)")
_LEAST_TITLES, _LEAST_PREFIXED = 5, 3
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Page:
    """The keys of a page's lines, each once, with their words and one spelling of them.

    ``size`` counts the words of all lines, those too long to be furniture too.
    """

    lines: dict[str, tuple[int, str]]
    size: int


def learn(documents: Iterable[Document]) -> Habits:
    """The furniture lines and headline prefixes of one site, from some of its pages.

    Of fewer than three different pages nothing is learned. Linear in the text but for lines
    that many pages share, which are what is looked for.
    """
    pages, titles = list[_Page](), list[str]()
    for document in documents:
        pages.append(_page(document.text))
        titles.append(document.title or "")
    spelled = {key: text for page in pages for key, (_, text) in page.lines.items()}
    standing = defaultdict[str, list[int]](list)
    for number, page in enumerate(pages):
        for key in page.lines:
            standing[key].append(number)
    stories = _stories(pages, standing)
    least = max(_LEAST_PAGES, round(_LEAST_SHARE * len(set(stories))))
    found = {
        key
        for key, numbers in standing.items()
        if len({stories[number] for number in numbers}) >= least
    }
    often = sorted(found, key=lambda key: (-len(standing[key]), key))
    return Habits(
        lines=frozenset(found),
        shown=tuple(spelled[key] for key in often[:_MOST_SHOWN]),
        prefixes=_prefixes(titles),
    )


def line_key(line: str) -> str:
    """What two lines of furniture have in common: their folded words, numbers alike."""
    return _DIGITS.sub("0", " ".join(words(line).keys))


def _page(text: str) -> _Page:
    spelled: dict[str, str] = {}
    for line in text.splitlines():
        if key := line_key(line):
            spelled.setdefault(key, line.strip())
    sizes = {key: key.count(" ") + 1 for key in spelled}
    lines = {key: (size, spelled[key]) for key, size in sizes.items() if size <= _LONGEST_LINE}
    return _Page(lines=lines, size=sum(sizes.values()))


def _stories(pages: Sequence[_Page], standing: dict[str, list[int]]) -> list[int]:
    """For each page the first that tells the same story: most of the shorter one's words."""
    shared = Counter[tuple[int, int]]()
    for key, numbers in standing.items():
        if len(numbers) > max(_LEAST_PAGES * 4, len(pages) // 2):
            continue  # on half of all pages: no story is
        for at, second in enumerate(numbers):
            for first in numbers[:at]:
                shared[first, second] += pages[first].lines[key][0]
    stories = list(range(len(pages)))
    for (first, second), size in sorted(shared.items()):
        least = min(pages[first].size, pages[second].size)
        if size >= _SAME_STORY * least:
            stories[second] = min(stories[second], stories[first])
    return stories


def _prefixes(titles: Sequence[str]) -> tuple[str, ...]:
    """Openings like ``POLITICS:`` that several of the site's headlines have."""
    if len(titles) < _LEAST_TITLES:
        return ()
    counts = Counter(
        f"{found[1]}{found[2]}" for title in set(titles) if (found := _PREFIX.match(title))
    )
    least = max(_LEAST_PREFIXED, round(_LEAST_SHARE * len(titles)))
    return tuple(sorted(prefix for prefix, count in counts.items() if count >= least))


def bare_title(title: str, habits: Habits) -> str:
    """A headline without the site's own prefix."""
    found = _PREFIX.match(title)
    if found and f"{found[1]}{found[2]}" in habits.prefixes:
        return title[found.end() :]
    return title
