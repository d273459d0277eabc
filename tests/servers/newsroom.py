"""An invented newspaper and a site that mirrors it, for real WordPress."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.servers.wordpress import Post, Site

PUBLISHED = datetime(2026, 2, 24, 8, 0, tzinfo=UTC)
ROAD = Post(
    title="The road nobody mends",
    slug="the-road-nobody-mends",
    at=PUBLISHED,
    body=(
        "<p>Every October the council rediscovers the harbour road, walks along it for an hour in "
        "bright jackets and promises that this time the potholes will be gone.</p>\n"
        '<p>"It\'s the drain, not the tar," said Ottilie Quist, who has sold tyres there since the '
        "ferry stopped. The repair would cost 4,200 crowns - less than the study did.</p>\n"
        "<p>What the road needs is <em>neither a study</em> nor a ribbon but forty metres of drain "
        "pipe laid below the frost line.</p>"
    ),
)
_PLACES = ("Eastquay", "Millbrook", "Saltmarsh", "Lanternhill", "Oxbow", "Tollgate", "Fernwick")
_MATTERS = ("library", "ferry", "orchard", "market hall", "school kitchen", "weir", "bandstand")


def _filler(number: int) -> Post:
    place, matter = _PLACES[number % 7], _MATTERS[number // 7 % 7]
    return Post(
        title=f"{place} argues about its {matter}",
        slug=f"{place.lower()}-{number}",
        at=PUBLISHED - timedelta(days=number + 1),
        body=(
            f"<p>The people of {place} met for the {number + 1}th time about the {matter} and went "
            f"home with {number + 3} opinions. The harbour office took notes.</p>"
        ),
    )


NEWSPAPER = Site(name="Harbour Post", posts=(ROAD, *(_filler(number) for number in range(48))))
MIRROR = Site(
    name="Coast Digest",
    pretty=False,
    posts=(
        Post(
            title=ROAD.title,
            slug=ROAD.slug,
            at=PUBLISHED + timedelta(days=2),
            body=f'{ROAD.body}\n<p><a href="http://harbourpost.example/road">Source link</a></p>',
        ),
    ),
)
SITES = {"post": NEWSPAPER, "mirror": MIRROR}
