"""How rules make Signals: the exact words of a line, or what the markup says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Derivation, Signal, Strength

if TYPE_CHECKING:
    from provenance.detect.page import Line
    from provenance.model import Family, Statement


def seen(
    rule: str,
    family: Family,
    line: Line,
    *,
    at: tuple[int, int] | None = None,
    names: tuple[str, ...] = (),
    target: str | None = None,
    claims: Derivation = Derivation.WHOLLY,
    strength: Strength | None = None,
) -> Signal:
    """A signal on words of a line; ``at`` bounds them, the whole line if not given."""
    start, end = at or (0, len(line.text))
    return Signal(
        rule=rule,
        family=family,
        quote=line.text[start:end],
        place=line.place,
        strength=strength or strength_of(names, target),
        claims=claims,
        span=line.span(start, end),
        names=names,
        target=target,
    )


def said(
    rule: str,
    family: Family,
    statement: Statement,
    *,
    names: tuple[str, ...] = (),
    target: str | None = None,
    claims: Derivation = Derivation.WHOLLY,
    strength: Strength | None = None,
) -> Signal:
    """A signal on what the markup says; it has no span."""
    return Signal(
        rule=rule,
        family=family,
        quote=statement.value,
        place=statement.place,
        strength=strength or strength_of(names, target),
        claims=claims,
        names=names,
        target=target,
    )


def strength_of(names: tuple[str, ...], target: str | None) -> Strength:
    """URL where an address is given, NAME where a name is, else only the fact of a repost."""
    if target:
        return Strength.URL
    return Strength.NAME if names else Strength.REPOST
