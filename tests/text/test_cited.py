"""The addresses that a text cites."""

from __future__ import annotations

import pytest

from provenance.text.cited import cited_urls

A, B = "https://one.example/a", "https://two.example/b"


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("", ()),
        ("No address here: https:// nor ftp://x.example/y.", ()),
        (f"Read {A}. Then {B}!", (A, B)),
        (f"{A} and again {A}#part and {A}?utm_source=feed", (A,)),
        (f"<ref>{{{{cite web|url={A}|title=One}}}}</ref>", (A,)),
        (f"{{{{cite news |title=Two |url={B}}}}}", (B,)),
        (f"[{A} a title] in wiki, [a title]({B}) in Markdown, <{A}>", (A, B)),
        ("(https://three.example/wiki/Ship_(boat))", ("https://three.example/wiki/Ship_(boat)",)),
        (f"“{A}” and '{B}'", (A, B)),
        (f"https://web.archive.org/web/20260301120000/{A}", (A,)),
        (f"|url={A} |archive-url=https://web.archive.org/web/20260301120000/{A} |x=1", (A,)),
        ("HTTPS://Loud.example/X", ("HTTPS://Loud.example/X",)),
        ("https://[::1", ()),
    ],
)
def test_each_address_once_in_its_order(text: str, urls: tuple[str, ...]) -> None:
    assert cited_urls(text) == urls


def test_no_address_is_longer_than_an_address_can_be() -> None:
    assert all(len(url) < 2100 for url in cited_urls("https://a.example/" + "b" * 50_000))
    assert cited_urls("https://a.example/" + ")" * 50_000) == ("https://a.example/",)
