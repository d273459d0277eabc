"""What the figures of a network are called, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.text.wording import counted
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from provenance.model.network import NetworkDelay, NetworkReport, NetworkStory

KIND = {
    "copied": "copied",
    "rewritten": "copied and reworded",
    "partly": "copied in part",
    "passage": "one passage in common",
}
DATES = (
    "“First” always means: by the dates that this collection gives. A text that its own site dated "
    "wrongly stands in the wrong place, and a source outside the collection is not seen."
)
ABOUT = {
    "stories": "Texts of which at least half stands in each other, directly or through others. The "
    "first is named where one text alone has the earliest date.",
    "flows": "Each text counts once, with the one source that holds most of it. Only sources with "
    "an earlier date on another site count; copies of an agency’s text are no copies of each "
    "other and are counted apart.",
    "delay": "Days between the dates of a copy and of its best source.",
    "sites": "Copied: texts with an earlier source on another site. Words: the mean share of their "
    "words that stand in it. Lent: copies of this site’s texts on other sites.",
    "pairs": "Some pairs of each kind, drawn by the numbers of their texts. What many texts print "
    "round stories of their own was cut out before they were compared.",
    "furniture": "What many texts print round stories of their own. It was cut out of every text "
    "before texts were compared.",
    "method": "Rows of each stage of the run. Every stage is a table of its own.",
}
STAGE = {
    "docs": "texts, one an address",
    "same": "texts by their letters",
    "nodes": "texts of different letters",
    "marks": "marks of all texts",
    "sizes": "pieces of texts",
    "held": "marks on more than one site",
    "post": "places of these marks",
    "furniture": "marks of furniture",
    "pairs": "pairs that share marks",
    "aligned": "pairs that share passages",
    "bonds": "links between texts",
    "labels": "texts in clusters",
    "edges": "edges",
    "clusters": "rows of clusters",
    "shown": "texts with an edge",
}


def headline(report: NetworkReport) -> str:
    """The result in one sentence."""
    copied, texts = report.copied, counted(report.texts, "text")
    if not copied:
        return f"None of {texts} is a copy of an earlier one on another site."
    verb = "has" if copied == 1 else "have"
    return (
        f"{copied:,} of {texts} ({percent(copied / report.texts)}) {verb} an earlier source on "
        "another site, by their own dates."
    )


def span_of_dates(report: NetworkReport) -> str:
    """The days that the collection spans."""
    if report.earliest is None or report.latest is None:
        return "no dates"
    undated = f"; {report.undated:,} without" if report.undated else ""
    return f"{report.earliest} to {report.latest}{undated}"


def first_of(story: NetworkStory) -> str:
    """Who had a story first, or that it cannot be said."""
    if story.first:
        return f"{story.site}, {story.since}"
    if story.since is None:
        return "undetermined: no dates"
    return f"undetermined: {story.since} is not one text’s date alone"


def delay_of(delay: NetworkDelay) -> str:
    """A step of the delays in words."""
    if delay.most is None:
        return f"more than {delay.least - 1} days"
    if delay.least == delay.most:
        return "1 day" if delay.least == 1 else f"{delay.least} days"
    return f"{delay.least} to {delay.most} days"
