"""What a check tells while it runs."""

from __future__ import annotations

import pytest

from provenance.errors import Unavailable
from provenance.jobs.check.page import check
from provenance.jobs.check.stand_in import fetch_or_newest
from provenance.model import (
    CandidateCompared,
    Happening,
    PageRead,
    Settings,
    Step,
    StepState,
)
from provenance.render.steps import line
from tests.jobs.check.test_page import COPY, ORIGIN, PAGE, SOURCE
from tests.jobs.world import FakeSearch, FakeWeb, FakeWorld


def told(world: FakeWorld) -> list[Happening]:
    found: list[Happening] = []
    capture = fetch_or_newest(PAGE, world, Settings(), tell=found.append)
    check(PAGE, capture, world, Settings(), tell=found.append)
    return found


def test_each_question_is_told_when_it_is_put_and_when_it_ends() -> None:
    found = told(FakeWorld(web=FakeWeb({PAGE: COPY, ORIGIN: SOURCE})))
    steps = [each for each in found if isinstance(each, Step)]
    assert [(s.provider, s.asked, s.state) for s in steps[:4]] == [
        ("web", PAGE, StepState.ASKED),
        ("web", PAGE, StepState.ANSWERED),
        ("web", ORIGIN, StepState.ASKED),
        ("web", ORIGIN, StepState.ANSWERED),
    ]
    asked = [each for each in steps if each.state is StepState.ASKED]
    assert len(asked) == len([s for s in steps if s.state is not StepState.ASKED])


def test_the_page_and_its_candidates_are_told_with_their_shares() -> None:
    found = told(FakeWorld(web=FakeWeb({PAGE: COPY, ORIGIN: SOURCE})))
    [page] = [each for each in found if isinstance(each, PageRead)]
    assert page.title == "The road nobody mends"
    assert page.published is not None
    [candidate] = [each for each in found if isinstance(each, CandidateCompared)]
    assert candidate.url == ORIGIN
    assert candidate.suspect_containment == pytest.approx(1.0, abs=0.1)
    assert "of this page stands there" in line(candidate)


def test_who_does_not_answer_is_told_with_the_reason() -> None:
    silent = FakeSearch(fault=Unavailable("test-search", "q", "it is closed (HTTP 429)"))
    found = told(FakeWorld(web=FakeWeb({PAGE: COPY}), searches=(silent,)))
    failed = {
        each.provider: each.why
        for each in found
        if isinstance(each, Step) and each.state is StepState.FAILED
    }
    assert failed["test-search"] == "it is closed (HTTP 429)"
    assert "web" in failed  # the origin's own address


def test_what_is_raised_there_ends_the_check() -> None:
    class Enough(Exception):
        pass

    def stop(happening: Happening) -> None:
        if isinstance(happening, Step):
            raise Enough

    world = FakeWorld(web=FakeWeb({PAGE: COPY, ORIGIN: SOURCE}))
    with pytest.raises(Enough):
        check(PAGE, COPY, world, Settings(), tell=stop)
    assert world.web.asked == []
