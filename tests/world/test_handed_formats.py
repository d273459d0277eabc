"""Files that hold pages: MHTML, HAR, ARC, WACZ, folders, PDF, and bodies in brotli and zstd."""

from __future__ import annotations

import base64
import io
import json
import os
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import brotlicffi
import pytest
import zstandard

from provenance.errors import InputError
from provenance.read import read_capture
from provenance.world.formats.coding import TooLarge, Undecodable
from provenance.world.formats.kept_coding import decode_kept
from provenance.world.formats.pdf_text import pdf_text
from tests.world.test_files import PAGE, given_
from tests.world.test_files import saved as saved_long_ago

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://harbourpost.example/wall"
DAY = datetime(2026, 3, 4, 9, 12, tzinfo=UTC)
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbourpost.example/wall\r\n"
    b"Subject: Harbour\r\nDate: Wed, 4 Mar 2026 10:12:00 +0100\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n\r\n'
    b"--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Location: https://harbourpost.example/wall\r\n\r\n"
    + PAGE.replace(b"=", b"=3D")
    + b"\r\n--B\r\nContent-Type: text/html\r\nContent-Location: cid:frame\r\n\r\n<p>frame\r\n"
    b"--B--\r\n"
)


def saved(folder: Path, name: str, body: bytes) -> Path:
    """A file that was written when its page was saved."""
    path = saved_long_ago(folder, name, body)
    os.utime(path, (DAY.timestamp(), DAY.timestamp()))
    return path


def har(text: str, **more: str) -> bytes:
    entry = {
        "startedDateTime": "2026-03-04T09:12:00Z",
        "request": {"url": URL},
        "response": {"status": 200, "content": {"mimeType": "text/html", "text": text, **more}},
    }
    picture = {
        "request": {"url": "x"},
        "response": {"status": 200, "content": {"mimeType": "image/png"}},
    }
    return json.dumps({"log": {"version": "1.2", "entries": [picture, {}, 7, entry]}}).encode()


def arc(body: bytes = PAGE) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    note = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20260304091200 text/plain %d\n" % len(note)
    line = f"{URL} 192.0.2.4 20260304091200 text/html {len(answer)}\n".encode()
    return head + note + b"\n" + line + answer + b"\n"


def warc(body: bytes, coding: str = "", url: str = URL) -> bytes:
    coded = f"Content-Encoding: {coding}\r\n" if coding else ""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coded}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2026-03-04T09:12:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def wacz(pages: str = "", **parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, part in (parts or {"data": warc(PAGE)}).items():
            packed.writestr(f"archive/{name}.warc", part)
        if pages:
            packed.writestr("pages/pages.jsonl", pages)
    return file.getvalue()


def pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    found, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(found)
    return bytes(found) + b"xref\n0 6\n0000000000 65535 f \n" + table + end


BROTLI, ZSTD = brotlicffi.compress(PAGE), zstandard.compress(PAGE)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.mhtml", MHTML),
        ("a.har", har(PAGE.decode())),
        ("b.har", har(base64.b64encode(PAGE).decode(), encoding="base64")),
        ("a.arc", arc()),
        ("a.warc", warc(BROTLI, "br")),
        ("b.warc", warc(ZSTD, "zstd")),
        ("a.wacz", wacz()),
    ],
)
def test_a_page_in_a_file_comes_with_its_address_and_day(
    name: str, body: bytes, tmp_path: Path
) -> None:
    (page,) = given_(saved(tmp_path, name, body))
    assert page.url == URL
    assert page.captured_at == DAY
    assert page.body.strip() == PAGE
    (piped,) = given_("-", stdin=body)
    assert (piped.url, piped.body) == (page.url, page.body)


