"""What the markup says, key by key, for rules that never see markup."""

from __future__ import annotations

import json

import pytest

from provenance.model import Place
from provenance.read.dom import jsonld
from provenance.read.facts.statements import MAX_STATEMENTS
from tests.read.pages import URL, page, paragraphs, read

TOWN = "https://town-crier.example/ferry"


def said(head: str, body: str = "", url: str | None = URL) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for statement in read(page(f"{body}{paragraphs()}", head), url).statements:
        found.setdefault(statement.key, []).append(statement.value)
    return found


def script(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        (f"<link rel='canonical' href='{TOWN}'>", "rel:canonical", TOWN),
        (
            "<link rel='canonical' href='/ferry'>",
            "rel:canonical",
            "https://harbour-gazette.example/ferry",
        ),
        (
            "<base href='https://town-crier.example/'><link rel=canonical href=ferry>",
            "rel:canonical",
            TOWN,
        ),
        (
            "<link rel=canonical href=''><link rel='Canonical' href='//town-crier.example/ferry'>",
            "rel:canonical",
            TOWN,
        ),
        (f"<meta property='og:url' content='{TOWN}'>", "og:url", TOWN),
        (f"<meta name='Syndication-Source' content='{TOWN}'>", "meta:syndication-source", TOWN),
        (f"<meta name='original-source' content='{TOWN}'>", "meta:original-source", TOWN),
        (
            "<meta property='article:publisher' content='https://social.example/town'>",
            "meta:article:publisher",
            "https://social.example/town",
        ),
        ("<title>Ferry  sails</title>", "html:title", "Ferry sails"),
        (script({"@type": "NewsArticle", "isBasedOn": TOWN}), "json_ld:isBasedOn", TOWN),
        (
            script({"@type": "NewsArticle", "isBasedOn": {"@id": TOWN}}),
            "json_ld:isBasedOn.@id",
            TOWN,
        ),
        (
            script(
                {
                    "@type": "NewsArticle",
                    "provider": {"@type": "Organization", "name": "Town Crier"},
                }
            ),
            "json_ld:provider.name",
            "Town Crier",
        ),
        (
            script({"@type": "NewsArticle", "creditText": "Town&nbsp;Crier"}),
            "json_ld:creditText",
            "Town Crier",
        ),
        (
            script(
                {
                    "@graph": [
                        {"@type": "Article", "headline": "x", "publisher": {"@id": "#p"}},
                        {"@type": "Organization", "@id": "#p", "name": "Town Crier"},
                    ]
                }
            ),
            "json_ld:publisher.name",
            "Town Crier",
        ),
        (
            script(
                [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "isAccessibleForFree": False}]
            ),
            "json_ld:isAccessibleForFree",
            "False",
        ),
    ],
)
def test_head(head: str, key: str, value: str) -> None:
    assert value in said(head)[key]


@pytest.mark.parametrize(
    ("body", "key", "value"),
    [
        ("<link rel='canonical' href='https://town-crier.example/ferry'>", "rel:canonical", TOWN),
        ("<h1>Ferry sails</h1>", "html:h1", "Ferry sails"),
        ("<span itemprop='provider'>Town Crier</span>", "microdata:provider", "Town Crier"),
        (
            "<meta property='og:type' content='a'><span itemProp='provider'>Town Crier</span>",
            "microdata:provider",
            "Town Crier",
        ),
        (f"<a class='u-repost-of' href='{TOWN}'>x</a>", "mf:repost-of", TOWN),
        (f"<a class='u-syndication' href='{TOWN}'>x</a>", "mf:syndication", TOWN),
        ("<span class='source-org vcard'>Town Crier</span>", "mf:source-org", "Town Crier"),
        (
            "<img data-aop='providerlogo' alt='Town Crier' src='/l.png'>",
            "markup:providerlogo",
            "Town Crier",
        ),
        (
            "<img src='https://counter.theconversation.com/content/12345/count.gif'>",
            "pixel:republication",
            "https://counter.theconversation.com/content/12345/count.gif",
        ),
        (
            "<script>'https:\\u002F\\u002Fcounter.theconversation.com\\u002Fcontent\\u002F12'"
            "</script>",
            "pixel:republication",
            "https://counter.theconversation.com/content/12",
        ),
        (
            "<img src='https://town-crier.example/?republication-pixel=true&post=7&ga4='>",
            "pixel:republication",
            "https://town-crier.example/?republication-pixel=true&post=7&ga4=",
        ),
        ("<div class='wprss-feed-meta'>x</div>", "plugin:wprss", "wprss-feed-meta"),
        ("<div class='feedzy-rss'>x</div>", "plugin:feedzy", "feedzy-rss"),
    ],
)
def test_body(body: str, key: str, value: str) -> None:
    assert value in said("", body)[key]


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Ferry",}',
        '<!-- {"@type": "NewsArticle", "headline": "Ferry"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Fer\try"}',
        '{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "Ferry"}',
        '{"@type": "NewsArticle", "headline": "Ferry"};',
        '[[{"@type": "http://schema.org/NewsArticle", "headline": "Ferry"}]]',
        '{"@type": "NewsArticle", "headline": "Ferry"} trailing words {',
    ],
)
def test_broken_json_is_read_as_far_as_it_goes(text: str) -> None:
    assert any(node.get("headline", "").startswith("Fer") for node in jsonld.nodes([text]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "not json",
        "{",
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"a": ' + "9" * 5000 + "}",
        "3",
    ],
)
def test_hopeless_json_gives_nothing(text: str) -> None:
    assert jsonld.nodes([text]) == []


def test_the_article_that_names_the_page_is_the_page_s_own() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Other",
        "datePublished": "2026-01-01",
        "url": TOWN,
    }
    own = {"@type": "NewsArticle", "headline": "Own", "mainEntityOfPage": {"@id": URL + "/"}}
    assert said(script([other, own]))["json_ld:headline"] == ["Own"]


def test_statements_are_bounded_and_each_said_once() -> None:
    many = "".join(f"<meta name='n{n}' content='v'>" for n in range(3000))
    assert len(read(page(paragraphs(), many)).statements) == MAX_STATEMENTS
    assert said("<meta name='a' content='v'>" * 5)["meta:a"] == ["v"]


def test_places_tell_the_layer() -> None:
    head = "<link rel=canonical href='/x'><meta name='a' content='v'>" + script(
        {"@type": "Article", "headline": "x"}
    )
    places = {s.key.split(":")[0]: s.place for s in read(page(paragraphs(), head)).statements}
    assert places["rel"] is Place.MARKUP
    assert places["meta"] is Place.META
    assert places["json_ld"] is Place.JSON_LD


def test_canonical_and_alternates_are_kept_apart() -> None:
    head = (
        f"<link rel=canonical href='{TOWN}'><meta property='og:url' content='{URL}?utm_source=x'>"
        "<link rel=amphtml href='/amp/ferry'>"
    )
    document = read(page(paragraphs(), head))
    assert document.canonical == TOWN
    assert document.alternates == ("https://harbour-gazette.example/amp/ferry",)


@pytest.mark.parametrize(
    "href", ["", "javascript:x", "https://[", "http:///x", "mailto:a@b.example"]
)
def test_a_canonical_that_is_no_address_is_none(href: str) -> None:
    assert read(page(paragraphs(), f"<link rel=canonical href='{href}'>"), None).canonical is None
