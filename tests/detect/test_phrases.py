"""The phrase table: complete, compiled, and bounded whatever stands on a page."""

from __future__ import annotations

import re
import tomllib

import pytest

from provenance.detect.phrases import (
    FORMS,
    Form,
    forms,
    forms_with,
    looks_in,
    phrase_file,
    table,
    words,
)
from provenance.text.literals import Stretches

WORDS = (
    *("label", "labels", "bare", "twin", "by", "desk", "views", "follow", "tip", "agencies", "own"),
    *("section", "tongue", "when", "reuse", "translator", "original"),
)


def test_thirty_languages_and_more_know_how_to_name_a_source() -> None:
    assert len([row for row in table().values() if row.get("label")]) >= 30
    assert len([row for row in table().values() if row.get("first")]) >= 30
    assert len([row for row in table().values() if row.get("translated")]) >= 25


def test_the_table_is_plain_toml() -> None:
    assert tomllib.loads(phrase_file()) == table()


@pytest.mark.parametrize("language", list(table()))
def test_a_language_has_known_kinds_only(language: str) -> None:
    assert set(table()[language]) <= {*FORMS, *WORDS}
    assert {"label", "bare", "twin", "by"} <= set(table()[language])


@pytest.mark.parametrize("form", forms(*FORMS), ids=lambda form: f"{form.language}-{form.kind}")
def test_a_form_compiles_looks_first_and_repeats_within_bounds(form: Form) -> None:
    assert form.looks
    assert all(form.looks)
    assert form.pattern.groups <= 1
    without_classes = re.sub(r"\[[^\]]*\]", "", form.pattern.pattern)
    assert not re.search(r"[*+]|\{\d+,\}", without_classes)


@pytest.mark.parametrize("kind", WORDS)
def test_words_are_folded_and_trimmed(kind: str) -> None:
    assert words(kind)
    assert all(word == word.lower().strip() for word in words(kind))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Originally published on Harbour Gazette", "first"),
        ("zuerst in der Hafenzeitung erschienen", "first"),
        ("本文首发于码头晚报", "first"),
        ("republished with permission from Harbour Gazette", "again"),
        ("Przedruk z Głos Przystani", "again"),
        ("Provided by University of Harbourside", "given"),
        ("read the original article", "read"),
    ],
)
def test_the_quick_look_never_hides_a_match(text: str, kind: str) -> None:
    found = [form for form in forms(kind) if form.pattern.search(text)]
    assert found
    known = forms_with(kind, looks_in(Stretches(text.lower())))
    assert all(form in known for form in found)
    assert all(form.may_match(text.lower()) for form in found)


def test_forms_without_any_of_their_words_on_the_page_are_not_tried() -> None:
    looks = looks_in(Stretches("the ferry was first seen at dusk"))
    assert "first" in looks
    tried = forms_with("first", looks)
    assert tried
    assert all(form.may_match("the ferry was first seen at dusk") for form in tried)
    assert len(tried) < len(forms("first"))
