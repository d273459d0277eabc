"""Lines of JSON Lines: what is read of them, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from provenance.errors import InputError
from provenance.model import Capture, Event, Precision, Via, Witness
from provenance.read import read_capture
from tests.build import NOON

STORY = (
    "The ferry to Selwick did not sail on Monday. Its pilot had mislaid the tide table.\n\n"
    "Passengers waited at the quay until noon, when the harbour board sent a bus for them."
)


def capture(body: bytes) -> Capture:
    return Capture(
        url=None,
        responded_url=None,
        status=None,
        headers=(),
        body=body,
        media_type="application/jsonl",
        captured_at=NOON,
        via=Via.FILE,
        memento=None,
        digest="1" * 64,
    )


def line(**fields: Any) -> Capture:
    return capture(json.dumps(fields).encode())


def test_the_usual_fields_are_read() -> None:
    document = read_capture(
        line(
            text=STORY,
            url="https://courier.example/ferry",
            title="No ferry on Monday",
            date="2026-02-03",
            source="The Selwick Courier",
            authors=["Ada Mole", {"name": "Bo Finch"}],
            language="en-GB",
        )
    )
    assert document.text == STORY
    assert document.url == "https://courier.example/ferry"
    assert document.title == "No ferry on Monday"
    assert document.publisher == "The Selwick Courier"
    assert document.byline == ("Ada Mole", "Bo Finch")
    assert document.language == "en"
    [dated] = document.dates
    assert dated.at.date() == datetime(2026, 2, 3, tzinfo=UTC).date()
    assert (dated.precision, dated.witness, dated.event) == (
        Precision.DAY,
        Witness.SELF,
        Event.PUBLISHED,
    )


@pytest.mark.parametrize("name", ["Body", "content", "articleBody", "maintext", "article-text"])
def test_a_text_goes_by_several_names(name: str) -> None:
    assert read_capture(line(**{name: STORY})).text == STORY


def test_a_text_with_tags_is_read_as_a_page() -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    document = read_capture(line(content=paragraphs, link="https://courier.example/ferry"))
    assert "<p>" not in document.text
    assert "mislaid the tide table" in document.text
    assert document.url == "https://courier.example/ferry"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", 7, None, ["x"]])
def test_what_is_no_web_address_is_none(url: object) -> None:
    assert read_capture(line(text=STORY, url=url)).url is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"text": 7}',
        b'{"text": " "}',
        b'{"title": "no text"}',
        b'{"text": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_is_no_record_is_refused(body: bytes) -> None:
    with pytest.raises(InputError, match=r"JSON|text"):
        read_capture(capture(body))
