"""Pages of strangers: read and searched for signs, or one InputError, in time by their length."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from provenance.detect import detect_signals
from provenance.errors import InputError
from provenance.locate import leads, queries
from provenance.read import read_capture
from provenance.text.scrub import scrub
from tests.fuzz.hostile import addresses, answer, assert_clean, mangled

if TYPE_CHECKING:
    from provenance.model import Capture

_STORY = "The ferry stopped on Monday because the pier broke, said the harbour master. " * 8
_LINKED_DATA = r"""{"@type": "NewsArticle", "headline": "Ferry \ud800 stops",
"datePublished": "0001-01-01T00:00:00+14:00", "author": [{"name": "Ilse Brandt"}]}"""
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry stops</title>
<link rel="canonical" href="https://paper.example/a"><meta property="og:url" content="http://[">
<script type="application/ld+json">{_LINKED_DATA}</script></head><body><article>
<h1>Ferry stops</h1><p class="byline">By Ilse Brandt</p><p>ALBY (AP) - {_STORY}</p>
<p>First published by <a href="https://web.archive.org/web/2020/http://[">Daily Mirror</a></p>
<p>Source: <a href="//[">link</a> <a href="http://a\u2100b/">x</a></p></article></body></html>""".encode()


def page(body: bytes, url: str | None = "https://copy.example/a") -> Capture:
    return replace(answer(body), media_type="text/html", url=url, responded_url=url)


def work(capture: Capture) -> None:
    document = read_capture(capture)
    assert_clean(document)
    signals = detect_signals(document)
    assert_clean(signals)
    assert_clean(leads(document, signals))
    assert_clean(queries(document, limit=4))


@given(mangled(PAGE, PAGE[:400], b"<html>" + PAGE * 2))
@example(PAGE)
@example(b"\xff\xfe" + PAGE.decode().encode("utf-16-le"))
def test_page_bytes(body: bytes) -> None:
    with suppress(InputError):
        work(page(body))


@given(addresses)
@example("https://web.archive.org/web/2020/http://[")
@example("http://[/consent/")
def test_addresses_of_and_on_a_page(url: str) -> None:
    link = f'<p>First seen on <a href="{url}">Daily Mirror</a>'.encode("utf-8", "replace")
    with suppress(InputError):
        work(page(PAGE + link))
    with suppress(InputError):  # an address that is none comes from a library's caller
        work(page(PAGE, scrub(url)))


PLACES = {
    "headline": '<script type="application/ld+json">{"@type":"Article","headline":"FILL"}</script>',
    "title": "<title>FILL</title>",
    "heading": "<h1>FILL</h1>",
    "byline": '<p class="byline">By FILL</p>',
    "caption": "<figure><img src=a.jpg><figcaption>FILL</figcaption></figure>",
    "paragraph": "<p>FILL</p>",
    "tail": "<p>Source: FILL</p>",
}
FILLS = (
    "| ",
    "- ",
    "a ",
    "Ab, ",
    ". ",
    "\u2014 ",
    "and ",
    "(",
    "Reuters ",
    "1.2.2026 ",
    "http://a.b/ ",
)


def seconds(fill: str, place: str, size: int) -> float:
    put = (
        PLACES[place]
        .replace("{{", "{")
        .replace("}}", "}")
        .replace("FILL", fill * (size // len(fill)))
    )
    body = PAGE.replace(b"</article>", f"{put}</article>".encode())
    begun = time.process_time()
    with suppress(InputError):
        work(page(body))
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_page_takes_time_by_the_square(place: str) -> None:
    """Four times the length take less than two doublings' growth, once they can be felt."""
    slow: dict[str, float] = {}
    for fill in FILLS:
        large = seconds(fill, place, 40_000)
        if large > 1.0 and large > 2.5**2 * seconds(fill, place, 10_000):
            slow[fill] = large
    assert slow == {}
