"""What a site puts around its headlines is told from what the headlines are about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.boilerplate.headings import learn_endings, learn_openings, split_headline

_HEADLINES = (
    "Ferry strike enters a third week",
    "Council sells the old bell foundry",
    "Two glaziers rescued from a chimney",
    "Beekeepers ask for quieter trams",
    "Lamp office reopens after the flood",
    "Night porter wins the regatta",
    "Museum returns a portrait of nobody",
    "Water bailiff resigns over a swan",
)
_TEXTS = tuple(f"{title.lower()}, the clerk wrote on a wet Tuesday." for title in _HEADLINES)


@pytest.mark.parametrize(
    "prefix", ["POLITICS:", "Breaking -", "[VIDEO]", "【速報】", "#Harbour |", "Опрос:", "独家："]
)
def test_openings_are_learned_and_left_out(prefix: str) -> None:
    titles = [f"{prefix} {title}" for title in _HEADLINES]
    assert learn_openings(titles, _TEXTS) == (prefix,)
    assert split_headline(titles[3], (prefix,), ()) == (prefix, _HEADLINES[3], "")


@pytest.mark.parametrize(
    "suffix",
    ["| The Lantern Post", "- Lantern", "[VIDEO]", "(photos)", "【写真】", "_灯笼邮报"],
)
def test_endings_are_learned_and_left_out(suffix: str) -> None:
    titles = [f"{title} {suffix}" for title in _HEADLINES]
    assert learn_endings(titles, _TEXTS) == (suffix,)
    assert split_headline(titles[3], (), (suffix,)) == ("", _HEADLINES[3], suffix)


def test_two_openings_and_two_endings_are_left_out() -> None:
    titles = [f"BREAKING - CITY: {title} [VIDEO] | Lantern" for title in _HEADLINES]
    prefixes, suffixes = learn_openings(titles, _TEXTS), learn_endings(titles, _TEXTS)
    assert prefixes == ("BREAKING -", "CITY:")
    assert suffixes == ("[VIDEO]", "| Lantern")
    found = split_headline(titles[0], prefixes, suffixes)
    assert found == ("BREAKING - CITY:", _HEADLINES[0], "[VIDEO] | Lantern")


def test_what_stories_are_about_is_part_of_their_headlines() -> None:
    told = ("what we know", "the week in pictures", "who will pay", "a life in letters")
    titles = [*(f"Fenmark: {rest}" for rest in told), *_HEADLINES]
    texts = [*(f"In Fenmark it rained; {rest}." for rest in told), *_TEXTS]
    assert learn_openings(titles, texts) == ()
    labelled = [title.replace("Fenmark", "Opinion") for title in titles]
    assert learn_openings(labelled, texts) == ("Opinion:",)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_few_headlines_have_is_not_learned(count: int) -> None:
    titles = [f"CITY: {title} | Lantern" for title in _HEADLINES[:count]]
    titles += _HEADLINES[count:]
    assert learn_openings(titles, _TEXTS) == ()
    assert learn_endings(titles, _TEXTS) == ()


def test_one_headline_on_many_pages_has_no_prefix() -> None:
    titles = ["CITY: the ferry strike"] * 5 + list(_HEADLINES)
    assert learn_openings(titles, ["text"] * len(titles)) == ()


@pytest.mark.parametrize("title", ["CITY:", "CITY: ", "| Lantern", "CITY: | Lantern", "", " "])
def test_a_title_is_never_left_empty(title: str) -> None:
    assert bool(split_headline(title, ("CITY:",), ("| Lantern",))[1].strip()) == bool(title.strip())


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["CITY:", "[VIDEO]", "Breaking -"]))
def test_the_parts_make_up_the_title(title: str, prefix: str) -> None:
    before, own, after = split_headline(title, (prefix,), ("| Lantern", "[VIDEO]"))
    assert "".join((before + own + after).split()) == "".join(title.split())
