from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from provenance.errors import StoreError
from provenance.model import Match
from provenance.text.shingles import COMMON
from provenance.world.store import Store
from provenance.world.store.corpus import CorpusText
from tests.build import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = [
    f"{a}{b}{c}" for a in "bdfgklm" for b in ("ar", "el", "or", "un") for c in ("ta", "mi", "so")
]


def story(seed: int, length: int = 240) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def entry(number: int, text: str | None = None) -> CorpusText:
    return CorpusText(
        digest=f"{number:064x}",
        url=f"https://paper.example/{number}",
        title=f"Story {number}",
        text=text or story(number),
        published_at=None,
    )


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        opened.corpus.add([entry(number) for number in range(60)], NOON)
        yield opened


def test_a_page_that_takes_a_third_from_one_text_with_edits_finds_it(store: Store) -> None:
    rng = random.Random(1)
    edited = [w if rng.random() > 0.25 else rng.choice(WORDS) for w in story(7).split()]
    page = " ".join([story(901, 280), " ".join(edited), story(902, 280)])
    assert store.corpus.containing(page)[0].url == "https://paper.example/7"


def test_any_ten_words_in_a_row_are_found(store: Store) -> None:
    words = story(23).split()
    for start in (0, 100, 230):
        found = store.corpus.containing(" ".join(words[start : start + 10]))
        assert found[0].digest == f"{23:064x}"
        assert found[0].share > 0


def test_an_unrelated_text_finds_nothing(store: Store) -> None:
    assert store.corpus.containing(" ".join(f"word{n}" for n in range(300))) == ()
    assert store.corpus.containing("too short") == ()


def test_a_text_of_many_pages_points_at_none_of_them(store: Store) -> None:
    crowd = [entry(1000 + n, f"{story(1000 + n)} {NOTICE}") for n in range(COMMON + 1)]
    store.corpus.add(crowd, NOON)
    assert store.corpus.containing(NOTICE) == ()


NOTICE = "all rights are reserved by the harbour board and may not be sold on without its leave"


def edit(text: str, share: float, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(w if rng.random() > share else rng.choice(WORDS) for w in text.split())


@pytest.fixture(scope="module")
def printed() -> Iterator[Store]:
    """Two stories that 400 texts print each, one with edits; a notice on 350 texts, stories too."""
    with Store.open(None) as opened:
        crowd = [entry(1000 + n, story(900) + f"\n{NOTICE}" * (n < 100)) for n in range(400)]
        crowd += [entry(2000 + n, edit(story(901), 0.1, n)) for n in range(400)]
        crowd += [entry(3000 + n, f"{story(3000 + n)}\n{NOTICE}") for n in range(250)]
        random.Random(5).shuffle(crowd)
        opened.corpus.add(crowd, NOON)
        yield opened


@pytest.mark.parametrize("changed", [0.0, 0.1])
@pytest.mark.parametrize(("number", "family"), [(900, range(1000, 1400)), (901, range(2000, 2400))])
def test_a_story_that_400_texts_print_is_found(
    printed: Store, number: int, family: range, changed: float
) -> None:
    for seed in range(50):
        page = f"{edit(story(number), changed, 5000 + seed)} {NOTICE}"
        hits = printed.corpus.containing(page)
        assert len(hits) == 10
        assert {int(hit.digest, 16) for hit in hits} <= set(family)
        assert hits[0].share > 0.3


def test_a_fifth_of_a_story_that_400_texts_print_is_enough(printed: Store) -> None:
    excerpt = " ".join(story(900).split()[100:150])
    hits = printed.corpus.containing(f"{story(7000)} {excerpt} {story(7001)}")
    assert int(hits[0].digest, 16) in range(1000, 1400)


def test_a_notice_on_stories_and_other_texts_alike_points_at_nothing(printed: Store) -> None:
    own = printed.corpus.containing(f"{story(7002)}\n{NOTICE}")
    assert own == ()


def test_one_sentence_of_a_long_page_finds_its_text(store: Store) -> None:
    taken = " ".join(story(31).split()[50:70])
    page = " ".join([story(903, 6000), taken, story(904, 6000)])
    assert store.corpus.containing(page)[0].digest == f"{31:064x}"


def test_fingerprints_of_another_make_are_refused_until_the_texts_are_added_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(store.corpus.digests()) == 60
    monkeypatch.setattr("provenance.world.store.corpus.MAKE", "another")
    with pytest.raises(StoreError, match="corpus rebuild"):
        store.corpus.containing(story(7))
    with pytest.raises(StoreError, match="corpus rebuild"):
        store.corpus.add([entry(61)], NOON)
    assert store.corpus.replace([[entry(7)], [entry(8), entry(7)]], NOON) == 2
    assert len(store.corpus.search(["Story"], Match.ALL)) == 2
    assert [hit.digest for hit in store.corpus.containing(story(7))] == [f"{7:064x}"]
    assert store.corpus.containing(story(9)) == ()


def test_texts_are_replaced_all_or_none(store: Store) -> None:
    def stopped() -> Iterator[list[CorpusText]]:
        yield [entry(7)]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.corpus.replace(stopped(), NOON)
    assert store.corpus.size()[0] == 60
    assert store.corpus.containing(story(9))[0].digest == f"{9:064x}"


def test_the_rarest_words_are_asked_for_where_all_are_too_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.world.store.corpus._RANKED", 3)
    [found] = store.corpus.search(["Story", "17", "Ñowhere"], Match.ANY)
    assert found.title == "Story 17"


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    assert store.corpus.add([entry(5), entry(61)], NOON) == 1
    assert store.corpus.size()[0] == 61


@pytest.mark.parametrize(
    ("words", "how", "found"),
    [
        (story(3).split()[10:14], Match.PHRASE, True),
        (list(reversed(story(3).split()[10:14])), Match.PHRASE, False),
        (list(reversed(story(3).split()[10:14])), Match.ALL, True),
        (["Story"], Match.ALL, True),
        (["Story", "nowhere"], Match.ALL, False),
        (["Story", "nowhere"], Match.ANY, True),
        (['"', "'", "AND", "NEAR(", "*", "\x00"], Match.ALL, False),
        ([], Match.ANY, False),
    ],
)
def test_words_are_found_together_or_in_a_row(
    store: Store,
    words: list[str],
    how: Match,
    found: bool,
) -> None:
    assert bool(store.corpus.search(words, how)) is found
