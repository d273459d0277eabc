"""The line that shows an audit at work: reading is half of a page's work, checking the rest."""

from __future__ import annotations

import pytest

from provenance.model.audit import (
    Progress,
)
from provenance.model.ending import AddressOutcome
from provenance.render.audit.terminal import moving


def standing(waiting: int, read: int, done: int, reused: int = 0) -> Progress:
    fates = tuple((fate, done if fate is AddressOutcome.DONE else 0) for fate in AddressOutcome)
    return Progress(
        number=1,
        target="https://a.example/",
        found=waiting + read + done,
        waiting=waiting,
        read=read,
        fates=fates,
        reused=reused,
        complete=False,
    )


@pytest.mark.parametrize(
    ("now", "seconds", "line"),
    [
        ((1000, 0, 0), 5.0, "0 of 1,000 addresses, 0 more read, 0 from elsewhere, 0.0/s"),
        (
            (900, 100, 0),
            10.0,
            "0 of 1,000 addresses, 100 more read, 0 from elsewhere, 5.0/s, 3 min left",
        ),
        (
            (0, 500, 500, 125),
            15.0,
            "500 of 1,000 addresses, 500 more read, 125 from elsewhere, 50.0/s, 5 s left",
        ),
        ((0, 0, 1000, 9), 20.0, "1,000 of 1,000 addresses, 0 more read, 9 from elsewhere, 50.0/s"),
    ],
)
def test_the_line(now: tuple[int, ...], seconds: float, line: str) -> None:
    assert moving(standing(1000, 0, 0), standing(*now), seconds) == line


def test_the_line_is_never_wider_than_the_terminal() -> None:
    assert len(moving(standing(10**9, 0, 0), standing(0, 10**9, 0), 1.0, width=40)) == 40
