from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.locate import queries
from provenance.model import Match
from tests.build import document

STORY = """\
The harbour commissioners voted late on Tuesday to close the eastern breakwater to fishing boats.

Councillor Margarethe Ollendorf called the decision a needless humiliation of working families, \
while Admiral Fenwick Tarrant and the engineer Isolde Brackenbury defended it before the chamber.

Nobody who watched the crumbling masonry through the winter storms should pretend surprise today.
"""


def test_the_first_rungs_are_telling_words_a_rare_phrase_and_three_names() -> None:
    telling, *ladder = queries(document(text=STORY, title="Close the breakwater, and say why"))
    assert telling.match is Match.ANY
    assert {"breakwater", "ollendorf"} <= set(telling.phrase.split())
    assert ladder[0].exact
    assert len(ladder[0].phrase.split()) == 8
    assert ladder[0].phrase in " ".join(STORY.split())
    assert ladder[1].match is Match.ALL
    assert set(ladder[1].phrase.split()) <= {
        "Margarethe",
        "Ollendorf",
        "Admiral",
        "Fenwick",
        "Tarrant",
        "Isolde",
        "Brackenbury",
        "Tuesday",
    }
    assert any(query.why == "the headline" for query in ladder)


def test_a_text_without_a_run_of_words_gives_no_phrase() -> None:
    assert queries(document(text="One. Two. Three.")) == ()


@given(st.text(max_size=2000), st.integers(min_value=1, max_value=8))
def test_phrases_stand_in_the_text_word_for_word(text: str, limit: int) -> None:
    ladder = queries(document(text=text), limit=limit)
    assert len(ladder) <= limit
    assert len({(query.phrase, query.match) for query in ladder}) == len(ladder)
    for query in ladder:
        assert not query.exact or query.phrase in text
