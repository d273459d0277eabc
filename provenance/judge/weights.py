"""The one table of weights, thresholds and ceilings, with where each comes from.

Evidence stands in tiers: what the page itself points at and what independent witnesses dated
decides; likeness of texts ranks; the rest breaks ties. The figures are set so that copying that is
complete, pointed at by the page and dated by an archive is STRONG, that any two of these are
MEDIUM, and that none of them alone is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Basis, Confidence, Likeness

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = {
    "copying": 0.40,  # the texts were compared: nothing else says that copying happened
    "pointed_at": 0.20,  # the page links or names this address as its source
    "archive_first": 0.20,  # an archive holds the text there before it holds it here
    "index_first": 0.08,  # a search index or feed dated it earlier there
    "traces": 0.06,  # pictures, self-references or links of the source left in the copy
    "wholesale": 0.06,  # an agency's own site: its texts are there to be printed elsewhere
    "claimed_first": 0.03,  # both pages' own dates: anybody can write a date
    "headline": 0.03,  # the headlines agree; many copiers write a new one
}

STRONG, MEDIUM, LOW = 0.70, 0.45, 0.20
CLEAR_GAP = 0.05  # below this lead over another house, which one is the source is not sure

COPIED = 0.80  # share of the page's words that makes it wholly somebody else's (METER's scale)

# How sure a measured likeness makes us that one text was made from the other; the share copied is
# reported apart, for a small part can be copied beyond doubt.
COPYING = {
    Likeness.COPIED: 1.0,
    Likeness.PARTLY: 0.9,
    Likeness.REWRITTEN: 0.7,
    Likeness.SAME_EVENT: 0.1,
    Likeness.UNRELATED: 0.0,
}

CEILINGS: dict[str, tuple[Confidence, str]] = {
    "declared": (
        Confidence.MEDIUM,
        "Capped: this rests on the page's own word; no text was compared.",
    ),
    "undetermined": (Confidence.MEDIUM, "Capped: who was first is not settled."),
    "stub": (Confidence.MEDIUM, "Capped: the page was served without its full text."),
    "runner_up": (Confidence.MEDIUM, "Capped: another site holds the text nearly as well."),
    "single_kind": (Confidence.MEDIUM, "Capped: fewer than two kinds of evidence agree."),
}


# How often verdicts of a kind were right on labelled pages, rich in traps as those are; printed
# again by ``make bench-judge``. A kind that no labelled page got has no figure.
PROBABILITY: Mapping[tuple[Basis, Confidence], float] = {
    (Basis.DECLARED, Confidence.MEDIUM): 0.90,
}


def word(total: float) -> Confidence:
    """The ordinal confidence that a ledger's total stands for, before ceilings."""
    if total >= STRONG:
        return Confidence.STRONG
    if total >= MEDIUM:
        return Confidence.MEDIUM
    return Confidence.LOW if total >= LOW else Confidence.NONE
