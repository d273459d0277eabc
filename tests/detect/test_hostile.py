"""Whatever the page: nothing is raised, every span is exact, and the time is linear."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.detect import detect_signals
from provenance.judge.declared import declare
from provenance.model import (
    Block,
    BlockKind,
    Document,
    Image,
    Link,
    PageState,
    Place,
    Span,
    Statement,
)
from tests.build import document

STORED = (Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE)
PIECES = [
    *(
        "Source:",
        "Source link",
        "Quelle: ",
        "来源：",
        "(dpa)",
        "(AP) — ",
        "By ",
        "Reuters",
        "AFP",
        "©",
    ),
    *(
        "originally published on ",
        "appeared first on ",
        "The post ",
        "with permission from ",
        "via ",
    ),
    *(
        "https://harbour.example/a",
        "[x](https://a.example/b)",
        "\n",
        " ",
        "/",
        "👉",
        "\u200b",
        "ß",
        "İ",
    ),
    *(
        "Provided by ",
        "contributed to this report",
        "Read the original article",
        "本文首发于",
        "제공",
    ),
]
KEYS = [
    *("rel:canonical", "og:url", "json_ld:author.name", "json_ld:isBasedOn", "meta:source"),
    *("pixel:republication", "plugin:wprss", "json_ld:provider.name"),
]
text = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    strings: dict[Place, str] = {}
    blocks: list[Block] = []
    for place in STORED:
        stored = ""
        for part in draw(st.lists(text, max_size=5)):
            if not part:
                continue
            start = len(stored) + (2 if stored else 0)
            stored = f"{stored}\n\n{part}" if stored else part
            low, high = sorted((draw(st.integers(0, len(part))), draw(st.integers(0, len(part)))))
            link = Link(
                url=draw(st.sampled_from(["https://own.example/", "https://harbour.example/f"])),
                text=part[low:high],
                place=place,
                span=Span(start=start + low, end=start + high) if high > low else None,
            )
            kind = draw(st.sampled_from(list(BlockKind)))
            span = Span(start=start, end=start + len(part))
            blocks.append(Block(place=place, span=span, kind=kind, links=(link,)))
        strings[place] = stored
    said = draw(
        st.lists(
            st.builds(
                Statement,
                key=st.sampled_from(KEYS),
                value=text,
                place=st.sampled_from([Place.META, Place.JSON_LD, Place.MARKUP]),
            ),
            max_size=4,
        )
    )
    return document(
        url=draw(st.sampled_from([None, "https://own.example/story", "http://[broken", ""])),
        canonical=draw(st.sampled_from([None, "https://harbour.example/f", "https:///x"])),
        title=draw(st.one_of(st.none(), text)),
        publisher=draw(st.one_of(st.none(), text)),
        self_names=tuple(draw(st.lists(text, max_size=2))),
        state=draw(st.sampled_from(list(PageState))),
        head=strings[Place.HEAD],
        text=strings[Place.TEXT],
        tail=strings[Place.TAIL],
        aside=strings[Place.ASIDE],
        blocks=tuple(blocks),
        links=tuple(link for block in blocks for link in block.links),
        images=(Image(url="https://img.harbour.example/a.jpg", host="img.harbour.example"),),
        statements=tuple(said),
    )


@given(page=documents())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_document_gives_exact_spans_and_a_declaration(page: Document) -> None:
    signals = detect_signals(page)
    for signal in signals:
        if signal.span is not None:
            assert page.quote(signal.place, signal.span) == signal.quote
        assert all(name.strip() for name in signal.names)
    assert detect_signals(page) == signals
    declare(page, signals)


def one_block(words: str, place: Place, *, tagged: bool) -> Document:
    span = Span(start=0, end=len(words))
    block = Block(place=place, span=span, kind=BlockKind.PARAGRAPH)
    said = (Statement(key="og:type", value="article", place=Place.META),)
    return document(
        url="https://own.example/story",
        blocks=(block,),
        statements=said if tagged else (),
        **{place.value: words},
    )


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "Source:",
            "source link ",
            "Source: : ",
            "来源：",
            "Quelle: dpa, ",
            "(AP) — ",
            "((((",
            "©©",
        ),
        *(
            "originally published on ",
            "the post the post ",
            "本記事は",
            "with permission from ",
            "a ",
        ),
        *("By By By ", "//////", "https://", "[](", "👉", "AP/", "\u200b", "Read the original "),
        *("The The The The ", "A.B.C.", "staff staff ", "told The Post ", "l'articolo ", "\n"),
    ],
)
@pytest.mark.parametrize("place", [Place.HEAD, Place.TEXT, Place.TAIL])
@pytest.mark.timeout(10)
def test_repetition_ends_soon(piece: str, place: Place) -> None:
    """Linear rules take a fraction of a second for these; anything else never ends in time."""
    words = piece * 100_000
    page = one_block(words, place, tagged=True)
    assert all(page.quote(s.place, s.span) == s.quote for s in detect_signals(page) if s.span)
