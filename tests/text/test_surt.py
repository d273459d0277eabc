from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.surt import surt, variants

PAGE = "https://harbourpost.example/opinion/road"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://harbourpost.example/road", "example,harbourpost)/road"),
        ("https://www.harbourpost.example/road/", "example,harbourpost)/road"),
        ("HTTP://WWW2.HarbourPost.Example:80/Road#part", "example,harbourpost)/road"),
        ("http://harbourpost.example", "example,harbourpost)/"),
        ("http://harbourpost.example/?", "example,harbourpost)/"),
        ("http://harbourpost.example:8080/", "example,harbourpost:8080)/"),
        ("http://harbourpost.example/a?b=2&a=1", "example,harbourpost)/a?a=1&b=2"),
        ("http://harbourpost.example/a/../b/./c//d", "example,harbourpost)/b/c/d"),
        ("http://harbourpost.example/%7Eanna/a%20b", "example,harbourpost)/~anna/a%20b"),
        ("http://harbourpost.example/a?sid=0123&b=1", "example,harbourpost)/a?b=1&sid=0123"),
        ("http://user:pass@harbourpost.example/a", "example,harbourpost)/a"),
        ("http://127.0.0.1:8080/a", "1,0,0,127:8080)/a"),
        ("http://[::1]:8080/a", "::1:8080)/a"),
        ("not an address", ""),
        ("http://", ""),
    ],
)
def test_one_key_for_all_that_archives_merge(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(max_size=80))
def test_any_path_has_the_key_of_its_other_spellings(text: str) -> None:
    path = text.replace("\\", "/")
    key = surt(f"http://a.example/{path}")
    assert key == surt(f"HTTPS://WWW.A.Example:443/{path}")


@pytest.mark.parametrize(
    ("url", "others", "expected"),
    [
        (PAGE, (), (PAGE,)),
        (PAGE, (f"{PAGE}/", "http://www.harbourpost.example/opinion/road", None, ""), (PAGE,)),
        (PAGE, ("https://elsewhere.example/opinion/road",), (PAGE,)),
        (PAGE, (f"{PAGE}/amp/",), (PAGE, f"{PAGE}/amp/")),
        (f"{PAGE}?utm_source=feed", (), (f"{PAGE}?utm_source=feed", PAGE)),
        (
            f"https://web.archive.org/web/20260224081500/{PAGE}",
            (f"https://web.archive.org/web/20260224081500/{PAGE}",),
            (PAGE,),
        ),
        (f"{PAGE}/index.html", (), (f"{PAGE}/index.html", f"{PAGE}/")),
        (f"{PAGE}/amp/", (), (f"{PAGE}/amp/", PAGE)),
        (f"{PAGE}?amp=1", (), (f"{PAGE}?amp=1", PAGE)),
        (
            "https://amp.harbourpost.example/road",
            (),
            ("https://amp.harbourpost.example/road", "https://www.harbourpost.example/road"),
        ),
        ("https://harbourpost.example/camp/", (), ("https://harbourpost.example/camp/",)),
        ("no address", (), ()),
    ],
)
def test_variants_are_what_archives_file_apart(
    url: str, others: tuple[str | None, ...], expected: tuple[str, ...]
) -> None:
    assert variants(url, others) == expected


def test_no_more_than_four_are_asked_for() -> None:
    others = tuple(f"{PAGE}/{n}?utm_source=x" for n in range(20))
    found = variants(f"{PAGE}?utm_source=y", others)
    assert len(found) == 4
    assert found[0] == f"{PAGE}?utm_source=y"
