"""The verdict in words: one sentence, its reasons, and what was not checked.

The tool measures and does not accuse, and it never says that nothing was found where somebody
could not be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import (
    Answer,
    Attribution,
    Basis,
    Derivation,
    Family,
    Likeness,
    PageState,
    VerdictKind,
)
from provenance.render.text.plain import isolated, plain
from provenance.render.text.wording import (
    TRANSLATION,
    VERDICT,
    before,
    clock,
    counted,
    listed,
    origin_name,
    quoted,
    source_name,
    stated,
    where,
)
from provenance.text.numbers import percent
from provenance.text.shared_words import count_sentences
from provenance.text.urls import host, is_web_url

if TYPE_CHECKING:
    from provenance.model import Finding, Report, Score, Signal

_ANSWERED = {Answer.FOUND, Answer.NONE}
_STATES = {
    PageState.CONSENT_WALL: "a consent wall stands where its text should be",
    PageState.PAYWALL_STUB: "only the part before its paywall was served",
    PageState.SCRIPT_SHELL: "its text is put in by scripts, which are not run",
    PageState.SOFT_404: "it seems to be an error page",
    PageState.EMPTY: "it holds no text",
    PageState.LISTING: "it lists articles and is none itself (provenance audit checks each)",
}
# So few words can stand anywhere.
_FEW_WORDS = 20
_ALL_ANSWERED = "Nothing: every service that was asked answered."
_UNSEARCHED = (
    "No search service was asked, because a page that holds this text was found without one. "
    "An earlier copy elsewhere is not ruled out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """Somebody who was not asked, or gave no answer: what was asked, why not, when to try again.

    ``tried`` is True where the question was put and no usable answer came; ``answered`` where the
    same provider answered something else.
    """

    provider: str
    asked: tuple[str, ...]
    why: str
    retry_after: float | None
    tried: bool
    answered: bool


def label(report: Report) -> str:
    """The verdict in one to four words: ``Repost``, ``Could not tell``."""
    verdict = report.verdict
    if verdict.kind is VerdictKind.DECLARED and verdict.derivation is Derivation.PARTIALLY:
        return "Declared partial repost"
    if _told(report.answer) is Likeness.TRANSLATED and verdict.kind in TRANSLATION:
        return TRANSLATION[verdict.kind]
    return VERDICT[verdict.kind]


def sentence(report: Report) -> str:
    """The verdict in one to five short sentences, on one line, safe to print.

    Of a page that is gone they begin with the capture that was checked instead.
    """
    return f"{_gone(report)}{_answer(report)}{_licensed(report)}"


def _gone(report: Report) -> str:
    """What was checked instead of a live page that could not be had; '' where it was had."""
    instead = report.stand_in
    if instead is None:
        return ""
    return (
        f"The live page could not be read: {plain(instead.why)}. Checked instead: its newest "
        f"readable snapshot, of {clock(instead.captured_at)}. "
    )


def _licensed(report: Report) -> str:
    """That the page owes nobody a credit, as whoever checked it has set down; '' for the others."""
    held = report.verdict.attribution is Attribution.LICENSED
    return " Its site is listed as licensed by whoever checked it." if held else ""


def _answer(report: Report) -> str:
    finding, kind = report.answer, report.verdict.kind
    told = {
        VerdictKind.FIRST: _was_first,
        VerdictKind.COMMON: _common,
        VerdictKind.REPOST: _copied,
        VerdictKind.PARTIAL: _copied,
        VerdictKind.ELSEWHERE: _elsewhere,
    }
    if finding is not None and kind in told:
        return told[kind](report, finding)
    return _declared(report) if kind is VerdictKind.DECLARED else _unknown(report)


def reasons(report: Report) -> tuple[str, ...]:
    """Why the verdict is what it is, one sentence each, weightiest first, then what limits it."""
    return tuple(dict.fromkeys(plain(score.why) for score in ordered(report) if score.why))


def owes_credit(report: Report) -> bool:
    """Whether there is a source to credit, as far as the verdict tells."""
    return report.verdict.kind.reused


def page_name(report: Report) -> str:
    """The address of the page under test, or what the person named: ``standard input`` for -."""
    if report.suspect.url:
        return report.suspect.url
    return "standard input" if report.target == "-" else report.target


def ordered(report: Report) -> tuple[Score, ...]:
    """The verdict's scores: the share copied, then the weightiest, then what limits the verdict."""
    scores = report.verdict.scores
    if report.verdict.basis is not Basis.MEASURED:
        return scores
    return tuple(sorted(scores, key=_place))


