"""Floors of what the page alone tells, on a pinned state of the labelled data."""

from __future__ import annotations

import pytest

from tests.bench import detect as bench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(
        not bench.folder("html-dev").is_dir(), reason=f"no labelled data at {bench.SHARED}"
    ),
]

DIGESTS = {
    "html-dev": "09812488e5463a745d1c7f856885d24950cdca2c4a0f0ce01de56f4095df0f54",
    "html-dev-2": "254aebcc9561122e9a546bc0bff53a3317508140844a937c328f155bd27ce7b8",
    "pages-dev": "87fd521f3e6aa9104baba2ce42eda2842378cb5e065a272d3a4aa89b999becb2",
    "extraction-dev": "faa63cabb808517ea2e98c7e531ffe9771827ea69277a79436e5bc5b7c79c1bc",
}


@pytest.fixture(scope="module")
def html() -> list[bench.Page]:
    return bench.seen(bench.html_pages())


@pytest.mark.parametrize("name", list(DIGESTS))
def test_the_data_are_the_ones_the_floors_were_set_on(name: str) -> None:
    assert bench.digest(name) == DIGESTS[name]


@pytest.fixture(scope="module")
def html_2() -> list[bench.Page]:
    return bench.seen(bench.html_pages("html-dev-2"))


def test_html_pages(html: list[bench.Page]) -> None:
    tally = bench.html_figures(html)
    assert tally.share("precision") >= 0.96
    # Two are labels under texts that cite whom they name, or have an author: leads, not words of a
    # repost. One has its mark in the credit of a picture.
    assert tally.share("recall") >= 0.9
    assert tally.share("grade") >= 0.93


def test_more_html_pages(html_2: list[bench.Page]) -> None:
    tally = bench.html_figures(html_2)
    assert tally.share("precision") >= 0.96
    assert tally.share("recall") >= 0.86
    assert tally.share("grade") >= 0.75
    assert tally.share("partial") >= 0.8


def test_mixed_bylines_are_told_apart(html: list[bench.Page]) -> None:
    """Pages whose label tells of a byline shared with an agency are called partial."""
    mixed = [page for page in html if "mixed" in (page.row.get("trap") or "")]
    partial = [p for p in mixed if p.declaration.derivation.value == "partially"]
    assert len(mixed) == 3
    assert partial == mixed


def test_plain_texts() -> None:
    tally = bench.text_figures(bench.seen(bench.text_pages()))
    # Six of the 56 have their mark in a field that the text does not hold.
    assert tally.share("recall") >= 0.89
    assert tally.share("grade") >= 0.89
    assert tally.share("false") <= 0.02


def test_origins() -> None:
    tally = bench.origin_figures(bench.seen(bench.attribution_pages()))
    assert tally.share("origin") >= 0.97
    assert all(tally.share(kind) >= 0.95 for kind in ("repost", "wire", "sister", "press"))
    assert tally.share("address") >= 0.97
    assert tally.share("invented") <= 0.03
