"""``provenance save``: evidence that can be read again, here, by pywb, and as the report has it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from provenance.demo.sites import demo_world
from tests.servers.loopback import Answer, serve
from tests.servers.pywb import Page, add, fill, serve_pywb, utc, write_warc
from tests.servers.savepagenow import ACCESS, SECRET, Service, done, failed, serve_saving

if TYPE_CHECKING:
    from collections.abc import Iterator

HTML = "<html><head><title>The lock</title></head><body><p>The lock is shut.</p></body></html>"


def kept_files() -> list[Path]:
    """The evidence in the folder, without the manifests of it."""
    return [path for path in Path("out").iterdir() if not path.name.startswith("manifest-")]


@pytest.fixture(autouse=True)
def without_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("IA_ACCESS_KEY", "IA_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IA_ACCESS_KEY", ACCESS)
    monkeypatch.setenv("IA_SECRET_KEY", SECRET)


@pytest.fixture
def site() -> Iterator[str]:
    def answer(path: str) -> Answer:
        found = path != "/gone"
        return Answer(body=HTML.encode() if found else b"", status=200 if found else 404)

    with serve(answer) as running:
        yield running.base


def run(*words: str) -> Result:
    return CliRunner().invoke(
        main, ["save", *words, "--allow-private", "--follow-private", "--db=kept.db", "-oout"]
    )


def records(path: Path) -> dict[tuple[str, str], bytes]:
    """The content of every record by type and address; warcio verifies each digest."""
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        return {
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI")): (
                record.content_stream().read()
            )
            for record in ArchiveIterator(file, check_digests="raise")
        }


def test_a_live_page_is_saved_with_its_bytes_and_can_be_checked_offline(site: str) -> None:
    url = f"{site}/lock"
    saved = run(url)
    assert saved.exit_code == 0, saved.output
    [path] = kept_files()
    assert path.suffixes[-2:] == [".warc", ".gz"]
    name, digest, _ = saved.stdout.splitlines()
    assert name.startswith(f"{path}  1 page, ")
    assert digest == f"  sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert records(path)["response", url] == HTML.encode()
    again = CliRunner().invoke(main, ["read", str(path), "--offline", "--json", "--db=other.db"])
    assert (json.loads(again.stdout)["url"], json.loads(again.stdout)["title"]) == (url, "The lock")


def test_the_same_kept_page_is_saved_as_the_same_file(site: str) -> None:
    url = f"{site}/lock"
    run(url)
    [path] = kept_files()
    before = path.read_bytes()
    assert run(url, "--offline").exit_code == 0
    assert kept_files() == [path]
    assert path.read_bytes() == before


def test_a_page_that_cannot_be_had_is_told_and_the_rest_saved(site: str) -> None:
    saved = run(f"{site}/gone", f"{site}/lock")
    assert saved.exit_code == 1
    assert len(saved.stderr.splitlines()) == 1
    assert "no such page" in saved.stderr
    assert len(kept_files()) == 1


def test_a_page_handed_in_is_a_resource_and_one_again() -> None:
    Path("lock.html").write_text(HTML, "utf-8")
    assert run("lock.html", "--url", "https://post.example/lock").exit_code == 0
    [path] = kept_files()
    assert records(path)["resource", "https://post.example/lock"] == HTML.encode()
    again = CliRunner().invoke(main, ["read", str(path), "--offline", "--json", "--db=other.db"])
    assert json.loads(again.stdout)["title"] == "The lock"


def test_the_pages_of_a_warc_file_keep_their_times() -> None:
    pages = [
        Page(url=f"https://post.example/{n}", at=utc(2026, 2, n), body=f"{HTML}{n}")
        for n in (1, 2, 3)
    ]
    write_warc(Path("in.warc.gz"), pages)
    told = run("in.warc.gz", "--json", "--wacz")
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert found["captures"] == 3
    assert found["path"].endswith(".wacz")


def test_a_call_without_anything_to_save_is_wrong_usage() -> None:
    assert run().exit_code == 2


def test_without_keys_the_wayback_machine_is_not_asked_and_nothing_written(site: str) -> None:
    saved = run(f"{site}/lock", "--wayback")
    assert saved.exit_code == 1
    [line] = saved.stderr.splitlines()
    assert "IA_ACCESS_KEY" in line
    assert "never saved anonymously" in line
    assert not Path("out").exists()


@pytest.mark.usefixtures("with_keys")
def test_offline_and_wayback_exclude_each_other(site: str) -> None:
    saved = run(f"{site}/lock", "--wayback", "--offline")
    assert (saved.exit_code, len(saved.stderr.splitlines())) == (1, 1)


@pytest.mark.usefixtures("with_keys")
def test_a_capture_by_the_wayback_machine_is_told_and_remembered(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from provenance.world.saved import savepagenow

    monkeypatch.setattr(savepagenow.time, "sleep", lambda _: None)
    monkeypatch.setattr(savepagenow, "_FIRST_PAUSE", 0.0)
    url = f"{site}/lock"
    with serve_saving(Service(told=[done(url)])) as service:
        saved = run(url, "--wayback", "--unless-within=3d", f"--wayback-url={service.base}")
        assert saved.exit_code == 0, saved.output
        assert service.forms[0]["if_not_archived_within"] == "3d"
        memento = f"{service.base}/web/20260301120041id_/{url}"
        assert f"{memento}  captured 2026-03-01 12:00:41 UTC" in saved.stdout
        assert SECRET not in saved.output
        words = ["history", url, "--db=kept.db", "--allow-private", "--follow-private", "--json"]
        known = CliRunner().invoke(main, [*words, f"--archive=ia=cdx:{service.base}"])
    [found] = [s for s in json.loads(known.stdout)["states"] if s["sighting"]["memento"] == memento]
    assert found["sighting"]["basis"] == "Save Page Now"
    notes = [lookup["why"] for lookup in json.loads(known.stdout)["lookups"]]
    assert any("saved from here" in why for why in notes)


@pytest.mark.usefixtures("with_keys")
def test_a_refusal_is_told_and_the_evidence_still_kept(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = failed("error:blocked-url", "This site wishes not to be archived.") | {"job_id": None}
    with serve_saving(Service(taken=said)) as service:
        saved = run(f"{site}/lock", "--wayback", f"--wayback-url={service.base}")
    assert saved.exit_code == 1
    assert "wishes not to be archived" in saved.stderr
    assert len(kept_files()) == 1


@pytest.mark.usefixtures("with_keys")
def test_a_page_without_an_address_cannot_be_sent() -> None:
    Path("lock.html").write_text(HTML, "utf-8")
    with serve_saving(Service()) as service:
        saved = run("lock.html", "--wayback", f"--wayback-url={service.base}")
    assert saved.exit_code == 1
    assert "--url" in saved.stderr
    assert service.asked == []


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The demo's repost checked, with its archive, and everything then gone but the database."""
    folder = tmp_path_factory.mktemp("checked")
    with demo_world() as demo:
        options = [
            "--allow-private",
            "--follow-private",
            "--json",
            f"--archive=demo=cdx:{demo.archive.base_url}",
            f"--db={folder / 'kept.db'}",
        ]
        told = CliRunner().invoke(main, ["check", demo.repost_url, *options])
    assert told.exit_code == 0, told.output
    return folder, json.loads(told.stdout)


