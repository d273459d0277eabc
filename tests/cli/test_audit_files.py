"""What an audit writes: links that lead somewhere, formats, two audits compared."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from provenance.cli import audit_run
from provenance.cli.main import main
from provenance.world.store import Store
from tests.servers.loopback import serve
from tests.servers.magazine import Magazine

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def run(folder: Path, *arguments: str) -> Result:
    where = (
        "--allow-private",
        "--follow-private",
        "--db",
        str(folder / "a.db"),
        "-o",
        str(folder / "out"),
    )
    return CliRunner().invoke(main, ["audit", "--workers", "1", *arguments, *where])


def dashboard(folder: Path) -> str:
    [file] = (folder / "out").glob("audit-*.html")
    return file.read_text("utf-8")


def test_every_link_of_the_dashboard_leads_to_a_file(tmp_path: Path) -> None:
    with serve(Magazine(stories=6, reposts=frozenset({1, 4}))) as site:
        done = run(tmp_path, f"{site.base}/", "--rate", "0")
    assert done.exit_code == 0, done.output
    text = dashboard(tmp_path)
    links = re.findall(r'<a href="([^"#:]+\.html)">', text)
    assert len(links) == 2
    assert all((tmp_path / "out" / link).is_file() for link in links)
    numbers = re.findall(r"<code>report (\d+)</code>", text)
    assert len(numbers) == 4
    again = CliRunner().invoke(
        main, ["report", numbers[0], "--db", str(tmp_path / "a.db"), "-o", str(tmp_path / "more")]
    )
    assert again.exit_code == 0, again.output
    assert len(list((tmp_path / "more").iterdir())) == 1


def test_every_page_has_a_file_where_all_are_wanted(tmp_path: Path) -> None:
    with serve(Magazine(stories=4, reposts=frozenset({1}))) as site:
        run(tmp_path, f"{site.base}/", "--rate", "0", "--reports", "all")
    links = re.findall(r'<a href="([^"#:]+\.html)">', dashboard(tmp_path))
    assert len(links) == 4
    assert all((tmp_path / "out" / link).is_file() for link in links)


def test_stopped_while_it_writes_it_writes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same command goes on where it was, and files that were lost meanwhile are written."""

    def fail(*_: object) -> None:
        for page in (tmp_path / "out").glob("*story*.html"):
            page.unlink()
        raise KeyboardInterrupt

    with serve(Magazine(stories=5, reposts=frozenset({2}))) as site:
        with monkeypatch.context() as patch:
            patch.setattr(audit_run, "emit", fail)
            stopped = run(tmp_path, f"{site.base}/", "--rate", "0")
        assert stopped.exit_code == 130
        asked = len(site.asked)
        done = run(tmp_path, f"{site.base}/", "--rate", "0")
        assert [path for path in site.asked[asked:] if path.startswith("/story/")] == []
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "out").glob("*story*.html"))) == 1
    with Store.open(str(tmp_path / "a.db")) as store:
        assert store.frontier.numbers() == (1,)
        assert store.frontier.unfinished() == ()


def test_a_format_of_pages_in_the_settings_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "provenance.toml").write_text('format = ["prov", "md"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    with serve(Magazine(stories=2)) as site:
        done = run(tmp_path, f"{site.base}/", "--rate", "0")
    assert done.exit_code == 0, done.output
    assert "A site report has no prov form: written as md." in done.stderr
    assert [path.suffix for path in (tmp_path / "out").glob("audit-*")] == [".md"]
    assert "no prov form" not in run(tmp_path, "--status").stderr


def test_a_format_of_pages_that_was_typed_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "http://127.0.0.1:9/", "-f", "prov")
    assert done.exit_code == 2
    assert "a site report has no prov form; it has html, md, json, csv" in done.stderr


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A folder with two audits of one site, between which pages came, went and turned."""
    magazine = Magazine(stories=12, reposts=frozenset({1, 5, 9}))

    def answer(path: str) -> Any:
        return now(path)

    with serve(answer) as site:
        now = magazine
        assert run(tmp_path, f"{site.base}/", "--rate", "0").exit_code == 0
        now = Magazine(stories=14, reposts=frozenset({1, 9, 3, 13}))
        later = run(tmp_path, f"{site.base}/", "--rate", "0", "--refresh")
        assert later.exit_code == 0, later.output
    return tmp_path


def test_two_audits_are_compared_in_every_form(twice: Path) -> None:
    forms = [part for form in ("html", "md", "json", "csv") for part in ("-f", form)]
    done = run(twice, "--compare", "1", "2", *forms)
    assert done.exit_code == 0, done.output
    assert "went from 25% to 29%" in done.stdout
    written = {path.suffix: path.read_text("utf-8") for path in (twice / "out").glob("audits-*")}
    assert set(written) == {".html", ".md", ".json", ".csv"}
    found = json.loads(written[".json"])
    assert (found["both"], found["became"], found["ceased"]) == (12, 1, 1)
    assert {name: n for name, n in found["counts"] if n} == {
        "new": 2, "kind": 2, "attribution": 2, "origin": 2,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(written[".csv"])))
    turned = {row["page_url"].rpartition("/")[2]: row["changes"] for row in rows}
    assert turned == {
        "3": "another verdict, another credit, another source",
        "5": "another verdict, another credit, another source",
        "12": "new address",
        "13": "new address",
    }
    links = re.findall(r'<a href="([^"#:]+\.html)">', written[".html"])
    assert links
    assert all((twice / "out" / link).is_file() for link in links)


def test_a_comparison_alone_writes_nothing(twice: Path) -> None:
    before = sorted(path.name for path in (twice / "out").iterdir())
    done = run(twice, "--compare", "1", "2", "--json")
    assert json.loads(done.stdout)["changed"] == 4
    assert sorted(path.name for path in (twice / "out").iterdir()) == before


@pytest.mark.parametrize(
    ("numbers", "said"),
    [(("1", "1"), "the same as itself"), (("1", "9"), "none of that number"), (("9", "1"), "none")],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, numbers: tuple[str, str], said: str
) -> None:
    with serve(Magazine(stories=1)) as site:
        run(tmp_path, f"{site.base}/", "--rate", "0")
    done = run(tmp_path, "--compare", *numbers)
    assert (done.exit_code, said in done.stderr) == (1, True)


def test_an_audit_that_has_not_ended_is_not_compared(twice: Path) -> None:
    from provenance.model.audit import AuditOptions
    from tests.build import NOON

    with Store.open(str(twice / "a.db")) as store:
        number = store.frontier.begin("https://a.example/", AuditOptions(), NOON)
    done = run(twice, "--compare", "1", str(number))
    assert (done.exit_code, "has not ended" in done.stderr) == (1, True)


def test_numbers_and_a_site_are_no_comparison(tmp_path: Path) -> None:
    done = run(tmp_path, "https://a.example/", "--compare", "1", "2")
    assert done.exit_code == 2
