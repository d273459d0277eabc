"""A site's furniture is learned from its pages, and its stories are not taken for it."""

from __future__ import annotations

import random
import re
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.boilerplate.learn import (
    find_boilerplate,
    learn_boilerplate,
    remove_boilerplate,
    split_title,
)
from provenance.model.audit import SiteBoilerplate
from tests.build import document
from tests.scenarios.invented import TONGUES, Writer
from tests.servers.magazine import story

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Document

_LINES = (
    "Join our channel for news at any hour.",
    "More from the harbour desk",
    "Tell us what you saw: write to the night editor.",
    "Printed in {n} towns since the great flood.",
    "Readers also opened these pages today",
    "Follow the quay on every wire you own",
)


def site(seed: int, pages: int = 30) -> list[tuple[Document, list[str]]]:
    """Pages with three lines of furniture each, numbers varying, and what these are."""
    dice = random.Random(seed)
    chosen = dice.sample(_LINES, 3)
    found = []
    for number in range(pages):
        lines = story(seed * 1000 + number, 5)
        put = [line.format(n=dice.randrange(3, 90)) for line in chosen]
        text = "\n".join([lines[0], put[0], *lines[1:], *put[1:]])
        found.append((document(text=text, title=f"CITY: page {number} of {seed}"), put))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_furniture_is_found_and_stories_are_not(seed: int) -> None:
    pages = site(seed)
    habits = learn_boilerplate(page for page, _ in pages)
    for page, put in pages:
        found = [
            page.text[s.start : s.end]
            for s in find_boilerplate(page.text, habits, page.title or "")
        ]
        assert found == put


def test_copies_of_one_story_are_no_furniture() -> None:
    short = [f"A short line number {word} of the tale." for word in ("one", "two", "three", "four")]
    copies = [document(text="\n".join([*short, f"Copy {n}."])) for n in range(6)]
    others = [document(text="\n".join(story(n))) for n in range(10)]
    assert learn_boilerplate([*copies, *others]) == SiteBoilerplate()


def test_of_two_pages_nothing_is_learned() -> None:
    assert learn_boilerplate(page for page, _ in site(3, pages=2)) == SiteBoilerplate()


def test_a_headline_prefix_is_left_out_and_a_first_word_is_not() -> None:
    habits = learn_boilerplate(page for page, _ in site(1))
    assert habits.prefixes == ("CITY:",)
    assert split_title("CITY: page 4", habits)[1] == "page 4"
    assert split_title("Weather: page 4", habits)[1] == "Weather: page 4"


def paper(seed: int, pages: int, put: Callable[[Random, list[str], str], None]) -> list[Document]:
    """A site of invented stories; ``put`` puts something into a page's lines, given its title."""
    writer = Writer(TONGUES["en"], Random(seed))
    found = []
    for _ in range(pages):
        page = writer.page(writer.subject(), 6)
        lines = page.text()[0].splitlines()
        put(writer.dice, lines, page.title)
        found.append(document(text="\n".join(lines), title=page.title))
    return found


def marked(pages: list[Document], at: int = 0) -> list[str]:
    """What is marked on one of the pages when all are learned from."""
    text, title = pages[at].text, pages[at].title or ""
    return [
        text[span.start : span.end]
        for span in find_boilerplate(text, learn_boilerplate(pages), title)
    ]


BANNER = "Join our evening channel and never miss a story."


def glue_sentence(dice: Random, lines: list[str], _: str) -> None:
    at = dice.randrange(1, len(lines))
    first, *rest = lines[at].split(". ")
    lines[at] = ". ".join([first, BANNER[:-1], *rest])


def glue_midway(dice: Random, lines: list[str], _: str) -> None:
    at = dice.randrange(1, len(lines))
    words = lines[at].split()
    lines[at] = " ".join([*words[:3], BANNER[:-1], *words[3:]])


