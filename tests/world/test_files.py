"""What a person hands in: pages where it can be read, one clear line where it cannot."""

from __future__ import annotations

import gzip
import io
import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InputError, ProvenanceError, ProviderError, Refused
from provenance.model import Settings, Via
from provenance.world import OpenWorld, open_world
from provenance.world.files import captures
from provenance.world.formats.sniff import binary_kind, looks_like_html
from tests.world.evil import NOON, reply
from tests.world.shared import jsonl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture
    from tests.world.evil import EvilServer

PAGE = b"<!doctype html><title>Harbour</title><p>The wall was mended in spring.</p>"
TEXT = b"The wall was mended in spring.\n"
OFFLINE = Settings(archives=(), offline=True, allow_private=True, pace=0.0)


@contextmanager
def world(**settings: object) -> Iterator[OpenWorld]:
    chosen = replace(OFFLINE, **settings)  # type: ignore[arg-type]
    with open_world(chosen, now=lambda: NOON) as opened:
        yield opened


def given_(
    target: object, *, stdin: bytes = b"", url: str | None = None, **settings: object
) -> list[Capture]:
    with world(**settings) as opened:
        return list(captures(str(target), url=url, world=opened, stdin=io.BytesIO(stdin)))


def refusal(target: object, **given: object) -> str:
    """The one line that a target which cannot be read ends in."""
    with pytest.raises(InputError) as caught:
        given_(target, **given)  # type: ignore[arg-type]
    line = str(caught.value)
    assert "\n" not in line
    assert line.isprintable()
    return line


def saved(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    os.utime(path, (1_700_000_000.75, 1_700_000_000.75))
    return path


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("a.html", PAGE, "text/html"),
        ("a.HTM", TEXT, "text/html"),
        ("a.xhtml", PAGE, "text/html"),
        ("a.txt", TEXT, "text/plain"),
        ("a.txt", PAGE, "text/plain"),
        ("a.md", TEXT, "text/plain"),
        ("a", PAGE, "text/html"),
        ("a", TEXT, "text/plain"),
        ("a.story", b"\xef\xbb\xbf  " + PAGE, "text/html"),
        ("a.story", b"\xff\xfe" + PAGE.decode().encode("utf-16-le"), "text/html"),
        ("a.story", PAGE.decode().encode("utf-16-be"), "text/html"),
        ("a.story", TEXT.decode().encode("utf-16"), "text/plain"),
        ("a.story", b"A line with 3 < 4 <p in it", "text/plain"),
        ("a.story", "\u6e2f\u306e\u58c1\u304c\u76f4\u308b".encode("shift_jis"), "text/plain"),
        ("a.html", b"<p>a\0b\0c, a page with stray NULs in a longer text</p>", "text/html"),
        ("www.post.example_harbour", PAGE, "text/html"),
        ("https: a headline.txt", TEXT, "text/plain"),
        ("page\u202egpj.html", PAGE, "text/html"),
        ("-page.html", PAGE, "text/html"),
    ],
)  # fmt: skip
def test_a_saved_page(name: str, body: bytes, media_type: str, tmp_path: Path) -> None:
    [page] = given_(saved(tmp_path, name, body), url="https://post.example/harbour")
    assert (page.body, page.media_type, page.via) == (body, media_type, Via.FILE)
    assert page.captured_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert page.url == page.responded_url == "https://post.example/harbour"
    assert (page.status, page.headers, page.memento) == (None, (), None)


def test_a_packed_page_is_unpacked(tmp_path: Path) -> None:
    [page] = given_(saved(tmp_path, "a.html.gz", gzip.compress(PAGE)))
    assert (page.body, page.media_type, page.url) == (PAGE, "text/html", None)


