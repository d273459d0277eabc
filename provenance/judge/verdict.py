"""From evidence to the answer.

In tiers: texts that were compared decide, then what the page says of itself; nothing found is
UNKNOWN, never "original". A page whose text stands elsewhere too is called somebody else's only
when two kinds of evidence say who was first, or the page says it itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.claims import contradictions
from provenance.judge.direction import lists
from provenance.judge.ledger import copied, direction, percent, total
from provenance.judge.weights import CEILINGS, CLEAR_GAP, COPIED, PROBABILITY, word
from provenance.model import (
    Attribution,
    Basis,
    Confidence,
    Declaration,
    Derivation,
    Direction,
    Document,
    Finding,
    Hop,
    Likeness,
    Origin,
    PageState,
    Score,
    Sighting,
    Signal,
    Strength,
    Verdict,
)
from provenance.text.agencies import agency_named
from provenance.text.publishers import same_house
from provenance.text.urls import host, is_web_url, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

_FULL = {PageState.ARTICLE, PageState.LISTING}


def judge(
    suspect: Document,
    signals: Iterable[Signal],
    declaration: Declaration,
    sightings: Iterable[Sighting],
    findings: Iterable[Finding],
) -> Verdict:
    """The verdict on ``suspect``; ``findings`` are weighed, best first (see ``weigh``)."""
    evidence = tuple(signals), tuple(sightings), tuple(findings)
    verdict = _answer(suspect, declaration, *evidence)
    return replace(verdict, probability=PROBABILITY.get((verdict.basis, verdict.confidence)))


def _answer(
    suspect: Document,
    declaration: Declaration,
    signals: tuple[Signal, ...],
    sightings: tuple[Sighting, ...],
    findings: tuple[Finding, ...],
) -> Verdict:
    elsewhere = tuple(
        f for f in findings if copied(f) and not _own_house(suspect, f) and not _teases(f)
    )
    if not elsewhere:
        return _declared(declaration, findings)
    notes = contradictions("This page", sightings)
    directed = [(f, _direction(suspect, signals, sightings, declaration, f)) for f in elsewhere]
    nearest, way = min(directed, key=lambda pair: _PREFERENCE[pair[1]])
    if way is Direction.TO_SOURCE:
        return _earlier(suspect, declaration, nearest, notes)
    verdict = _measured(suspect, declaration, (nearest, way), elsewhere)
    notes = (*notes, *contradictions("The source", nearest.sightings))
    verdict = replace(verdict, scores=(*verdict.scores, *notes))
    if _refuted(declaration, findings) is None:
        return verdict
    return replace(verdict, attribution=Attribution.MISATTRIBUTED)


# A page that copied from one site may well be copied by others: the source decides the answer.
_PREFERENCE = {
    Direction.FROM_SOURCE: 0,
    Direction.COMMON_SOURCE: 1,
    Direction.UNDETERMINED: 2,
    Direction.TO_SOURCE: 3,
}


def _teases(finding: Finding) -> bool:
    """Whether a list of articles holds only the opening of the text: it is none, but knows one."""
    if finding.source is None or not lists(finding.source):
        return False
    return finding.reuse is not None and finding.reuse.likeness is not Likeness.COPIED


def _own_house(suspect: Document, finding: Finding) -> bool:
    return bool(suspect.url) and same_house(suspect.url or "", finding.candidate.url)


def _direction(
    suspect: Document,
    signals: tuple[Signal, ...],
    sightings: tuple[Sighting, ...],
    declaration: Declaration,
    finding: Finding,
) -> Direction:
    if _shared_agency(declaration, finding):
        return Direction.COMMON_SOURCE
    return direction(suspect, signals, sightings, finding)


def _shared_agency(declaration: Declaration, finding: Finding) -> str | None:
    """The agency that both pages credit, when neither is its own site: both copy a third."""
    if finding.declared is None:
        return None
    theirs = {name.casefold() for name in _agencies(finding.declared)}
    for name in _agencies(declaration):
        agency = agency_named(name)
        domains = agency.domains if agency else ()
        at_home = any(same_house(finding.candidate.url, f"https://{d}/") for d in domains)
        if name.casefold() in theirs and not at_home:
            return name
    return None


def _agencies(declaration: Declaration) -> tuple[str, ...]:
    """The agencies among the stations a page names, each by its one name."""
    stations = [hop.publisher for hop in declaration.chain if hop.publisher]
    if declaration.origin and declaration.origin.publisher:
        stations.append(declaration.origin.publisher)
    return tuple(dict.fromkeys(a.name for s in stations if (a := agency_named(s))))


def _declared(declaration: Declaration, findings: tuple[Finding, ...]) -> Verdict:
    """Nothing was found to be copied: the page's own word is all there is, if it gave any."""
    says = declaration.derivation in {Derivation.WHOLLY, Derivation.PARTIALLY}
    scores = [_own_word(signal) for signal in declaration.signals]
    confidence = _declared_confidence(declaration) if says else Confidence.NONE
    refuted = _refuted(declaration, findings)
    if says and refuted is not None:
        there = host(refuted.candidate.url)
        why = f"{there}, which the page points at, was read and does not hold the text."
        scores.append(Score(name="refuted", value=0.0, weight=0.0, why=why))
        confidence = Confidence.LOW
    elif says:
        ceiling, why = CEILINGS["declared"]
        scores.append(Score(name="ceiling", value=0.0, weight=0.0, why=why))
        confidence = min(confidence, ceiling, key=lambda c: c.rank)
    return Verdict(
        derivation=declaration.derivation,
        basis=Basis.DECLARED if says else Basis.NONE,
        direction=Direction.UNDETERMINED,
        attribution=declaration.attribution,
        confidence=confidence,
        origin=declaration.origin if says else None,
        chain=declaration.chain,
        scores=tuple(scores),
    )