def test_an_address_from_the_file_is_said_and_the_persons_own_goes_first(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.mhtml", MHTML)
    (page,) = given_(path)
    said = "the address is the saved file's own word, as is the day of saving, 2026-03-04"
    assert said in read_capture(page).notes
    (other,) = given_(path, url="https://other.example/x")
    assert (other.url, other.notes) == ("https://other.example/x", ())


def test_a_day_after_the_file_s_own_is_not_believed(tmp_path: Path) -> None:
    (page,) = given_(saved_long_ago(tmp_path, "a.mhtml", MHTML))
    assert page.captured_at < DAY
    assert page.notes == ("the address is the saved file's own word",)


def test_of_a_wacz_the_pages_on_its_list_are_read(tmp_path: Path) -> None:
    parts = {"a": warc(PAGE), "b": warc(PAGE + b"<p>Frame</p>", url="https://ads.example/frame")}
    assert len(given_(saved(tmp_path, "all.wacz", wacz(**parts)))) == 2
    pages = '{"format": "json-pages-1.0"}\nno json\n' + json.dumps({"url": f"{URL}#top"}) + "\n"
    (page,) = given_(saved(tmp_path, "listed.wacz", wacz(pages, **parts)))
    assert page.url == URL


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "b" / "c_files").mkdir(parents=True)
    saved(folder, "a.html", PAGE)
    saved(folder / "b", "c.mhtml", MHTML)
    saved(folder / "b" / "c_files", "frame.html", PAGE + b"<p>Frame</p>")
    saved(folder, "style.css", b"p { color: red }")
    assert [page.url for page in given_(folder)] == [None, URL]
    with pytest.raises(InputError, match="--url says where one saved page came from"):
        given_(folder, url=URL)
    saved(folder, "a0.html", b"")
    with pytest.raises(InputError, match=r"not all of it could be read: .*a0.html: is empty"):
        given_(folder)


def test_the_text_of_a_pdf_is_read(tmp_path: Path) -> None:
    (page,) = given_(saved(tmp_path, "a.pdf", pdf("The wall was mended in spring.")))
    document = read_capture(page)
    assert "The wall was mended in spring." in document.text
    assert document.notes == ("its text was taken from a PDF document",)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.mhtml", MHTML.replace(b"text/html", b"text/css"), "no HTML page in this MHTML file"),
        ("cut.har", har(PAGE.decode())[:-20], "not a HAR file, or cut off"),
        ("a.har", b'{"log": {"entries": []}}', "without the text of an HTML page"),
        ("deep.har", b'{"log": {"entries": ' + b"[" * 90_000, "not a HAR file, or cut off"),
        ("cut.arc", arc()[:-30], "cut off"),
        ("cut.warc", warc(BROTLI[:-9], "br"), "cut off"),
        ("bad.warc", warc(b"x" * 90, "br"), "not packed the way it says"),
        ("cutz.warc", warc(ZSTD[:-9], "zstd"), "cut off"),
        ("badz.warc", warc(b"x" * 90, "zstd"), "not packed the way it says"),
        ("a.zip", wacz(**{"x/y": b""}).replace(b".warc", b".text"), "without a WARC file in it"),
        ("cut.wacz", wacz()[:-30], "a zip archive that cannot be read"),
        ("bad.pdf", pdf("x")[:80], "is a PDF document that cannot be read"),
        ("empty.pdf", pdf(""), "is a PDF document without text"),
    ],
)
def test_a_damaged_one_is_one_line(name: str, body: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as refused:
        given_(saved(tmp_path, name, body))
    assert str(refused.value).startswith(str(tmp_path / name))
    assert "\n" not in str(refused.value)


def test_what_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = b"\0" * 300_000_000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("archive/data.warc", bomb)
    with pytest.raises(InputError, match="unpacks to far more than pages do"):
        given_(saved(tmp_path, "bomb.wacz", file.getvalue()))
    small = bomb[:20_000_000]
    for coding, packed_body in (
        ("br", brotlicffi.compress(small)),
        ("zstd", zstandard.compress(small)),
    ):
        with pytest.raises(TooLarge):
            decode_kept(packed_body, (coding,), 5_000_000)
    with pytest.raises(Undecodable, match="6 times over"):
        decode_kept(b"", ("br",) * 6, 5_000_000)


def test_a_pdf_has_its_time_and_no_more() -> None:
    with pytest.raises(ValueError, match=r"longer than 0\.001 s"):
        pdf_text(pdf("x"), 5_000_000, seconds=0.001)
