"""The page cut in pieces: where a piece ends, which links it holds, what it is."""

from __future__ import annotations

import pytest

from provenance.model import BlockKind, Place
from provenance.read.dom.blocks import cut
from provenance.read.dom.markup import parse
from tests.read.pages import STORY, article, block_of, blocks_at, page, read


def texts(markup: str) -> list[str]:
    tree = parse(f"<html><body>{markup}</body></html>").tree
    assert tree is not None
    return [piece.text for piece in cut(tree).pieces if piece.text]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One<br>Two<br/>Three</p>", ["One", "Two", "Three"]),
        ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
        ("<p>A <b>bold</b> word, and H<sub>2</sub>O</p>", ["A bold word, and H2O"]),
        ("<p>  much \n\t white   space\xa0here </p>", ["much white space here"]),
        ("<span>Source:</span><span>Harbour Gazette</span>", ["Source: Harbour Gazette"]),
        ("<p><span>D</span>rop cap</p>", ["Drop cap"]),
        ("<a href='/a'>Home</a><a href='/b'>News</a>", ["Home News"]),
        ("<dl><dt>Source:</dt><dd>Town Crier</dd><dt>Date</dt><dd>May</dd></dl>",
         ["Source: Town Crier", "Date May"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<table><tr><td>A<td>B</table>", ["A", "B"]),
        ("<p>Before<script>var x = 'no'</script> after</p>", ["Before after"]),
        ("<p>Before<!-- not this --> after</p>", ["Before after"]),
        ("<p>Kept<noscript>not kept</noscript></p><template>no</template>", ["Kept"]),
        ("<p><ruby>港<rt>みなと</rt></ruby>へ</p>", ["港へ"]),
        ("<a href='/x'><h2>Head</h2><p>Teaser</p></a>", ["Head", "Teaser"]),
        ("<p>", []),
        ("text only", ["text only"]),
    ],
)  # fmt: skip
def test_cutting(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_links_keep_their_words_place_and_rel() -> None:
    document = read(
        article(
            after="<p>Read <a rel='nofollow noopener' href='//Other.example/a b'>the log</a>.</p>"
        )
    )
    (link,) = [link for link in document.links if link.text == "the log"]
    assert link.url == "https://Other.example/a b"
    assert link.rel == ("nofollow", "noopener")
    assert link.span is not None
    assert document.quote(link.place, link.span) == "the log"
    assert link in block_of(document, "Read the log").links


def test_a_link_over_two_blocks_has_its_words_in_both() -> None:
    document = read(page(f"<a href='/log'><p>{STORY[0]}</p><p>{STORY[1]}</p></a>"))
    assert [link.text for link in document.links] == [STORY[0], STORY[1]]


def test_a_link_without_words_has_no_span() -> None:
    document = read(article(after="<a href='https://other.example/'><img src='/i.png'></a>"))
    (link,) = [link for link in document.links if "other.example" in link.url]
    assert (link.text, link.span) == ("", None)


def test_same_address_nested_links_are_told_apart() -> None:
    document = read(
        page("<p>" + "<a href='/x'>" * 3 + "deep" + "</a>" * 3 + f"</p><p>{STORY[0]}</p>")
    )
    assert any(link.text == "deep" for link in document.links)


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "mailto:a@b.example", "data:x", "http://[", "#"]
)
def test_only_web_addresses_are_links(href: str) -> None:
    document = read(article(after=f"<p>A <a href='{href}'>word</a></p>"))
    assert [link for link in document.links if link.text == "word" and ":" in href] == []


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<h2>Next boats</h2>", BlockKind.HEADING),
        (
            "<figure><img src='/a.jpg'><figcaption>The quay.</figcaption></figure>",
            BlockKind.CAPTION,
        ),
        ("<p class='wp-caption-text'>The quay.</p>", BlockKind.CAPTION),
        ("<blockquote>The quay.</blockquote>", BlockKind.QUOTE),
        ("<ul><li>The quay.</li></ul>", BlockKind.LIST),
        ("<div class='byline'>By Ada Fenwick</div>", BlockKind.BYLINE),
        ("<span itemprop='author'>Ada Fenwick</span>", BlockKind.BYLINE),
        ("<div class='postDate'>Saturday</div>", BlockKind.META_LINE),
        ("<nav><a href='/'>The quay.</a></nav>", BlockKind.OTHER),
        ("<div class='relatedArticles'>The quay.</div>", BlockKind.OTHER),
        ("<div id='comments'><p>The quay.</p></div>", BlockKind.OTHER),
        ("<p style='display: none'>The quay.</p>", BlockKind.OTHER),
        ("<footer><p>The quay.</p></footer>", BlockKind.FOOTER),
        ("<p>The quay. Anna Berg/Getty Images</p>", BlockKind.CAPTION),
        ("<p>The quay.</p>", BlockKind.PARAGRAPH),
    ],
)
def test_kinds(markup: str, kind: BlockKind) -> None:
    document = read(page(f"{markup}<main>{''.join(f'<p>{line}</p>' for line in STORY)}</main>"))
    assert document.blocks[0].kind is kind


def test_a_frame_class_around_the_story_is_no_sidebar() -> None:
    story = "".join(f"<p>{line}</p>" for line in STORY)
    document = read(page(f"<div class='with-ads sidebar modal'><div>{story}</div></div>"))
    assert blocks_at(document, Place.TEXT) == list(STORY)
