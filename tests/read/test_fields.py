"""Datelines, languages, publishers, images and credit lines."""

from __future__ import annotations

import pytest

from provenance.read.dom.lines import credit_in
from provenance.read.facts.dateline import dateline_of
from provenance.text.language import language_of
from tests.read.pages import STORY, article, page, paragraphs, read


@pytest.mark.parametrize(
    ("text", "dateline", "agency"),
    [
        ("HARBOUR TOWN (AP) — The ferry sailed.", "HARBOUR TOWN (AP)", "AP"),
        ("BERLIN, Feb 14 (Reuters) - The ferry sailed.", "BERLIN, Feb 14 (Reuters)", "Reuters"),
        ("Hamburg (dpa/lno) - Die Fähre fuhr ab.", "Hamburg (dpa/lno)", "dpa/lno"),
        ("Paris, 14 février (AFP) — Le ferry est parti.", "Paris, 14 février (AFP)", "AFP"),
        ("(Reuters) - The ferry sailed.", "(Reuters)", "Reuters"),
        ("AFP - The ferry sailed at dusk.", "AFP", "AFP"),
        ("HARBOUR TOWN, N.Y. — The ferry sailed.", "HARBOUR TOWN, N.Y.", None),
        ("新华社北京2月14日电 渡轮开航。", "新华社北京2月14日电", None),
        ("The ferry (built in 1930) – a museum piece – sailed.", None, None),
        ("The ferry sailed - and the goat stayed.", None, None),
        ("I — the captain — sailed.", None, None),
        ("", None, None),
    ],
)
def test_datelines(text: str, dateline: str | None, agency: str | None) -> None:
    assert dateline_of(text) == (dateline, agency)


def test_the_agency_of_the_dateline_is_the_page_s() -> None:
    document = read(page(f"<h1>x</h1>{paragraphs('HARBOUR TOWN (AP) — ' + STORY[0], *STORY[1:])}"))
    assert (document.dateline, document.agency) == ("HARBOUR TOWN (AP)", "AP")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ".join(STORY), "en"),
        (
            "Die Fähre ist nicht gefahren, und der Kapitän war mit dem Fahrplan zufrieden.",
            "de",
        ),
        (
            "Le ferry est parti dans la nuit et le capitaine attend les passagers qui dorment.",
            "fr",
        ),
        (
            "El barco no salió por la noche y los pasajeros que esperaban se fueron con él.",
            "es",
        ),
        ("Паром не ушёл в море, и капитан ждал пассажиров на берегу, как это было и вчера.", "ru"),
        ("船は港を出なかったと船長は話している。", "ja"),
        ("渡轮今天没有离开港口，船长说。", "zh"),
        ("배는 항구를 떠나지 않았다고 선장이 말했다.", "ko"),
        (
            "قال القبطان إن العبارة لم تغادر الميناء في الليل وأن الركاب كانوا على متنها",
            "ar",
        ),
        ("Xyzzy plugh qwerty", None),
        ("", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<html lang='de-AT'>", "de"),
        ("<html xml:lang='fr'>", "fr"),
        ("<html><meta property='og:locale' content='es_MX'>", "es"),
        ("<html lang=''>", "en"),
        ("<html lang='{{lang}}'>", "en"),
    ],
)
def test_declared_languages(markup: str, code: str) -> None:
    assert read(f"{markup}<body>{paragraphs()}</body></html>").language == code


def test_names_of_the_site() -> None:
    head = (
        "<meta property='og:site_name' content='Harbour Gazette'>"
        "<meta name='twitter:site' content='@harbourgazette'>"
    )
    document = read(page(paragraphs(), head))
    assert document.publisher == "Harbour Gazette"
    assert {"Harbour Gazette", "harbourgazette", "harbour-gazette.example"} <= set(
        document.self_names
    )


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Harbour Gazette » Feed", "Harbour Gazette"),
        ("Harbour Gazette » The goat aboard Comments Feed", "Harbour Gazette"),
        ("RSS", "harbour-gazette.example"),
        ("» Feed", "harbour-gazette.example"),
    ],
)
def test_a_wordpress_feed_names_its_site(title: str, publisher: str) -> None:
    head = f"<link rel=alternate type='application/rss+xml' title='{title}' href='/feed/'>"
    assert read(page(paragraphs(), head)).publisher == publisher


def test_images_with_host_and_credit() -> None:
    figure = (
        "<figure><img src='https://img.other.example/goat.jpg' alt='A goat'>"
        "<figcaption>The goat aboard. Photo: Anna Berg</figcaption></figure>"
    )
    noise = (
        "<img src='/pixel.gif' width='1' height='1'><img src='data:image/gif;base64,x'>"
        "<img src='/logo.svg'><aside><img src='/ad.jpg'></aside>"
        "<img data-src='/lazy.jpg' src='data:,'>"
    )
    head = "<meta property='og:image' content='/lead.jpg'>"
    images = read(article(inside=figure + noise).replace("<head>", f"<head>{head}")).images
    assert [(image.url, image.host) for image in images] == [
        ("https://harbour-gazette.example/lead.jpg", "harbour-gazette.example"),
        ("https://img.other.example/goat.jpg", "img.other.example"),
        ("https://harbour-gazette.example/lazy.jpg", "harbour-gazette.example"),
    ]
    assert (images[1].alt, images[1].credit) == ("A goat", "Photo: Anna Berg")


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The goat aboard. Anna Berg/Getty Images", "Anna Berg/Getty Images"),
        ("The goat aboard (Photo by Anna Berg)", "Photo by Anna Berg"),
        ("The goat aboard.", ""),
        ("", ""),
    ],
)
def test_credits(caption: str, credit: str) -> None:
    assert credit_in(caption) == credit


def test_the_credit_line_is_the_one_below_the_story() -> None:
    assert read(article(after="<p>Source: Town Crier</p>")).credit_line == "Source: Town Crier"
    assert read(article()).credit_line is None


def test_xhtml_and_markup_without_a_type_are_pages() -> None:
    xhtml = '<?xml version="1.0" encoding="utf-8"?>' + article()
    for fields in ({"media_type": "application/xhtml+xml"}, {"media_type": "", "headers": ()}):
        assert read(xhtml, **fields).title == "Last ferry leaves with a goat"
