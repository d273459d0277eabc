"""The one table of weights and thresholds, with where each comes from.

The weight of a testimony is the logarithm of its odds: how many times more often it is right than
wrong about who was first. ``python -m tests.bench.weigh`` counts that on whole cases; behind each
kind stands what it counted on the development cases, as right:wrong on so many sites. Where a kind
spoke on few sites its reason decides the weight, within what the count allows. Testimonies of one
kind are counted once, and the weights of different kinds are added.
"""

from __future__ import annotations

from provenance.model import Confidence, Likeness

# Who was first: positive weights, for the page that a testimony speaks for.
WEIGHTS = {
    # A page calls the other one its source and links it, and that one holds half of its text: it
    # speaks against its own interest, which one false date does not outweigh.
    "links_page": 6.0,  # 24:0 on 2 sites
    # The other page names and links this one: the same from the other side.
    "points_back": 6.0,  # not met
    # One of the two sites is an agency's or a release service's: others print its texts.
    "wholesale": 4.0,  # 4:0 on 4
    # A page calls the other one's site, or its name, its source, and half of its text stands there.
    "names_source": 3.5,  # not met
    # An archive held the text there before this page's own date of publication.
    "archive_before_claim": 3.0,  # 4:2 on 6; the two wrong are one false date
    # The same where less than half of the text stands there, or the page only hints.
    "names_site": 2.0,  # 15:0 on 3
    # A link to the other page in the text, without words that call it a source: that page holds
    # half of the text, or less.
    "links_half": 3.0,  # 3:0 on 2
    "plain_link": 2.0,  # not met
    "traces": 2.0,  # not met
    # The page says that its text is somebody else's, and names nobody else.
    "declares": 2.0,  # 33:0 on 4
    # Archives held the text there before they held it here: by weeks, by days, by hours.
    "archive_weeks": 3.0,  # not met
    "archive_days": 2.0,  # 5:0 on 2
    "archive_hours": 1.5,  # 15:0 on 5
    "claimed_first": 1.5,  # 3:1 on 4
    "index_first": 1.0,  # not met
}
# Kinds of testimony that are the word of the page under test.
OWN_WORD = frozenset(
    {"links_page", "names_source", "names_site", "links_half", "plain_link", "declares"}
)
# Odds of twenty to one settle who was first.
SETTLED = 3.0

# Shares of the words of a text (0..1).
WHOLE = 0.80  # from which a page is wholly somebody else's text (METER's scale)
SUBSTANTIAL = 0.30  # of either text, from which a match may be the verdict's
NEARLY_WHOLE = 0.75  # of either text, from which the agency's mark of one page speaks for both
HALF = 0.50  # of this page, which a linked page must hold for the link to settle it
FAR_LESS = 0.5  # of the best match's share, below which a match is not the answer

# How sure a measured likeness makes us that one text was made from the other; the share copied is
# reported apart, for a small part can be copied beyond doubt.
COPYING = {
    Likeness.COPIED: 1.0,
    Likeness.PARTLY: 0.9,
    Likeness.REWRITTEN: 0.7,
    Likeness.TRANSLATED: 0.7,
    Likeness.SAME_DOCUMENT: 0.1,
    Likeness.SAME_EVENT: 0.1,
    Likeness.UNRELATED: 0.0,
}

STRONG, MEDIUM = 0.93, 0.70


def confidence(probability: float | None) -> Confidence:
    """The word for a probability; NONE where the verdict claims nothing."""
    if probability is None:
        return Confidence.NONE
    if probability >= STRONG:
        return Confidence.STRONG
    return Confidence.MEDIUM if probability >= MEDIUM else Confidence.LOW
