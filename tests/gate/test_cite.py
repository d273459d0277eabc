"""Floors of what citations share with citeproc-js, on a pinned state of the recorded items."""

from __future__ import annotations

import json
import re

import pytest

from provenance.render.citation import FORMS
from provenance.render.citation.wikipedia import parameters
from tests.bench.cite import differing
from tests.render.citation.items import DIGEST, RECORDED, citation, digest, recorded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded items at {RECORDED}"),
]


def test_the_items_are_the_ones_the_floors_were_set_on() -> None:
    assert digest() == DIGEST


@pytest.mark.parametrize(
    ("style", "floor"),
    [
        ("APA", 0.98),
        ("MLA", 0.98),
        ("Chicago", 0.98),
        ("Chicago author-date", 0.98),
        ("Harvard", 0.98),
        ("IEEE", 0.98),
    ],
)
def test_strings_equal_those_of_citeproc_js(style: str, floor: float) -> None:
    equal, every, _ = differing(style)
    assert equal["all"] / every["all"] >= floor


def test_csl_is_valid_and_says_what_the_item_said() -> None:
    from jsonschema import Draft7Validator

    schema = json.loads((RECORDED / "csl-data.schema.json").read_text("utf-8"))
    items = recorded()
    written = json.loads(FORMS["csl"]([citation(item) for item in items]))
    assert list(Draft7Validator(schema).iter_errors(written)) == []
    for item, ours in zip(items, written, strict=True):
        assert ours["type"] == item["type"]
        assert ours["title"] == " ".join(item["title"].split())
        assert ours.get("issued", {}) == (item["issued"] if item.get("issued") else {})


def test_every_parameter_is_one_that_wikipedia_knows() -> None:
    rules = json.loads((RECORDED / "cs1-parameters.json").read_text("utf-8"))
    numbered = [re.compile(name.replace("#", r"\d+")) for name in rules["numbered"]]
    for item in recorded():
        named = [name for name, _ in parameters(citation(item))]
        assert len(named) == len(set(named))
        for name in named:
            assert name in rules["valid"] or any(n.fullmatch(name) for n in numbered)
