from __future__ import annotations

import gzip
import resource
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Garbled, Refused, SettingsError, Unavailable
from provenance.model import ProviderSpec, Via
from provenance.world.archives import build
from tests.servers.pywb import utc, write_warc
from tests.world.archives import pages
from tests.world.archives.build import NOW, FakeWeb
from tests.world.archives.recorded import FOLDER, here

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.model.ports import Archive


def archive(folder: Path | str) -> Archive:
    spec = ProviderSpec(name="mine", kind="warc", base_url=str(folder))
    return build(spec, FakeWeb({}), lambda: NOW)


@pytest.fixture(params=["news.warc.gz", "news.warc", "below/news.warc.gz"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    path.parent.mkdir(exist_ok=True)
    write_warc(path, pages.NEWS)
    return tmp_path


def test_a_folder_answers_as_a_server_would(folder: Path) -> None:
    held = archive(folder)
    found = held.sightings(pages.STORY).items
    assert [s.status for s in found] == [200, 200, 200, 200, 503, 200, 200, 302, 200]
    assert found[2].at == utc(2026, 2, 24, 8, 15)
    assert found[2].digest == found[3].digest
    third, revisit = held.replay(found[2]), held.replay(found[3])
    assert third.body == revisit.body == pages.html(pages.TEXT).encode()
    assert revisit.captured_at == utc(2026, 2, 24, 9, 15)
    assert third.via is Via.ARCHIVE
    assert third.header("content-type") == "text/html; charset=utf-8"
    assert held.replay(found[4]).status == 503


def test_spellings_of_one_address_are_one_page(folder: Path) -> None:
    held = archive(folder)
    assert len(held.sightings("https://www.HarbourPost.example:443/opinion/road/").items) == 9
    assert held.sightings("http://harbourpost.example/never").items == ()


def test_the_answer_is_as_old_as_the_files(folder: Path) -> None:
    held = archive(folder)
    assert held.sightings(pages.STORY).at == held.sightings(pages.GONE).at
    assert held.sightings(pages.STORY).at == archive(folder).sightings(pages.STORY).at


def test_one_file_may_be_named_and_a_file_address_too(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    write_warc(path, pages.NEWS)
    assert len(archive(path).sightings(pages.STORY).items) == 9
    assert len(archive(path.as_uri()).sightings(pages.STORY).items) == 9


def test_a_damaged_file_is_said_and_the_others_are_read(folder: Path) -> None:
    whole = next(folder.rglob("news.*")).read_bytes()
    (folder / "cut.warc.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "junk.warc").write_bytes(b"not a warc at all")
    held = archive(folder)
    reply = held.sightings(pages.STORY)
    assert len(reply.items) >= 9
    assert any("junk.warc" in note for note in reply.notes)
    with pytest.raises(Unavailable, match=r"junk\.warc|cut\.warc"):
        held.sightings("http://harbourpost.example/never")


def test_an_endless_header_is_given_up_at_once(folder: Path) -> None:
    bomb = gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"x" * 40_000_000)
    (folder / "bomb.warc.gz").write_bytes(bomb)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reply = archive(folder).sightings(pages.STORY)
    assert len(reply.items) == 9
    assert reply.notes == ("bomb.warc.gz: endless headers",)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_a_file_packed_as_a_whole_is_said(tmp_path: Path) -> None:
    write_warc(tmp_path / "news.warc", pages.NEWS)
    whole = gzip.compress((tmp_path / "news.warc").read_bytes())
    (tmp_path / "whole.warc.gz").write_bytes(whole)
    (tmp_path / "news.warc").unlink()
    with pytest.raises(Unavailable, match="record by record"):
        archive(tmp_path).sightings("http://harbourpost.example/never")


def test_a_record_that_is_cut_off_is_garbled(tmp_path: Path) -> None:
    path = tmp_path / "one.warc"
    write_warc(path, pages.NEWS[:1])
    path.write_bytes(path.read_bytes().rstrip()[:-20])
    held = archive(tmp_path)
    (seen,) = held.sightings(pages.STORY).items
    with pytest.raises(Garbled, match="cut off"):
        held.replay(seen)


def test_a_record_that_changed_since_is_garbled(tmp_path: Path) -> None:
    path = tmp_path / "one.warc"
    write_warc(path, pages.NEWS)
    held = archive(tmp_path)
    found = held.sightings(pages.STORY).items
    path.write_bytes(b"\0" * path.stat().st_size)
    with pytest.raises(Garbled, match=r"one\.warc"):
        held.replay(found[2])


def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    held = archive(folder)
    seen = held.sightings(pages.STORY).items[0]
    for address in ("file:///etc/passwd#0", "http://harbourpost.example/", None):
        with pytest.raises(Refused):
            held.replay(replace(seen, memento=address))


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_warc_files_is_a_settings_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="no WARC files"):
        archive(tmp_path / name)


@pytest.mark.shared
@here
def test_real_files_are_read() -> None:
    found = archive(FOLDER / "ipwb" / "warcs" / "5mementos.warc").sightings("http://memento.us/")
    assert len(found.items) == 5
    crawl = archive(FOLDER / "commoncrawl-whirlwind")
    assert crawl.sightings("http://nowhere.example/").items == ()
