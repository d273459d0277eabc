"""Invented stories and what a copier does to them."""

from __future__ import annotations

SENTENCES = (
    "The harbour commission of Saltmere voted on Tuesday to close the northern quay to lorries.",
    "Engineers had warned since spring that eleven of its thirty piles were cracked below water.",
    "A survey paid for by the county put the cost of new piles at four million crowns.",
    "Fishermen fear that the detour through the old town will cost them an hour every morning.",
    "Their spokesman, Anselm Drury, counted nine vans stuck in Cooper Lane last week alone.",
    "The mayor promised a temporary ramp on the southern side before the herring season begins.",
    "Hauliers with contracts at the cold store may apply for passes that are valid until August.",
    "Only two of the thirteen members voted against the plan, both of them ship owners.",
    "Work on the first piles is due to start once the ice has gone from the inner basin.",
    "Until then, a boom and two watchmen will keep anything heavier than a bicycle away.",
    "The quay was built in the year of the great flood and was last repaired a generation ago.",
    "Its granite edge is listed as a monument, which makes every drill hole a matter for permits.",
)
STORY = " ".join(SENTENCES[:6]) + "\n\n" + " ".join(SENTENCES[6:])

OTHER = (
    "Two schools in the valley will share one kitchen from September on. "
    "Parents were asked in a letter whether they would pay a little more for organic vegetables. "
    "Most of them said that they would, provided the menus were printed a month ahead. "
    "The cook, who has run the larger kitchen for years, expects to need three helpers. "
    "Deliveries are to come from farms within a day's walk, a promise made before the election. "
    "Whether the ovens of the smaller school can be sold is still being looked into."
)

SAME_EVENT = (
    "Lorries are no longer welcome on Saltmere's oldest landing place. "
    "That was decided by a large majority of the harbour commission in its winter session. "
    "Cracks in the foundations, found by divers, left the members hardly any choice. "
    "For the fishing families the decision means longer ways, as Anselm Drury pointed out. "
    "City hall now wants to put up a provisional ramp across the water, if possible by April. "
    "What all this will cost is open; a first estimate speaks of four million crowns."
)

STATEMENT = (
    "We have listened to everybody, and the stones simply cannot carry forty tonnes any longer, "
    "whatever some people may have been told over a drink"
)


def lightly_edited(text: str) -> str:
    """Typography and a few words changed."""
    changes = (
        ("'", "’"),
        ("voted on Tuesday", "decided on Tuesday"),
        ("harbour", "harbor"),
        ("four million", "4m"),
        ("last week alone", "in the last week alone"),
        ("promised", "announced"),
    )
    for old, new in changes:
        text = text.replace(old, new)
    return text
