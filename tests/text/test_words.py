"""The tokenizer: what has the same key, and that offsets index the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.words import words

SAME_WORDS = [
    ("letter case", "THE Harbour Board", "the harbour board"),
    ("typographic apostrophe", "the skipper’s boat", "the skipper's boat"),
    ("curly quotes", "“enough”, she said", '"enough", she said'),
    ("accents", "Café Zoë in Málaga", "Cafe Zoe in Malaga"),
    ("decomposed accents", "Cafe\u0301 Zoe\u0308", "Café Zoë"),
    ("no-break space", "ten\u00a0boats\u202fleft", "ten boats left"),
    ("soft hyphen", "har\u00adbour mas\u00adter", "harbour master"),
    ("zero-width space inside a word", "har\u200bbo\u2060ur", "harbour"),
    ("combining strike-through", "ha\u0336r\u0336bour", "harbour"),
    ("variation selector", "har\ufe0fbour", "harbour"),
    ("ligature", "the \ufb01rst o\ufb03ce", "the first office"),
    ("full width", "Ｈａｒｂｏｕｒ", "harbour"),
    ("mathematical letters", "𝐡𝐚𝐫𝐛𝐨𝐮𝐫", "harbour"),
    ("Cyrillic look-alikes", "thе hаrbоur bоard mеt", "the harbour board met"),
    ("Greek look-alikes", "the harbοur bοard νοted", "the harbour board voted"),
    ("word broken at a line's end", "the har-\nbour board", "the harbour board"),
    ("the same with Windows line ends", "the har-\r\nbour board", "the harbour board"),
    ("entities", "fish &amp; chips, caf&eacute; &#8220;Sole&#8221;", 'fish & chips, café "Sole"'),
    ("mojibake apostrophe", "the skipperâ€™s boat", "the skipper's boat"),
    ("mojibake accent", "cafÃ© terrace", "café terrace"),
    ("UK and US spelling", "colour of the theatre", "color of the theater"),
    ("-ise and -ize", "organised and analysed", "organized and analyzed"),
    ("doubled letters", "travelled and cancelled", "traveled and canceled"),
    ("grouped thousands", "1,250,000 herring", "1250000 herring"),
    ("per cent", "a rise of 5 per cent", "a rise of 5%"),
    ("percent", "a rise of 5 percent", "a rise of 5%"),
    ("unit on the number", "£3.5bn for quays", "£3.5 billion for quays"),
    ("initials", "U.S. and E.U. fleets", "US and EU fleets"),
    ("number words", "seven boats", "7 boats"),
    ("digits for letters", "th3 f1sh3rm3n l3ft th31r b04ts", "the fishermen left their boats"),
    ("Arabic points and tatweel", "مَدرَسَة كـبيرة", "مدرسة كبيرة"),
    ("Arabic-Indic digits", "٢٠٢٤", "2024"),
]


@pytest.mark.parametrize(("what", "one", "other"), SAME_WORDS, ids=[case[0] for case in SAME_WORDS])
def test_readers_take_them_for_the_same(what: str, one: str, other: str) -> None:
    assert words(one).keys == words(other).keys
    assert words(one).codes.tolist() == words(other).codes.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the harbour", "the harbor master"),
        ("3.5 boats", "35 boats"),
        ("5 boats", "6 boats"),
        ("Правда и вода", "Правда и беда"),
        ("à\u00a0«\u00a0non\u00a0»", "a «oui»"),
    ],
)
def test_different_words_differ(one: str, other: str) -> None:
    assert words(one).keys != words(other).keys
    assert words(one).codes.tolist() != words(other).codes.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港口委员会。", ["港", "口", "委", "员", "会"]),
        ("ท่าเรือ", ["ท", "า", "เ", "ร", "อ"]),
        ("Правда о воде", ["правда", "о", "воде"]),
        ("", []),
        ("… — !", []),
        ("well-known", ["well", "known"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("a 10-year-old", ["a", "10", "year", "old"]),
    ],
)
def test_keys(text: str, expected: list[str]) -> None:
    if "เ" not in text:
        assert list(words(text).keys) == expected
    else:  # marks above and below letters may stand alone: only that it is cut by characters
        assert set(expected) <= set(words(text).keys)


def test_a_whole_russian_text_keeps_its_own_letters() -> None:
    assert words("Порт закрыт до марта").keys == ("порт", "закрыт", "до", "марта")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the har\u00adbour", ["the", "har\u00adbour"]),
        ("x &amp; caf&eacute;s", ["x", "caf&eacute;s"]),
        ("skipperâ€™s boat", ["skipperâ€™s", "boat"]),
        ("the \ufb01rst", ["the", "\ufb01rst"]),
        ("har-\nbour", ["har-\nbour"]),
        ("£3.5bn", ["3.5", "bn"]),
        ("5 per cent", ["5", "per cent"]),
        ("\U00020000b", ["\U00020000", "b"]),
    ],
)
def test_offsets_show_the_words_as_they_stand(text: str, shown: list[str]) -> None:
    found = words(text)
    pairs = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    assert [text[start:end] for start, end in pairs] == shown


@given(st.text(max_size=200))
def test_any_string_is_accepted_and_offsets_are_in_order(text: str) -> None:
    found = words(text)
    assert len(found.keys) == len(found) == len(found.starts) == len(found.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(found.starts, found.ends, strict=True))
    assert all(e <= s for e, s in zip(found.ends, found.starts[1:], strict=False))


@given(st.text(st.characters(categories=("Lu", "Ll", "Zs", "Po", "Nd"), max_codepoint=0x24F)))
def test_case_never_matters_for_ascii(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert words(plain.upper()).keys == words(plain.lower()).keys


def test_same_code_whatever_stands_around() -> None:
    alone = words("quay").codes[0]
    assert words("the old quay of 2019").codes[2] == alone
    assert words("“Quay”").codes[0] == alone


def test_span_covers_a_run_of_words() -> None:
    text = "The board, at last, voted."
    span = words(text).span(1, 4)
    assert text[span.start : span.end] == "board, at last"


@pytest.mark.parametrize(
    "text",
    ["\ud800" * 5, "\x00a\x00b", "\u202e\u202dabc", "a" + "\u0301" * 10_000, "\U0010ffff", "&#0;"],
)
def test_hostile_strings(text: str) -> None:
    found = words(text)
    assert all(0 <= s < e <= len(text) for s, e in zip(found.starts, found.ends, strict=True))
