"""Kind cdx against a real pywb: its own dialect, its own silences, its unmapped redirects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from provenance.errors import Garbled, Refused, Unavailable
from provenance.jobs.check.appearance import first_matching
from provenance.model import Capture, ProviderSpec
from provenance.text.surt import surt
from provenance.world.archives import build
from provenance.world.archives.rows import read_rows
from tests.servers.pywb import fill, serve_pywb, utc
from tests.world.archives import pages
from tests.world.evil import NOON, asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.ports import Archive
    from tests.servers.pywb import Pywb

pytestmark = pytest.mark.slow


class Watched:
    """The polite web, with the hosts it was sent to noted."""

    def __init__(self, web: object) -> None:
        self._web = web
        self.hosts: set[str] = set()

    def ask(self, provider: str, url: str, **terms: object) -> Capture:
        self.hosts.add(urlsplit(url).netloc)
        return self._web.ask(provider, url, **terms)  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def web() -> Iterator[Watched]:
    with asking(deadline=30.0, read_timeout=20.0) as polite:
        yield Watched(polite)


@pytest.fixture
def archive(pywb: Pywb, web: Watched) -> Iterator[Archive]:
    yield build(spec(pywb, "news"), web, lambda: NOON)  # type: ignore[arg-type]
    assert web.hosts == {urlsplit(pywb.base).netloc}


def spec(pywb: Pywb, collection: str) -> ProviderSpec:
    return ProviderSpec(name="pywb", kind="cdx", base_url=pywb.collection(collection))


def test_all_nine_captures_are_listed_and_the_revisit_knows_its_status(archive: Archive) -> None:
    found = archive.sightings(pages.STORY).items
    assert [s.status for s in found] == [200, 200, 200, 200, 503, 200, 200, 302, 200]
    assert found[2].at == utc(2026, 2, 24, 8, 15)
    assert found[2].digest == found[3].digest
    assert {s.media_type for s in found} == {"text/html"}


DIALECTS = {
    "objects": "cdx?output=json&url=",
    "cdxj": "cdx?url=",
    "columns": "cdx?output=text&fl=urlkey,timestamp,url,mime,status,digest,length&url=",
    "timemap objects": "timemap/json/",
    "timemap cdxj": "timemap/cdxj/",
}


@pytest.mark.parametrize("question", DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_of_a_live_archive_is_read_alike(pywb: Pywb, question: str) -> None:
    with asking(deadline=30.0) as web:
        address = f"{pywb.collection('news')}/{question}{pages.STORY}"
        listing = read_rows(web.ask("pywb", address, max_age=0.0).body)
    rows = listing.rows
    assert listing.malformed == 0
    assert [row.timestamp for row in rows] == [f"{p.at:%Y%m%d%H%M%S}" for p in pages.NEWS[:9]]
    assert " ".join(row.statuscode for row in rows) == "200 200 200 - 503 200 200 302 200"
    assert {row.original for row in rows} == {pages.STORY}


@pytest.mark.parametrize("kind", ["link", "json"])
def test_its_timemaps_lead_to_the_same_pages(pywb: Pywb, web: Watched, kind: str) -> None:
    base = f"{pywb.collection('news')}/timemap/{kind}"
    held = build(ProviderSpec(name="pywb", kind="timemap", base_url=base), web, lambda: NOON)  # type: ignore[arg-type]
    found = held.sightings(pages.STORY).items
    assert [seen.at for seen in found] == [page.at for page in pages.NEWS[:9]]
    assert held.replay(found[2]).body == pages.html(pages.TEXT).encode()
    assert held.sightings("http://harbourpost.example/never").items == ()


def test_a_page_never_captured_has_none(archive: Archive) -> None:
    assert archive.sightings("http://harbourpost.example/never").items == ()


def test_tracking_parameters_do_not_borrow_another_pages_captures(archive: Archive) -> None:
    assert archive.sightings(f"{pages.STORY}?utm_source=feed").items == ()


def test_an_empty_collection_is_there_and_has_none(pywb: Pywb, web: Watched) -> None:
    held = build(spec(pywb, "empty"), web, lambda: NOON)  # type: ignore[arg-type]
    assert held.sightings(pages.STORY).items == ()


def test_a_collection_that_does_not_exist_has_not_answered(pywb: Pywb, web: Watched) -> None:
    absent = build(spec(pywb, "nosuch"), web, lambda: NOON)  # type: ignore[arg-type]
    with pytest.raises(Unavailable, match="no such collection"):
        absent.sightings(pages.STORY)


def test_replay_gives_the_bytes_of_every_capture(archive: Archive) -> None:
    found = archive.sightings(pages.STORY).items
    third, revisit = archive.replay(found[2]), archive.replay(found[3])
    assert third.body == pages.html(pages.TEXT).encode() == revisit.body
    assert third.captured_at == utc(2026, 2, 24, 8, 15)
    assert revisit.captured_at == utc(2026, 2, 24, 9, 15)
    assert archive.replay(found[4]).status == 503


def test_an_archived_redirect_is_followed_inside_the_archive_only(archive: Archive) -> None:
    (moved,) = archive.sightings(pages.MOVED).items
    page = archive.replay(moved)
    assert page.url == pages.MOVED
    assert page.responded_url == pages.STORY
    assert pages.TEXT.encode() in page.body
    login = archive.replay(archive.sightings(pages.STORY).items[7])
    assert login.responded_url == pages.LOGIN


def test_a_redirect_to_what_the_archive_does_not_hold_goes_nowhere(archive: Archive) -> None:
    (away,) = archive.sightings("http://harbourpost.example/away").items
    with pytest.raises(Refused, match="does not replay"):
        archive.replay(away)


def test_redirects_in_a_circle_end(archive: Archive) -> None:
    (circle,) = archive.sightings(pages.CIRCLE).items
    with pytest.raises(Garbled, match="circle"):
        archive.replay(circle)


def test_an_archived_404_is_data_and_a_takedown_is_refused(archive: Archive) -> None:
    (gone,) = archive.sightings(pages.GONE).items
    assert archive.replay(gone).status == 404
    (taken,) = archive.sightings(pages.TAKEN_DOWN).items
    with pytest.raises(Refused, match="law"):
        archive.replay(taken)


def test_what_was_asked_once_is_answered_offline(pywb: Pywb, tmp_path: object) -> None:
    database = str(tmp_path) + "/kept.db"
    with asking(database=database, deadline=30.0) as web:
        archive = build(spec(pywb, "news"), web, lambda: NOON)
        first = archive.sightings(pages.STORY)
        body = archive.replay(first.items[2]).body
    with asking(database=database, offline=True) as web:
        archive = build(spec(pywb, "news"), web, lambda: NOON)
        assert archive.sightings(pages.STORY) == first
        assert archive.replay(first.items[2]).body == body
        with pytest.raises(Unavailable, match="offline"):
            archive.sightings(pages.GONE)


def test_an_archive_that_sends_on_to_the_exact_time(
    tmp_path_factory: pytest.TempPathFactory, web: Watched
) -> None:
    folder = tmp_path_factory.mktemp("exact")
    fill(folder, {"news": pages.NEWS})
    with serve_pywb(folder, config="redirect_to_exact: true\n") as strict:
        held = build(spec(strict, "news"), web, lambda: NOON)  # type: ignore[arg-type]
        third = held.sightings(pages.STORY).items[2]
        asked = replace(
            third, memento=(third.memento or "").replace("20260224081500", "20260224081401")
        )
        page = held.replay(asked)
    assert page.captured_at == third.at
    assert page.memento == third.memento
    assert web.hosts == {urlsplit(strict.base).netloc}


def test_the_third_of_nine_captures_is_the_first_with_the_text(archive: Archive) -> None:
    found = first_matching(
        archive.sightings(pages.STORY).items,
        archive.replay,
        lambda page: pages.TEXT.encode() in page.body,
    )
    assert found.matching is not None
    assert found.matching.at == utc(2026, 2, 24, 8, 15)
    assert found.without is not None
    assert found.without.at == utc(2026, 2, 21, 9)
    assert found.settled
    assert len(found.looked) <= 5


def test_our_keys_are_the_archives_keys(pywb: Pywb) -> None:
    address = f"{pywb.collection('spellings')}/cdx?url=harbourpost.example&matchType=domain"
    with asking(deadline=30.0) as web:
        said = web.ask("pywb", f"{address}&output=json", max_age=0.0)
    rows = read_rows(said.body).rows
    assert len(rows) == len(pages.SPELLINGS)
    assert {row.original: surt(row.original) for row in rows} == {
        row.original: row.urlkey for row in rows
    }
