"""Real pages whose truth is known: when they were published and what archives hold of them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Refused
from provenance.jobs.check.appearance import Appearance, first_matching
from provenance.model import Capture, ProviderSpec, Settings, Sighting, Witness
from provenance.read import read_capture
from provenance.world.archives import build
from provenance.world.archives.captures import Naming, sightings
from provenance.world.archives.links import told_by_replay
from provenance.world.archives.rows import CdxPage, read_rows
from provenance.world.http.web import PoliteWeb
from provenance.world.store import Store
from tests.servers.recorded import serve_recorded
from tests.world.archives.recorded import FOLDER, READ_AT, Interaction, here, interactions
from tests.world.evil import asking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.shared, here]


def appearance(host: str, url: str, holds: Callable[[Capture], bool]) -> Appearance:
    """The first appearance at one address, asked of a server that answers as the archive did."""
    recorded = [i for i in interactions() if host in i.url]
    with serve_recorded(recorded) as server, at_reading() as web:
        spec = ProviderSpec(name="recorded", kind="cdx", base_url=server.base)
        archive = build(spec, web, lambda: READ_AT)

        def read(seen: Sighting) -> Capture | None:
            try:
                return archive.replay(seen)
            except Refused:
                return None

        return first_matching(archive.sightings(url).items, read, holds)


@contextmanager
def at_reading() -> Iterator[PoliteWeb]:
    """A polite web later than every recorded capture."""
    settings = Settings(allow_private=True, follow_private=True, pace=0.0, archives=())
    with Store.open(None) as store:
        yield PoliteWeb(settings, store, lambda: READ_AT)


def recorded(part: str) -> Interaction:
    return next(i for i in interactions() if part in i.url)


@pytest.mark.parametrize(
    ("part", "published", "minutes"),
    [
        ("Praesident-Trong", datetime(2019, 5, 1, 15, 3, tzinfo=UTC), 132),
        ("Fusionsangebot", datetime(2019, 5, 27, 15, 3, tzinfo=UTC), 129),
    ],
)
def test_a_news_page_was_archived_some_two_hours_after_it_appeared(
    part: str, published: datetime, minutes: int
) -> None:
    replayed = recorded(part)
    header = replayed.capture.header("link")
    first = told_by_replay(header, "https://web.archive.org/web", "link")[0]
    claims = [s for s in read_capture(replayed.capture).dates if s.witness is Witness.SELF]
    claim = min(claims, key=lambda s: s.at)
    assert claim.at.replace(second=0) == published
    assert round((first.at - published) / timedelta(minutes=1)) in {minutes, minutes + 1}
    assert int((first.at - claim.at) / timedelta(minutes=1)) in {minutes - 1, minutes}
    assert first.memento is not None
    assert "id_/" in first.memento


def test_a_page_was_archived_thirty_days_after_it_says_it_was_published() -> None:
    page = next(i for i in interactions() if "cdc.gov" in i.url and "/web/" in i.url)
    first = told_by_replay(page.capture.header("link"), "https://web.archive.org/web", "link")[0]
    assert first.at.date() == datetime(2020, 3, 12, tzinfo=UTC).date()
    assert (first.at.date() - datetime(2020, 2, 11, tzinfo=UTC).date()).days == 30


def test_seven_refusals_are_not_taken_for_the_page() -> None:
    rows = recorded("cdx/search/cdx?url=https%3A%2F%2Fhighways.dot.gov")
    url = read_rows(rows.body).rows[0].original
    found = appearance("highways.dot.gov", url, lambda page: b"<html" in page.body)
    assert found.seen is not None
    assert found.seen.status == 403
    assert found.matching is not None
    assert found.matching.at == datetime(2026, 4, 16, 1, 27, 35, tzinfo=UTC)
    assert found.settled
    assert [s.status for s in found.looked] == [200]


def test_an_address_that_only_ever_redirected_has_no_page() -> None:
    rows = [
        row for i in interactions() if "cdx?url=dw.com" in i.url for row in read_rows(i.body).rows
    ]
    naming = Naming(basis="recorded", memento=lambda row: row.timestamp)
    seen, bad = sightings(CdxPage(rows=tuple(rows)), "http://dw.com/", naming, READ_AT)
    assert len(seen) > 2000
    assert bad == 0
    assert {s.status for s in seen} == {301, 302}

    def read(_: Sighting) -> Capture | None:
        raise AssertionError("a redirect was fetched")

    found = first_matching(seen, read, lambda page: True)
    assert found.seen is not None
    assert found.seen.at == datetime(2019, 10, 1, 1, 24, 55, tzinfo=UTC)
    assert (found.answered, found.matching, found.looked) == (None, None, ())


def test_a_first_capture_that_leads_to_another_site_is_no_first_appearance() -> None:
    quoted = json.loads((FOLDER / "quoted-in-issues" / "responses.json").read_text("utf-8"))
    row = next(entry["row"] for entry in quoted if "leeds2023" in str(entry.get("row")))
    naming = Naming(basis="recorded", memento=lambda row: row.timestamp)
    listing = read_rows(json.dumps(row).encode())
    seen, _ = sightings(listing, "http://leeds2023.co.uk/", naming, READ_AT)
    found = first_matching(seen, lambda s: None, lambda page: True)
    assert found.seen is not None
    assert found.seen.at == datetime(2015, 9, 24, 13, 14, 17, tzinfo=UTC)
    assert found.answered is None
    assert found.matching is None


@pytest.mark.parametrize(
    ("address", "ends"),
    [
        (
            "20200201020357id_/http://epa.gov/climatechange",
            "sites/production/files/signpost/cc.html",
        ),
        ("20180808094144id_/https://www.epa.gov/ghgreporting/san5779-factsheet", "global-warming"),
        ("20201102232816id_/https://www.census.gov/geography/gss-initiative.html", "geo/gssi/"),
        (
            "20201027215555id_/https://www.whitehouse.gov/administration/eop/ostp/about/student/faqs",
            "ostp/about/student/faqs",
        ),
    ],
)
def test_recorded_redirects_end_at_the_page_without_leaving(address: str, ends: str) -> None:
    with serve_recorded(interactions()) as server, asking(deadline=20.0) as web:
        spec = ProviderSpec(name="recorded", kind="cdx", base_url=server.base)
        archive = build(spec, web, lambda: READ_AT)
        page = archive.replay(placed(f"{server.base}/web/{address}"))
    assert page.status in {200, 404}
    assert page.responded_url is not None
    assert page.responded_url.endswith(ends)
    assert (page.memento or "").startswith(server.base)


def test_a_recorded_circle_ends() -> None:
    address = "20200925075402id_/https://link.springer.com/article/10.1007/s00382-012-1331-2"
    with serve_recorded(interactions()) as server, asking(deadline=20.0) as web:
        spec = ProviderSpec(name="recorded", kind="cdx", base_url=server.base)
        archive = build(spec, web, lambda: READ_AT)
        with pytest.raises(Exception, match=r"circle|more than 5"):
            archive.replay(placed(f"{server.base}/web/{address}"))


def placed(memento: str) -> Sighting:
    from tests.build import sighting

    return sighting(1, memento=memento)