def _place(score: Score) -> tuple[bool, bool, float]:
    """The share first, then what speaks for the verdict and against it, then what limits it."""
    measured = score.name in {"copying", "sentences"}
    return not measured, not score.weight, -abs(score.value * score.weight)


def unchecked(report: Report) -> tuple[Unchecked, ...]:
    """Who was not asked or did not answer, one entry for each provider and reason."""
    groups: dict[tuple[str, str], list[str]] = {}
    later: dict[tuple[str, str], float | None] = {}
    put = {(lookup.provider, lookup.asked) for lookup in report.lookups}
    tried: dict[tuple[str, str], bool] = {}
    answered = {plain(look.provider) for look in report.lookups if look.answer in _ANSWERED}
    for miss in report.misses:
        key = (plain(miss.provider), plain(miss.why))
        groups.setdefault(key, []).append(plain(miss.asked))
        answerable = not report.settings.offline
        tried[key] = answerable and (miss.provider, miss.asked) in put
        later[key] = max(filter(None, (later.get(key), miss.retry_after)), default=None)
    return tuple(
        Unchecked(
            provider=provider,
            asked=tuple(dict.fromkeys(asked)),
            why=why,
            retry_after=later[provider, why],
            tried=tried[provider, why],
            answered=provider in answered,
        )
        for (provider, why), asked in groups.items()
    )


def unasked_note(report: Report) -> str:
    """What stands under "not checked" beside its list: who was left out, or that nobody was."""
    services = {spec.name for spec in report.settings.searches} | {"search"}
    asked = {lookup.provider for lookup in report.lookups}
    asked |= {miss.provider for miss in report.misses}
    if report.answer is not None and not asked & services:
        return _UNSEARCHED
    return "" if report.misses else _ALL_ANSWERED


def archives_asked(report: Report) -> bool:
    """Whether any archive was asked for captures of the page under test."""
    return not report.settings.offline and bool(_archive_answers(report))


def archives_answered(report: Report) -> bool:
    """Whether an archive said what it holds of the page under test, be it nothing."""
    return any(answer in _ANSWERED for answer in _archive_answers(report))


def searched(report: Report) -> bool:
    """Whether a search service answered at all, be it that it knows of nothing."""
    services = {spec.name for spec in report.settings.searches}
    return any(
        lookup.provider in services and lookup.answer in _ANSWERED for lookup in report.lookups
    )


def _archive_answers(report: Report) -> list[Answer]:
    archives = {spec.name for spec in report.settings.archives}
    url = report.suspect.url
    return [
        lookup.answer
        for lookup in report.lookups
        if url is not None and lookup.provider in archives and lookup.asked.endswith(url)
    ]


def key_signal(report: Report) -> Signal | None:
    """The sign on the page that its own declaration rests on most."""
    named = {score.name for score in report.verdict.scores}
    counting = [
        s for s in report.signals if s.silenced_by is None and s.family is not Family.FURNITURE
    ]
    resting = [s for s in counting if s.rule in named]
    claiming = [s for s in counting if s.claims in {Derivation.WHOLLY, Derivation.PARTIALLY}]
    return next(iter([*resting, *claiming]), None)


def _lead_time(report: Report, finding: Finding) -> str:
    """``, which was published 2 days earlier``, else what archives show; '' for neither."""
    own = before(stated(finding.sightings), stated(report.sightings))
    if own:
        return f", which was published {own} earlier"
    seen = report.verdict.seen
    earlier = before(seen.other, seen.page)
    return f", which was on record {earlier} earlier" if earlier else ""


def _copied(report: Report, finding: Finding) -> str:
    assert finding.reuse is not None  # noqa: S101 - an answer was compared
    whole = report.verdict.derivation is Derivation.WHOLLY
    opening = "This page is a repost of" if whole else "Part of this page is from"
    if _told(finding) is Likeness.TRANSLATED:
        opening = "This page is a translation of" if whole else "Part of this page translates"
    parts = [
        f"{opening} {_named(finding)}{_lead_time(report, finding)}.",
        _measured(finding),
    ]
    if report.verdict.attribution is Attribution.MISATTRIBUTED:
        return " ".join((*parts, "The page credits another source."))
    near, far = _stations(report, finding)
    if near:
        parts.append(f"The text came by way of {listed(near)}.")
    if far:
        parts.append(f"That page names {listed(far)} as its own source.")
    return " ".join(parts)


