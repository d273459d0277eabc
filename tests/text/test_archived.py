"""Addresses of archives, caches and proxies, and the page that each shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.text.archived import archived_address, viewing_address
from provenance.text.urls import absolute, host, normalise, registrable, unwrap_archived

PAGE = "https://harbour.example/2026/03/04/ferry?x=1"
FOURTH = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "at"),
    [
        ("https://web.archive.org/web/20260304091200/{}", FOURTH),
        ("http://web.archive.org/web/20260304091200id_/{}", FOURTH),
        ("https://web.archive.org/web/{}", None),
        ("https://web.archive.org/web/2026*/{}", None),
        ("https://arquivo.pt/wayback/20260304091200/{}", FOURTH),
        ("https://arquivo.pt/noFrame/replay/20260304091200mp_/{}", FOURTH),
        ("https://archive.today/20260304091200/{}", FOURTH),
        ("https://archive.ph/newest/{}", None),
        ("https://archive.ph/o/AbC12/{}", None),
        ("https://wayback.archive-it.org/123/20260304091200/{}", FOURTH),
        ("https://rejouer.perma.cc/replay/ab-1/20260304091200mp_/{}", FOURTH),
        ("https://captures.library.example/c/20260304091200/{}", FOURTH),
        ("https://memento.example/memento/20260304/{}", datetime(2026, 3, 4, tzinfo=UTC)),
        ("https://via.annotator.example/{}", None),
        ("https://webcache.googleusercontent.com/search?q=cache:Ab_12xyz:{}", None),
    ],
)
def test_the_page_inside_is_told(place: str, at: datetime | None) -> None:
    found = archived_address(place.format(PAGE))
    assert found is not None
    assert (found.original, found.captured_at) == (PAGE, at)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://web.archive.org/web/2026/harbour.example/a", "http://harbour.example/a"),
        ("https://swap.library.example/w/20260304091200/https:/h.example/a", "https://h.example/a"),
        ("https://h-example.cdn.ampproject.org/c/s/h.example/a", "https://h.example/a"),
        ("https://www.google.com/amp/s/h.example/a", "https://h.example/a"),
        ("https://12ft.io/proxy?q=https%3A%2F%2Fh.example%2Fa", "https://h.example/a"),
        ("https://megalodon.jp/2026-0304-0912-00/h.example/a", "http://h.example/a"),
    ],
)
def test_forms_of_single_hosts(address: str, page: str) -> None:
    assert unwrap_archived(address) == page


@pytest.mark.parametrize(
    "address",
    [
        "https://harbour.example/2026/03/04/ferry",
        "https://harbour.example/share?u=https://other.example/a",
        "https://harbour.example/2026/ferry/https-for-all",
        "https://harbour.example/login?to=https://harbour.example/2026/https://x.example/",
        "https://web.archive.org/web/2020/http://[",
        "https://web.archive.org/about",
    ],
)
def test_other_addresses_stay(address: str) -> None:
    assert unwrap_archived(address) == address


@pytest.mark.parametrize(
    "inner", ["http://[", "http://[::1", "http://a.example:x/", "http://\u2488.example"]
)
def test_what_does_not_parse_raises_nothing(inner: str) -> None:
    for address in (inner, f"https://web.archive.org/web/2020/{inner}", f"//{inner[7:]}"):
        unwrap_archived(address)
        normalise(address)
        registrable(address)
        host(address)
        absolute("https://harbour.example/a", address)


@pytest.mark.parametrize(
    ("memento", "shown"),
    [
        (
            "https://web.archive.org/web/20261103104000id_/https://paper.example/a",
            "https://web.archive.org/web/20261103104000/https://paper.example/a",
        ),
        ("https://a.example/20261103104000/http://p.example/", None),
        ("https://a.example/web/20261103104000if_/http://p.example/20261103104000id_/x", None),
        ("https://archive.ph/AbCdE", None),
    ],
)
def test_a_snapshot_is_shown_to_people_in_the_archives_own_view(
    memento: str, shown: str | None
) -> None:
    expected = shown or memento.replace("/web/20261103104000if_/", "/web/20261103104000/", 1)
    assert viewing_address(memento) == expected
