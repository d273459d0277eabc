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


KIND_OF = {
    "statement": ("first_published", "republished", "syndicated_feed", "encyclopedia_reuse"),
    "pointer": ("bare_source_link", "read_original"),
    "label": ("source_line",),
    "provided": ("provided_by", "material_from"),
    "address": (
        *("canonical_elsewhere", "source_meta", "based_on", "republication_counter"),
        "agency_in_address",
    ),
    "field": (
        *("provider", "credit_line", "source_name_meta", "outlet_markup", "agency_markup"),
        "rights_holder",
    ),
    "dateline": ("wire_dateline",),
    "byline": ("agency_byline", "outlet_byline", "publisher_named"),
    "tail": ("agency_tail", "agency_contributed"),
    "copyright": ("foreign_copyright",),
}


@pytest.mark.parametrize(
    ("kind", "rule"), [(kind, rule) for kind, rules in KIND_OF.items() for rule in rules]
)
def test_a_rule_counts_as_its_kind_and_as_no_other(kind: str, rule: str) -> None:
    values = features_of(document(), [label(rule=rule)])
    assert {name for name in KINDS if values[name]} == {kind}


@pytest.mark.parametrize(
    ("family", "kind"),
    [
        (Family.STATEMENT, "statement"),
        (Family.MARKUP, "field"),
        (Family.AGENCY, "byline"),
        (Family.TRACE, "copyright"),
    ],
)
def test_a_rule_in_no_kind_counts_by_its_family(family: Family, kind: str) -> None:
    values = features_of(document(), [label(rule="of_tomorrow", family=family)])
    assert {name for name in KINDS if values[name]} == {kind}


HARBOUR = "Harbour Gazette"


@pytest.mark.parametrize(
    ("fields", "signals", "feature", "value"),
    [
        ({}, [label(), label(rule="provided_by")], "more_rules", 1.0),
        ({}, [label(), label()], "more_rules", 0.0),
        ({}, [label(), label(target=ORIGIN)], "target", 1.0),
        ({}, [label()], "target", 0.0),
        ({}, [label(), label("Reuters")], "agency", 1.0),
        ({}, [label()], "agency", 0.0),
        ({}, [label(claims=Derivation.PARTIALLY)], "agency", 1.0),
        ({}, [label(claims=Derivation.PARTIALLY), label()], "agency", 0.0),
        ({"byline": ("Anna Berg",)}, [label()], "label_by_author", 1.0),
        ({"byline": (HARBOUR,)}, [label()], "label_by_author", 0.0),
        ({"byline": (HARBOUR, "Anna Berg")}, [label()], "label_by_author", 1.0),
        ({"byline": ("Anna Berg",)}, [label(), label(quote="https://a.example")],
         "label_by_author", 0.0),
        ({"byline": ("Anna Berg",)}, [label(), label(rule="provided_by")], "label_by_author", 0.0),
        ({"text": STORY}, [label()], "label_cited", 1.0),
        ({"text": STORY.upper()}, [label()], "label_cited", 1.0),
        ({"text": "The Post says so."}, [label("Post")], "label_cited", 1.0),
        ({"text": "The Sun says so."}, [label("Sun")], "label_cited", 0.0),
        ({"text": "See sun.example for it."}, [label("sun.example")], "label_cited", 0.0),
        ({"text": "x" * 20_000 + STORY}, [label()], "label_cited", 0.0),
        ({"text": STORY}, [label(), label(rule="provided_by")], "label_cited", 0.0),
        ({}, [label(quote="来源", place=Place.HEAD)], "label_unspaced", 1.0),
        ({}, [label(quote="来源", place=Place.TEXT)], "label_unspaced", 1.0),
        ({}, [label(quote="ที่มา", place=Place.TAIL)], "label_unspaced", 1.0),
        ({}, [label(quote="出典の", place=Place.ASIDE)], "label_unspaced", 1.0),
        ({}, [label(quote="来源", place=Place.META)], "label_unspaced", 0.0),
        ({}, [label()], "label_unspaced", 0.0),
        ({}, [label(place=Place.HEAD)], "label_above", 1.0),
        ({}, [label(place=Place.HEAD), label(place=Place.TAIL)], "label_above", 0.0),
        ({}, [label(place=Place.HEAD, target=ORIGIN)], "label_above", 0.0),
        ({}, [label("The Guardian", place=Place.HEAD)], "label_above", 0.0),
        ({}, [label("The Guardian", place=Place.HEAD), label(place=Place.HEAD)],
         "label_above", 0.0),
        ({}, [label(place=Place.HEAD, quote="来源")], "label_above", 0.0),
        ({"self_names": (HARBOUR,)}, [label()], "near_own", 1.0),
        ({"self_names": ("Daily Harbour Gazette",)}, [label()], "near_own", 1.0),
        ({"self_names": ("Harbour",)}, [label()], "near_own", 1.0),
        ({"self_names": ("Har",)}, [label()], "near_own", 0.0),
        ({"self_names": ("Mirror",)}, [label()], "near_own", 0.0),
        ({"self_names": ("Mirror", HARBOUR)}, [label()], "near_own", 1.0),
        ({"self_names": (HARBOUR,)}, [label("Har")], "near_own", 0.0),
        ({"self_names": ("Post Gazette",)}, [label("Post")], "near_own", 1.0),
        ({"self_names": (HARBOUR,)}, [label(), label("Mirror")], "near_own", 0.0),
        ({"self_names": (HARBOUR,)}, [label(names=())], "near_own", 0.0),
    ],
)  # fmt: skip
def test_each_feature_says_what_it_is_named_for(
    fields: dict[str, object], signals: list[Signal], feature: str, value: float
) -> None:
    assert features_of(document(**fields), signals)[feature] == value
