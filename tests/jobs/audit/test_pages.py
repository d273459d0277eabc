"""What an audit does with an address that is no page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.jobs.audit.pages import ToRead, Worker, kept_capture, read
from provenance.model import Settings
from provenance.model.audit import (
    Claim,
)
from provenance.model.ending import Ending, EndReason
from provenance.world.corpus import filed
from provenance.world.store import Store
from provenance.world.store.reports import pack
from tests.build import capture
from tests.jobs.world import FakeWorld
from tests.servers.magazine import FIRST_DAY, page, story

URL = "https://one.example/uploads/ferry"
CLAIM = Claim(id=1, audit=1, url=URL, found_by="list", depth=0, tries=1, digest=None)
HTML = page("The ferry", story(1), FIRST_DAY)


def ended(body: str | bytes, media_type: str) -> Ending | None:
    found = capture(body, URL, media_type=media_type)
    bench = Worker(
        world=FakeWorld(),  # type: ignore[arg-type]
        kept=None,  # type: ignore[arg-type]
        settings=Settings(),
        since=None,
        links=lambda capture, depth: (),
        file=filed,
        publish=lambda report: (pack(report), None),
    )
    return read(bench, ToRead(claim=CLAIM, capture=found)).outcome.ended


@pytest.mark.parametrize(
    ("body", "media_type", "known"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "image/png"),
        (b"%PDF-1.7\n1 0 obj", "application/pdf; x=1", "application/pdf"),
        (b"\x00\x00\x00 ftypmp42", "Video/MP4", "video/mp4"),
        (b"ID3\x04", "audio/mpeg", "audio/mpeg"),
    ],
)
def test_no_page_is_skipped(body: bytes, media_type: str, known: str) -> None:
    assert ended(body, media_type) == Ending(reason=EndReason.MEDIA_TYPE, detail=known)


@pytest.mark.parametrize("media_type", ["text/html", "application/octet-stream", "image/png"])
def test_a_page_is_read_whatever_the_server_calls_it(media_type: str) -> None:
    assert ended(HTML, media_type) is None


def test_of_equal_bytes_at_two_addresses_each_has_its_own() -> None:
    addresses = ("https://one.example/a", "https://one.example/b")
    with Store.open(None) as store:
        for url in addresses:
            store.fetches.keep(capture(HTML, url))
        for url in addresses:
            found = kept_capture(
                store.fetches, replace(CLAIM, url=url, digest=capture(HTML).digest)
            )
            assert (found.url, found.responded_url) == (url, url)