def of_one_in_five(dice: Random, lines: list[str], title: str) -> None:
    if sum(map(ord, title)) % 5 == 0:
        lines.insert(dice.randrange(len(lines)), BANNER)


def put_title(dice: Random, lines: list[str], title: str) -> None:
    lines.append(f"The post {title} appeared first on The Lantern Post.")


def put_date(dice: Random, lines: list[str], _: str) -> None:
    month = dice.choice(("March", "June", "August", "November"))
    lines.insert(0, f"Published on {dice.randrange(1, 29)} {month} 2026 at {dice.randrange(24)}:05")


def put_name(dice: Random, lines: list[str], _: str) -> None:
    lines.append(f"Follow {dice.choice(('Ines Halloran', 'Odo Wren', 'Mara'))} on the harbour wire")


def put_label(_: Random, lines: list[str], __: str) -> None:
    lines[0] = f"HARBOUR NEWS: {lines[0]}"


def put_aside(dice: Random, lines: list[str], _: str) -> None:
    one, other = dice.sample(("Ines Halloran", "Odo Wren", "Mara Quill", "Selma Brandt"), 2)
    lines.append(f"(Reporting by {one} in Quayside; Editing by {other})")


def put_field(dice: Random, lines: list[str], _: str) -> None:
    lines.append(f"Pictures: {dice.choice(('Ines Halloran', 'Odo Wren', 'a reader'))}")


@pytest.mark.parametrize(
    ("put", "wanted"),
    [
        (glue_sentence, r"Join our evening channel and never miss a story\."),
        (glue_midway, r"Join our evening channel and never miss a story"),
        (put_title, r"The post .* appeared first on The Lantern Post\."),
        (put_date, r"Published on \d+ \w+ 2026 at \d+:05"),
        (put_name, r"Follow .* on the harbour wire"),
        (put_label, r"HARBOUR NEWS:"),
        (put_aside, r"\(Reporting by .*\)"),
        (put_field, r"Pictures: .*"),
    ],
)
def test_what_every_page_has_is_marked_where_it_stands(
    put: Callable[[Random, list[str], str], None], wanted: str
) -> None:
    pages = paper(4, 24, put)
    for at in (0, 7, 23):
        (found,) = marked(pages, at)
        assert re.fullmatch(wanted, found)


def test_a_banner_of_some_pages_is_marked_on_these() -> None:
    pages = paper(5, 60, of_one_in_five)
    having = [page for page in pages if BANNER in page.text]
    assert 3 <= len(having) <= 30
    habits = learn_boilerplate(pages)
    assert habits.shown == (BANNER,)
    for page in pages:
        found = find_boilerplate(page.text, habits, page.title or "")
        assert len(found) == (page in having)


@pytest.mark.parametrize("name", ["zh", "ja", "ar", "ru"])
def test_banners_are_found_in_other_scripts(name: str) -> None:
    writer = Writer(TONGUES[name], Random(1))
    banner = TONGUES[name].banners[0]
    pages = []
    for _ in range(20):
        page = writer.page(writer.subject(), 5)
        page.paragraphs[2].insert(1, ("", banner))
        pages.append(document(text=page.text()[0], title=page.title))
    assert marked(pages, 3) == [banner]


def test_the_same_speech_on_many_pages_is_story() -> None:
    writer = Writer(TONGUES["en"], Random(2))
    minister = writer.subject()
    speech = writer.speech(minister, writer.sentence(minister, 16))
    pages = []
    for number in range(40):
        page = writer.page(writer.subject(), 6)
        if number % 5 == 0:
            page.paragraphs[3].append(("", speech))
        pages.append(document(text=page.text()[0], title=page.title))
    assert marked(pages, 0) == []


