"""Bytes to characters: marks, declarations, detection, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from provenance.errors import InputError
from provenance.read.dom.decode import codec_named
from tests.read.pages import STORY, paragraphs, read, read_plain

PLAIN = {"headers": (), "media_type": "text/html"}
GERMAN = "Die Fähre fährt über die Förde, sagt Frau Müßig, und zwar täglich außer an Feiertagen."
CZECH = "Přívoz přes řeku jezdí každou hodinu, řekl převozník Jiří Šťastný včera večer."
JAPANESE = "港のフェリーは冬のあいだ一日に二回しか出ないと船長は話している。"
RUSSIAN = "Паром уходит с причала дважды в день, рассказал капитан, который водит его тридцать лет."


def body(text: str, head: str = "") -> str:
    return (
        f"<html><head>{head}<title>x</title></head><body>{paragraphs(text, *STORY)}</body></html>"
    )


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (GERMAN, "cp1252", "iso-8859-1"),
        (GERMAN, "cp1252", "windows-1252"),
        (GERMAN, "utf-8", "utf-8"),
        (CZECH, "iso8859-2", "ISO-8859-2"),
        (CZECH, "cp1250", "windows-1250"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
    ],
)
@pytest.mark.parametrize("where", ["header", "meta", "http-equiv"])
def test_declared_charsets(text: str, codec: str, label: str, where: str) -> None:
    head = {
        "header": "",
        "meta": f"<meta charset='{label}'>",
        "http-equiv": f"<meta http-equiv='Content-Type' content='text/html; charset={label}'>",
    }[where]
    header = (("content-type", f"text/html; charset={label}"),) if where == "header" else ()
    document = read(body(text, head).encode(codec), headers=header)
    assert text in document.text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_wins_over_the_header(mark: bytes, codec: str) -> None:
    header = (("content-type", "text/html; charset=windows-1251"),)
    assert GERMAN in read(mark + body(GERMAN).encode(codec), headers=header).text


@pytest.mark.parametrize(
    ("text", "codec"), [(RUSSIAN, "cp1251"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp")]
)
def test_undeclared_charsets_are_detected(text: str, codec: str) -> None:
    assert text in read(body(" ".join([text] * 12)).encode(codec), **PLAIN).text


def test_utf8_that_calls_itself_latin_is_read_as_utf8() -> None:
    header = (("content-type", "text/html; charset=iso-8859-1"),)
    assert GERMAN in read(body(GERMAN).encode(), headers=header).text


def test_a_few_broken_bytes_do_not_change_the_charset() -> None:
    broken = body(GERMAN * 20).encode().replace(b"Fahr", b"\xff") + b"<p>\xfe\xff</p>"
    assert "über die Förde" in read(broken, **PLAIN).text


@pytest.mark.parametrize(
    "label", ["utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "rot13", "hex",
              "zlib", "undefined", "no-such-thing", "mbcs", ""]
)  # fmt: skip
def test_a_page_cannot_choose_a_decoder_that_is_no_charset(label: str) -> None:
    assert codec_named(label) is None
    header = (("content-type", f"text/html; charset={label}"),)
    assert "+AGE-" in read(body("+AGE- \\u0041" + STORY[0]), headers=header).text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08\x00data", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"GIF89a....", "GIF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "office"),
        (b"SQLite format 3\x00", "database"),
        (bytes(range(1, 32)) * 40, "binary"),
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\x00" * 50, "empty"),
    ],
)
def test_what_is_no_page_is_refused_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        read(data, **PLAIN)
    line = str(caught.value)
    assert "\n" not in line
    assert "harbour-gazette.example" in line


def test_a_body_beyond_the_bound_is_refused() -> None:
    with pytest.raises(InputError, match="more than"):
        read(b"<p>word</p>" * 1_500_000)


@pytest.mark.parametrize("data", [b"<p>Hi</p>", b"Hi there.", b"<b>1</b>", b"0123456789"])
def test_ten_bytes_are_a_page(data: bytes) -> None:
    assert read(data, media_type="").text


def test_nuls_and_control_characters_never_reach_the_text() -> None:
    text = read(body("One\x00 two\x01 three\x0b four &#1; five &#x0B; six &#xD800; seven.")).text
    assert "One two three four" in text
    assert not set(text) & {chr(n) for n in range(32) if n not in (9, 10)}
    assert not any("\ud800" <= ch <= "\udfff" for ch in text)


def test_line_ends_are_one_kind() -> None:
    assert "\r" not in read_plain("One line.\r\nAnother line.\rA third line.").text
