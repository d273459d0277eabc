"""What a run wrote, in a chained manifest with a time-stamp of a real authority, and verified."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from tests.jobs.check.test_page import STORY, page
from tests.servers.timestamps import serve_timestamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers.timestamps import TimestampServer


@pytest.fixture(scope="module")
def running() -> Iterator[TimestampServer]:
    with serve_timestamps() as server:
        yield server


@pytest.fixture
def tsa(running: TimestampServer) -> TimestampServer:
    running.asked.clear()
    running.answer = None
    return running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        Path(f"{name}.html").write_text(page(STORY, f"The road, {name}"), "utf-8")
    return tmp_path


def run(*words: str, db: str = "kept.db") -> Result:
    done = CliRunner().invoke(main, [*words, "--db", db])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def save(tsa: TimestampServer, *words: str) -> Result:
    return run("save", *words, "-o", "out", "--timestamp", f"own={tsa.url}", "--allow-private")


def manifest(number: int, folder: str = "out") -> Path:
    [path] = Path(folder).glob(f"manifest-{number}-*.txt")
    return path


def verify(path: Path, *words: str, db: str = "kept.db") -> tuple[int, list[dict[str, object]]]:
    done = run("verify", str(path), "--json", *words, db=db)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_manifest_is_what_sha256sum_reads_and_follows_the_one_before() -> None:
    assert run("save", "one.html", "-o", "out").exit_code == 0
    assert run("save", "two.html", "--wacz", "-o", "out").exit_code == 0
    for number in (1, 2):
        subprocess.run(["sha256sum", "--check", manifest(number).name], cwd="out", check=True)
    code, claims = verify(manifest(2))
    assert code == 0
    assert [claim["holds"] for claim in claims] == [True, True, True, None]
    assert "not stamped" in str(claims[-1]["why"])


def test_the_same_files_are_the_same_manifest_again() -> None:
    run("save", "one.html", "-o", "out")
    first = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    run("save", "one.html", "-o", "out")
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == first
    run("save", "two.html", "-o", "out", "--no-manifest")
    assert len(list(Path("out").glob("manifest-*"))) == 1


def test_a_stamped_manifest_proves_when_its_files_existed(tsa: TimestampServer) -> None:
    done = save(tsa, "one.html", "two.html")
    assert done.exit_code == 0, done.output
    path = manifest(1)
    code, claims = verify(path, "--tsa-root", str(tsa.root))
    assert code == 0
    assert all(claim["holds"] for claim in claims)
    assert str(claims[-1]["claim"]).startswith("these files existed in this form on 20")
    assert "not that the pages showed it" in str(claims[-1]["why"])
    said = subprocess.run(
        ["openssl", "ts", "-verify", "-data", str(path), "-in", str(path.with_suffix(".tsr")),
         "-CAfile", str(tsa.root), "-untrusted", str(tsa.folder / "tsa.pem")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in said.stdout + said.stderr
    [query] = tsa.asked
    assert len(query) < 200
    assert b"one" not in query


def test_without_the_root_nobody_says_whose_word_it_is(tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    code, claims = verify(manifest(1))
    assert code == 0
    assert claims[-1]["holds"] is None
    assert "--tsa-root" in str(claims[-1]["why"])


def test_an_earlier_stamp_is_kept(tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    first = manifest(1).with_suffix(".tsr").read_bytes()
    done = save(tsa, "one.html")
    assert "already" in done.stdout
    assert manifest(1).with_suffix(".tsr").read_bytes() == first
    assert len(tsa.asked) == 1


def _file(path: Path) -> None:
    next(Path("out").glob("*.warc.gz")).write_bytes(b"another")


def _listing(path: Path) -> None:
    text = path.read_text("utf-8")
    digest = text.splitlines()[2][:64]
    path.write_text(text.replace(digest, digest[::-1]), "utf-8")


def _line(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "more\n", "utf-8")


def _token(path: Path) -> None:
    token = path.with_suffix(".tsr")
    body = bytearray(token.read_bytes())
    body[-10] ^= 1
    token.write_bytes(body)


def _other_token(path: Path) -> None:
    path.with_suffix(".tsr").write_bytes(manifest(1).with_suffix(".tsr").read_bytes())


def _no_token(path: Path) -> None:
    path.with_suffix(".tsr").write_bytes(b"")


def _before(path: Path) -> None:
    manifest(1).write_text(manifest(1).read_text("utf-8").replace("warc", "wacz"), "utf-8")


def _chain(path: Path) -> None:
    manifest(1).unlink()
    with sqlite3.connect("kept.db") as db:
        db.execute("UPDATE manifests SET sha256 = ? WHERE id = 1", ("0" * 64,))


def _gap(path: Path) -> None:
    manifest(1).unlink()
    with sqlite3.connect("kept.db") as db:
        db.execute("DELETE FROM manifests WHERE id = 1")


@pytest.mark.parametrize(
    "harm",
    [_file, _listing, _line, _token, _other_token, _no_token, _before, _chain, _gap],
)
def test_what_was_altered_is_refused(harm: Callable[[Path], None], tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    save(tsa, "two.html", "--wacz")
    path = manifest(1) if harm is _file else manifest(2)
    assert verify(path, "--tsa-root", str(tsa.root))[0] == 0
    harm(path)
    code, claims = verify(path, "--tsa-root", str(tsa.root))
    assert code == 1
    assert any(claim["holds"] is False for claim in claims)
    assert not any("existed in this form" in str(claim["claim"]) for claim in claims)


def test_another_root_is_refused(tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    with serve_timestamps() as other:
        code, claims = verify(manifest(1), "--tsa-root", str(other.root))
    assert code == 1
    assert claims[-1]["holds"] is False


def test_a_stranger_s_manifest_is_not_called_altered(tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    run("save", "two.html", "-o", "own", db="own.db")
    code, claims = verify(manifest(1), "--tsa-root", str(tsa.root), db="own.db")
    assert code == 0
    assert [claim["holds"] for claim in claims] == [True, True, None, True, True]


def test_a_wacz_holds_its_own_stamp(tsa: TimestampServer) -> None:
    save(tsa, "one.html", "--wacz")
    [path] = Path("out").glob("*.wacz")
    code, claims = verify(path, "--tsa-root", str(tsa.root))
    assert code == 0
    assert all(claim["holds"] for claim in claims)
    assert str(claims[-1]["claim"]).startswith("this WACZ existed in this form on 20")
    with zipfile.ZipFile(path) as packed:
        stamped = json.loads(packed.read("datapackage-digest.json"))["timestamp"]
    assert (stamped["authority"], stamped["url"]) == ("own", tsa.url)
    assert base64.b64decode(stamped["reply"])
    assert run("check", str(path), "--offline").exit_code == 0


@pytest.mark.parametrize("part", ["archive/data.warc.gz", "datapackage.json", "pages/pages.jsonl"])
def test_an_altered_wacz_is_refused(part: str, tsa: TimestampServer) -> None:
    save(tsa, "one.html", "--wacz")
    [path] = Path("out").glob("*.wacz")
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, body in parts.items():
            packed.writestr(name, body + b" " if name == part else body)
    code, claims = verify(path, "--tsa-root", str(tsa.root))
    assert code == 1
    assert not any("existed in this form" in str(claim["claim"]) for claim in claims)


def test_a_report_and_an_audit_are_stamped_too(tsa: TimestampServer) -> None:
    run("check", "one.html", "--offline", "-o", "out")
    stamped = ("--timestamp", f"own={tsa.url}", "--allow-private", "-o", "out")
    assert run("report", "1", *stamped).exit_code == 0
    assert "html" in manifest(1).read_text("utf-8")
    run("save", "one.html", "--url", "https://a.example/x", "-o", "crawl", "--no-manifest")
    [warc] = Path("crawl").glob("*.warc.gz")
    assert run("audit", str(warc), "--workers", "1", *stamped).exit_code == 0
    text = manifest(2).read_text("utf-8")
    assert ".csv\n" in text
    assert ".html\n" in text
    assert verify(manifest(2), "--tsa-root", str(tsa.root))[0] == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, b"no time-stamp"), "its reply is no time-stamp"),
        ((503, b""), "503"),
        ((200, bytes.fromhex("30053003020102")), "it grants no time-stamp"),
    ],
)
def test_an_authority_that_fails_costs_nothing_but_its_stamp(
    answer: tuple[int, bytes], said: str, tsa: TimestampServer
) -> None:
    tsa.answer = answer
    done = save(tsa, "one.html")
    assert done.exit_code == 1
    assert said in done.stderr
    assert manifest(1).is_file()
    assert not manifest(1).with_suffix(".tsr").exists()


def test_a_reply_about_something_else_is_no_stamp(tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    tsa.answer = (200, manifest(1).with_suffix(".tsr").read_bytes())
    done = save(tsa, "two.html")
    assert done.exit_code == 1
    assert "of something else" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--timestamp", "nonsense"), "is not NAME=URL"),
        (("--timestamp", "own=file:///etc/passwd"), "is not NAME=URL"),
        (("--timestamp", "own=https://tsa.example", "--offline"), "which --offline forbids"),
        (("--timestamp", "own=http://127.0.0.1:9/"), "allow it with --allow-private"),
    ],
)
def test_an_authority_that_cannot_be_asked_is_one_line(words: tuple[str, ...], said: str) -> None:
    done = run("save", "one.html", "-o", "out", *words)
    assert done.exit_code == 1
    assert said in done.stderr.replace("\n", " ")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    done = run("save", "one.html", "--timestamp", "own=https://tsa.example")
    assert done.exit_code == 1
    assert "pip install 'provenance-check[timestamp]'" in done.stderr


@pytest.mark.parametrize("body", [b"", b"-----BEGIN CERTIFICATE-----\nxx\n", b"\xff\x00"])
def test_a_root_that_is_none_is_one_line(body: bytes, tsa: TimestampServer) -> None:
    save(tsa, "one.html")
    Path("root.pem").write_bytes(body)
    done = run("verify", str(manifest(1)), "--tsa-root", "root.pem")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "holds no certificates in PEM" in done.stderr


def test_where_a_file_is_missing_nothing_is_proved_of_them_all(tsa: TimestampServer) -> None:
    save(tsa, "one.html", "two.html")
    next(Path("out").glob("*two*.warc.gz")).unlink()
    code, claims = verify(manifest(1), "--tsa-root", str(tsa.root))
    assert code == 0
    assert "there is no such file" in str(claims[0]["why"])
    assert not any("existed in this form" in str(claim["claim"]) for claim in claims)


def test_a_path_that_leads_out_of_the_folder_is_not_read(tsa: TimestampServer) -> None:
    Path("out").mkdir()
    digest = hashlib.sha256(Path("one.html").read_bytes()).hexdigest()
    text = f"# provenance manifest 1\n# previous none\n{digest}  ../one.html\n"
    Path("out/list.txt").write_text(text, "utf-8")
    _, claims = verify(Path("out/list.txt"))
    assert claims[0]["holds"] is None
