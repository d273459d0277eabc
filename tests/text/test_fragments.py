from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.fragments import fragment_text


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("The <strong>last bus</strong> is empty", "The last bus is empty"),
        ("The <b>last bus is <i>empty", "The last bus is empty"),
        ("Ash &amp; Sons &lt;no tag&gt;", "Ash & Sons <no tag>"),
        ("  many \n\t blanks ", "many blanks"),
        ("before<script>alert(1)</script><style>p{}</style><!-- no --> after", "before after"),
        ("<p>one</p><p>two</p>", "one two"),
        ("https://harbourpost.example/road", "https://harbourpost.example/road"),
        ("story.txt", "story.txt"),
        ("", ""),
        ("<", "<"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
    ],
)
def test_tags_go_and_words_stay(markup: str, words: str) -> None:
    assert fragment_text(markup) == words


@given(st.text(alphabet="<>&;/!-ab \n\"'", max_size=200))
def test_any_fragment_is_read_on_one_line(markup: str) -> None:
    assert "\n" not in fragment_text(markup)
