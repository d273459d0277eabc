"""Which page it is: captures of archives, proxies, saved files."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.model import Event, Via, Witness
from tests.read.pages import STORY, URL, page, paragraphs, read, read_plain

FOURTH = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)
ARCHIVE = f"https://captures.library.example/c/20260304091200/{URL}"
CANONICAL = f"<link rel='canonical' href='{URL}'>"
SENT, ITEM = "Wed, 04 Mar 2026 09:12:00 GMT", "https://library.example/item/7"
BODY = f"<article><h1>A ferry</h1>{paragraphs()}<p><a href='/about'>About</a></p></article>"


def test_a_capture_is_the_page_it_shows() -> None:
    document = read(page(BODY, CANONICAL), ARCHIVE)
    (seen,) = [date for date in document.dates if date.event is Event.CAPTURED]
    assert (document.url, document.canonical) == (URL, URL)
    assert (seen.at, seen.memento, seen.witness) == (FOURTH, ARCHIVE, Witness.ARCHIVE)
    assert (seen.url, seen.holds_text) == (URL, True)
    assert document.links[-1].url == "https://harbour-gazette.example/about"


@pytest.mark.parametrize(("via", "trusted"), [(Via.FILE, False), (Via.LIVE, True)])
def test_a_file_that_is_said_to_be_a_capture_is_no_evidence(via: Via, *, trusted: bool) -> None:
    document = read(page(BODY), ARCHIVE, via=via)
    assert [d.trusted for d in document.dates if d.event is Event.CAPTURED] == [trusted]


def test_addresses_that_the_archive_rewrote_are_the_pages_own() -> None:
    link = "<link rel='canonical' href='/c/20260304091200/https://harbour-gazette.example/x'>"
    elsewhere = f"<a href='{ARCHIVE}'>the ferry</a>"
    document = read(page(f"{BODY}<p>{elsewhere}</p>", link), ARCHIVE)
    assert document.canonical == "https://harbour-gazette.example/x"
    assert document.links[-1].url == URL


def test_a_live_page_keeps_the_archive_addresses_it_links() -> None:
    document = read(page(f"{BODY}<p><a href='{ARCHIVE}'>kept</a></p>"))
    assert document.links[-1].url == ARCHIVE


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ((("Memento-Datetime", SENT), ("Link", f'<{URL}>; rel="original"')), URL),
        (
            (
                ("memento-datetime", SENT),
                ("link", f'<https://l.example/t>; rel="timegate", <{URL}>; rel="original timemap"'),
            ),
            URL,
        ),
        ((("link", f'<{URL}>; rel="original"'),), ITEM),
        ((("memento-datetime", "soon"), ("link", f"<{URL}>; rel=original")), ITEM),
    ],
)
def test_an_answer_says_what_it_is_a_capture_of(headers: tuple[tuple[str, str]], url: str) -> None:
    document = read(page(BODY), ITEM, headers=headers)
    assert document.url == url
    assert any(date.at == FOURTH for date in document.dates) == (url == URL)


def test_a_proxy_shows_the_page_and_is_no_witness() -> None:
    document = read(page(BODY, CANONICAL), f"https://via.annotator.example/{URL}")
    assert document.url == URL
    assert not [date for date in document.dates if date.event is Event.CAPTURED]


def test_a_capture_of_plain_text() -> None:
    document = read("\n\n".join(STORY), ARCHIVE, media_type="text/plain")
    assert document.url == URL
    assert [d.memento for d in document.dates if d.event is Event.CAPTURED] == [ARCHIVE]
    assert read_plain("\n\n".join(STORY)).url is None


@pytest.mark.parametrize(
    ("comment", "saved"),
    [
        (f"<!-- saved from url=(0045){URL} -->", None),
        (
            f"<!--\n Page saved with SingleFile \n url: {URL} \n"
            " saved date: Wed Mar 04 2026 10:12:00 GMT+0100 (CET)\n-->",
            FOURTH,
        ),
        (
            "<!-- Mirrored from harbour-gazette.example/2026/02/14/ferry by HTTrack Website"
            " Copier/3.x [XR&CO'2014], Wed, 04 Mar 2026 09:12:00 GMT -->",
            FOURTH,
        ),
    ],
)
def test_a_saved_file_says_where_it_is_from(comment: str, saved: datetime | None) -> None:
    markup = page(BODY).replace("<head>", f"{comment}<head>")
    document = read(markup, None)
    assert (document.url or "").split(":")[1] == URL.split(":")[1]
    assert [d.at for d in document.dates if d.event is Event.CAPTURED] == ([saved] if saved else [])
    assert any("own word" in note for note in document.notes)
    assert read(markup, "https://other.example/a").url == "https://other.example/a"


def test_a_file_saved_from_the_internet_archive() -> None:
    memento = f"https://web.archive.org/web/20260304091200/{URL}"
    style = "https://web.archive.org/web/20260304091200cs_/https://x.example/c"
    head = f"<link rel='stylesheet' href='{style}'><link rel='canonical' href='{memento}'>"
    end = (
        "<!-- FILE ARCHIVED ON 09:12:00 Mar 04, 2026 AND RETRIEVED FROM THE\n INTERNET ARCHIVE -->"
    )
    document = read(page(BODY, head) + end, None)
    assert (document.url, document.canonical) == (URL, URL)
    assert [(d.at, d.memento) for d in document.dates if d.event is Event.CAPTURED] == [
        (FOURTH, memento)
    ]
