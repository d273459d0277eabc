from __future__ import annotations

import json
from typing import Any

import pytest

from provenance.render.report.jsonld import render
from tests.render import frozen, pages
from tests.render.hostile import TEXTS, hostile


def told(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(render(frozen.ALL[name]()))
    return made


def test_a_repost_is_based_on_its_source() -> None:
    made = told("measured")
    assert made["@type"] == "Report"
    assert made["about"]["url"] == pages.REPOST
    assert made["about"]["isBasedOn"]["url"] == pages.ORIGINAL
    assert made["about"]["isBasedOn"]["archivedAt"].endswith(pages.ORIGINAL)
    assert [cited["publisher"]["name"] for cited in made["citation"]] == [
        "The Harbour Post",
        "Quayside",
    ]


@pytest.mark.parametrize("name", ["unknown", "nothing", "undetermined", "common", "first"])
def test_nothing_is_said_to_be_based_on_what_nobody_proved(name: str) -> None:
    assert "isBasedOn" not in told(name)["about"]


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_only_ever_a_value(name: str) -> None:
    def urls(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value[key] for key in ("url", "archivedAt") if key in value]
            return own + [url for inner in value.values() for url in urls(inner)]
        return [url for inner in value for url in urls(inner)] if isinstance(value, list) else []

    made = json.loads(render(hostile(TEXTS[name])))
    assert list(made) == list(json.loads(render(hostile("x"))))
    assert urls(made) or name in {"lines", "escape codes"}  # addresses with controls are none
    assert all(url.startswith("https://") for url in urls(made))
