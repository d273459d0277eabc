"""The law of spans: every block and link indexes its stored string exactly, whatever the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InputError
from provenance.read import read_capture
from tests.build import capture

if TYPE_CHECKING:
    from provenance.model import Document

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<a href='/x'>", "</a>", "<a href='http://other.example/'>", "<br>", "<div>",
        "</div>", "<article>", "<h1>", "</h1>", "<b>", "</b>", "<figure>", "<figcaption>", "<li>",
        "<dt>Source:", "<dd>", "<!-- c -->", "<script type='application/ld+json'>", "</script>",
        "Some words of a story that goes on for a while, so that it is found.", " ", "\n", "&nbsp;",
        "<span>", "</span>", "\x00", "&#xD800;", "\ud83d\ude00", "<table><tr><td>",
    ]
)  # fmt: skip


def assert_law(document: Document) -> None:
    for block in document.blocks:
        words = document.block_text(block)
        assert words
        assert words == words.strip()
        for link in block.links:
            assert link.place is block.place
            if link.span is not None:
                assert block.span.start <= link.span.start <= link.span.end <= block.span.end
    for link in document.links:
        if link.span is None:
            assert not link.text
        else:
            assert document.quote(link.place, link.span) == link.text


def read_or_refuse(body: bytes, media_type: str) -> Document | None:
    try:
        return read_capture(capture(body, "http://paper.example/a", media_type=media_type))
    except InputError as error:
        line = str(error)
    assert "\n" not in line
    return None


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["text/html", "text/plain", ""]))
def test_spans_index_stored_strings_on_any_markup(markup: str, media_type: str) -> None:
    document = read_or_refuse(markup.encode("utf-8", "surrogatepass"), media_type)
    if document is not None:
        assert_law(document)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", ""]))
def test_any_bytes_are_read_or_refused_in_one_line(body: bytes, media_type: str) -> None:
    document = read_or_refuse(body, media_type)
    if document is not None:
        assert_law(document)


@pytest.mark.parametrize("body", [b"", b"   \n", b"\x00\x00"])
def test_nothing_is_an_input_error(body: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        read_capture(capture(body))
