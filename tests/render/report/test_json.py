from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jsonschema
import pytest

import provenance
from provenance.model import Document, Report
from provenance.model.plain import schema
from provenance.render.report.json import line, render, values
from tests.build import capture
from tests.render import frozen, pages
from tests.render.hostile import TEXTS, hostile

PACKAGE = Path(provenance.__file__).parent
SCHEMA = schema(Report, "A provenance report", "https://provenance.example/schema/report.json")
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "https://provenance.example/schema/report.json"


def test_every_property_is_described_and_every_description_has_a_property() -> None:
    described = {
        (noun, name): about.get("description", "")
        for noun, definition in SCHEMA["$defs"].items()
        for name, about in definition.get("properties", {}).items()
    }
    for place, about in described.items():
        assert about.endswith("."), f"{place} is missing in model/data/fields.toml"
    told = tomllib.loads((PACKAGE / "model/data/fields.toml").read_text("utf-8"))
    assert {(noun, name) for noun, fields in told.items() for name in fields} == set(described)
    assert SCHEMA["$ref"] == "#/$defs/Report"


@pytest.mark.parametrize("name", frozen.ALL)
def test_every_report_is_valid(name: str) -> None:
    VALIDATOR.validate(json.loads(render(frozen.ALL[name]())))


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_reports_are_valid_and_lose_nothing(name: str) -> None:
    report = hostile(TEXTS[name])
    told = json.loads(render(report))
    VALIDATOR.validate(told)
    assert told["suspect"]["title"] == report.suspect.title
    assert json.loads(line(report)) == told


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("verdict"),
        lambda told: told.update(extra=1),
        lambda told: told["verdict"].update(confidence="certain"),
        lambda told: told["findings"][0]["reuse"].update(longest="49"),
        lambda told: told["signals"][0]["span"].update(start=None),
        lambda told: told.update(schema=None),
    ],
)
def test_what_is_not_a_report_is_invalid(spoil: object) -> None:
    told = json.loads(render(frozen.measured()))
    assert VALIDATOR.is_valid(told)
    spoil(told)  # type: ignore[operator]
    assert not VALIDATOR.is_valid(told)


def test_keys_are_the_field_names_in_their_order() -> None:
    told = values(frozen.measured())
    assert list(told) == [field.name for field in fields(Report)]
    assert list(told["suspect"]) == [field.name for field in fields(Document)]


def test_the_schema_tells_what_the_types_tell() -> None:
    about = SCHEMA["$defs"]["Sighting"]["description"]
    assert about.startswith("A URL was there by then")


def test_same_report_same_bytes() -> None:
    assert render(frozen.measured()) == render(frozen.measured())


def test_times_are_utc() -> None:
    at = datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert values(at) == "2026-02-28T23:00:00Z"


def test_bytes_stay_in_the_store() -> None:
    told = values(capture(b"\xff\x00<p>"))
    assert "body" not in told
    assert told["digest"]


def test_what_is_no_number_is_refused() -> None:
    report = frozen.measured()
    reuse = replace(report.findings[0].reuse or pages.MEASURE, score=float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        line(reuse)


@pytest.mark.parametrize("name", TEXTS)
def test_a_line_is_one_line_of_ascii(name: str) -> None:
    text = line(hostile(TEXTS[name]))
    assert text.isascii()
    assert text.isprintable()


@pytest.mark.parametrize("name", TEXTS)
def test_no_control_code_stands_raw_in_the_file(name: str) -> None:
    text = render(hostile(TEXTS[name]))
    text.encode("utf-8")
    assert not [c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
    assert not set(text) & set("\u202e\u2066\u2028\u2029")
