"""The real answers of archives, each classified, and the cases whose truth is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import Garbled, Refused, Unavailable
from provenance.model import Precision
from provenance.world.archives import build
from provenance.world.archives.captures import Naming, sightings
from provenance.world.archives.cdx import parse
from provenance.world.archives.replay import replay
from provenance.world.archives.rows import read_rows
from tests.world.archives.build import WAYBACK, FakeWeb
from tests.world.archives.recorded import FOLDER, READ_AT, Interaction, here, interactions

if TYPE_CHECKING:
    from provenance.model import Capture

pytestmark = [pytest.mark.shared, here]


def kind(interaction: Interaction) -> str:
    path = urlsplit(interaction.url).path
    if path.startswith("/web/"):
        return "replay"
    if "cdx" in path or path.endswith(("-index", "/404")):
        return "index"
    return "other"


def asked(interaction: Interaction) -> str:
    url = parse_qs(urlsplit(interaction.url).query).get("url", [""])[0].removesuffix("*")
    return url if "://" in url else f"http://{url}"


def expected(interaction: Interaction) -> str:
    """What a person who reads the answer says that it is."""
    body = interaction.body.decode("utf-8", "replace")
    dated = any(name == "memento-datetime" for name, _ in interaction.headers)
    if "Blocked Site Error" in body or "has been excluded from the Wayback" in body:
        return "blocked"
    if kind(interaction) == "index":
        if interaction.status == 404:
            return "none" if "No Captures found" in body else "unknown"
        return "found" if "timestamp" in body or ")/" in body else "unknown"
    if interaction.status in {301, 302, 303}:
        return "onward"
    if interaction.status == 404 and not dated:
        return "blocked"
    return "found" if dated else "unknown"


def said(interaction: Interaction) -> str:
    """What we say that it is."""
    try:
        if kind(interaction) == "index":
            return index_said(interaction)
        if replayed(interaction) is None:
            return "onward"
    except Refused:
        return "blocked"
    except (Unavailable, Garbled):
        return "unknown"
    return "found"


def index_said(interaction: Interaction) -> str:
    listing = parse("archive", asked(interaction), interaction.capture)
    # Some were asked for all pages below an address: then the first of them is our question.
    url = listing.rows[0].original if listing.rows else asked(interaction)
    web = FakeWeb({"": interaction.capture})
    found = build(WAYBACK, web, lambda: READ_AT).sightings(url)
    return "found" if found.items else "none"


class _Onward(Exception):
    pass


def replayed(interaction: Interaction) -> Capture | None:
    """The page, or None where the answer sends us on."""

    def ask(url: str) -> Capture:
        if url != interaction.url:
            raise _Onward
        return interaction.capture

    try:
        return replay("archive", interaction.url, ask)
    except _Onward:
        return None


def test_all_are_classified_right_and_none_wrongly_as_none() -> None:
    relevant = [i for i in interactions() if kind(i) != "other"]
    wrong = [(i.url, expected(i), said(i)) for i in relevant if said(i) != expected(i)]
    assert wrong == []
    assert len(interactions()) == 178
    assert Counter((kind(i), said(i)) for i in relevant) == {
        ("index", "found"): 42,
        ("index", "none"): 75,
        ("index", "blocked"): 1,
        ("index", "unknown"): 4,
        ("replay", "found"): 30,
        ("replay", "onward"): 18,
        ("replay", "blocked"): 2,
        ("replay", "unknown"): 1,
    }


def test_no_row_of_the_long_lists_is_lost() -> None:
    for interaction in interactions():
        if kind(interaction) != "index" or said(interaction) != "found":
            continue
        lines = interaction.body.decode().splitlines()
        columns = [line for line in lines if len(line.split(" ")) == 7 and not line.startswith("{")]
        listing = parse("archive", asked(interaction), interaction.capture)
        assert listing.malformed == 0
        if columns and not lines[0].startswith("["):
            assert len(listing.rows) == len(columns)


@pytest.mark.parametrize(
    ("name", "rows", "uncertain", "bad"),
    [
        ("bad_timestamp_cdx.txt", 5, 2, 0),
        ("malformed_cdx.txt", 4, 0, 1),
        ("zero_length_cdx.txt", 5, 0, 0),
    ],
)
def test_bad_lists_of_real_archives(name: str, rows: int, uncertain: int, bad: int) -> None:
    listing = read_rows((FOLDER / "edgi-wayback" / "test_files" / name).read_bytes())
    # These are lists of many pages; here each row is to be judged for itself.
    listing = replace(listing, rows=tuple(replace(row, urlkey="") for row in listing.rows))
    naming = Naming(basis="test", memento=lambda row: row.timestamp)
    found, wrong = sightings(listing, listing.rows[0].original, naming, READ_AT)
    assert len(found) + wrong == rows + bad
    assert wrong == bad
    assert sum(s.precision is not Precision.SECOND for s in found) == uncertain
