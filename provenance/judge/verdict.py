"""The answer: what the evidence amounts to, decided once and carried as a value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.answer import Answer, answers, choose, seen_of
from provenance.judge.claims import contradictions
from provenance.judge.direction import lists
from provenance.judge.ledger import copied
from provenance.judge.linked_credit import linked_credit
from provenance.judge.probability import probability
from provenance.judge.trace import trace
from provenance.judge.weights import WHOLE, confidence
from provenance.model import (
    Attribution,
    Basis,
    Confidence,
    Derivation,
    Direction,
    Likeness,
    PageState,
    Score,
    Verdict,
    VerdictKind,
)
from provenance.text.agencies import agency_named
from provenance.text.numbers import percent
from provenance.text.publishers import same_house
from provenance.text.urls import host, is_below, normalise

if TYPE_CHECKING:
    from provenance.model import Declaration, Document, Evidence, Finding, Signal

_FULL = {PageState.ARTICLE, PageState.LISTING}
_SOURCED = {Direction.FROM_SOURCE, Direction.COMMON_SOURCE}
_CLAIMS = {Derivation.WHOLLY, Derivation.PARTIALLY}


def judge(evidence: Evidence) -> Verdict:
    """The verdict on ``evidence.suspect``; the findings are weighed, best first (see ``weigh``)."""
    found = answers(evidence)
    answer = choose(found)
    refuted = _refuted(evidence)
    if answer is None or _own_word_decides(evidence.declaration, answer, refuted):
        verdict = _declared(evidence, answer, refuted)
    else:
        verdict = _measured(evidence, answer, found)
        if refuted is not None and answer.direction in _SOURCED:
            verdict = replace(verdict, attribution=Attribution.MISATTRIBUTED)
    finding = _of(evidence, verdict)
    kind = _kind(verdict, exhausted=evidence.exhausted and evidence.suspect.state in _FULL)
    sure = probability(verdict, kind, evidence.declaration)
    verdict = replace(
        verdict,
        probability=sure,
        confidence=confidence(sure),
        kind=kind,
        seen=seen_of(evidence.sightings, finding.sightings if finding else ()),
    )
    if _is_licensed(evidence, verdict):
        verdict = replace(verdict, attribution=Attribution.LICENSED)
    return replace(verdict, scores=(*verdict.scores, *_notes(evidence, verdict)))


def _is_licensed(evidence: Evidence, verdict: Verdict) -> bool:
    """Whether a page that credits nobody lies on a site that may reprint."""
    silent = verdict.kind.reused and verdict.attribution is Attribution.NONE
    return silent and is_below(evidence.suspect.url or "", evidence.licensed)


def _own_word_decides(said: Declaration, answer: Answer, refuted: Finding | None) -> bool:
    """Whether the page's own word tells more than the copies found: it names the source.

    A source that was named, and that could not be read or is known by name only, is not set aside
    by a copy of which nobody can say who was first, on another site than the one named. An agency
    that is named is no such source where another page carries its text too.
    """
    origin = said.origin
    if said.derivation not in _CLAIMS or origin is None or refuted is not None:
        return False
    if origin.url and same_house(origin.url, answer.finding.candidate.url):
        return False
    if answer.direction is Direction.COMMON_SOURCE:
        return bool(origin.url) and agency_named(origin.publisher or "") is None
    return answer.direction in {Direction.UNDETERMINED, Direction.TO_SOURCE}


def _kind(verdict: Verdict, *, exhausted: bool) -> VerdictKind:
    """The answer in one word; ``exhausted`` as in Evidence, of a page that was served whole."""
    if verdict.basis is Basis.DECLARED:
        return VerdictKind.DECLARED
    if verdict.basis is Basis.NONE:
        return VerdictKind.NONE_FOUND if exhausted else VerdictKind.UNKNOWN
    if verdict.direction is Direction.COMMON_SOURCE:
        return VerdictKind.COMMON
    if verdict.direction is Direction.TO_SOURCE:
        return VerdictKind.FIRST
    if verdict.direction is Direction.UNDETERMINED:
        return VerdictKind.ELSEWHERE
    whole = verdict.derivation is Derivation.WHOLLY
    return VerdictKind.REPOST if whole else VerdictKind.PARTIAL


def _measured(evidence: Evidence, answer: Answer, found: tuple[Answer, ...]) -> Verdict:
    """A copy was found: who was first, how much of the page it is, and the way to the origin."""
    way = answer.direction
    origin, chain, last = trace(evidence, answer, tuple(each.finding for each in found))
    return Verdict(
        derivation=_derivation(answer),
        basis=Basis.MEASURED,
        direction=way,
        attribution=_credit(evidence, answer, last),
        confidence=Confidence.NONE,
        origin=origin,
        chain=chain,
        scores=answer.finding.scores,
        answer=evidence.findings.index(last),
    )


def _credit(evidence: Evidence, answer: Answer, last: Finding) -> Attribution:
    """The page's own word for its source; where it has none, its links to the page that is it."""
    said = evidence.declaration.attribution
    if said is not Attribution.NONE or answer.direction is Direction.TO_SOURCE:
        return said
    near = linked_credit(evidence.suspect, answer.finding)
    return near if near is not Attribution.NONE else linked_credit(evidence.suspect, last)


