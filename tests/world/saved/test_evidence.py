"""Evidence written and read back: by warcio, by our own input, by py-wacz, by a real pywb."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InputError
from provenance.model import Via
from provenance.world.formats.warc_reader import read_pages
from provenance.world.saved.evidence import Evidence
from provenance.world.saved.warc_writer import WarcWriter, target_uri
from tests.build import NOON, capture

if TYPE_CHECKING:
    from provenance.model import Capture

URL = "https://post.example/lock"
BODY = "<html><head><title>The lock</title></head><body><p>The lock is shut.</p></body></html>"
PAGE = capture(
    BODY,
    URL,
    headers=(
        ("content-type", "text/html; charset=utf-8"),
        ("content-encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("content-length", "77"),
        ("x-note", "M\u00c3\u00bcller"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    ),
    captured_at=datetime(2026, 3, 1, 12, 0, 5, 250_000, tzinfo=UTC),
)
MOVED = capture(
    BODY + "<!-- b -->", "https://post.example/old", responded_url="https://post.example/new"
)
MISSING = capture("<p>gone</p>", "https://post.example/gone", status=404)
ODD = capture("<p>odd</p>", "https://post.example/a b\u00fc", status=799)
FILE = capture(BODY, None, status=None, headers=(), via=Via.FILE)
NAMED = capture("words only", URL, status=None, headers=(), via=Via.FILE, media_type="text/plain")
ALL = (PAGE, MOVED, MISSING, ODD, FILE, NAMED)


def warc(*captures: Capture) -> bytes:
    file = io.BytesIO()
    writer = WarcWriter(file)
    for one in captures:
        writer.add(one)
    return file.getvalue()


def records(data: bytes) -> list[Any]:
    """The records with their content read; warcio verifies each digest."""
    from warcio.archiveiterator import ArchiveIterator

    found = []
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        record.body = record.content_stream().read()
        found.append(record)
    return found


def header(record: Any, name: str) -> str | None:
    value: str | None = record.rec_headers.get_header(name)
    return value


def test_each_page_is_a_record_with_a_note_of_how_it_came() -> None:
    found = records(warc(*ALL))
    kinds = [record.rec_type for record in found]
    assert kinds == ["warcinfo", *["response", "metadata"] * 4, *["resource", "metadata"] * 2]
    assert all(record.rec_headers.protocol == "WARC/1.1" for record in found)
    identities = [header(record, "WARC-Record-ID") for record in found]
    assert len(set(identities)) == len(found)
    for record, note in zip(found[1::2], found[2::2], strict=True):
        assert header(note, "WARC-Refers-To") == header(record, "WARC-Record-ID")


def test_bytes_headers_and_times_are_those_of_the_capture() -> None:
    record, note = records(warc(PAGE))[1:]
    assert record.body == PAGE.body
    assert header(record, "WARC-Target-URI") == URL
    assert header(record, "WARC-Date") == "2026-03-01T12:00:05.250000Z"
    assert record.http_headers.statusline == "200 OK"
    assert record.http_headers.headers == [
        ("content-type", "text/html; charset=utf-8"),
        ("x-orig-content-encoding", "gzip"),
        ("x-orig-transfer-encoding", "chunked"),
        ("x-orig-content-length", "77"),
        ("x-note", "M\u00fcller"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("content-length", str(len(PAGE.body))),
    ]
    assert note.body.decode().splitlines() == ["received: live", f"sha256: {PAGE.digest}"]


@pytest.mark.parametrize(
    ("page", "target", "said"),
    [
        (MOVED, "https://post.example/new", "asked: https://post.example/old"),
        (ODD, "https://post.example/a%20b%C3%BC", "received: live"),
        (FILE, f"urn:sha256:{FILE.digest}", "received: file"),
        (replace(PAGE, memento="https://archive.example/1/x"), URL, "memento: https://archive"),
    ],
)
def test_where_it_stood_and_how_it_was_asked_for(page: Capture, target: str, said: str) -> None:
    assert target_uri(page) == target
    record, note = records(warc(page))[1:]
    assert header(record, "WARC-Target-URI") == target
    assert said in note.body.decode()


def test_the_same_captures_give_the_same_bytes_and_one_twice_is_there_once() -> None:
    assert warc(*ALL) == warc(*ALL)
    assert warc(PAGE, MOVED, PAGE) == warc(PAGE, MOVED)
    assert warc(PAGE) != warc(replace(PAGE, captured_at=NOON))


def test_entries_say_where_each_member_lies() -> None:
    import gzip

    file = io.BytesIO()
    writer = WarcWriter(file)
    for one in ALL:
        writer.add(one)
    for entry in writer.entries:
        member = file.getvalue()[entry.offset : entry.offset + entry.length]
        block = gzip.decompress(member).decode()
        assert f"WARC-Target-URI: {entry.url}\r\n" in block
        assert f"WARC-Payload-Digest: {entry.digest}\r\n" in block


@settings(deadline=None)
@given(
    name=st.text(max_size=20),
    value=st.text(max_size=40),
    url=st.text(max_size=40),
    body=st.binary(),
)
def test_nothing_a_server_said_breaks_the_file(
    name: str, value: str, url: str, body: bytes
) -> None:
    page = capture(body, f"https://post.example/{url}", headers=((name, value),))
    page = replace(page, url=f"https://asked.example/{url}")
    info, record, note = records(warc(page))
    assert (info.rec_type, record.body, note.rec_type) == ("warcinfo", body, "metadata")


def test_what_was_saved_can_be_checked_again() -> None:
    reading = read_pages("saved", io.BytesIO(warc(*ALL)), undated=NOON, max_bytes=10_000)
    found = list(reading)
    assert [(p.url, p.status, p.body) for p in found] == [
        (URL, 200, PAGE.body),
        ("https://post.example/new", 200, MOVED.body),
        (None, None, FILE.body),
        (URL, None, NAMED.body),
    ]
    assert found[0].captured_at == PAGE.captured_at
    assert [p.digest for p in found] == [p.digest for p in (PAGE, MOVED, FILE, NAMED)]


def saved(folder: Path, *captures: Capture, wacz: bool = False) -> Path:
    with Evidence() as evidence:
        for one in captures:
            evidence.add(one, "The lock \u2013 \u201cshut\u201d")
        found = evidence.save(folder / "lock", wacz=wacz)
    assert found is not None
    assert found.sha256 == hashlib.sha256(found.path.read_bytes()).hexdigest()
    assert (found.size, found.captures) == (found.path.stat().st_size, len(captures))
    return found.path


def test_files_are_whole_named_and_the_same_each_time(tmp_path: Path) -> None:
    for wacz, name in ((False, "lock.warc.gz"), (True, "lock.wacz")):
        one = saved(tmp_path / "a", *ALL, wacz=wacz)
        other = saved(tmp_path / "b", *ALL, wacz=wacz)
        assert one.name == name
        assert one.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["lock.wacz", "lock.warc.gz"]


def test_nothing_gathered_is_no_file(tmp_path: Path) -> None:
    with Evidence() as evidence:
        assert evidence.save(tmp_path / "none") is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        saved(tmp_path / "file", PAGE)


def test_a_wacz_holds_index_pages_and_the_hash_of_each_part(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path, *ALL, wacz=True)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
        assert {info.compress_type for info in packed.infolist()} == {zipfile.ZIP_STORED}
    package = json.loads(parts["datapackage.json"])
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert package["created"] == "2026-03-01T12:00:05.250000Z"
    listed = {r["path"]: (r["hash"], r["bytes"]) for r in package["resources"]}
    held = {
        path: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        for path, data in parts.items()
        if not path.startswith("datapackage")
    }
    assert listed == held
    digest = json.loads(parts["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(parts['datapackage.json']).hexdigest()}"
    lines = parts["indexes/index.cdx"].decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(ALL)
    rows = [json.loads(line) for line in parts["pages/pages.jsonl"].decode().splitlines()]
    assert rows[0] == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    assert rows[1] == {
        "id": "1",
        "url": URL,
        "ts": "2026-03-01T12:00:05.250000Z",
        "title": "The lock \u2013 \u201cshut\u201d",
    }
    assert parts["archive/data.warc.gz"] == warc(*ALL)


def _py_wacz(path: Path) -> subprocess.CompletedProcess[str]:
    """py-wacz as a process: it is a program, and its libraries warn."""
    pytest.importorskip("wacz", reason="py-wacz is not installed")
    command = [Path(sys.executable).parent / "wacz", "validate", "-f", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.slow
def test_py_wacz_says_that_it_is_valid(tmp_path: Path) -> None:
    done = _py_wacz(saved(tmp_path, *ALL, wacz=True))
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Valid|successful|passed", done.stdout, re.IGNORECASE), done.stdout


@pytest.mark.slow
def test_py_wacz_finds_a_changed_page(tmp_path: Path) -> None:
    whole = saved(tmp_path, PAGE, wacz=True)
    changed = tmp_path / "changed.wacz"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, data + b"\n" if info.filename.startswith("pages") else data)
    assert _py_wacz(changed).returncode != 0