def _declared_confidence(declaration: Declaration) -> Confidence:
    """A named or linked source, or two signs, is MEDIUM; one sign that names nobody is LOW."""
    named = any(s.strength in {Strength.URL, Strength.NAME} for s in declaration.signals)
    plain = [s for s in declaration.signals if s.strength is Strength.REPOST]
    return Confidence.MEDIUM if named or plain else Confidence.LOW


def _own_word(signal: Signal) -> Score:
    quote = " ".join(signal.quote.split())
    return Score(name=signal.rule, value=1.0, weight=0.0, why=f"The page says “{quote}”.")


def _refuted(declaration: Declaration, findings: tuple[Finding, ...]) -> Finding | None:
    """The declared origin, when it was read and turned out not to hold the text.

    A page that names the right site, if not the right address on it, is not refuted.
    """
    if declaration.origin is None or declaration.origin.url is None:
        return None
    named = declaration.origin.url
    if any(copied(f) and same_house(f.candidate.url, named) for f in findings):
        return None
    wanted = normalise(named)
    for finding in findings:
        if normalise(finding.candidate.url) == wanted and finding.reuse is not None:
            unlike = finding.reuse.likeness in {Likeness.UNRELATED, Likeness.SAME_EVENT}
            whole = finding.source is not None and finding.source.state in _FULL
            return finding if unlike and whole else None
    return None


def _earlier(
    suspect: Document, declaration: Declaration, finding: Finding, notes: tuple[Score, ...]
) -> Verdict:
    """The page under test was there first: the text elsewhere came from it."""
    return Verdict(
        derivation=Derivation.NOT,
        basis=Basis.MEASURED,
        direction=Direction.TO_SOURCE,
        attribution=declaration.attribution,
        confidence=Confidence.MEDIUM,
        origin=Origin(url=suspect.url, publisher=suspect.publisher, basis=Basis.MEASURED),
        chain=(),
        scores=(*finding.scores, *notes),
    )


