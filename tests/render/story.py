"""An invented story and its repost, paragraph by paragraph; all publishers are made up."""

from __future__ import annotations

ORIGINAL_TITLE = "The ferry that came back from the scrapyard"
REPOST_TITLE = "FERRY BACK FROM THE DEAD: Island gets its old boat back"

# (in the repost, in the original, kind, quoted); None where one side has no counterpart.
PARAGRAPHS: tuple[tuple[str | None, str | None, str, bool], ...] = (
    (
        "Follow TideWire on every channel and never miss the boat again!",
        None,
        "excluded",
        False,
    ),
    (
        "For eleven winters the people of Sandrey rowed their own bread across the sound. "
        "On Monday a ship did it for them, and it was a ship that everybody knew.",
        "For eleven winters the people of Sandrey rowed their own bread across the sound. "
        "On Monday a ship did it for them, and it was a ship that everybody knew.",
        "verbatim",
        False,
    ),
    (
        "The Marguerite, built in 1961 and sold for scrap in 2015, tied up at the north pier "
        "shortly after seven in the morning with forty crates of flour, a piano and the new "
        "schoolteacher on board.",
        "The Marguerite, built in 1961 and sold for scrap in 2015, tied up at the north pier "
        "shortly after seven in the morning with forty crates of flour, a piano and the new "
        "schoolteacher on board.",
        "verbatim",
        False,
    ),
    (
        None,
        "This reporter crossed with her. The engine, a Danish diesel older than its engineer, "
        "was stopped twice on the way so that he could listen to it.",
        "",
        False,
    ),
    (
        "“Nobody buys a ship out of pity,” said Ansa Lindqvar, who chairs the island council. "
        "“We bought her because the sums came out.”",
        "“Nobody buys a ship out of pity,” said Ansa Lindqvar, who chairs the island council. "
        "“We bought her because the sums came out.”",
        "verbatim",
        True,
    ),
    (
        "The council paid 212,000 crowns for the hull, about a third of the price of a "
        "second-hand barge, and the islanders gave some nine thousand hours of labour for free.",
        "The hull cost the council 212,000 crowns, roughly a third of what a used barge would "
        "have cost, and islanders put in about nine thousand unpaid hours of work.",
        "rewritten",
        False,
    ),
    (
        "The old car deck now carries twelve vans instead of thirty cars, and the smoking saloon "
        "has become a surgery where a doctor from the mainland sees patients during the "
        "crossing, which takes fifty minutes in fair weather and does not happen in foul.",
        "The old car deck now carries twelve vans instead of thirty cars, and the smoking saloon "
        "has become a surgery where a doctor from the mainland sees patients during the "
        "crossing, which takes fifty minutes in fair weather and does not happen in foul.",
        "verbatim",
        False,
    ),
    (
        "What a story! Share it with somebody who loves the sea.",
        None,
        "",
        False,
    ),
    (
        "By the ministry’s own count, 1,140 people left the outer islands in the ten years "
        "without a ferry; Sandrey alone lost its pharmacy, its bank and two of its three shops.",
        "By the ministry’s own count, 1,140 people left the outer islands in the ten years "
        "without a ferry; Sandrey alone lost its pharmacy, its bank and two of its three shops.",
        "moved",
        False,
    ),
    (
        "The yard at Hollen, which had been paid to break her up, had instead kept her afloat as "
        "a store for timber. Its owner says that he “never found the morning for it”.",
        "The breaker’s yard at Hollen had been paid to cut her up and had used her instead as a "
        "floating timber store. Its owner told us that he “never found the morning for it”.",
        "rewritten",
        False,
    ),
    (
        "A licence to carry passengers came through on Friday, three days before the first "
        "crossing and two years after the application. It is valid until the end of October.",
        "A licence to carry passengers came through on Friday, three days before the first "
        "crossing and two years after the application. It is valid until the end of October.",
        "verbatim",
        False,
    ),
    (
        None,
        "What happens then depends on a boiler that nobody on the coast still makes. The council "
        "has found one in a museum, and the museum has not yet said no.",
        "",
        False,
    ),
    (
        "When the Marguerite left again at noon she was an hour late, half empty and cheered by "
        "everyone who could walk to the pier.",
        "When the Marguerite left again at noon she was an hour late, half empty and cheered by "
        "everyone who could walk to the pier.",
        "verbatim",
        False,
    ),
)

# The original tells the moved paragraph early on.
ORIGINAL_ORDER = (1, 8, 2, 3, 4, 5, 6, 9, 10, 11, 12)
REPOST_ORDER = tuple(i for i, row in enumerate(PARAGRAPHS) if row[0] is not None)
TAIL = "Source link\n\nSign up for the TideWire newsletter"
