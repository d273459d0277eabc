"""The answer from the page alone: what its own signals say before anybody is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.signs import probability_of, sign_weights
from provenance.model import (
    Attribution,
    Basis,
    Declaration,
    Derivation,
    Family,
    Hop,
    Origin,
    PageState,
    Place,
    Signal,
    Strength,
)
from provenance.text.publishers import (
    AgencyKind,
    agency_named,
    name_key,
    publisher_of,
    publishers_named,
)
from provenance.text.shorten import shorten
from provenance.text.urls import is_front, registrable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document

_CLAIMING = {Derivation.WHOLLY, Derivation.PARTIALLY}
_NO_ARTICLE = {PageState.LISTING, PageState.SOFT_404}
_HELPERS = {"agency_contributed", "material_from"}
_LONGEST = 120
_FAMILIES = (Family.STATEMENT, Family.MARKUP, Family.AGENCY, Family.TRACE)


def declare(document: Document, signals: Iterable[Signal]) -> Declaration:
    """What the page says of itself, from the signals that count, weighed together.

    A listing or an error page has no text of its own to speak of: what stands there is not counted.
    """
    counting = [
        signal
        for signal in signals
        if document.state not in _NO_ARTICLE
        and signal.silenced_by is None
        and signal.family is not Family.FURNITURE
        and signal.claims in _CLAIMING
    ]
    counting.sort(key=_order)
    probability = probability_of(document, counting)
    believed = probability >= sign_weights().threshold
    chain = _chain(counting)
    return Declaration(
        derivation=_derivation(counting) if believed else Derivation.UNKNOWN,
        attribution=_attribution(counting),
        origin=_origin(counting, chain) if believed else None,
        chain=chain,
        signals=tuple(counting),
        probability=probability,
    )


def _order(signal: Signal) -> tuple[int, int]:
    return list(Strength).index(signal.strength), _FAMILIES.index(signal.family)


def _derivation(counting: list[Signal]) -> Derivation:
    """WHOLLY unless the only whole claims are an agency's and another desk stands beside it.

    A note that an agency's own writer helped says nothing of a second hand.
    """
    whole = [signal for signal in counting if signal.claims is Derivation.WHOLLY]
    agencies = _agencies_of(whole)
    mixed = [
        signal
        for signal in counting
        if signal.claims is Derivation.PARTIALLY
        and not (signal.rule in _HELPERS and _agencies_of([signal]) & agencies)
    ]
    if mixed and all(signal.family is Family.AGENCY for signal in whole):
        return Derivation.PARTIALLY
    return Derivation.WHOLLY if whole else Derivation.UNKNOWN


def _agencies_of(signals: Iterable[Signal]) -> set[str]:
    """The agencies that signals name, each under one name: "AP" is "The Associated Press"."""
    named = (agency_named(name) for signal in signals for name in signal.names)
    return {agency.name for agency in named if agency is not None}


def _attribution(counting: list[Signal]) -> Attribution:
    """The best grade that the visible words reach; a link only in the markup names nobody."""
    if not counting:
        return Attribution.NONE
    named = [signal for signal in counting if signal.names and _visible(signal)]
    linked = [signal.target for signal in counting if signal.target]
    if named:
        credited = any(_leads_to(url, signal.names) for signal in named for url in linked)
        return Attribution.CREDITED if credited else Attribution.NAMED
    if linked or any(_visible(signal) for signal in counting):
        return Attribution.BARE_LINK
    return Attribution.NAMED if any(signal.names for signal in counting) else Attribution.NONE


def _leads_to(url: str, names: tuple[str, ...]) -> bool:
    """Whether an address may be the named publisher's: not when both are known as two houses."""
    there = publisher_of(url)
    houses = {known.house for name in names for known in publishers_named(name)}
    return there is None or not houses or there.house in houses


def _visible(signal: Signal) -> bool:
    return signal.place not in {Place.META, Place.JSON_LD, Place.MARKUP, Place.URL}


def _chain(counting: list[Signal]) -> tuple[Hop, ...]:
    """Every station named, nearest first: statements and markup, then agencies.

    A station named in several ways is one, under the fullest of its names.
    """
    hops: dict[str, Hop] = {}
    for signal in sorted(counting, key=lambda s: _FAMILIES.index(s.family)):
        why = f"The page says “{shorten(signal.quote, _LONGEST)}”."
        for name in signal.names or ((None,) if signal.target else ()):
            key = _key(name, signal.target)
            known = hops.get(key)
            if known is None:
                hops[key] = Hop(url=signal.target, publisher=name, why=why)
            else:
                fuller = max(known.publisher or "", name or "", key=len) or None
                url = _nearer(known.url, signal.target)
                hops[key] = replace(known, url=url, publisher=fuller)
    return tuple(hops.values())


def _nearer(known: str | None, other: str | None) -> str | None:
    """The first of two addresses, unless it is a whole site's and the other a page's."""
    return other if not known or (other and is_front(known)) else known


def _key(name: str | None, url: str | None) -> str:
    """What tells stations apart: the agency, the house, else the name or the site."""
    if name and (agency := agency_named(name)) is not None:
        return agency.name
    if url and (known := publisher_of(url)) is not None:
        return known.house
    if name and (houses := publishers_named(name)):
        return houses[0].house
    return name_key(name) if name else registrable(url or "")


def _origin(counting: list[Signal], chain: tuple[Hop, ...]) -> Origin | None:
    """The address if one is given, else the first name, each with what the chain knows of it.

    The address of a page goes before that of a whole site.
    """
    targets = [(signal.target, signal) for signal in counting if signal.target]
    for url, signal in sorted(targets, key=lambda each: is_front(each[0])):
        name = next(iter(signal.names), None)
        hop = next((hop for hop in chain if hop.url == url and hop.publisher), None)
        return Origin(url=url, publisher=hop.publisher if hop else name, basis=Basis.DECLARED)
    named = [hop.publisher for hop in chain if hop.publisher]
    if not named:
        return None
    publisher = next((name for name in named if not _is_distributor(name)), named[0])
    return Origin(url=None, publisher=publisher, basis=Basis.DECLARED)


def _is_distributor(name: str) -> bool:
    """Whether a name is of those who hand on what others wrote."""
    known = publishers_named(name)
    return bool(known) and all(one.kind in _DISTRIBUTORS for one in known)


_DISTRIBUTORS = {
    AgencyKind.PORTAL,
    AgencyKind.AGGREGATOR,
    AgencyKind.RELEASE,
    AgencyKind.SYNDICATE,
}
