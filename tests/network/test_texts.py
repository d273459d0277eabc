from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from provenance.network.batches import Align, Marks, cut_furniture, find_furniture
from provenance.network.texts import GIVEN, PARTS, PIECE, Reader, agency_of, cut, day_of
from provenance.text.shingles import all_marks_of, marks_of
from tests.network.press import Writer

WRITER = Writer(3)
STORY = WRITER.spell(WRITER.codes(200))
NOTICE = WRITER.spell(WRITER.codes(50))


def given(*rows: dict[str, str | None]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([{**dict.fromkeys(GIVEN.names), **r} for r in rows], GIVEN)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("1970-01-02", 1),
        ("1970-01-02T23:30:00-05:00", 2),
        ("Sat, 03 Jan 1970 10:00:00 GMT", 2),
        ("1969-12-31", -1),
        ("1970", None),
        ("1970-03", None),
        ("0000-00-00", None),
        ("2024-02-31", None),
        ("300000-01-01", None),
        ("99999999999999999999", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_counts_to_the_day_or_not_at_all(said: str, day: int | None) -> None:
    assert day_of(said) == day


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("BERLIN (dpa) - The ferry sank.", "Deutsche Presse-Agentur"),
        ("The ferry sank.\nNobody was hurt.\nReuters", "Reuters"),
        ("The ferry sank, as Reuters reported first.", ""),
        ("", ""),
    ],
)
def test_the_agency_is_read_from_datelines_and_lines_of_its_own(text: str, agency: str) -> None:
    assert agency_of(text).casefold() == agency.casefold()


def test_a_long_text_is_cut_where_a_line_ends_and_nothing_is_lost() -> None:
    line = "word " * 30 + "\n"
    text = line * (3 * PIECE // len(line) + 9)
    pieces = cut(text)
    assert "".join(pieces) == text
    assert len(pieces) == 4
    assert all(piece.endswith("\n") and len(piece) <= PIECE for piece in pieces)
    assert len(cut("x" * (PIECE * (PARTS + 5)))) == PARTS


def test_each_row_is_a_text_with_its_site_its_day_and_its_pieces() -> None:
    rows = Reader().read(
        given(
            {"name": "a", "text": STORY, "url": "http://www.paper.example/x?utm_source=y",
             "date": "1970-01-11"},
            {"name": "b", "text": "  \n "},
            {"text": STORY},
            {"name": "c", "text": "z " * PIECE, "site": "Echo"},
        ),
        10,
    ).to_pylist()  # fmt: skip
    assert [(row["id"], row["part"]) for row in rows] == [(10, 0), (12, 0), (13, 0), (13, 1)]
    first, second, third, fourth = rows
    assert (first["site"], first["day"], first["piece"]) == ("paper.example", 10, 10 * PARTS)
    assert first["address"] == "https://paper.example/x"
    assert first["digest"] == second["digest"]
    assert second["name"].startswith("text:")
    assert second["site"] == second["name"]
    assert (third["site"], third["text"] + fourth["text"]) == ("echo", "z " * PIECE)


def test_days_outside_the_range_and_unknown_ones_are_left_out() -> None:
    days = ("1970-01-01", "1970-01-05", "1970-01-09", None)
    batch = given(*({"name": str(n), "text": STORY, "date": day} for n, day in enumerate(days)))
    kept = Reader(first=2, last=6).read(batch, 0)
    assert kept.column("name").to_pylist() == ["1"]
    assert Reader(first=5).read(batch, 0).column("name").to_pylist() == ["2"]


def test_marks_are_those_of_the_corpus() -> None:
    batch = pa.RecordBatch.from_pydict({"piece": [1, 2, 3], "text": [STORY, "", NOTICE]})
    made = Marks()(batch).to_pylist()
    assert [row["h"] for row in made if row["piece"] == 1] == marks_of(STORY).tolist()
    assert {row["piece"] for row in made} == {1, 3}
    assert {row["words"] for row in made if row["piece"] == 3} == {50}


def test_furniture_is_cut_out_before_two_texts_are_compared() -> None:
    other = WRITER.spell(WRITER.codes(150))
    texts = f"{STORY}\n{NOTICE}", f"{other}\n{NOTICE}"
    batch = pa.RecordBatch.from_pydict(
        {"a": [2], "b": [1], "shared": [9], "text_a": [texts[0]], "text_b": [texts[1]]}
    )
    furniture = np.sort(marks_of(NOTICE))
    assert Align(())(batch).num_rows == 1
    assert Align(tuple(furniture.tolist()))(batch).num_rows == 0
    assert cut_furniture(texts[0], furniture).strip() == STORY
    [(start, end)] = find_furniture(texts[0], furniture)
    assert texts[0][start:end] in NOTICE
    assert not set(all_marks_of(cut_furniture(texts[1], furniture))) & set(furniture)


def test_a_copy_is_measured_and_an_own_text_is_not_there() -> None:
    edited = WRITER.spell(WRITER.edit(WRITER.codes(0), 0.1)) or STORY
    batch = pa.RecordBatch.from_pydict(
        {
            "a": [2, 3], "b": [1, 1], "shared": [9, 2],
            "text_a": [f"{edited}\n{NOTICE}", WRITER.spell(WRITER.codes(200))],
            "text_b": [STORY, STORY],
        }
    )  # fmt: skip
    [row] = Align(())(batch).to_pylist()
    assert (row["a"], row["b"], row["words_a"], row["words_b"]) == (2, 1, 250, 200)
    assert (row["in_a"], row["in_b"], row["verbatim"], row["longest"]) == (200, 200, 200, 200)
    assert row["kind"] == "copied"
