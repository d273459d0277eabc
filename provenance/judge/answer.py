"""Which of the findings a verdict is about, who was first of the two, and when each was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provenance.judge.agencies import agencies_of, shared_agency
from provenance.judge.direction import lists, settle, testimonies
from provenance.judge.ledger import share, substantial, worth
from provenance.judge.weights import FAR_LESS
from provenance.model import Direction, FirstSeen, Likeness
from provenance.text.publishers import same_house
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Evidence, Finding, Sighting


class Answer(NamedTuple):
    """One finding that holds the text: its place among the findings, and who was first.

    ``agency`` is the third party that both pages have the text from, '' where there is none.
    """

    at: int
    finding: Finding
    direction: Direction
    agency: str


# A page that copied from one site may well be copied by others: the source decides the answer.
_PREFERENCE = (
    Direction.FROM_SOURCE,
    Direction.COMMON_SOURCE,
    Direction.UNDETERMINED,
    Direction.TO_SOURCE,
)


def answers(evidence: Evidence) -> tuple[Answer, ...]:
    """Every finding on another site that holds enough of the text to be the answer."""
    ours = agencies_of(evidence.suspect, evidence.declaration)
    return tuple(
        _answer(evidence, at, finding, ours)
        for at, finding in enumerate(evidence.findings)
        if substantial(finding)
        and not _own_house(evidence.suspect, finding)
        and not _teases(finding)
    )


def choose(found: Iterable[Answer]) -> Answer | None:
    """The answer: of the matches about as good as the best one, the surest source."""
    found = tuple(found)
    best = max((share(each.finding) for each in found), default=0.0)
    near = [each for each in found if share(each.finding) >= FAR_LESS * best]
    ranked = sorted(near, key=lambda a: (_PREFERENCE.index(a.direction), -worth(a.finding)))
    return ranked[0] if ranked else None


def _answer(evidence: Evidence, at: int, finding: Finding, ours: tuple[str, ...]) -> Answer:
    spoken = testimonies(evidence, finding)
    linked = any(testimony.kind == "links_page" for testimony in spoken)
    agency = None if linked else shared_agency(finding, ours, evidence.suspect.url)
    if agency is not None:
        return Answer(at, finding, Direction.COMMON_SOURCE, agency)
    return Answer(at, finding, settle(spoken), "")


def seen_of(page: Iterable[Sighting], other: Iterable[Sighting]) -> FirstSeen:
    """When the text was first on record on the page under test, and on the one it is held to."""
    return FirstSeen(page=first_seen(page), other=first_seen(other))


def _teases(finding: Finding) -> bool:
    """Whether a list of articles holds only the opening of the text: it is none, but knows one."""
    if finding.source is None or not lists(finding.source):
        return False
    return finding.reuse is not None and finding.reuse.likeness is not Likeness.COPIED


def _own_house(suspect: Document, finding: Finding) -> bool:
    return bool(suspect.url) and same_house(suspect.url or "", finding.candidate.url)
