"""What is measured between two texts, case by case."""

from __future__ import annotations

import pytest

from provenance.compare import compare_prepared, compare_texts, match, prepare
from provenance.model import Likeness, PassageKind, Reuse
from tests.compare.stories import (
    OTHER,
    SAME_EVENT,
    SENTENCES,
    STATEMENT,
    STORY,
    lightly_edited,
)


def copied(reuse: Reuse, text: str) -> list[str]:
    return [text[p.suspect.start : p.suspect.end] for p in reuse.passages if not p.quoted]


def test_verbatim() -> None:
    reuse = compare_texts(STORY, STORY)
    assert reuse.suspect_containment == reuse.source_containment == reuse.resemblance == 1.0
    assert reuse.verbatim == 1.0
    assert reuse.rewritten == 0.0
    assert (reuse.runs, reuse.in_order, reuse.likeness) == (1, True, Likeness.COPIED)
    assert reuse.longest == reuse.suspect_words == reuse.source_words


def test_verbatim_but_for_line_ends_and_typography() -> None:
    suspect = STORY.replace(". ", ".\n\n").replace("Their", "\u201cTheir").upper()
    reuse = compare_texts(suspect, STORY)
    assert reuse.suspect_containment == reuse.source_containment == 1.0
    assert reuse.likeness is Likeness.COPIED


def test_light_edits() -> None:
    reuse = compare_texts(lightly_edited(STORY), STORY)
    assert reuse.suspect_containment == 1.0
    assert 0.9 < reuse.verbatim < 1.0
    assert reuse.verbatim + reuse.rewritten == pytest.approx(reuse.suspect_containment)
    assert reuse.likeness is Likeness.COPIED


def test_unrelated() -> None:
    reuse = compare_texts(OTHER, STORY)
    assert reuse.passages == ()
    assert reuse.suspect_containment == reuse.source_containment == reuse.verbatim == 0.0
    assert reuse.likeness is Likeness.UNRELATED
    assert reuse.score < 0.1


def test_same_event_told_independently() -> None:
    reuse = compare_texts(SAME_EVENT, STORY)
    assert reuse.passages == ()
    assert reuse.likeness is Likeness.SAME_EVENT
    assert reuse.score < 0.1


def test_a_passage_inside_another_story() -> None:
    passage = " ".join(SENTENCES[6:9])
    suspect = f"{OTHER}\n\n{passage}\n\n{OTHER[:200]}"
    reuse = compare_texts(suspect, STORY)
    assert copied(reuse, suspect) == [passage]
    assert reuse.likeness is Likeness.PARTLY
    assert reuse.suspect_containment == pytest.approx(
        len(passage.split()) / len(suspect.split()), abs=0.02
    )


def test_an_excerpt_is_all_of_one_text_and_little_of_the_other() -> None:
    reuse = compare_texts(" ".join(SENTENCES[:3]), STORY)
    assert reuse.suspect_containment == 1.0
    assert 0.2 < reuse.source_containment < 0.35
    assert reuse.likeness is Likeness.COPIED


def test_what_was_put_in_and_left_out_ends_a_passage() -> None:
    kept = [*SENTENCES[:3], "Read also: Ten gardens worth a visit in May", *SENTENCES[3:6]]
    suspect = "\n".join([*kept, *SENTENCES[9:]])
    reuse = compare_texts(suspect, STORY)
    assert copied(reuse, suspect) == [
        "\n".join(SENTENCES[:3]),
        "\n".join(SENTENCES[3:6]),
        "\n".join(SENTENCES[9:]),
    ]


def test_moved_block() -> None:
    suspect = " ".join([*SENTENCES[8:], *SENTENCES[:8]])
    reuse = compare_texts(suspect, STORY)
    assert not reuse.in_order
    assert [passage.kind for passage in reuse.passages] == [
        PassageKind.MOVED,  # the lesser part is the one that moved
        PassageKind.VERBATIM,
    ]
    assert reuse.suspect_containment == 1.0


def test_clauses_swapped_inside_a_sentence_are_one_passage() -> None:
    source = f"{SENTENCES[0]} If the ice allows it, the divers will go down again in March. "
    suspect = f"{SENTENCES[0]} The divers will go down again in March, if the ice allows it. "
    reuse = compare_texts(suspect + SENTENCES[4], source + SENTENCES[4])
    assert reuse.runs == 1
    assert reuse.suspect_containment == 1.0