def _saved(checked: tuple[Path, dict[str, Any]], *words: str) -> Path:
    shutil.copy(checked[0] / "kept.db", "kept.db")
    saved = run("--report", "1", *words)
    assert saved.exit_code == 0, saved.output
    [path] = kept_files()
    return path


def test_all_that_a_report_rests_on_is_saved(checked: tuple[Path, dict[str, Any]]) -> None:
    path = _saved(checked)
    held = {
        (where, hashlib.sha256(body).hexdigest())
        for (kind, where), body in records(path).items()
        if kind == "response"
    }
    evidence = checked[1]["evidence"]
    assert held == {(e["memento"] or e["responded_url"], e["digest"]) for e in evidence}
    assert len([e for e in evidence if e["memento"]]) >= 2
    assert len([e for e in evidence if not e["memento"]]) >= 2


@pytest.mark.slow
def test_a_real_pywb_replays_what_was_saved(
    checked: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    plain = _saved(checked)
    folder = tmp_path / "pywb"
    fill(folder, {"warc": (), "wacz": ()})
    add(folder, "warc", plain)
    plain.unlink()
    add(folder, "wacz", _saved(checked, "--wacz"), "--unpack-wacz")
    digests = set()
    with serve_pywb(folder) as pywb:
        for name in ("warc", "wacz"):
            for exhibit in checked[1]["evidence"]:
                where = exhibit["memento"] or exhibit["responded_url"]
                with urlopen(f"{pywb.collection(name)}/2026id_/{where}", timeout=20) as reply:
                    body = reply.read()
                assert hashlib.sha256(body).hexdigest() == exhibit["digest"], where
                digests.add(exhibit["digest"])
    assert len(digests) >= 2


def test_a_report_whose_bytes_are_lost_says_which(checked: tuple[Path, dict[str, Any]]) -> None:
    import sqlite3

    shutil.copy(checked[0] / "kept.db", "kept.db")
    lost = checked[1]["evidence"][0]["digest"]
    with sqlite3.connect("kept.db") as db:
        db.execute(
            "DELETE FROM fetches WHERE body_id = (SELECT id FROM bodies WHERE sha256 = ?)", (lost,)
        )
    db.close()
    saved = run("--report", "1")
    assert saved.exit_code == 1
    assert "are not kept here" in saved.stderr
    assert len(kept_files()) == 1


def test_a_report_that_is_not_kept_is_one_line() -> None:
    saved = run("--report", "7")
    assert (saved.exit_code, len(saved.stderr.splitlines())) == (1, 1)


def test_what_lies_in_a_folder_of_warc_files_is_saved_from_there(tmp_path: Path) -> None:
    pages = [Page(url="https://post.example/lock", at=utc(2026, 2, 3, 4, 5, 6), body=HTML * 3)]
    Path("own").mkdir()
    write_warc(Path("own/a.warc.gz"), pages)
    Path("lock.html").write_text(HTML, "utf-8")
    checked = CliRunner().invoke(
        main,
        [
            *("check", "lock.html", "--url", "https://post.example/lock", "--json"),
            *("--archive", f"own=warc:{tmp_path / 'own'}", "--db=kept.db", "--offline"),
        ],
    )
    evidence = json.loads(checked.stdout)["evidence"]
    assert any(e["memento"] for e in evidence)
    saved = run("--report", "1", "--offline")
    assert saved.exit_code == 0, saved.output
    [path] = kept_files()
    assert records(path)["response", "https://post.example/lock"] == (HTML * 3).encode()
    shutil.rmtree("own")
    lost = run("--report", "1", "--offline")
    assert lost.exit_code == 1
    assert "are not kept here" in lost.stderr
