from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import floor, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.jobs.check.appearance import first_matching, states
from provenance.model import Capture, Precision, Sighting, Via
from tests.build import NOON, capture, sighting

HELD = "text"


def captures(contents: str, **fields: object) -> tuple[Sighting, ...]:
    """One capture a letter, an hour apart; the letter is the digest."""
    return tuple(
        sighting(
            1,
            at=NOON + timedelta(hours=number),
            precision=Precision.SECOND,
            digest=letter,
            memento=f"m{number}",
            status=200,
            media_type="text/html",
            holds_text=None,
            **fields,
        )
        for number, letter in enumerate(contents)
    )


class Archive:
    """Replays captures; ``holding`` are the letters whose bytes hold the text."""

    def __init__(self, holding: str, lost: str = "") -> None:
        self.holding = holding
        self.lost = lost
        self.read_: list[Sighting] = []

    def read(self, seen: Sighting) -> Capture | None:
        self.read_.append(seen)
        if (seen.digest or "") in self.lost:
            return None
        body = HELD if (seen.digest or "") in self.holding else "other"
        return capture(body, captured_at=seen.at, via=Via.ARCHIVE, memento=seen.memento)

    @staticmethod
    def holds(page: Capture) -> bool:
        return page.body == HELD.encode()


def test_the_third_of_nine_captures() -> None:
    archive = Archive("cdefg")
    found = first_matching(captures("abccdefgg"), archive.read, archive.holds)
    assert found.matching is not None
    assert found.matching.memento == "m2"
    assert found.matching.holds_text
    assert found.without is not None
    assert found.without.memento == "m1"
    assert found.seen is not None
    assert found.seen.memento == "m0"
    assert found.settled
    assert len(archive.read_) <= floor(log2(9)) + 3


def test_a_text_there_from_the_start_costs_one_fetch() -> None:
    archive = Archive("abc")
    found = first_matching(captures("abcabc"), archive.read, archive.holds)
    assert len(archive.read_) == 1
    assert found.matching is not None
    assert found.matching.at == NOON
    assert found.without is None
    assert found.settled


@given(count=st.integers(1, 400), start=st.integers(0, 400))
def test_the_first_is_found_within_the_bar(count: int, start: int) -> None:
    letters = "".join(chr(0x4E00 + number) for number in range(count))
    archive = Archive(letters[start:])
    found = first_matching(captures(letters), archive.read, archive.holds)
    assert len(archive.read_) <= floor(log2(count)) + 3
    if start < count:
        assert found.matching is not None
        assert found.matching.digest == letters[start]
        assert found.settled
    else:
        assert found.matching is None
        assert found.settled == (count == len(archive.read_))
    assert len(archive.read_) == len({seen.memento for seen in archive.read_})


@given(
    contents=st.text("abcdefgh", max_size=40),
    holding=st.text("abcdefgh", max_size=8),
    lost=st.text("abcdefgh", max_size=4),
)
def test_whatever_is_said_to_hold_the_text_was_read_and_does(
    contents: str, holding: str, lost: str
) -> None:
    archive = Archive(holding, lost)
    found = first_matching(captures(contents), archive.read, archive.holds)
    if found.matching is not None:
        assert found.matching.digest in set(holding) - set(lost)
        assert found.without is None or found.without.at < found.matching.at
    assert all(s.holds_text == (s.digest in holding) for s in found.looked)


def test_a_text_that_came_and_went_is_found_by_the_neighbours() -> None:
    archive = Archive("cefgh")
    found = first_matching(captures("abcdefgh"), archive.read, archive.holds)
    assert found.matching is not None
    assert found.matching.digest == "c"


def test_redirects_errors_and_pictures_are_never_read() -> None:
    seen = list(captures("abcde"))
    seen[0] = replace(seen[0], status=302)
    seen[1] = replace(seen[1], status=403)
    seen[2] = replace(seen[2], media_type="image/jpeg")
    archive = Archive("abcde")
    found = first_matching(tuple(seen), archive.read, archive.holds)
    assert [s.digest for s in states(seen)] == ["d", "e"]
    assert found.seen == seen[0]
    assert found.answered == seen[2]
    assert found.matching is not None
    assert found.matching.digest == "d"
    assert [s.digest for s in archive.read_] == ["d"]


def test_captures_without_a_single_page_say_when_the_address_was_seen() -> None:
    seen = tuple(replace(s, status=301) for s in captures("aaa"))
    archive = Archive("a")
    found = first_matching(seen, archive.read, archive.holds)
    assert archive.read_ == []
    assert found.seen == seen[0]
    assert (found.answered, found.matching) == (None, None)
    assert found.sightings == (seen[0],)
    assert found.settled


def test_no_captures_at_all() -> None:
    found = first_matching((), Archive("").read, Archive.holds)
    assert (found.seen, found.matching, found.sightings) == (None, None, ())


def test_a_capture_that_cannot_be_had_is_gone_around_and_said() -> None:
    archive = Archive("cdefgh", lost="bc")
    found = first_matching(captures("abcdefgh"), archive.read, archive.holds)
    assert found.matching is not None
    assert found.matching.digest == "d"
    assert not found.settled


def test_an_archive_that_gives_nothing_is_left_alone() -> None:
    archive = Archive("", lost="abcdefghijklmnop")
    found = first_matching(captures("abcdefghijklmnop"), archive.read, archive.holds)
    assert len(archive.read_) <= 3
    assert found.matching is None
    assert not found.settled


def test_the_archive_dates_what_it_serves() -> None:
    served = NOON - timedelta(hours=5)
    (seen,) = captures("a")
    found = first_matching(
        (seen,),
        lambda s: capture(HELD, captured_at=served, via=Via.ARCHIVE, memento="drifted"),
        Archive.holds,
    )
    assert found.matching is not None
    assert (found.matching.at, found.matching.memento) == (served, "drifted")


@pytest.mark.parametrize("most", [0, 1, 3])
def test_a_smaller_budget_is_kept(most: int) -> None:
    archive = Archive("z")
    found = first_matching(captures("abcdefghz"), archive.read, archive.holds, most=most)
    assert len(archive.read_) <= most
    assert found.matching is None
    assert not found.settled


def test_a_replayed_error_does_not_hold_the_text() -> None:
    (seen,) = captures("a")
    found = first_matching(
        (seen,), lambda s: capture(HELD, status=404, captured_at=s.at), Archive.holds
    )
    assert found.matching is None


def test_captures_that_are_no_evidence_are_listed_last_and_never_read() -> None:
    doubtful, sound = captures("a", trusted=False), captures("xcd")[1:]
    archive = Archive("acd")
    found = first_matching((*doubtful, *sound), archive.read, archive.holds)
    assert [seen.digest for seen in archive.read_] == ["c"]
    assert found.seen == sound[0]
    alone = first_matching(doubtful, archive.read, archive.holds)
    assert (alone.seen, alone.matching) == (doubtful[0], None)
