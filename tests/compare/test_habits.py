"""A site's furniture is learned from its pages, and its stories are not taken for it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from provenance.compare.habits import bare_title, learn, line_key
from provenance.model.audit import Habits
from tests.build import document
from tests.servers.magazine import story

if TYPE_CHECKING:
    from provenance.model import Document

_LINES = (
    "Join our channel for news at any hour.",
    "More from the harbour desk",
    "Tell us what you saw: write to the night editor.",
    "Printed in {n} towns since the great flood.",
    "Readers also opened these pages today",
    "Follow the quay on every wire you own",
)


def site(seed: int, pages: int = 30) -> tuple[list[Document], set[str], set[str]]:
    """Pages with three lines of furniture each, numbers varying; furniture and story lines."""
    dice = random.Random(seed)
    chosen = dice.sample(_LINES, 3)
    found, furniture, stories = [], set[str](), set[str]()
    for number in range(pages):
        lines = story(seed * 1000 + number, 5)
        put = [line.format(n=dice.randrange(3, 90)) for line in chosen]
        furniture |= {line_key(line) for line in put}
        stories |= {line_key(line) for line in lines}
        text = [lines[0], put[0], *lines[1:], *put[1:]]
        found.append(document(text="\n".join(text), title=f"CITY: page {number} of {seed}"))
    return found, furniture, stories


@pytest.mark.parametrize("seed", range(8))
def test_furniture_is_found_and_stories_are_not(seed: int) -> None:
    pages, furniture, stories = site(seed)
    found = learn(pages).lines
    assert sum(len(key.split()) for key in found & furniture) >= 0.95 * sum(
        len(key.split()) for key in furniture
    )
    assert sum(len(key.split()) for key in found & stories) <= 0.01 * sum(
        len(key.split()) for key in stories
    )


def test_copies_of_one_story_are_no_furniture() -> None:
    short = [f"A short line number {word} of the tale." for word in ("one", "two", "three", "four")]
    copies = [document(text="\n".join([*short, f"Copy {n}."])) for n in range(6)]
    others = [document(text="\n".join(story(n))) for n in range(10)]
    assert not learn([*copies, *others]).lines & {line_key(line) for line in short}


def test_of_two_pages_nothing_is_learned() -> None:
    pages, _, _ = site(3, pages=2)
    assert learn(pages) == Habits()


def test_a_headline_prefix_is_left_out_and_a_first_word_is_not() -> None:
    pages, _, _ = site(1)
    habits = learn(pages)
    assert habits.prefixes == ("CITY:",)
    assert bare_title("CITY: page 4", habits) == "page 4"
    assert bare_title("Weather: page 4", habits) == "Weather: page 4"
