"""Searches that answer as RSS: forms of 2026, and what an answer without items may mean."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from html import escape

import pytest

from provenance.errors import Unavailable
from provenance.model import Capture, Lead, Match, ProviderSpec, Query, Reply, Witness
from provenance.world.searches import SEARCHES, build, known_spec
from tests.world.archives.build import NOW, FakeWeb, answer

PHRASE = Query(phrase="forty metres of drain")
ROAD = "https://harbourpost.example/opinion/road"
LONG = f"{ROAD}-{'on-and-' * 20}on"


def token(url: str) -> str:
    """An article's address as older ones of Google News hold it."""
    data = url.encode()
    size = (
        bytes([len(data)]) if len(data) < 128 else bytes([len(data) % 128 | 128, len(data) // 128])
    )
    held = urlsafe_b64encode(b'\x08\x13"' + size + data + b"\xd2\x01\x00").decode().rstrip("=")
    return f"https://news.google.com/rss/articles/{held}?oc=5"


OPAQUE = "https://news.google.com/rss/articles/" + urlsafe_b64encode(
    b'\x08\x13"\x9c\x01AU_yqLPd0mn3TgXfPgkZ' + b"a" * 40
).decode().rstrip("=")


def feed(*items: tuple[str, str], source: str = "") -> str:
    told = "".join(
        f"<item><title>{title}</title><link>{escape(link)}</link>"
        f"<pubDate>Tue, 24 Feb 2026 08:15:00 GMT</pubDate>{source}"
        "<description>It needs forty metres of drain.</description></item>"
        for title, link in items
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{told}</channel></rss>'
    )


def ask(kind: str, *bodies: str | Capture, apart: float = 1.0) -> list[Reply[Lead]]:
    """What one service says to one question after the other, so many seconds apart."""
    replies: list[Reply[Lead]] = []
    web = FakeWeb({})
    service = build(known_spec(kind), web, lambda: NOW)
    for number, body in enumerate(bodies):
        capture = answer(body) if isinstance(body, str) else body
        at = NOW + timedelta(seconds=number * apart)
        web.answers = {known_spec(kind).base_url: replace(capture, captured_at=at)}
        replies.append(service.search(PHRASE))
    return replies


PAPER = '<source url="https://harbourpost.example">Harbour Post</source>'


@pytest.mark.parametrize("url", [ROAD, LONG])
def test_an_older_address_of_google_holds_the_articles_own(url: str) -> None:
    body = feed(("The road - nobody mends - Harbour Post", token(url)), source=PAPER)
    (reply,) = ask("googlenews", body)
    (lead,) = reply.items
    assert (lead.url, lead.title, lead.at_home) == (url, "The road - nobody mends", False)
    assert lead.sighting is not None
    assert lead.sighting.witness is Witness.SELF


def test_of_a_newer_one_headline_and_paper_are_left() -> None:
    body = feed(("The road nobody mends - Harbour Post", OPAQUE), source=PAPER)
    (reply,) = ask("googlenews", body)
    (lead,) = reply.items
    assert (lead.url, lead.at_home) == ("https://harbourpost.example/", True)
    assert (lead.title, lead.sighting) == ("The road nobody mends", None)


def test_a_headline_is_cut_only_by_the_papers_own_name() -> None:
    body = feed(("The road - Nobody", token(ROAD)), source=PAPER)
    assert ask("googlenews", body)[0].items[0].title == "The road - Nobody"


@pytest.mark.parametrize(
    ("target", "urls"),
    [
        (ROAD, [ROAD]),
        ("javascript:alert(1)", []),
    ],
)
def test_an_address_of_bing_is_unwrapped(target: str, urls: list[str]) -> None:
    wrapped = (
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6a&url={escape(target)}&c=1"
    )
    (reply,) = ask("bingnews", feed(("The road", wrapped), ("Other", ROAD + "/2")))
    assert [lead.url for lead in reply.items if lead.url.startswith(ROAD)] == [*urls, ROAD + "/2"]


def test_the_date_of_a_web_search_is_not_the_pages() -> None:
    (reply,) = ask("bing", feed(("The road", ROAD)))
    assert [lead.sighting for lead in reply.items] == [None]


@pytest.mark.parametrize("kind", ["googlenews", "bingnews", "bing"])
@pytest.mark.parametrize(
    "body",
    [
        feed(),
        "<!doctype html><html><body><form>Before you continue</form></body></html>",
        "",
        answer("slow down", 429),
        answer("", 302, location="https://consent.example/"),
        answer("busy", 503),
    ],
)
def test_an_answer_without_items_is_never_nothing(kind: str, body: str | Capture) -> None:
    with pytest.raises(Unavailable):
        ask(kind, body)


def test_unless_another_question_was_answered_within_the_minute() -> None:
    found = feed(("The road", ROAD))
    assert ask("bing", found, feed(), apart=50)[1].items == ()
    with pytest.raises(Unavailable, match="turns programs away"):
        ask("bing", found, feed(), apart=70)


def test_a_feed_with_bare_marks_is_read() -> None:
    (reply,) = ask("bing", feed(("Salt & vinegar \x01 road", ROAD)))
    assert [lead.url for lead in reply.items] == [ROAD]


def test_the_words_are_quoted_and_terms_are_known() -> None:
    web = FakeWeb({"https://www.bing.com": answer(feed(("The road", ROAD)))})
    build(known_spec("bing"), web, lambda: NOW).search(
        Query(phrase="drain road tyres", match=Match.ANY, site="harbourpost.example")
    )
    assert web.asked == [
        "https://www.bing.com/search?q=drain+OR+road+OR+tyres+site%3Aharbourpost.example&format=rss"
    ]
    for kind in ("googlenews", "bingnews", "bing"):
        sheet, _ = SEARCHES[kind]
        assert sheet.terms
        assert (sheet.per_minute, sheet.at_once) == (20.0, 1.0)
        assert ProviderSpec(name=kind, kind=kind, base_url=sheet.base_url) == known_spec(kind)