def test_the_same_file_gives_the_same_capture(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.html", PAGE)
    assert given_(path) == given_(path)


def test_what_is_handed_in_is_kept(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.html", PAGE)
    database = str(tmp_path / "kept.db")
    [page] = given_(path, database=database)
    given_(path, database=database)
    with world(database=database) as opened:
        kept = opened.store.fetches.of_digest(page.digest)
        assert kept is not None
        assert kept.body == PAGE
        assert opened.store.fetches.count() == 1


def test_a_pipe_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, PAGE)
    os.close(writing)
    [page] = given_(f"/dev/fd/{reading}")
    os.close(reading)
    assert page.body == PAGE


def big(folder: Path, name: str, size: int) -> Path:
    """A sparse file: large, and on disk almost nothing."""
    path = folder / name
    with path.open("wb") as file:
        file.write(PAGE)
        file.truncate(size)
    return path


UNREADABLE = {
    "missing.html": (None, "no such file; look at"),
    "www.post.example/harbour": (None, "https:// before it"),
    "post.example": (None, "https:// before it"),
    "a-folder": ("folder", "is a folder without a page"),
    "empty.html": (b"", "is empty"),
    "blank.txt": (b" \n\t\r\n", "is empty"),
    "nul.txt": (b"\0" * 900, "is empty"),
    "noise.html": (bytes(range(256)) * 40, "a binary file"),
    "missing/page": (None, "no such file; look at"),
    "saved.mht": (b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "no HTML page in this MHTML"),
    "saved.webarchive": (b"bplist00\xd1", "Safari"),
    "scan.pdf": (b"%PDF-1.7\n" + b"x" * 90, "is a PDF document that cannot be read"),
    "photo.html": (b"\x89PNG\r\n\x1a\n" + b"x" * 90, "an image"),
    "saved.wacz": (b"PK\x03\x04" + b"x" * 90, "a zip archive that cannot be read"),
    "tool": (b"\x7fELF\x02\x01\x01" + b"x" * 90, "a program"),
    "cut.html.gz": (gzip.compress(PAGE)[:-9], "cut off"),
    "cut-head.gz": (b"\x1f\x8b", "gzip"),
    "bad.html.gz": (b"\x1f\x8b\x08\x00" + b"\xff" * 60, "damaged gzip"),
    "bomb.html.gz": (gzip.compress(b"\0" * 9_000_000), "more than 5,000,000 bytes"),
    "nested.gz": (gzip.compress(gzip.compress(PAGE)), "a binary file"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_what_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    body, words = UNREADABLE[name]
    if isinstance(body, bytes):
        saved(tmp_path, name, body)
    elif body == "folder":
        (tmp_path / name).mkdir()
    target = name if body is None else tmp_path / name
    line = refusal(target)
    assert words in line
    assert name in line


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = big(tmp_path, "huge.html", 200_000_000_000)
    assert "200,000,000,000 bytes, more than the 5,000,000" in refusal(path)


@pytest.mark.parametrize("name", ["a\0b.html", "x" * 5000, "\0", "a/" * 3000])
def test_names_no_file_can_have(name: str) -> None:
    assert "cannot be opened" in refusal(name)


def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")
    Path(path).write_bytes(PAGE)
    [page] = given_(path)
    assert page.body == PAGE
    with pytest.raises(InputError) as caught:
        given_(path + "x")
    str(caught.value).encode("utf-8")


def test_a_file_that_fails_while_it_is_read() -> None:
    assert "cannot be read" in refusal("/proc/self/mem")


def test_a_device_is_not_read() -> None:
    assert "is not a file" in refusal("/dev/zero")


def test_a_named_pipe_without_a_writer_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is empty" in refusal(tmp_path / "pipe")


def test_a_link_that_leads_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "loop.html").symlink_to("loop.html")
    assert "cannot be opened" in refusal(tmp_path / "loop.html")


@pytest.mark.parametrize("seconds", [-1e9, 1e17, 0])
def test_a_senseless_file_time_is_borne(seconds: float, tmp_path: Path) -> None:
    path = saved(tmp_path, "a.html", PAGE)
    try:
        os.utime(path, (seconds, seconds))
    except OSError:
        pytest.skip(f"this file system has no time {seconds:g}")
    assert given_(path)[0].captured_at.tzinfo is UTC


def test_standard_input() -> None:
    [page] = given_("-", stdin=PAGE, url="https://post.example/harbour")
    assert (page.body, page.media_type, page.via) == (PAGE, "text/html", Via.STDIN)
    assert (page.captured_at, page.url) == (NOON, "https://post.example/harbour")


def test_standard_input_is_dated_by_its_first_coming(tmp_path: Path) -> None:
    settings = replace(OFFLINE, database=str(tmp_path / "kept.db"))
    dates = []
    for days in (0, 3):
        clock = NOON + timedelta(days=days)
        with open_world(settings, now=lambda clock=clock: clock) as opened:  # type: ignore[misc]
            pages = captures("-", url=None, world=opened, stdin=io.BytesIO(TEXT))
            dates += [page.captured_at for page in pages]
    assert dates == [NOON, NOON]


@pytest.mark.parametrize(
    ("stdin", "words"),
    [
        (b"", "standard input: is empty"),
        (b"%PDF-1.4", "standard input: is a PDF document that cannot be read"),
        (PAGE * 90_000, "standard input: more than 5,000,000 bytes"),
    ],
)
def test_standard_input_that_cannot_be_read(stdin: bytes, words: str) -> None:
    assert words in refusal("-", stdin=stdin)


def test_an_address_is_fetched(evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE))
    [page] = given_(url, offline=False)
    assert (page.body, page.via) == (PAGE, Via.LIVE)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("ftp://post.example/a", "only http:// and https://"),
        ("file:///etc/hosts", "only http:// and https://"),
        ("javascript://x", "only http:// and https://"),
        ("http://", "not a web address"),
        ("http:///a", "not a web address"),
        ("http:/post.example/a", "not a web address"),
        ("https://[::1", "not a web address"),
    ],
)
def test_addresses_that_cannot_be_asked(target: str, words: str) -> None:
    assert words in refusal(target)