def test_rewritten_sentences() -> None:
    suspect = (
        "On Tuesday the Saltmere harbour commission decided to shut the northern quay for lorries. "
        "Since spring engineers had cautioned that eleven of the thirty piles showed cracks under "
        "water. A county survey estimated the price of new piles at four million crowns."
    )
    reuse = compare_texts(suspect, " ".join(SENTENCES[:3]))
    assert reuse.suspect_containment > 0.8
    assert reuse.rewritten > 0.2
    assert {passage.kind for passage in reuse.passages} <= {
        PassageKind.REWRITTEN,
        PassageKind.MOVED,
    }
    assert reuse.likeness is Likeness.REWRITTEN


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ('"{}," the chair told reporters.', "Speaking to this paper, the chair said: “{}.”"),
        ("« {} », says the chair.", 'The chair, asked for comment: "{}."'),
        ("'{},' the chair wrote.", "‘{}’ – this is how the chair put it."),
        ("{} — Ilse Varn (@ivarn) March 3, 2026", "„{}“, so the chair."),
    ],
)
def test_a_statement_both_print_is_a_quotation(ours: str, theirs: str) -> None:
    suspect = f"{OTHER}\n{ours.format(STATEMENT)}\n{OTHER[:100]}"
    source = f"{SAME_EVENT}\n{theirs.format(STATEMENT)}\n"
    reuse = compare_texts(suspect, source)
    assert [passage.quoted for passage in reuse.passages] == [True]
    assert reuse.unquoted_containment == reuse.unquoted_source_containment == 0.0
    assert reuse.suspect_containment > 0.1
    assert reuse.likeness is Likeness.SAME_EVENT
    assert match(suspect, source)["spans"] == []


def test_the_same_words_without_marks_are_no_quotation() -> None:
    suspect = f"{OTHER}\n{STATEMENT}.\n{OTHER[:100]}"
    source = f"{SAME_EVENT}\n{STATEMENT}.\n"
    assert [passage.quoted for passage in compare_texts(suspect, source).passages] == [False]


def test_a_quotation_taken_over_with_its_speaker_is_copied() -> None:
    tagged = f'"{STATEMENT}," Ms Varn added with a shrug.'
    reuse = compare_texts(f"{OTHER}\n{tagged}\n", f"{SAME_EVENT}\n{tagged}\n")
    assert [passage.quoted for passage in reuse.passages] == [False]


def test_a_quotation_inside_a_copied_story_came_along() -> None:
    story = f'{STORY}\n\n"{STATEMENT}," she said.\n\n{OTHER}'
    reuse = compare_texts(story.replace("Tuesday", "Monday"), story)
    assert reuse.suspect_containment == reuse.unquoted_containment == 1.0


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for the harbour newsletter, out on every tide, and the Sunday round up of boats.",
        "Our pages set cookies; the privacy policy of the Harbour Post says which and why.",
        "Log in to mend your subscriptions, newsletters and crossword scores.",
    ],
)
def test_lines_of_furniture_prove_nothing(line: str) -> None:
    assert compare_texts(f"{OTHER}\n\n{line}", f"{STORY}\n\n{line}").passages == ()


def test_furniture_at_the_end_of_a_copied_story_is_left_out() -> None:
    suspect = f"{STORY}\n\nRead more on this site: subscribe today"
    reuse = compare_texts(
        suspect + "\n\nOther", f"{STORY}\n\nRead more on this site: subscribe today"
    )
    assert copied(reuse, suspect) == [STORY]


def test_one_form_filled_in_twice_is_not_copied() -> None:
    form = (
        "Today, {} May, it is cloudy in {}. In the morning the temperature is +{} degrees, the "
        "wind {} metres a second, the humidity {} percent, the pressure {} millimetres. In the "
        "evening the temperature is +{} degrees, the humidity {} percent."
    )
    here = form.format(17, "Saltmere", 10, 4, 70, 764, 15, 45)
    there = form.format(18, "Aldervik", 12, 9, 55, 751, 21, 80)
    reuse = compare_texts(here, there)
    assert reuse.likeness is Likeness.SAME_EVENT
    assert reuse.score < 0.1


