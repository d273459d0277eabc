"""The library as a notebook uses it: what it takes, what it gives, and how that is shown."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING

import pandas
import polars
import pytest

import provenance
from provenance.demo.sites import demo_world
from provenance.model.settings import GDELT
from provenance.world.searches import known_spec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.demo.sites import DemoWorld

OFFLINE = provenance.Settings(offline=True)


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoWorld]:
    with demo_world() as found:
        yield found


@pytest.fixture(scope="module")
def settings(demo: DemoWorld) -> provenance.Settings:
    return provenance.Settings(
        archives=(demo.archive,),
        searches=(demo.search,),
        allow_private=True,
        follow_private=True,
        pace=0.0,
    )


@pytest.fixture(scope="module")
def report(demo: DemoWorld, settings: provenance.Settings) -> provenance.Report:
    return provenance.check(demo.repost_url, settings=settings)


@pytest.fixture(scope="module")
def saved(demo: DemoWorld, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "repost.html"
    path.write_text(demo.pages["feed"], "utf-8")
    return path


def test_every_form_of_a_page_is_taken_by_both(
    demo: DemoWorld, settings: provenance.Settings, saved: Path
) -> None:
    for page in (demo.repost_url, str(saved), saved, saved.read_bytes()):
        report = provenance.check(page, url=demo.repost_url, settings=settings)
        assert report.verdict.kind is provenance.VerdictKind.REPOST
        document = provenance.read_document(page, url=demo.repost_url, settings=settings)
        assert document.text == report.suspect.text
        assert document.url == demo.repost_url


@pytest.mark.parametrize("page", ["<p>A text.</p>", "A text\nof two lines", "no-such.html"])
def test_what_is_no_page_is_one_line(page: str) -> None:
    for function in (provenance.check, provenance.read_document):
        with pytest.raises(provenance.InputError) as raised:
            function(page, settings=OFFLINE)
        assert "\n" not in str(raised.value)


def test_a_report_names_itself_in_a_line(report: provenance.Report, demo: DemoWorld) -> None:
    assert repr(report) == f"<Report: Repost (confidence: strong), {demo.repost_url}>"
    assert str(report).startswith("Repost (confidence: strong)\nThis page is a repost of ")


def test_a_notebook_shows_the_whole_report_in_a_frame_that_runs_nothing(
    report: provenance.Report,
) -> None:
    frame = report._repr_html_()
    opening, _, document = frame.partition('srcdoc="')
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in opening
    assert unescape(document.partition('" style=')[0]) == report.to_html()
    assert report.to_html().startswith("<!doctype html>")


def test_what_is_shared_names_no_folder(saved: Path) -> None:
    report = provenance.check(saved, settings=OFFLINE)
    assert report.target == str(saved)
    assert str(saved.parent) not in report.to_html() + str(report.to_dict())
    assert report.to_dict()["target"] == saved.name
    assert report.to_dict()["verdict"]["kind"] == report.verdict.kind.value


def test_the_rows_of_reports_are_taken_by_pandas_and_polars(
    report: provenance.Report, saved: Path
) -> None:
    unknown = provenance.check(saved, settings=OFFLINE)
    rows = provenance.frame([report, unknown])
    assert [set(row) for row in rows] == [set(rows[0])] * 2
    first = rows[0]
    assert (first["target"], first["verdict"]) == (report.target, "repost")
    assert first["share_of_page"] == 1.0
    assert isinstance(first["other_published"], datetime)
    table = pandas.DataFrame(rows)
    assert str(table["checked_at"].dtype).startswith("datetime64[")
    assert table["share_of_page"].max() == 1.0
    narrow = polars.DataFrame(rows, infer_schema_length=None)
    assert narrow["other_published"].dtype == polars.Datetime("us", "UTC")
    assert narrow["verdict"].to_list() == ["repost", unknown.verdict.kind.value]


def test_a_site_is_audited_into_rows(
    demo: DemoWorld, settings: provenance.Settings, tmp_path: Path
) -> None:
    listed = tmp_path / "pages.txt"
    listed.write_text(f"{demo.repost_url}\n{demo.repost_url}-gone\n", "utf-8")
    report = provenance.audit(listed, lookups=True, settings=settings)
    assert repr(report) == f"<AuditReport: 1 of 1 pages from elsewhere, {listed}>"
    rows = {row["page_url"]: row for row in provenance.frame(report)}
    assert (rows[demo.repost_url]["outcome"], rows[demo.repost_url]["verdict"]) == (
        "done",
        "repost",
    )
    assert rows[f"{demo.repost_url}-gone"]["outcome"] != "done"
    assert str(report).startswith("Of 1 page checked, 1 (100%) carries text from another source")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox allow-scripts"' in (
        report._repr_html_()
    )
    assert str(tmp_path) not in report.to_html()
    assert len(report.to_dict()["rows"]) == 2


def test_a_list_of_two_sites_says_who_has_text_from_whom(
    demo: DemoWorld, settings: provenance.Settings, tmp_path: Path
) -> None:
    listed = tmp_path / "pages.csv"
    listed.write_text(f"id,url\n1,{demo.repost_url}\n2,{demo.original_url}\n", "utf-8")
    report = provenance.audit(listed, settings=settings)
    assert report.is_list
    rows = [(row["id"], row["page_url"], row["verdict"]) for row in provenance.frame(report)]
    assert rows == [("1", demo.repost_url, "repost"), ("2", demo.original_url, "first")]


def test_a_report_is_cited_and_a_doubtful_one_is_refused(
    report: provenance.Report, settings: provenance.Settings
) -> None:
    text = b"The lock-keeper counted forty boats on Monday and none on Tuesday."
    found = provenance.cite(report, settings=settings)
    assert isinstance(found, provenance.Citation)
    assert provenance.format_citation(found, "apa").startswith("Halloran, I. (2026, March 3).")
    assert isinstance(provenance.cite(text, settings=OFFLINE), provenance.Refusal)
    anyway = provenance.cite(text, anyway=True, settings=OFFLINE)
    assert isinstance(anyway, provenance.Citation)
    with pytest.raises(provenance.InputError, match="is no form of a citation; there are"):
        provenance.format_citation(found, "vancouver")


def test_two_documents_are_compared_without_furniture() -> None:
    story = "\n\n".join(f"On day {n} the ferry to island {n} stopped for fog." for n in range(30))
    furnished = f"Follow TideWire on every channel and never miss the boat!\n\n{story}"
    pages = [
        provenance.read_document(text.encode(), settings=OFFLINE) for text in (furnished, story)
    ]
    assert provenance.compare_documents(*pages).suspect_containment == 1.0
    assert 0.9 < provenance.compare_texts(*pages).suspect_containment < 1.0


def test_the_usual_search_is_that_of_the_command_line() -> None:
    assert provenance.Settings().searches == (GDELT,) == (known_spec("gdelt"),)
    assert provenance.Settings(searches=()).searches == ()


def test_an_audit_asks_no_search_that_is_not_named() -> None:
    from provenance.library.settings import without_usual_search

    assert without_usual_search(provenance.Settings(offline=True)).searches == ()
    named = provenance.Settings(searches=(GDELT,))
    assert without_usual_search(named).searches == (GDELT,)


def test_the_usual_variables_lead_out_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    settings = provenance.Settings(archives=(), searches=(), allow_private=True)
    with pytest.raises(provenance.InputError, match="the proxy cannot be reached"):
        provenance.check("http://127.0.0.1:8/", settings=settings)


def test_the_package_shows_its_public_names_alone() -> None:
    code = "import provenance; print([n for n in dir(provenance) if not n.startswith('__')])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert ast.literal_eval(done.stdout) == sorted(provenance.__all__)
    for name in provenance.__all__:
        assert getattr(provenance, name).__doc__
