"""What weighs a page's own signs: the table, its features, and where it draws the line."""

from __future__ import annotations

import pytest

from provenance.detect import RULES
from provenance.judge.declared import declare
from provenance.judge.signs import FEATURES, KINDS, features_of, probability_of, sign_weights
from provenance.model import Attribution, Derivation, Family, Place, Signal, Strength
from tests.build import document, signal

ORIGIN = "https://harbour.example/ferries"
STORY = "The ferry is back. The Harbour Gazette was the first to say so."


def label(name: str = "Harbour Gazette", **fields: object) -> Signal:
    given = {"rule": "source_line", "quote": f"Source: {name}", "names": (name,)}
    return signal(**{**given, "strength": Strength.NAME, **fields})


def test_the_table_knows_every_feature_and_no_other() -> None:
    table = sign_weights()
    assert set(table.weights) == set(FEATURES)
    assert 0.5 <= table.threshold < 1


def test_every_kind_is_of_rules_that_exist_and_tells_for_a_repost() -> None:
    assert {rule for rules in KINDS.values() for rule in rules} <= set(RULES)
    assert all(sign_weights().weights[kind] > 0 for kind in KINDS)


def test_no_sign_is_no_probability() -> None:
    assert probability_of(document(), []) == 0
    said = declare(document(), [])
    assert (said.probability, said.derivation) == (0, Derivation.UNKNOWN)


@pytest.mark.parametrize("kind", list(KINDS))
def test_one_sign_of_any_kind_on_a_page_without_an_author_is_believed(kind: str) -> None:
    one = label(rule=KINDS[kind][0], target=ORIGIN)
    assert declare(document(), [one]).derivation is Derivation.WHOLLY


def test_two_signs_are_surer_than_one() -> None:
    one, other = label(), label(rule="canonical_elsewhere", family=Family.MARKUP)
    assert probability_of(document(), [one, other]) > probability_of(document(), [one])


@pytest.mark.parametrize(
    "fields",
    [
        {"byline": ("Anna Berg",)},
        {"text": STORY},
        {"byline": ("Anna Berg",), "text": STORY},
    ],
)
def test_a_label_under_an_own_text_is_a_lead_and_no_declaration(fields: dict[str, object]) -> None:
    said = declare(document(**fields), [label(target=ORIGIN)])
    assert said.derivation is Derivation.UNKNOWN
    assert said.origin is None
    assert said.attribution is Attribution.CREDITED
    assert [s.target for s in said.signals] == [ORIGIN]


def test_a_bare_source_link_is_believed_whoever_wrote_the_text() -> None:
    bare = signal(rule="bare_source_link", strength=Strength.REPOST)
    said = declare(document(byline=("Anna Berg",)), [bare])
    assert said.derivation is Derivation.WHOLLY


def test_an_agency_after_a_label_is_believed_whoever_typed_it_in() -> None:
    said = declare(document(byline=("Anna Berg",)), [label("Reuters")])
    assert said.derivation is Derivation.WHOLLY


def test_labels_in_chinese_name_whom_the_page_copied() -> None:
    chinese = label("码头晚报", quote="来源：码头晚报", place=Place.HEAD)
    said = declare(document(byline=("王帆",)), [chinese])
    assert said.derivation is Derivation.WHOLLY


def test_a_label_above_the_story_without_an_address_is_a_pictures() -> None:
    said = declare(document(), [label("Harbour Sports", place=Place.HEAD)])
    assert said.derivation is Derivation.UNKNOWN


def test_an_address_written_out_is_cited_by_nobody() -> None:
    values = features_of(document(text=STORY), [label(quote="via: https://harbour.example/")])
    assert values["label_cited"] == 0
