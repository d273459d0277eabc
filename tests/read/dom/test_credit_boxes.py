"""Boxes named for credits: those of the text are lines for the rules, of a picture captions."""

from __future__ import annotations

import pytest

from provenance.model import BlockKind, Place
from tests.read.pages import STORY, article, block_of, page, paragraphs, read

CREDIT = "Originally published by <a href='https://x.example/a'>Senn Coast Post</a>"
WORDS = "Originally published by Senn Coast Post"


@pytest.mark.parametrize(
    "name", ["credit", "credits", "source-credit", "post-credit", "article__credits", "storyCredit"]
)
@pytest.mark.parametrize("tag", ["div", "p", "footer"])
def test_a_credit_of_the_text_is_a_line_after_the_story(name: str, tag: str) -> None:
    document = read(article(after=f"<{tag} class='{name}'>{CREDIT}</{tag}>"))
    block = block_of(document, WORDS)
    assert block.place is Place.TAIL
    assert block.kind in {BlockKind.PARAGRAPH, BlockKind.FOOTER}
    assert [link.url for link in block.links] == ["https://x.example/a"]


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=x><div class='credit'>{}</div></figure>",
        "<div class='lead'><img src=x><span class='credit'>{}</span></div>",
        "<div><a href='/big'><img src=x></a></div><div class='credits'><p>{}</p></div>",
        "<div class='photo-credit'>{}</div>",
        "<div class='article-image-credit'>{}</div>",
    ],
)
def test_a_credit_beside_a_picture_is_a_caption(markup: str) -> None:
    document = read(article(inside=markup.format("Hanne Roth for the Senn Coast Post")))
    block = block_of(document, "Hanne Roth")
    assert (block.place, block.kind) == (Place.ASIDE, BlockKind.CAPTION)


def test_a_story_with_pictures_makes_no_caption_of_the_credit_below() -> None:
    story = f"<div class='entry'>{paragraphs()}<img src=x></div>"
    document = read(page(f"<h1>Ferry</h1>{story}<div class='credit'>{CREDIT}</div>"))
    assert block_of(document, WORDS).place is Place.TAIL
    assert document.text.startswith(STORY[0])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("share-box", BlockKind.PARAGRAPH),
        ("widget", BlockKind.PARAGRAPH),
        ("comments", BlockKind.OTHER),
        ("nav", BlockKind.OTHER),
    ],
)
def test_a_source_line_in_a_box_is_a_line_unless_others_speak_there(
    name: str, kind: BlockKind
) -> None:
    line = "Source: <a href='https://x.example/a'>Senn Coast Post</a>"
    document = read(article(after=f"<div class='{name}'>{line}</div>"))
    block = block_of(document, "Source: Senn Coast Post")
    assert block.kind is kind
    assert block.place is (Place.TAIL if kind is BlockKind.PARAGRAPH else Place.ASIDE)
