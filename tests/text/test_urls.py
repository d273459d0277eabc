from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.urls import (
    absolute,
    at_root,
    host,
    is_front,
    is_web_url,
    normalise,
    registrable,
    same_site,
    unwrap_archived,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.harbour.example/a/", "https://harbour.example/a"),
        ("https://harbour.example/a?utm_source=x&b=1", "https://harbour.example/a?b=1"),
        ("https://harbour.example/a#top", "https://harbour.example/a"),
        ("https://harbour.example:443/a", "https://harbour.example/a"),
        ("https://harbour.example/a/index.html", "https://harbour.example/a"),
        ("https://harbour.example/a?c=2&b=1", "https://harbour.example/a?b=1&c=2"),
        ("https://harbour.example/caf%c3%a9", "https://harbour.example/café"),
        (
            "https://web.archive.org/web/20260301id_/https://harbour.example/a",
            "https://harbour.example/a",
        ),
        ("https://MÜNCHEN.example/x", "https://xn--mnchen-3ya.example/x"),
    ],
)
def test_spellings_of_one_address(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a?id=1", "https://harbour.example/a?id=2"),
        ("https://harbour.example/a", "https://harbour.example/b"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    ],
)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text())
def test_normalising_is_idempotent_and_never_raises(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text) or not is_web_url(text)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://one.blogspot.com/x", "one.blogspot.com"),
        ("https://a.b.city.kawasaki.jp/", "city.kawasaki.jp"),
        ("https://a.b.sub.kawasaki.jp/", "b.sub.kawasaki.jp"),
        ("https://a.møre-og-romsdal.no/", "xn--mre-og-romsdal-qqb.no"),
        ("https://a.b.møre-og-romsdal.no/", "xn--mre-og-romsdal-qqb.no"),
        ("https://a.b.个人.hk/", "b.xn--ciqpn.hk"),
        ("https://a.b.ак.срб/", "b.xn--80au.xn--90a3ac"),
        ("https://a.b.xn--90a3ac/", "b.xn--90a3ac"),
        ("https://a.nowhere/", "a.nowhere"),
        ("http://127.0.0.1:8001/a", "127.0.0.1:8001"),
        ("http://localhost:81/", "localhost:81"),
        ("http://[::1]:81/", "[::1]:81"),
        ("no address", ""),
        ("http://[broken", ""),
    ],
)
def test_registrable_domain(url: str, domain: str) -> None:
    assert registrable(url) == domain


def test_nothing_is_never_the_same_site() -> None:
    assert not same_site("", "")
    assert same_site("https://a.harbour.example/", "https://b.harbour.example/")


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://harbour.example/a/b", "../c", "https://harbour.example/c"),
        ("https://harbour.example/", "//other.example/x", "https://other.example/x"),
        ("https://harbour.example/", "javascript:alert(1)", None),
        ("https://harbour.example/", "http://[", None),
        (None, "/relative", None),
        (None, "mailto:desk@harbour.example", None),
    ],
)
def test_absolute(base: str | None, href: str, expected: str | None) -> None:
    assert absolute(base, href) == expected


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("https://harbour.example/a/b?c#d", "/", "https://harbour.example/"),
        ("http://harbour.example:81", "/robots.txt", "http://harbour.example:81/robots.txt"),
        ("http://[", "/", ""),
        ("http://a\u2100b/x", "/", ""),
        ("file:///etc/passwd", "/", ""),
        ("", "/", ""),
    ],
)
def test_at_root(url: str, path: str, expected: str) -> None:
    assert at_root(url, path) == expected


def test_host_of_a_hostile_address_is_empty() -> None:
    assert host("http://[::g]/") == ""
    assert host("http://" + "ü" * 300 + ".example/") == ""


def test_an_archived_address_without_scheme_is_unwrapped() -> None:
    assert (
        unwrap_archived("https://web.archive.org/web/2026/harbour.example/a")
        == "http://harbour.example/a"
    )


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://post.example", True),
        ("https://post.example/", True),
        ("https://post.example/#top", True),
        ("https://post.example/ferries", False),
        ("https://post.example/?p=7", False),
    ],
)
def test_is_front(url: str, front: bool) -> None:
    assert is_front(url) is front
