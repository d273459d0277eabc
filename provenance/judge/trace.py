"""The origin and the way to it: each source followed to the source that it names itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.judge.ledger import share
from provenance.judge.weights import NEARLY_WHOLE
from provenance.model import Basis, Direction, Hop, Origin
from provenance.text.numbers import percent
from provenance.text.publishers import same_house
from provenance.text.urls import host, is_web_url, normalise

if TYPE_CHECKING:
    from provenance.judge.answer import Answer
    from provenance.model import Evidence, Finding


def trace(
    evidence: Evidence, answer: Answer, elsewhere: tuple[Finding, ...]
) -> tuple[Origin | None, tuple[Hop, ...], Finding]:
    """Where the text comes from, the stations on the way, nearest first, and the last one read."""
    suspect, said = evidence.suspect, evidence.declaration
    if answer.direction is Direction.TO_SOURCE:
        return (
            Origin(url=suspect.url, publisher=suspect.publisher, basis=Basis.MEASURED),
            (),
            answer.finding,
        )
    if answer.direction is Direction.UNDETERMINED:
        return said.origin, said.chain, answer.finding
    if answer.direction is Direction.COMMON_SOURCE:
        why = "Both pages carry this agency's text; neither is the other's original."
        hop = Hop(url=None, publisher=answer.agency, why=why)
        return (
            Origin(url=None, publisher=answer.agency, basis=Basis.DECLARED),
            (hop,),
            answer.finding,
        )
    chain, last = [_hop(answer.finding)], answer.finding
    while (further := _next(last, elsewhere, chain)) is not None:
        chain.append(_hop(further))
        last = further
    origin = Origin(url=_address(last), publisher=_publisher(last), basis=Basis.MEASURED)
    named = last.declared.chain if last.declared else ()
    return origin, (*chain, *(hop for hop in named if not _known(hop, chain))), last


def _hop(finding: Finding) -> Hop:
    held = percent(finding.reuse.suspect_share) if finding.reuse else "none"
    by_words = finding.reuse is None or finding.reuse.by_sentences is None
    what = "words were found there" if by_words else "sentences correspond to sentences there"
    why = f"{held} of this page's {what}."
    return Hop(url=_address(finding), publisher=_publisher(finding), why=why)


def _next(last: Finding, elsewhere: tuple[Finding, ...], chain: list[Hop]) -> Finding | None:
    """The measured finding that ``last`` names as its own source, unless already visited.

    It must hold nearly as much of the page as ``last`` does, or the text is not its.
    """
    origin = last.declared.origin if last.declared else None
    if origin is None or origin.url is None:
        return None
    wanted, visited = normalise(origin.url), {normalise(hop.url) for hop in chain if hop.url}
    for finding in elsewhere:
        here = normalise(finding.candidate.url)
        near = share(finding) >= NEARLY_WHOLE * share(last)
        if here == wanted and here not in visited and near:
            return finding
    return None


def _known(hop: Hop, chain: list[Hop]) -> bool:
    return any(
        (hop.url and known.url and same_house(hop.url, known.url))
        or (hop.publisher and hop.publisher == known.publisher)
        for known in chain
    )


def _address(finding: Finding) -> str | None:
    """Where the text stands on the web; None for a kept text whose address nobody knows."""
    return finding.candidate.url if is_web_url(finding.candidate.url) else None


def _publisher(finding: Finding) -> str | None:
    """Whose text it is; one with neither publisher nor address goes by its title."""
    source = finding.source
    named = (source.publisher if source else None) or host(finding.candidate.url)
    return named or (source.title if source else None) or None
