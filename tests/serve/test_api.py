"""What programs are told, and that the answers are what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from provenance.model import Report
from provenance.model.plain import schema
from provenance.web.api import describe
from tests.serve.test_checks import STORY, report_number

if TYPE_CHECKING:
    from provenance.demo.sites import DemoWorld
    from tests.servers.serving import Running

pytestmark = pytest.mark.slow
WIRE = f"<title>The ferry</title><article><p>OSTREY (Reuters) - {STORY}</p></article>"


def assert_fits(answer: Any, name: str) -> None:
    """The answer against one schema of the document."""
    document = describe()
    whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(answer)


def test_the_report_schema_is_the_reports_own() -> None:
    schemas = describe()["components"]["schemas"]
    for name, own in schema(Report, "", "")["$defs"].items():
        assert str(schemas[name]) == str(own).replace("#/$defs/", "#/components/schemas/")


def test_the_document_names_only_what_there_is(site: Running) -> None:
    document = site.ask_document()
    assert document == describe()
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method in methods:
            status = site.send(method.upper(), path.replace("{number}", "999999")).status
            assert status == 401
            found = site.send(
                method.upper(), path.replace("{number}", "999999"), Cookie=None, **site.program
            )
            assert found.status not in {405, 401}, path


def test_a_program_checks_a_page_and_reads_what_it_was_promised(
    site: Running, demo: DemoWorld
) -> None:
    begun = site.ask("/checks", {"url": demo.repost_url})
    assert begun.status == 202
    path = begun.headers["location"].removeprefix("/api")
    assert begun.json["location"] == begun.headers["location"]
    events = site.follow(f"/api{path}/events", Cookie="", **site.program)
    assert {"step", "page", "candidate", "end"} <= {name for _, name, _ in events}
    shares = next(value for _, name, value in events if name == "candidate")
    assert shares["suspect_containment"] == pytest.approx(1.0, abs=0.05)
    report = site.ask(f"/reports/{events[-1][2]['report']}").json
    assert_fits(report, "Report")
    assert report["verdict"]["kind"] == "repost"
    for entry in site.ask("/reports").json["reports"]:
        assert_fits(entry, "KeptReport")


def test_an_agencys_copy_is_told_by_the_page_alone(site: Running) -> None:
    before = site.server.world.store.fetches.count()
    told = site.ask("/agency-copy", {"html": WIRE, "url": "https://ostrey.example/ferry"}).json
    assert told["agency_copy"] is True
    assert told["agencies"] == ["Reuters"]
    assert_fits(told, "Agency")
    silent = site.ask("/agency-copy", {"html": f"<p>{STORY}</p>"}).json
    assert silent["agency_copy"] is None
    own = site.ask("/agency-copy", {"html": WIRE, "url": "https://www.reuters.com/x"}).json
    assert own["agency_copy"] is False
    assert site.ask("/agency-copy", {"url": "https://ostrey.example/ferry"}).status == 400
    assert site.server.world.store.fetches.count() == before
    assert site.server.checks.open == []


def test_a_text_of_ones_own_is_checked_under_its_address(site: Running) -> None:
    number = report_number(site, {"html": WIRE, "url": "https://ostrey.example/ferry"})
    assert site.ask(f"/reports/{number}").json["suspect"]["url"] == "https://ostrey.example/ferry"