def _measured(
    suspect: Document,
    declaration: Declaration,
    nearest: tuple[Finding, Direction],
    elsewhere: tuple[Finding, ...],
) -> Verdict:
    finding, way = nearest
    confidence, ceilings = _confidence(suspect, finding, way, elsewhere)
    origin, chain = _trace(declaration, finding, way, elsewhere)
    return Verdict(
        derivation=_derivation(declaration, finding, way),
        basis=Basis.MEASURED,
        direction=way,
        attribution=declaration.attribution,
        confidence=confidence,
        origin=origin,
        chain=chain,
        scores=(*finding.scores, *ceilings),
    )


def _derivation(declaration: Declaration, finding: Finding, way: Direction) -> Derivation:
    """METER's scale from the share copied; UNKNOWN while nobody says who copied whom."""
    if finding.reuse is None:
        return Derivation.UNKNOWN
    if way is Direction.UNDETERMINED and declaration.derivation is Derivation.UNKNOWN:
        return Derivation.UNKNOWN
    share = finding.reuse.suspect_containment
    return Derivation.WHOLLY if share >= COPIED else Derivation.PARTIALLY


def _confidence(
    suspect: Document, finding: Finding, way: Direction, elsewhere: tuple[Finding, ...]
) -> tuple[Confidence, tuple[Score, ...]]:
    """The ledger's word, lowered by every ceiling that applies; the ceilings are told."""
    caps = []
    if way is Direction.UNDETERMINED:
        caps.append("undetermined")
    if suspect.state not in _FULL or (finding.source and finding.source.state not in _FULL):
        caps.append("stub")
    rival = next((f for f in elsewhere if _rivals(finding, f)), None)
    if rival is not None and total(finding) - total(rival) < CLEAR_GAP:
        caps.append("runner_up")
    confidence = word(total(finding))
    told = []
    for name in caps:
        ceiling, why = CEILINGS[name]
        if ceiling.rank < confidence.rank:
            confidence = ceiling
        told.append(Score(name=f"ceiling_{name}", value=0.0, weight=0.0, why=why))
    return confidence, tuple(told)


def _rivals(one: Finding, other: Finding) -> bool:
    return one is not other and not same_house(one.candidate.url, other.candidate.url)


def _trace(
    declaration: Declaration, finding: Finding, way: Direction, elsewhere: tuple[Finding, ...]
) -> tuple[Origin | None, tuple[Hop, ...]]:
    """The origin and the way to it: each source followed to the source that it names itself."""
    if way is Direction.UNDETERMINED:
        return (declaration.origin, declaration.chain)
    agency = _shared_agency(declaration, finding)
    if way is Direction.COMMON_SOURCE:
        why = "Both pages credit this agency; neither is the other's original."
        hop = Hop(url=None, publisher=agency, why=why)
        return Origin(url=None, publisher=agency, basis=Basis.DECLARED), (hop,)
    chain, last = [_hop(finding)], finding
    while (further := _next(last, elsewhere, chain)) is not None:
        chain.append(_hop(further))
        last = further
    origin = Origin(url=_address(last), publisher=_publisher(last), basis=Basis.MEASURED)
    named = last.declared.chain if last.declared else ()
    return origin, (*chain, *(hop for hop in named if not _known(hop, chain)))


def _hop(finding: Finding) -> Hop:
    share = percent(finding.reuse.suspect_containment) if finding.reuse else "none"
    why = f"{share} of this page's words were found there."
    return Hop(url=_address(finding), publisher=_publisher(finding), why=why)


def _next(last: Finding, elsewhere: tuple[Finding, ...], chain: list[Hop]) -> Finding | None:
    """The measured finding that ``last`` names as its own source, unless already visited."""
    origin = last.declared.origin if last.declared else None
    if origin is None or origin.url is None:
        return None
    wanted, visited = normalise(origin.url), {normalise(hop.url) for hop in chain if hop.url}
    for finding in elsewhere:
        here = normalise(finding.candidate.url)
        if here == wanted and here not in visited:
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