@pytest.mark.parametrize("url", ["post.example", "ftp://x", "", "javascript:alert(1)"])
def test_a_given_url_must_be_one(url: str, tmp_path: Path) -> None:
    assert "--url" in refusal(saved(tmp_path, "a.html", PAGE), url=url)


def test_a_missing_page_is_refused_in_words(evil: EvilServer) -> None:
    with pytest.raises(Refused, match="no such page"):
        given_(evil.base + "/none", offline=False)


@given(st.text(max_size=60))
def test_any_name_gives_a_page_or_one_line(name: str) -> None:
    try:
        given_(name, stdin=TEXT)
    except (InputError, ProviderError) as error:
        str(error).encode("utf-8")


@given(st.binary(max_size=4000))
def test_any_bytes_give_a_page_or_one_line(body: bytes) -> None:
    try:
        [page] = given_("-", stdin=body)
    except InputError:
        return
    assert page.body


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=8))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_text_is_never_taken_for_a_binary_file(encoding: str, text: str) -> None:
    assert binary_kind(("word " * 4 + text).encode(encoding)) is None


@pytest.mark.parametrize("head", ["<!DOCTYPE html>", "<?xml version='1.0'?><html>", "<!-- a -->"])
def test_markup_is_seen(head: str) -> None:
    assert looks_like_html(head.encode())


@pytest.mark.shared
def test_shared_file_names(badinput: Path, tmp_path: Path) -> None:
    for row in jsonl(badinput / "filenames.jsonl"):
        with pytest.raises(ProvenanceError) as caught:
            given_(str(tmp_path / "none") + "/" + row["name"] + ".no-such")
        assert str(caught.value)


@pytest.mark.shared
def test_shared_naughty_strings_are_targets_too(badinput: Path) -> None:
    rows = jsonl(badinput / "naughty-strings.jsonl")
    assert rows
    for row in rows:
        text = next(str(value) for key, value in row.items() if key != "id")
        with pytest.raises(ProvenanceError) as caught:
            given_(text + "/no-such-file.html")
        str(caught.value).encode("utf-8")
