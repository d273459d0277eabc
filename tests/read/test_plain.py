"""Plain text: headline, furniture, story, captions and tail told apart by their form."""

from __future__ import annotations

import pytest

from provenance.model import PageState, Place
from tests.read.pages import STORY, blocks_at, read_plain

DUMP = f"""FREE NEWS for FREE PEOPLE
Port Town: Sunday, March 1, 2026
© 2026 PORT-NEWS.EXAMPLE
Readers online: 41
World: the ferry nobody wanted sails

WORLD: The ferry nobody wanted sails at last

🔴 Site 👉 https://port-news.example/
Channel 👉 https://chat.example/port

{STORY[0]}

{STORY[1]}

Why so late?

The quay, seen from the boat. Anna Berg via Getty Images

{STORY[2]}



Ada Fenwick is a lecturer at the nautical school and served as a pilot in the strait for years.



Source link



OnPort
Free forever
Sign up today
"""


def test_a_dump_of_an_aggregator() -> None:
    document = read_plain(DUMP)
    assert document.title == "The ferry nobody wanted sails at last"
    assert blocks_at(document, Place.TEXT)[:3] == [STORY[0], STORY[1], "Why so late?"]
    assert document.text.endswith("in the strait for years.")
    assert blocks_at(document, Place.TAIL)[0] == "Source link"
    assert blocks_at(document, Place.ASIDE) == [
        "The quay, seen from the boat. Anna Berg via Getty Images"
    ]
    assert document.publisher == "PORT-NEWS.EXAMPLE"
    assert document.language == "en"
    assert document.credit_line == "Source link"
    assert [link.url for link in document.links] == [
        "https://port-news.example/",
        "https://chat.example/port",
    ]
    assert all(link.place is Place.HEAD for link in document.links)


def test_a_bare_story_is_all_story() -> None:
    document = read_plain("\n\n".join(STORY))
    assert document.text == "\n\n".join(STORY)
    assert (document.head, document.tail, document.title) == ("", "", None)


def test_an_address_after_the_story_is_tail() -> None:
    document = read_plain("\n\n".join((*STORY, "Source: https://town-crier.example/ferry")))
    assert document.text.endswith(STORY[-1])
    (link,) = document.links
    assert (link.url, link.place) == ("https://town-crier.example/ferry", Place.TAIL)


def test_verse_is_story() -> None:
    verse = "\n".join(
        f"The boat goes out upon the tide\nand line {n} has no full stop beside" for n in range(9)
    )
    document = read_plain(f"A Song of the Strait\n\n{verse}\n\nSource: https://verse.example/song")
    assert "line 0 has" in document.text
    assert "line 8 has" in document.text
    assert "verse.example" in document.tail


def test_lines_broken_to_one_width_are_put_together() -> None:
    words = " ".join(STORY * 3).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 71:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    document = read_plain("\n".join([*lines, line]))
    assert document.text == " ".join(words)


def test_code_does_not_break_a_story() -> None:
    code = "\n".join(f"    boats[{n}] = sail(boats[{n}])" for n in range(30))
    document = read_plain(f"{STORY[0]}\n\n{STORY[1]}\n\n{code}\n\n{STORY[2]}\n\n{STORY[3]}")
    assert STORY[0] in document.text
    assert STORY[3] in document.text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Ferry sails at dusk", "Ferry sails at dusk"),
        ("title: Ferry sails at dusk", "Ferry sails at dusk"),
        ('[#]: subject: "Ferry sails at dusk"', "Ferry sails at dusk"),
        ("Ferry sails at dusk", "Ferry sails at dusk"),
        ("By Ada Fenwick", None),
        ("https://town-crier.example/a/b/c", None),
        ("14:30 on the quay", None),
    ],
)
def test_headlines(line: str, title: str | None) -> None:
    assert read_plain(line + "\n\n" + "\n\n".join(STORY)).title == title


def test_byline_and_dateline() -> None:
    text = "\n\n".join(
        ("Ferry sails at dusk", "By Ada Fenwick", "PORT TOWN (AP) — " + STORY[0], *STORY[1:])
    )
    document = read_plain(text)
    assert document.byline == ("Ada Fenwick",)
    assert (document.dateline, document.agency) == ("PORT TOWN (AP)", "AP")


@pytest.mark.parametrize("text", ["x", "https://only.example/", "one\ntwo\nthree", "…"])
def test_any_words_are_a_text(text: str) -> None:
    document = read_plain(text)
    assert document.text
    assert document.state is PageState.ARTICLE


def test_tags_in_a_plain_text_are_text() -> None:
    assert "<p>" in read_plain(f"The tag <p> opens a paragraph. {STORY[0]}").text