def test_what_a_series_begins_with_is_story() -> None:
    writer = Writer(TONGUES["en"], Random(3))
    subject = writer.subject()
    opening = f"{' '.join(subject[:5])} {writer.sentence(subject, 12)}"
    pages = []
    for number in range(60):
        page = writer.page(subject if number < 6 else writer.subject(), 6)
        if number < 6:
            page.paragraphs.insert(0, [("", opening)])
        pages.append(document(text=page.text()[0], title=page.title))
    assert marked(pages, 0) == []


def test_what_is_shown_is_the_most_frequent_first_and_each_once() -> None:
    def put(dice: Random, lines: list[str], title: str) -> None:
        lines.append(f"Read by {dice.randrange(10, 99)} people on the quay today")
        of_one_in_five(dice, lines, title)
        lines.append("Like our page. Write to the night desk at any hour of the night.")

    shown = learn_boilerplate(paper(9, 60, put)).shown
    assert len(shown) == 3
    assert re.fullmatch(r"Read by \d+ people on the quay today", shown[1])
    assert shown[2] == BANNER


def test_spans_of_lines_leave_the_space_around_them() -> None:
    pages = paper(6, 12, lambda _, lines, __: lines.insert(2, f"  » {BANNER} «  "))
    (found,) = marked(pages, 5)
    assert found == f"» {BANNER} «"


def test_a_text_is_given_without_its_furniture() -> None:
    pages = paper(7, 12, glue_sentence)
    text = pages[0].text
    left = remove_boilerplate(text, learn_boilerplate(pages), pages[0].title or "")
    assert BANNER[:-1] not in left
    assert left.split() == text.replace(BANNER, "").split()


def test_a_headline_that_stands_in_the_text_is_no_furniture() -> None:
    pages = paper(8, 20, lambda _, lines, title: lines.insert(0, title))
    assert learn_boilerplate(pages) == SiteBoilerplate()


_WORD = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=3)
_TEXT = st.lists(st.lists(_WORD, min_size=1, max_size=6).map(" ".join), max_size=8).map("\n".join)
_SITE = st.lists(_TEXT, max_size=8)


@settings(max_examples=40, deadline=None)
@given(_SITE, st.randoms(use_true_random=False))
def test_the_order_of_the_pages_does_not_matter(texts: list[str], dice: Random) -> None:
    pages = [document(text=f"{BANNER}\n{text}") for text in texts]
    shuffled = list(pages)
    dice.shuffle(shuffled)
    assert learn_boilerplate(pages) == learn_boilerplate(shuffled)


@settings(max_examples=40, deadline=None)
@given(_SITE, st.integers(0, 7))
def test_a_second_copy_of_a_page_teaches_nothing(texts: list[str], which: int) -> None:
    pages = [document(text=f"{BANNER}\n{text}") for text in texts]
    assert learn_boilerplate(pages) == learn_boilerplate([*pages, *pages[which : which + 1]])


@settings(max_examples=40, deadline=None)
@given(_SITE)
def test_a_line_of_words_that_no_other_page_has_is_story(texts: list[str]) -> None:
    own = "Qualm zephyr Ottoline quincunx vext jabot"
    pages = [document(text=f"{BANNER}\n{text}") for text in texts]
    text = f"{BANNER}\n{own}\n{BANNER}"
    habits = learn_boilerplate([*pages, document(text=text)])
    start = text.index(own)
    for span in find_boilerplate(text, habits):
        assert span.end <= start or span.start >= start + len(own)


@settings(max_examples=40, deadline=None)
@given(_SITE, st.text(max_size=200), st.text(max_size=40))
def test_spans_are_in_order_and_within_lines(texts: list[str], text: str, title: str) -> None:
    pages = [document(text=f"{BANNER}\n{other}") for other in texts]
    habits, whole, done = learn_boilerplate(pages), f"{text}\n{BANNER}\n{text}", 0
    for span in find_boilerplate(whole, habits, title):
        assert done <= span.start < span.end <= len(whole)
        found = whole[span.start : span.end]
        assert "\n" not in found
        assert found == found.strip()
        done = span.end
