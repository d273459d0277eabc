"""Texts found by what they state, and the vectors of their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance.model import Fact, FactKind
from provenance.text.page_facts import text_facts
from provenance.world.store import Store
from provenance.world.store.corpus import CorpusText
from provenance.world.store.facts import hash_fact
from provenance.world.store.forgetting import Forgetting
from tests.build import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

GERMAN = (
    "Am 14. März endet nach 112 Jahren die Fähre von Sandholm nach Vestrup. Ingrid Halvorsen nennt "
    "das einen Schlag, denn zuletzt fuhren 2.300 Menschen; die Brücke kostet 1,4 Millionen Kronen."
)
TEXTS = {
    "ferry": "Ingrid Halvorsen said the ferry from Sandholm to Vestrup ends on 14 March after 112 "
    "years. It carried 2,300 people. A bridge would cost 1.4 million crowns.",
    "school": "The school in Sandholm has 230 pupils, said Ingrid Moe on 3 May. It opened in 1931.",
    "mill": "The old mill at Kestrel Weir burned down; 14 engines came, and nobody was hurt.",
}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        opened.corpus.add([text(name) for name in TEXTS], NOON)
        yield opened


def text(name: str) -> CorpusText:
    return CorpusText(
        digest=name,
        url=f"https://{name}.example/",
        title=name,
        text=TEXTS[name],
        published_at=None,
        facts=tuple(dict.fromkeys(map(hash_fact, text_facts(TEXTS[name])))),
    )


def test_a_text_is_found_by_what_it_states_in_another_language(store: Store) -> None:
    first, *others = store.facts.stating(text_facts(GERMAN))
    assert (first.digest, first.url) == ("ferry", "https://ferry.example/")
    assert first.shared >= 8
    assert first.share > 0.5
    assert all(other.share < first.share / 3 for other in others)


def test_a_text_that_states_nothing_finds_nothing(store: Store) -> None:
    assert store.facts.stating(()) == ()
    unknown = Fact(kind=FactKind.NUMBER, key="987654", written="987,654")
    assert store.facts.stating([unknown]) == ()


def test_a_fact_that_very_many_texts_state_points_at_none(store: Store) -> None:
    facts = (hash_fact(Fact(kind=FactKind.NUMBER, key="4711", written="4711")),)
    store.corpus.add(
        [
            CorpusText(
                digest=f"{n}", url=None, title="", text="4711", published_at=None, facts=facts
            )
            for n in range(201)
        ],
        NOON,
    )
    assert store.facts.stating(text_facts("Es waren 4711.")) == ()


def test_vectors_are_kept_by_digest_and_make(store: Store) -> None:
    store.facts.keep_vectors("ferry", "one", b"\1\2")
    assert store.facts.vectors("ferry", "one") == b"\1\2"
    assert store.facts.vectors("ferry", "two") is None
    store.facts.keep_vectors("ferry", "two", b"\3")
    assert store.facts.vectors("ferry", "one") is None
    store.facts.keep_vectors("no such text", "two", b"\4")
    assert store.facts.vectors("no such text", "two") is None


def test_facts_and_vectors_are_forgotten_with_their_text(store: Store) -> None:
    store.facts.keep_vectors("ferry", "one", b"\1")
    store.corpus.mark_given(TEXTS)
    Forgetting(store).named(["https://ferry.example/"])
    store.corpus.replace([[text("school"), text("mill")]], NOON)
    assert store.facts.vectors("ferry", "one") is None
    assert "ferry" not in {found.digest for found in store.facts.stating(text_facts(GERMAN))}
    with store.connection.reading() as db:
        kept = {number for (number,) in db.execute("SELECT DISTINCT document_id FROM facts")}
        assert kept <= {number for (number,) in db.execute("SELECT id FROM documents")}
