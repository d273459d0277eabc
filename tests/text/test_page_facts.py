from __future__ import annotations

import pytest

from provenance.model import FactKind
from provenance.text.page_facts import text_facts
from provenance.text.sentences import sentences
from provenance.text.sounds import sound_of


def keys(text: str, kind: FactKind) -> list[str]:
    return [fact.key for fact in text_facts(text) if fact.kind is kind]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,200 people", "1200"),
        ("1.200 Menschen", "1200"),
        ("1 200 personnes", "1200"),
        ("1'200 Personen", "1200"),
        ("12,00,000 rupees", "1200000"),
        ("1.4 million", "1400000"),
        ("1,4 Millionen Kronen", "1400000"),
        ("1,4 millones", "1400000"),
        ("1,4 миллиона", "1400000"),
        ("140万人", "1400000"),
        ("140만 명", "1400000"),
        ("2万6469ドル", "26469"),
        ("7만 7천 명", "77000"),
        ("12亿元", "1200000000"),
        ("1,2 Milliarden", "1200000000"),
        ("1.2 mil millones", "1200000000"),
        ("18,4 %", "18.4"),
        ("18.4%", "18.4"),
        ("١٢٣ شخصا", "123"),
        ("१२३ लोग", "123"),
        ("１２３人", "123"),
        ("は24日", "24"),
    ],
)
def test_numbers_are_the_same_in_every_locale(text: str, wanted: str) -> None:
    assert keys(text, FactKind.NUMBER) == [wanted]


@pytest.mark.parametrize(
    "text", ["on 14 March", "am 14. März", "el 14 de marzo", "March 14th", "3月14日", "3월 14일"]
)
def test_days_are_the_same_in_every_language(text: str) -> None:
    assert keys(text, FactKind.DATE) == ["03-14"]


@pytest.mark.parametrize(
    "names",
    [
        ("Halvorsen", "Халворсен", "ハルヴォルセン"),
        ("Merkel", "Меркелем", "メルケル"),
        ("Johnson", "Джонсон", "ジョンソン", "존슨"),
        ("Macron", "Макрона", "マクロン", "마크롱", "ماكرون"),
    ],
)
def test_names_sound_the_same_in_every_alphabet(names: tuple[str, ...]) -> None:
    assert len({sound_of(name) for name in names}) == 1


def test_latin_names_inside_other_scripts() -> None:
    assert keys("FBI에게 Kavanaugh는", FactKind.NAME) == ["fbi", "kavanaugh"]


def test_words_that_also_stand_without_a_capital_are_no_names() -> None:
    assert keys("The mill at Kestrel burned. Then the mill fell, and then", FactKind.NAME) == [
        "kestrel"
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mr. Moe came to the old harbour. He left again before anybody saw him.", 2),
        ("Die Fähre fährt am 14. März zum letzten Mal nach Vestrup.", 1),
        ("桥建成之前国家要支付渡轮的费用吗？她希望国家在桥建成之前支付每天两班渡轮的费用。", 2),
        ("A headline without a stop\nThe ferry stops in the spring of the coming year.", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, wanted: int) -> None:
    found = list(sentences(text, 40))
    assert len(found) == wanted
    assert all(text[span.start : span.end].strip() for span in found)


def test_sentences_end_at_the_bound() -> None:
    assert (
        len(list(sentences("One line of some thirty letters, or a little more.\n" * 90, 40))) == 40
    )
