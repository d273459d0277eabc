"""Tricks that hide a copy are counted; honest uses of the same characters are not."""

from __future__ import annotations

import pytest

from provenance.text.obfuscation import Disguise, find_disguises


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The har\u200bbour bo\u2060ard met", [("zero-width characters", 2)]),
        ("The har\u00adbour mas\u00adter", [("soft hyphens", 2)]),
        ("Тhe hаrbоur board met again", [("look-alike letters", 3)]),
        ("the h\u0336a\u0336rbour", [("overlaid marks", 2)]),
        ("the har\ufe0fbour", [("variation selectors", 1)]),
        ("Ｈarbour 𝐛oard", [("styled letters", 2)]),
        ("the ʜᴀʀʙᴏᴜʀ board", [("styled letters", 7)]),
        ("the \U0001f177\U0001f170\U0001f181bour", [("styled letters", 3)]),
        ("the har·bo·ur", [("points inside words", 2)]),
        ("the har\u2800bour bo\ue000ard m\ufffcet", [("stray characters", 3)]),
    ],
)
def test_tricks(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(find_disguises(text)) == [Disguise(*item) for item in expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text, nothing else.",
        "Café, naïve — “quoted”… £5",
        "Порт закрыт, сообщает Harbour Times",
        "می‌خواهم بروم",
        "family 👨‍👩‍👧 and ❤️",
        "港口委员会ＡＢＣ决定",
        "\ud800",
        "El col·legi i la il·lusió",
        "News · Sport · Weather",
    ],
)
def test_honest_texts(text: str) -> None:
    assert find_disguises(text) == ()