def _stations(report: Report, finding: Finding) -> tuple[list[str], list[str]]:
    """The names on the chain before the page found, and those that it only names."""
    chain = report.verdict.chain
    address = finding.candidate.url if is_web_url(finding.candidate.url) else None
    here = [n for n, hop in enumerate(chain) if hop.url == address]
    at = here[0] if here else len(chain)
    named = [isolated(hop.publisher or hop.url or "") for hop in chain]
    return [name for name in named[:at] if name], [name for name in named[at + 1 :] if name]


def _was_first(report: Report, finding: Finding) -> str:
    assert finding.reuse is not None  # noqa: S101
    seen = report.verdict.seen
    later = before(stated(report.sightings), stated(finding.sightings)) or before(
        seen.page, seen.other
    )
    when = f"{later} later" if later else "later"
    if finding.reuse.by_sentences is not None:
        return (
            f"This page was first. Its statements appeared {when} in {_named(finding)}. "
            f"{_measured(finding)}"
        )
    share = percent(finding.reuse.suspect_containment)
    return f"This page was first. {share} of its words appeared {when} in {_named(finding)}."


def _common(report: Report, finding: Finding) -> str:
    assert finding.reuse is not None  # noqa: S101
    third = origin_name(report.verdict.origin) if report.verdict.origin else "a third party"
    both = f"This page and {_named(finding)} both carry text of {third}. Neither is the source "
    if finding.reuse.by_sentences is not None:
        return f"{both}of the other. {_measured(finding)}"
    share = percent(finding.reuse.suspect_containment)
    return f"{both}of the other; {share} of this page's words stand on both."


def _elsewhere(report: Report, finding: Finding) -> str:
    assert finding.reuse is not None  # noqa: S101
    if finding.reuse.by_sentences is not None:
        across = _told(finding) is Likeness.TRANSLATED
        points = "a translation of one from the other" if across else "one retelling the other"
        return (
            f"This page makes the same statements in the same order as {_named(finding)}: "
            f"{count_sentences(finding.reuse.by_sentences)}. This points to {points}. "
            f"{_undecided(report)}."
        )
    share = percent(finding.reuse.suspect_containment)
    there = f"{share} of this page's words also stand in {_named(finding)}"
    return f"{there}. {_undecided(report)}."


def _told(finding: Finding | None) -> Likeness | None:
    """The likeness of the answer, where its sentences show it and not its words."""
    reuse = finding.reuse if finding else None
    return reuse.likeness if reuse and reuse.by_sentences is not None else None


def _measured(finding: Finding) -> str:
    """What was found of this page there: its words, or its statements, in one sentence."""
    assert finding.reuse is not None  # noqa: S101 - an answer was compared
    told = finding.reuse.by_sentences
    if told is None:
        return f"{percent(finding.reuse.suspect_containment)} of this page's words stand there."
    return f"The same statements stand there in the same order: {count_sentences(told)}."


def _undecided(report: Report) -> str:
    """Why nobody says who was first: which of the two is dated, and how the dates lie."""
    seen = report.verdict.seen
    if seen.page is None or seen.other is None:
        return "The evidence does not tell which of the two was first"
    first, second = sorted((seen.page, seen.other), key=lambda sighting: sighting.at)
    one, two = "this page", "the other page"
    if first is seen.other:
        one, two = two, one
    gap = before(first, second)
    if gap is None:
        return "Both pages are on record at about the same time, which does not tell who was first"
    return (
        f"{one.capitalize()} is on record {gap} before {two}; that alone does not tell which of "
        "the two was first"
    )


