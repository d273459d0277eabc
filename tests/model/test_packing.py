"""What is packed comes back the same, whatever the page."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from provenance.jobs.check.source_search import examine
from provenance.model.packing import pack, unpack
from provenance.read import read_capture
from tests.build import capture
from tests.servers.magazine import FIRST_DAY, page, story

if TYPE_CHECKING:
    from provenance.jobs.check.source_search import Examined


@pytest.fixture
def examined() -> Examined:
    link = '<p>Source: <a href="https://echo.example/1">The Ferry Echo</a></p>'
    return examine(read_capture(capture(page("A day", story(3), FIRST_DAY, link))))


def test_a_page_comes_back_as_it_was(examined: Examined) -> None:
    [back] = unpack(pack(examined))
    assert back == examined
    assert examined.document.links
    assert hash(back.document.links[0].span) == hash(examined.document.links[0].span)


def test_the_first_of_several_is_had_alone_and_what_they_share_is_packed_once(
    examined: Examined,
) -> None:
    text = examined.document.text
    packed = pack(text, examined.document)
    assert next(unpack(packed)) == text
    assert [*unpack(packed)] == [text, examined.document]
    assert len(packed) < len(pack(examined.document)) + 100


def test_other_pickles_are_as_they_were(examined: Examined) -> None:
    """The quicker way is this packer's own: it is no setting of the whole program."""
    assert b"_together" in pack(examined)
    assert b"_together" not in pickle.dumps(examined)
