from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.model import History, Miss, State, Witness
from provenance.render.history import headline, html, terminal
from tests.build import NOON, sighting

URL = "https://harbourpost.example/opinion/road"


def states() -> tuple[State, ...]:
    return (
        State(sighting=sighting(1, memento="https://archive.example/1"), title="Soon", words=9),
        State(
            sighting=sighting(2, memento="https://archive.example/2"),
            title="The road",
            words=127,
            remains=0.0,
            gained=1.0,
        ),
        State(sighting=sighting(3, status=200)),
        State(
            sighting=sighting(9, Witness.SELF), title="The road", words=127, remains=1.0, gained=0.0
        ),
    )


def told(**fields: Any) -> History:
    given = {
        "url": URL,
        "captures": 6,
        "states": states(),
        "deviated": False,
        "misses": (),
        "lookups": (),
        "checked_at": NOON,
    }
    return History(**{**given, **fields})


def test_each_state_is_a_numbered_row_in_both_forms() -> None:
    words, page = terminal(told()), html(told())
    for number in (1, 2, 3, 4):
        assert f"\n  {number}  " in words
        assert f'id="s{number}"' in page
    assert "changed; 0% of the earlier words remain" in " ".join(words.split())
    assert "not read" in words
    assert "https://archive.example/2" in words


def test_the_drawing_holds_the_archived_states_and_marks_the_change() -> None:
    page = html(told())
    assert page.count('class="ring"') == 1
    assert page.count("<g class=") == 3


@pytest.mark.parametrize(
    ("deviated", "said"),
    [(True, "now shows another text"), (False, "still shows"), (None, "could not be compared")],
)
def test_the_live_page_is_spoken_of(deviated: bool | None, said: str) -> None:
    assert said in headline(told(deviated=deviated))


def test_no_capture_is_not_said_when_somebody_did_not_answer() -> None:
    miss = Miss(provider="pywb", asked=f"captures of {URL}", why="it answered 503")
    silent = told(states=(), captures=0, misses=(miss,), deviated=None)
    assert "some did not answer" in headline(silent)
    assert "it answered 503" in terminal(silent)
    assert "it answered 503" in html(silent)


def test_hostile_titles_are_inert() -> None:
    [first, *rest] = states()
    bad = replace(first, title="</svg><script>alert(1)</script>\x1b]0;x\x07")
    page = html(told(states=(bad, *rest)))
    assert "<script>alert" not in page
    assert "\x1b" not in terminal(told(states=(bad, *rest)))