def _declared(report: Report) -> str:
    """What the page says of itself, when no text was found to compare it with."""
    verdict = report.verdict
    whole = verdict.derivation is Derivation.WHOLLY
    says = "it is a repost" if whole else "part of it comes from elsewhere"
    origin = verdict.origin
    unasked = _silent(report)
    if verdict.attribution is Attribution.MISATTRIBUTED or _refuted(report):
        pointed = origin_name(origin) if origin else "the page it points at"
        return (
            f"The page says that {says}{_cited(report)}, but {pointed} was read and does not hold "
            f"the text. The source is not known{unasked}."
        )
    if origin is None or not (origin.publisher or origin.url):
        return (
            f"The page says that {says}{_cited(report)} but does not name the source. "
            f"The source is not known{unasked}."
        )
    of, signal = origin_name(origin), key_signal(report)
    says = f"it is a repost of {of}" if whole else f"part of it is {of}'s"
    if whole and signal is not None and signal.family is Family.AGENCY:
        says = f"its text is {of}'s"
    why = _why_declared(report)
    return f"The page says that {says}{_cited(report)}. That is its own word: {why}{unasked}."


def _why_declared(report: Report) -> str:
    """Why a verdict rests on the page's own word: what was compared, and what came of it."""
    compared = [finding for finding in report.findings if finding.reuse is not None]
    if any(score.name == "elsewhere" for score in report.verdict.scores):
        return "a copy was found elsewhere, but not the source that it names"
    return "no copy of its text was found" if compared else "no text was compared"


def _unknown(report: Report) -> str:
    if report.verdict.kind is VerdictKind.NONE_FOUND:
        answered = [lookup for lookup in report.lookups if lookup.answer in _ANSWERED]
        providers = listed(list(dict.fromkeys(plain(lookup.provider) for lookup in answered)))
        told = "; ".join((_mentions(report), *_limits(report)))
        return (
            f"No source found: {told}, and {counted(len(answered), 'look-up')} "
            f"({providers}) found no copy on another site. That does not prove that the text is "
            "the page's own."
        )
    parts = [_mentions(report), *_limits(report)]
    missed = unchecked(report)
    if missed or not report.lookups:
        parts.append(_who(missed))
    elif not searched(report):
        parts.append("no search service was asked")
    return f"Could not tell: {'; '.join(parts)}."


def _limits(report: Report) -> tuple[str, ...]:
    """What about the page itself keeps an answer from being had."""
    page = report.suspect
    if page.state in _STATES:
        return (_STATES[page.state],)
    size = len(page.text.split())
    return (f"its text has only {counted(size, 'word')}",) if size < _FEW_WORDS else ()


def _mentions(report: Report) -> str:
    """What the page says of a source, where that is not enough to call it one."""
    signal = key_signal(report)
    if signal is None or not (signal.names or signal.target):
        return "the page names no source"
    name = signal.names[0] if signal.names else host(signal.target or "")
    return (
        f"the page mentions {isolated(name)}{_cited(report)}, which alone does not make it a copy"
    )


def _who(missed: tuple[Unchecked, ...]) -> str:
    """``archive and search were not asked``, ``search gave no answer``."""
    tried = dict.fromkeys(entry.provider for entry in missed if entry.tried)
    partly = {entry.provider for entry in missed if entry.answered}
    silent = [name for name in tried if name not in partly]
    in_part = [name for name in tried if name in partly]
    unasked = [entry.provider for entry in missed if not entry.tried]
    unasked = [name for name in dict.fromkeys(unasked) if name not in tried]
    parts = []
    if unasked or not tried:
        was = "were" if len(unasked) > 1 else "was"
        parts.append(f"{listed(unasked) or 'nobody'} {was} {'not ' if unasked else ''}asked")
    if silent:
        parts.append(f"{listed(silent)} gave no answer")
    if in_part:
        parts.append(f"{listed(in_part)} did not answer every question")
    return listed(parts)


def _named(finding: Finding) -> str:
    title = finding.source.title if finding.source else None
    name = source_name(finding)
    return f"{quoted(title, 90)} ({name})" if title else name


def _cited(report: Report) -> str:
    """`` (“Source link” near the end)``, or nothing where no sign can be quoted."""
    signal = key_signal(report)
    if signal is None or not signal.quote.strip():
        return ""
    return f" ({quoted(signal.quote)} {where(signal, report.suspect)})"


def _refuted(report: Report) -> bool:
    return any(score.name == "refuted" for score in report.verdict.scores)


def _silent(report: Report) -> str:
    """``; archive was not asked``, or nothing when everybody answered."""
    missed = unchecked(report)
    return f"; {_who(missed)}" if missed else ""
