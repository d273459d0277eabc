"""Authors: persons by name, agencies apart, and nobody where nobody is named."""

from __future__ import annotations

import json

import pytest

from provenance.read.facts.person import is_person, split_names
from tests.read.pages import article, page, paragraphs, read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Fenwick", ["Ada Fenwick"]),
        ("By ADA FENWICK and BO LIND", ["ADA FENWICK", "BO LIND"]),
        ("Von Jörg Müßig, Redakteur", ["Jörg Müßig"]),
        ("Par Inès Dûval le 7 mai 2020", ["Inès Dûval"]),
        ("Ada Fenwick | Senior Writer | July 2, 2025", ["Ada Fenwick"]),
        ("Posted on 21. Juli 2019 by Ada Fenwick", ["Ada Fenwick"]),
        ("Ada Fenwick (af), Bo Lind (bol)", ["Ada Fenwick", "Bo Lind"]),
        ("Ada Fenwick, PhD", ["Ada Fenwick"]),
        ("Ada Fenwick/Bo Lind", ["Ada Fenwick", "Bo Lind"]),
        ("ADA FENWICK Associated Press", ["ADA FENWICK"]),
        ("View all posts by Ada Fenwick", ["Ada Fenwick"]),
        ("x" * 500, []),
    ],
)
def test_persons_of_a_byline(text: str, names: list[str]) -> None:
    assert [name for name in split_names(text) if is_person(name)] == names


@pytest.mark.parametrize(
    "name",
    [
        "Ada Fenwick",
        "Ludwig van der Berg",
        "J. R. Hale",
        "María José Ruiz",
        "ADA FENWICK",
        "Nguyễn Văn An",
        "Иван Петров",
        "Óscar de la Peña",
    ],
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Harbour Gazette Staff",
        "Reuters",
        "Associated Press",
        "Editorial Board",
        "admin",
        "The Harbour Post",
        "Published on",
        "March 9",
        "www.gazette.example",
        "https://x.example/ada",
        "Share this",
        "dpa",
        "NDR Hamburg",
        "Hafen Stiftung",
        "lower case words",
        "A B C D E F G H",
        "5 min read",
        "Ada",
    ],
)
def test_others_are_no_persons(name: str) -> None:
    assert not is_person(name)


def json_ld(author: object) -> str:
    node = {"@type": "NewsArticle", "headline": "x", "author": author}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("author", "names", "agency"),
    [
        ({"@type": "Person", "name": "Ada Fenwick"}, ("Ada Fenwick",), None),
        ([{"name": "Ada Fenwick"}, {"name": "Bo Lind"}], ("Ada Fenwick", "Bo Lind"), None),
        ({"name": ["Ada Fenwick", "Bo Lind"]}, ("Ada Fenwick", "Bo Lind"), None),
        ({"givenName": "Ada", "familyName": "Fenwick"}, ("Ada Fenwick",), None),
        ("Ada Fenwick", ("Ada Fenwick",), None),
        ({"@type": "Organization", "name": "Harbour Media"}, (), None),
        ({"@type": "Person", "name": "Reuters"}, (), "Reuters"),
        (
            [{"name": "Ada Fenwick"}, {"@type": "Organization", "name": "AFP"}],
            ("Ada Fenwick",),
            "AFP",
        ),
        ({"@type": "Person", "name": "https://gazette.example/ada"}, (), None),
        ({"@type": "Person", "name": 7}, (), None),
    ],
)
def test_authors_of_json_ld(author: object, names: tuple[str, ...], agency: str | None) -> None:
    document = read(page(f"<h1>x</h1>{paragraphs()}", json_ld(author)))
    assert (document.byline, document.agency) == (names, agency)


@pytest.mark.parametrize(
    ("before", "names", "agency"),
    [
        ("<p>By <a href='/author/ada'>Ada Fenwick</a></p>", ("Ada Fenwick",), None),
        ("<a rel='author' href='/a'>Ada Fenwick</a>", ("Ada Fenwick",), None),
        ("<div class='byline'>Ada Fenwick and Bo Lind</div>", ("Ada Fenwick", "Bo Lind"), None),
        ("<p>Von Ada Fenwick</p>", ("Ada Fenwick",), None),
        ("<p>12 May 2025 • Ada Fenwick</p>", ("Ada Fenwick",), None),
        ("<p>Ada Fenwick</p>", ("Ada Fenwick",), None),
        ("<p>By Ada Fenwick, Associated Press</p>", ("Ada Fenwick",), "Associated Press"),
        ("<p class='author'>Reuters</p>", (), "Reuters"),
        ("<p>Edited by <a href='/author/bo'>Bo Lind</a></p>", (), None),
        ("<p class='tags'><a href='/tag/goat'>Ada Goat</a></p>", (), None),
        ("", (), None),
    ],
)
def test_authors_on_the_page(before: str, names: tuple[str, ...], agency: str | None) -> None:
    document = read(article(before=before))
    assert (document.byline, document.agency) == (names, agency)


def test_a_meta_author_counts_only_where_the_name_is_printed() -> None:
    head = "<meta name='author' content='Ada Fenwick'>"
    assert read(page(f"<h1>x</h1>{paragraphs()}", head)).byline == ()
    printed = page(f"<h1>x</h1><p>Words: Ada Fenwick, on the quay</p>{paragraphs()}", head)
    assert read(printed).byline == ("Ada Fenwick",)


def test_the_site_is_not_its_own_author() -> None:
    head = "<meta property='og:site_name' content='Ada Fenwick'>" + json_ld({"name": "Ada Fenwick"})
    assert read(page(f"<h1>x</h1>{paragraphs()}", head)).byline == ()
