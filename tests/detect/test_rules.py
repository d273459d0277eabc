"""Every rule on its own cases, in every language it has them in."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.detect import RULES, TRAPS
from provenance.model import Derivation
from tests.detect.pages import cases, signals

SPOKEN = {
    *("source_line", "bare_source_link", "first_published", "republished", "provided_by"),
    *("read_original", "material_from", "wire_dateline", "agency_byline", "agency_tail"),
    *("author_note", "channel_links", "reader_counter", "banner", "translated_from"),
}


def rows(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule}-{case.get('lang', '')}-{number}")
        for rule, given in cases().items()
        for number, case in enumerate(given.get(kind, ()))
    ]


@pytest.mark.parametrize(("rule", "case"), rows("fires"))
def test_fires(rule: str, case: dict[str, Any]) -> None:
    found = signals(rule, case)
    assert found, "the rule says nothing"
    signal = found[0]
    assert signal.silenced_by == case.get("by")
    if "names" in case:
        assert list(signal.names) == case["names"]
    if "target" in case:
        assert signal.target == case["target"]
    if "claims" in case:
        assert signal.claims is Derivation(case["claims"])


@pytest.mark.parametrize(("rule", "case"), rows("silent"))
def test_stays_silent(rule: str, case: dict[str, Any]) -> None:
    found = signals(rule, case)
    assert [signal for signal in found if signal.silenced_by is None] == []
    if "by" in case:
        assert case["by"] in {signal.silenced_by for signal in found}


@pytest.mark.parametrize("rule", list(RULES))
def test_every_rule_has_its_word_and_its_cases(rule: str) -> None:
    words = (RULES[rule].__doc__ or "").strip()
    assert words.endswith(".")
    assert "\n\n" not in words
    assert cases()[rule]["fires"]
    assert cases()[rule]["silent"]


@pytest.mark.parametrize("rule", sorted(SPOKEN))
@pytest.mark.parametrize("kind", ["fires", "silent"])
def test_rules_that_know_words_know_five_languages(rule: str, kind: str) -> None:
    assert len({case.get("lang") for case in cases()[rule][kind]}) >= 5


def test_no_case_is_of_an_unknown_rule() -> None:
    assert set(cases()) == set(RULES)


@pytest.mark.parametrize("trap", list(TRAPS))
def test_every_trap_has_its_word_and_a_case(trap: str) -> None:
    assert (TRAPS[trap].__doc__ or "").strip().endswith(".")
    given = (case for rule in cases().values() for kind in rule.values() for case in kind)
    assert any(case.get("by") == trap for case in given)