def test_text_that_stands_twice_counts_in_both() -> None:
    twice = f"{SENTENCES[0]}\n\n{OTHER}\n\n{SENTENCES[0]}"
    reuse = compare_texts(SENTENCES[0] + " " + SENTENCES[1], twice)
    assert reuse.source_containment == pytest.approx(
        2 * len(SENTENCES[0].split()) / len(twice.split()), abs=0.02
    )


def test_spans_index_the_texts_as_given() -> None:
    suspect = "\u200b\u200bIntro line here.\n\n" + STORY.replace("harbour", "har\u00adbour")
    source = "Lead. " + STORY.replace("Tuesday", "Tues\u200bday")
    (passage,) = compare_texts(suspect, source).passages
    assert suspect[passage.suspect.start : passage.suspect.end] == suspect[suspect.index("The h") :]
    assert source[passage.source.start : passage.source.end] == source[len("Lead. ") :]


def test_chinese_is_compared_by_characters() -> None:
    story = (
        "萨尔特米尔港务委员会周二投票决定禁止卡车进入北码头。"
        "工程师从春天起就警告说三十根桩中有十一根开裂。"
    )
    other = "两所学校将从九月起共用一个厨房。家长们在信中被问及是否愿意为有机蔬菜多付一点钱。"
    assert compare_texts(f"{other}{story}", f"{story}").source_containment > 0.95
    assert compare_texts(other, story).passages == ()


def test_a_prepared_source_gives_the_same_answer() -> None:
    source = prepare(STORY)
    for suspect in (lightly_edited(STORY), OTHER, SAME_EVENT):
        assert compare_prepared(prepare(suspect), source) == compare_texts(suspect, STORY)


def test_match_gives_score_and_spans() -> None:
    found = match(f"{OTHER}\n\n{SENTENCES[0]} {SENTENCES[1]}", STORY)
    assert 0.1 < found["score"] < 0.5
    ((start, end, there, upto),) = found["spans"]
    assert STORY[there:upto] == f"{SENTENCES[0]} {SENTENCES[1]}"
    assert (start, end) == (len(OTHER) + 2, len(OTHER) + 2 + upto - there)


@pytest.mark.parametrize("text", ["", "   ", "…!?", "\u200b"])
def test_texts_without_words(text: str) -> None:
    for reuse in (
        compare_texts(text, STORY),
        compare_texts(STORY, text),
        compare_texts(text, text),
    ):
        assert reuse.suspect_containment == reuse.source_containment == 0.0
        assert reuse.passages == ()
        assert reuse.likeness is Likeness.UNRELATED


LETTER = (
    "We, the keepers of the six locks between Dunmarrow and Oxbow, ask the council to leave the "
    "gates in our hands. Each of us was taught by the keeper before, and each of us has kept a "
    "book of the water, every morning, for as long as we have served. No machine reads the river "
    "in a dry spring, and none goes out at night when a barge lies across the sill."
)
ONE = (
    "The lock keepers refused on Monday to hand over their keys.\n\nTheir open letter reads in "
    f"full:\n\n{LETTER}\n\nThe mayor did not answer questions in the hall."
)
TWO = (
    "A dispute about the canal has reached the regional court, where two judges will hear it in "
    f"May.\n\nThe keepers sent us this statement: {LETTER}\n\nBarges have been waiting since "
    "Friday, and the coal yard is closed."
)


def test_a_letter_that_two_papers_print_is_no_copying_between_them() -> None:
    assert compare_texts(ONE, TWO).likeness is Likeness.SAME_DOCUMENT
    assert compare_texts(TWO, ONE).likeness is Likeness.SAME_DOCUMENT


def test_a_letter_that_only_one_of_them_introduces_may_be_copied() -> None:
    bare = TWO.replace("The keepers sent us this statement: ", "")
    assert compare_texts(ONE, bare).likeness is Likeness.PARTLY


def test_what_is_shared_beside_the_letter_is_copying_too() -> None:
    opening = (
        "Nobody opened the gate at Oxbow on Sunday morning, and by noon eleven barges lay in a row "
        "behind the sill, with their crews asleep on the coal and the tea going cold."
    )
    likeness = compare_texts(f"{opening}\n\n{ONE}", f"{opening}\n\n{TWO}").likeness
    assert likeness in {Likeness.PARTLY, Likeness.COPIED}
