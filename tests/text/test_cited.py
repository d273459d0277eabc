"""The addresses that a text cites."""

from __future__ import annotations

import pytest

from provenance.text.cited import cited_addresses, cited_urls

A, B = "https://one.example/a", "https://two.example/b"


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("", ()),
        ("No address here: https:// nor ftp://x.example/y.", ()),
        (f"Read {A}. Then {B}!", (A, B)),
        (f"{A} and again {A}#part and {A}?utm_source=feed", (A,)),
        (f"<ref>{{{{cite web|url={A}|title=One}}}}</ref>", (A,)),
        (f"{{{{cite news |title=Two |url={B}}}}}", (B,)),
        (f"[{A} a title] in wiki, [a title]({B}) in Markdown, <{A}>", (A, B)),
        ("(https://three.example/wiki/Ship_(boat))", ("https://three.example/wiki/Ship_(boat)",)),
        (f"“{A}” and '{B}'", (A, B)),
        (f"https://web.archive.org/web/20260301120000/{A}", (A,)),
        (f"|url={A} |archive-url=https://web.archive.org/web/20260301120000/{A} |x=1", (A,)),
        ("HTTPS://Loud.example/X", ("HTTPS://Loud.example/X",)),
        ("https://[::1", ()),
    ],
)
def test_each_address_once_in_its_order(text: str, urls: tuple[str, ...]) -> None:
    assert cited_urls(text) == urls


def test_no_address_is_longer_than_an_address_can_be() -> None:
    assert all(len(url) < 2100 for url in cited_urls("https://a.example/" + "b" * 50_000))
    assert cited_urls("https://a.example/" + ")" * 50_000) == ("https://a.example/",)


WIKI = f"""Lead.<ref>{{{{cite web |url={A} |title=x}}}}</ref> More.<ref name="b" />
<!-- <ref>{{{{cite web|url=https://hidden.example/}}}}</ref> --> Last.<ref group=note>See {A}.</ref>
Again.<ref name="b"/> <ref name='d'>{B}</ref> and {B}
{{{{reflist|refs=
<ref name="b">{{{{cite news |url={B}
 |archive-url=https://web.archive.org/web/20260301120000/{B} }}}}</ref>
}}}}
"""
WRITTEN = f"""Text {A} in the text.[^one] 12. no note

[^one]: As told in {B}
  and more of {A}.

[2] Holt, {B}
3. Lind, {A}

1998 was {A}
"""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (WIKI, {A: [(1, "1"), (2, "note 1")], B: [(3, "3"), (3, ""), (5, "2"), (6, "2")]}),
        (WRITTEN, {A: [(1, ""), (4, "one"), (7, "3"), (9, "")], B: [(3, "one"), (6, "2")]}),
        (f"<ref>{A} never closed {B}", {A: [(1, "")], B: [(1, "")]}),
        (f"</ref></ref>{A}<ref>{A}</ref>", {A: [(1, ""), (1, "1")]}),
    ],
)
def test_each_address_has_its_lines_and_notes(
    text: str, places: dict[str, list[tuple[int, str]]]
) -> None:
    found = {each.url: [(p.line, p.note) for p in each.places] for each in cited_addresses(text)}
    assert {url: found[url] for url in places} == places


def test_the_archive_address_that_a_text_gives_is_kept() -> None:
    found = {each.url: each.archive_url for each in cited_addresses(WIKI)}
    assert found[A] is None
    assert found[B] == f"https://web.archive.org/web/20260301120000/{B}"


@pytest.mark.parametrize(
    "piece", ["<ref>", "<ref name=", "<!--", "[1] ", "<ref/>", "</ref>", "1. \n"]
)
def test_notes_are_found_in_a_time_by_the_length_of_the_text(piece: str) -> None:
    assert cited_addresses(piece * 200_000 + f" {A}")[0].url == A
