"""Authors: persons by name, agencies apart, and nobody where nobody is named."""

from __future__ import annotations

import json

import pytest

from provenance.read.facts.person import is_desk, is_person, persons_in, split_names
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
        ("By Ada Fenwick October 12 in Opinion", ["Ada Fenwick"]),
        ("Ada Fenwick | Sport", ["Ada Fenwick"]),
        ("By Ada Fenwick | Real Estate", ["Ada Fenwick"]),
        ("By Ada Fenwick Posted Friday, Nov. 26, 2010, at 7:21 AM ET", ["Ada Fenwick"]),
        ("By Ada Fenwick 5 min read", ["Ada Fenwick"]),
        ("ByAda Fenwick and Bo Lind", ["Ada Fenwick", "Bo Lind"]),
        ("By Byron Fenwick", ["Byron Fenwick"]),
        ("By Ada Fenwick. Bo Lind AND Cy Roth", ["Ada Fenwick", "Bo Lind", "Cy Roth"]),
        ("Ada Fenwick, Photos by Bo Lind", ["Ada Fenwick"]),
        ("Text: Ada Fenwick, Foto: Bo Lind", ["Ada Fenwick"]),
        ("Ada Fenwick (Text) und Bo Lind (Fotos)", ["Ada Fenwick"]),
        ("By Ada and Bo Fenwick", ["Ada Fenwick", "Bo Fenwick"]),
        ("Ada “Addy” Fenwick", ["Ada “Addy” Fenwick"]),
        ("By Ada Fenwick in Harrow Quay and Bo Lind in Senn", ["Ada Fenwick", "Bo Lind"]),
        ("Ada Fenwick for the Harbour Gazette", ["Ada Fenwick"]),
        ("Ada Fenwick @adafenwick", ["Ada Fenwick"]),
        ("by Ada Fenwick Follow", ["Ada Fenwick"]),
        ("By Ada Fenwick, Deputy Political Editor", ["Ada Fenwick"]),
        ("May Fenwick 5 June 2026", ["May Fenwick"]),
        ("Fenwick Hui Min", ["Fenwick Hui Min"]),
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("김바다 기자", ["김바다"]),
        ("항구신문 / 김바다 (bada@gazette.example)", ["김바다"]),
        ("记者 王海港", ["王海港"]),
        ("港口报记者 王海港 来源：港口报", ["王海港"]),
        ("（记者王海 李港）", ["王海", "李港"]),
        ("撰文：王海港", ["王海港"]),
        ("港山海子 記者", ["港山海子"]),
        ("By Dominique", ["Dominique"]),
        ("Dominique", []),
        ("Author Bio", []),
        ("港口报", []),
    ],
)
def test_names_of_one_word_need_a_role_or_a_by(text: str, names: list[str]) -> None:
    assert persons_in(text) == names


@pytest.mark.parametrize(
    ("name", "desk"),
    [
        ("Gazette Staff", True),
        ("Die Redaktion", True),
        ("Harbour Newsroom", True),
        ("本报编辑部", True),
        ("Ada Fenwick", False),
        ("desk@gazette.example", False),
        ("How the news of the ferry came to the island of Little Senn", False),
    ],
)
def test_desks(name: str, *, desk: bool) -> None:
    assert is_desk(name) is desk


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
        (
            "<div class='byline'>By<a href='/a/1'>Ada Fenwick</a><a href='/a/2'>Bo Lind</a></div>",
            ("Ada Fenwick", "Bo Lind"),
            None,
        ),
        (
            "<p class='byline'>By <span>Ada Fenwick</span> <span>Bo Lind</span></p>",
            ("Ada Fenwick", "Bo Lind"),
            None,
        ),
        (
            "<p class='byline'>By <span>Ada</span> <span>Fenwick</span></p>",
            ("Ada Fenwick",),
            None,
        ),
        ("<figure class='author'><img src=x><p>Ada Fenwick</p></figure>", (), None),
        ("<div><span>Editor:</span></div><div class='byline'>Bo Lind</div>", (), None),
        ("<p>Story Highlights</p>", (), None),
        ("<p>Shop Similar Look</p>", (), None),
        ("<p>تاريخ النشر: 25.01.2026</p>", (), None),
        ("<p>Rules of the Harbour von Senn:</p>", (), None),
        (
            "<p class='byline'><a href='/author/a'>More from Ada</a></p><p>By ADA FENWICK</p>",
            ("ADA FENWICK",),
            None,
        ),
        ("<div class='social'><p class='byline'>by Ada Fenwick</p></div>", ("Ada Fenwick",), None),
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


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("<p>Ada Fenwick is a reporter at the Harbour Gazette.</p>", ("Ada Fenwick",)),
        ("<p class='author'>Ada Fenwick: 555-0100 or ada@gazette.example</p>", ("Ada Fenwick",)),
        ("<p>Ada Fenwick is the captain of the last ferry of the season.</p>", ()),
    ],
)
def test_a_note_below_the_story_names_its_author(note: str, names: tuple[str, ...]) -> None:
    assert read(article(after=note)).byline == names


@pytest.mark.parametrize(
    ("before", "head", "desks"),
    [
        ("<p class='author'>Gazette Staff</p>", "", ("Gazette Staff",)),
        ("", json_ld({"@type": "Organization", "name": "Harbour Media"}), ("Harbour Media",)),
        ("", json_ld({"@type": "Person", "name": "News Desk"}), ("News Desk",)),
        ("<p>By Ada Fenwick</p>", json_ld({"@type": "Organization", "name": "Harbour"}), ()),
        ("<p class='author'>Reuters</p>", "", ()),
        ("", "", ()),
    ],
)
def test_desks_are_kept_where_no_person_is_named(
    before: str, head: str, desks: tuple[str, ...]
) -> None:
    document = read(page(f"<h1>Ferry</h1>{before}<div>{paragraphs()}</div>", head))
    assert document.desks == desks


def test_what_is_said_to_be_written_by_somebody_in_the_metas() -> None:
    head = (
        "<meta name='twitter:label1' content='{}'><meta name='twitter:data1' content='Ada Fenwick'>"
    )
    assert read(page(paragraphs(), head.format("Written by"))).byline == ("Ada Fenwick",)
    assert read(page(paragraphs(), head.format("Time to read"))).byline == ()


def test_a_meta_that_names_the_printed_editor_names_no_author() -> None:
    head = "<meta name='author' content='Bo Lind'>"
    assert read(page(f"<h1>x</h1><p>Editor:</p><p>Bo Lind</p>{paragraphs()}", head)).byline == ()
