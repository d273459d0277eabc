"""Small pages in our own words, and ways to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.read import read_capture
from tests.build import capture

if TYPE_CHECKING:
    from provenance.model import Block, Document, Place

URL = "https://harbour-gazette.example/2026/02/14/ferry"

STORY = (
    "The last ferry of the season left the harbour at dusk, carrying nine passengers and a goat.",
    "Its captain, who has sailed the strait for thirty years, said the timetable would not last.",
    "Shopkeepers on the quay have gathered four hundred signatures against the earlier departure.",
    "The council will hear them on Tuesday, when the budget for the breakwater is voted as well.",
    "Until then the boat keeps its winter hours, and the goat keeps its place beside the engine.",
)


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines or STORY)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def article(before: str = "", inside: str = "", after: str = "") -> str:
    """A page with a headline, the story in a column, and pieces before, inside and after it."""
    first, rest = paragraphs(*STORY[:2]), paragraphs(*STORY[2:])
    return page(
        f"<article><h1>Last ferry leaves with a goat</h1>{before}<div class='entry-content'>"
        f"{first}{inside}{rest}{after}</div></article>"
    )


def read(markup: str | bytes, url: str | None = URL, **fields: Any) -> Document:
    return read_capture(capture(markup, url, **fields))


def read_plain(text: str) -> Document:
    return read(text, None, media_type="text/plain", headers=())


def blocks_at(document: Document, place: Place) -> list[str]:
    return [document.block_text(block) for block in document.blocks if block.place is place]


def block_of(document: Document, words: str) -> Block:
    """The one block that holds these words."""
    (found,) = [block for block in document.blocks if words in document.block_text(block)]
    return found
