"""How rules make Signals: on the exact words of a line, or on what the markup says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import Derivation, Family, Signal, Strength

if TYPE_CHECKING:
    from provenance.detect.lines import Line
    from provenance.model import Statement


@dataclass(frozen=True, slots=True)
class SignalTemplate:
    """What one rule's signals have in common.

    ``claims`` is what the sign says of the page if it is believed; without a ``strength`` of its
    own, a signal is as strong as what it gives: an address, a name, or only the fact of a repost.
    """

    rule: str
    family: Family
    claims: Derivation = Derivation.WHOLLY
    strength: Strength | None = None

    def on(
        self,
        line: Line,
        *,
        at: tuple[int, int] | None = None,
        names: tuple[str, ...] = (),
        target: str | None = None,
    ) -> Signal:
        """The signal on words of a line; ``at`` bounds them, the whole line if not given."""
        start, end = at or (0, len(line.text))
        end = min(end, len(line.text))  # a link may run on into the next line of its block
        return Signal(
            rule=self.rule,
            family=self.family,
            quote=line.text[start:end],
            place=line.place,
            strength=self.strength or _strength(names, target),
            claims=self.claims,
            span=line.span(start, end),
            names=names,
            target=target,
        )

    def said(
        self, statement: Statement, *, names: tuple[str, ...] = (), target: str | None = None
    ) -> Signal:
        """The signal on what the markup says; it has no span."""
        return Signal(
            rule=self.rule,
            family=self.family,
            quote=statement.value,
            place=statement.place,
            strength=self.strength or _strength(names, target),
            claims=self.claims,
            names=names,
            target=target,
        )


def _strength(names: tuple[str, ...], target: str | None) -> Strength:
    if target:
        return Strength.URL
    return Strength.NAME if names else Strength.REPOST