def _derivation(answer: Answer) -> Derivation:
    """METER's scale from the share copied; UNKNOWN while nobody says who copied whom."""
    if answer.direction is Direction.TO_SOURCE:
        return Derivation.NOT
    if answer.direction is Direction.UNDETERMINED or answer.finding.reuse is None:
        return Derivation.UNKNOWN
    return _derivation_of_share(answer.finding)


def _declared(evidence: Evidence, answer: Answer | None, refuted: Finding | None) -> Verdict:
    """The page's own word is what tells most, if it gave any."""
    said = evidence.declaration
    says = said.derivation in _CLAIMS
    named = says and refuted is None and said.origin is not None
    scores = [_own_word(signal) for signal in said.signals]
    if says and refuted is not None:
        there = host(refuted.candidate.url)
        why = f"{there}, which the page points at, was read and does not hold the text."
        scores.append(_note("refuted", why))
    elif says:
        why = "This is the page's own word; no source that it names was compared."
        scores.append(_note("own_word", why))
    if answer is not None and answer.finding.reuse is not None:
        share = percent(answer.finding.reuse.suspect_containment)
        there = host(answer.finding.candidate.url) or "another page"
        scores.append(_note("elsewhere", f"{share} of this page's words stand at {there} too."))
    whole = answer is not None and _derivation_of_share(answer.finding) is Derivation.WHOLLY
    return Verdict(
        derivation=Derivation.WHOLLY if says and whole else said.derivation,
        basis=Basis.DECLARED if says else Basis.NONE,
        direction=Direction.FROM_SOURCE if named else Direction.UNDETERMINED,
        attribution=said.attribution,
        confidence=Confidence.NONE,
        origin=said.origin if says else None,
        chain=said.chain,
        scores=tuple(scores),
    )


def _derivation_of_share(finding: Finding) -> Derivation:
    share = finding.reuse.suspect_share if finding.reuse else 0.0
    return Derivation.WHOLLY if share >= WHOLE else Derivation.PARTIALLY


def _own_word(signal: Signal) -> Score:
    quote = " ".join(signal.quote.split())
    return Score(name=signal.rule, value=1.0, weight=0.0, why=f"The page says “{quote}”.")


def _refuted(evidence: Evidence) -> Finding | None:
    """The declared origin, when it was read and turned out not to hold the text.

    A page that names the right site, if not the right address on it, is not refuted. A front page
    or a list of articles refutes nothing, since what stands there changes; nor does a page in
    another language, since words do not show a translation.
    """
    origin = evidence.declaration.origin
    if origin is None or origin.url is None:
        return None
    findings = evidence.findings
    if any(copied(f) and same_house(f.candidate.url, origin.url) for f in findings):
        return None
    wanted = normalise(origin.url)
    for finding in findings:
        if normalise(finding.candidate.url) == wanted and finding.reuse is not None:
            unlike = finding.reuse.likeness in {Likeness.UNRELATED, Likeness.SAME_EVENT}
            page = finding.source
            whole = page is not None and page.state in _FULL and not lists(page)
            alike = page is not None and _one_language(evidence.suspect, page)
            return finding if unlike and whole and alike else None
    return None


def _one_language(one: Document, other: Document) -> bool:
    """Whether two pages are in one language, as far as both say."""
    languages = {page.language.partition("-")[0].lower() for page in (one, other) if page.language}
    return len(languages) < 2


def _of(evidence: Evidence, verdict: Verdict) -> Finding | None:
    return None if verdict.answer is None else evidence.findings[verdict.answer]


def _notes(evidence: Evidence, verdict: Verdict) -> tuple[Score, ...]:
    """What limits the verdict, and what does not fit together in the dates."""
    finding = _of(evidence, verdict)
    notes = []
    stub = evidence.suspect.state not in _FULL
    if finding is not None and finding.source is not None:
        stub = stub or finding.source.state not in _FULL
    if verdict.basis is Basis.MEASURED and stub:
        notes.append(_note("stub", "One of the two pages was served without its full text."))
    if verdict.kind is VerdictKind.ELSEWHERE:
        notes.append(_note("undetermined", "Nothing that is known settles who was first."))
    if verdict.basis is Basis.MEASURED:
        notes.extend(contradictions("This page", evidence.sightings))
        if finding is not None and verdict.direction is not Direction.TO_SOURCE:
            sourced = verdict.direction is Direction.FROM_SOURCE
            name = "The source" if sourced else "The other page"
            notes.extend(contradictions(name, finding.sightings))
    return tuple(notes)


def _note(name: str, why: str) -> Score:
    return Score(name=name, value=0.0, weight=0.0, why=why)
