from __future__ import annotations

import json
import warnings

import pytest

from provenance.render.report.prov import render
from tests.render import frozen
from tests.render.hostile import TEXTS, hostile

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from prov.constants import PROV_TYPE
    from prov.model import ProvDerivation, ProvDocument


def read_back(text: str) -> ProvDocument:
    return ProvDocument.deserialize(content=text, format="json")


@pytest.mark.parametrize("name", frozen.ALL)
def test_another_library_reads_it_back_whole(name: str) -> None:
    text = render(frozen.ALL[name]())
    document = read_back(text)
    told = json.loads(text)
    written = sum(len(held) for kind, held in told.items() if kind != "prefix")
    assert len(document.get_records()) == written
    assert read_back(document.serialize(format="json")) == document


@pytest.mark.parametrize(
    ("name", "later", "earlier", "kind"),
    [
        ("measured", "rpt:page", "rpt:source", "prov:PrimarySource"),
        ("partial", "rpt:page", "rpt:source", "prov:Quotation"),
        ("first", "rpt:source", "rpt:page", "prov:PrimarySource"),
        ("common", "rpt:page", "rpt:common", "prov:PrimarySource"),
    ],
)
def test_what_was_made_of_what(name: str, later: str, earlier: str, kind: str) -> None:
    found = list(read_back(render(frozen.ALL[name]())).get_records(ProvDerivation))
    sides = [tuple(str(side) for side in record.args[:2]) for record in found]
    assert (later, earlier) in sides
    assert {str(value) for record in found for value in record.get_attribute(PROV_TYPE)} == {kind}


@pytest.mark.parametrize("name", ["declared", "unknown", "nothing", "undetermined"])
def test_no_derivation_is_claimed_that_nobody_knows(name: str) -> None:
    assert "wasDerivedFrom" not in json.loads(render(frozen.ALL[name]()))


def test_two_pages_of_unknown_order_are_alternates() -> None:
    told = json.loads(render(frozen.undetermined()))
    assert list(told["alternateOf"].values()) == [
        {"prov:alternate1": "rpt:page", "prov:alternate2": "rpt:source"}
    ]


def test_every_capture_was_used() -> None:
    report = frozen.measured()
    told = json.loads(render(report))
    hashes = {told["entity"][use["prov:entity"]]["rpt:sha256"] for use in told["used"].values()}
    assert hashes == {exhibit.digest for exhibit in report.evidence}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_only_ever_a_value(name: str) -> None:
    text = render(hostile(TEXTS[name]))
    read_back(text)
    harmless = json.loads(render(hostile("x")))
    assert {kind: list(held) for kind, held in json.loads(text).items()} == {
        kind: list(held) for kind, held in harmless.items()
    }
