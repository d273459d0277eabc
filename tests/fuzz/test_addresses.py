"""Addresses of strangers: every verb gives a value, and only usable ones are passed on."""

from __future__ import annotations

import contextlib
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given

from provenance.errors import ProviderError
from provenance.text.cited import cited_urls
from provenance.text.surt import surt, variants
from provenance.text.urls import (
    absolute,
    host,
    is_web_url,
    normalise,
    registrable,
    same_site,
    split,
    unwrap_archived,
    without_login,
    without_tracking,
)
from provenance.world.http.address import next_address, web_address
from provenance.world.http.rate_limits import is_own
from provenance.world.site import trap
from provenance.world.store.hosts import host_key
from tests.fuzz.hostile import addresses, texts

UNUSABLE = (
    "http://[",
    "http://a]b/",
    "http://[x]/",
    "http://a℀b/",
    "http://a:99999/",
    "http://a:x/",
)


@given(addresses, addresses)
@example("http://[", "https://web.archive.org/web/2020/http://[")
@example("http://a.example/\ud800", "http://\ud800/")
def test_no_verb_over_addresses_raises(one: str, other: str) -> None:
    for url in (one, other):
        for verb in (host, registrable, normalise, split, surt, is_own, host_key, trap):
            verb(url)
        assert is_web_url(unwrap_archived(url)) or unwrap_archived(url) == url
        normalise(url).encode()
        without_login(url), without_tracking(url)
    same_site(one, other)
    assert all(map(is_web_url, variants(one, [other])))
    assert all(map(is_web_url, cited_urls(f"{one} {other}")))
    found = absolute(one, other)
    assert found is None or is_web_url(found)


@given(addresses)
def test_what_the_judge_passes_is_safe_to_use(url: str) -> None:
    if is_web_url(url):
        assert urlsplit(url.strip()).port is None or host(url)
        urljoin(url, "/x").encode()
        assert host(url).isascii()


@given(addresses, texts)
def test_what_is_asked_is_an_address_or_a_refusal(url: str, location: str) -> None:
    try:
        asked = web_address("web", url)
    except ProviderError:
        return
    assert is_web_url(asked)
    assert host(asked) == host(url)
    assert asked.isascii() or asked.partition("://")[2].partition("/")[0].isascii()
    with contextlib.suppress(ProviderError):
        assert is_web_url(next_address(url, asked, location))


@pytest.mark.parametrize("inner", UNUSABLE)
def test_an_archived_address_that_is_none_stays_in_its_archive(inner: str) -> None:
    url = f"https://web.archive.org/web/2020/{inner}"
    assert unwrap_archived(url) == url
    assert absolute("https://paper.example/", inner) is None
    assert not is_web_url(inner)
    assert variants(inner, [inner]) == ()


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://faß.example/", "xn--fa-hia.example"),
        ("http://BÜCHER.example/", "xn--bcher-kva.example"),
        ("http://bu\u0308cher.example/", "xn--bcher-kva.example"),
        ("http://i❤.example/", "xn--i-7iq.example"),
        ("http://ｐａｐｅｒ。example/", "paper.example"),
        ("http://127。0。0。1/", "127.0.0.1"),
    ],
)
def test_the_host_that_is_compared_is_the_one_that_is_sent(url: str, sent: str) -> None:
    assert host(url) == sent
    assert web_address("web", url) == f"http://{sent}/"
    assert same_site(url, f"https://{sent}/")


def test_a_host_in_sharp_s_is_not_the_site_in_double_s() -> None:
    assert not same_site("http://faß.de/", "http://fass.de/")
