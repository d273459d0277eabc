from __future__ import annotations

import pytest

from provenance.model import Span
from provenance.render.text.links import passage_href, safe_href


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//host/x",
        "/x", "mailto:a@b.example", "https://", "blob:https://a.example/x", "\x01javascript:x",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert safe_href(url) is None


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"),
        ("HTTP://A.example/", "HTTP://A.example/"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/\u202e", "https://a.example/%E2%80%AE"),
    ],
)
def test_nothing_in_an_address_ends_its_attribute(url: str, href: str) -> None:
    assert safe_href(url) == href


TEXT = "A well-known ship, built & bought on credit, came back from the yard on Monday."


def test_a_short_passage_is_named_whole() -> None:
    href = passage_href("https://a.example/x#top", TEXT, Span(start=0, end=17))
    assert href == "https://a.example/x#:~:text=A%20well%2Dknown%20ship"


def test_a_long_passage_by_its_ends() -> None:
    href = passage_href("https://a.example/x", TEXT, Span(start=0, end=len(TEXT)))
    assert href == (
        "https://a.example/x#:~:text=A%20well%2Dknown%20ship%2C%20built%20%26,"
        "from%20the%20yard%20on%20Monday."
    )


def test_no_live_link_without_an_address() -> None:
    assert passage_href(None, TEXT, Span(start=0, end=5)) is None
    assert passage_href("javascript:x", TEXT, Span(start=0, end=5)) is None
