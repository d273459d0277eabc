"""Provider calls of real servers, replayed from ``cassettes/``; nothing goes over any wire."""

from __future__ import annotations

from typing import Any

import pytest
import vcr

from provenance.world import archives, searches
from tests.servers.record import CASSETTES, MATCH_ON, SECRET_HEADERS
from tests.servers.scenarios import SCENARIOS, Scenario
from tests.world.evil import NOON, asking


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.path for scenario in SCENARIOS])
def test_a_recorded_call_gives_what_it_gave(scenario: Scenario) -> None:
    build: Any = archives.build if scenario.provider == "pywb" else searches.build
    player = vcr.VCR(match_on=MATCH_ON, decode_compressed_response=True)
    with (
        asking() as web,
        player.use_cassette(str(CASSETTES / scenario.path), record_mode="none") as cassette,
    ):
        found = scenario.ask(build(scenario.spec, web, lambda: NOON))
        assert found == scenario.expected
        assert cassette.all_played


def test_every_cassette_belongs_to_a_scenario() -> None:
    kept = {path.relative_to(CASSETTES).as_posix() for path in CASSETTES.rglob("*.yaml")}
    assert kept == {scenario.path for scenario in SCENARIOS}


def test_no_cassette_holds_a_key_or_an_address_of_the_recording() -> None:
    for path in CASSETTES.rglob("*.yaml"):
        text = path.read_text("utf-8").lower()
        assert "127.0.0.1" not in text
        assert not any(f"{name}:" in text for name in SECRET_HEADERS)
