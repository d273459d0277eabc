"""Each trap by itself: which signs fall into it, and which that look like those do not."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.detect.page import Page
from provenance.detect.traps import TRAPS, trap_of
from provenance.model import Derivation, Family, Place, Signal, Span, Strength
from tests.detect.pages import page_of

GAZETTE, OWN = "Harbour Gazette", "Own Paper"
SLUG = "/news/the-ferry-is-back-at-the-quay"
THERE = f"https://gazette.example{SLUG}"
HOME = "https://own.example/story-one"
LONG = "The quay was closed in the winter, and the crew went home to wait for spring and its tides."
BODY = "Nobody on the quay expects an answer before the summer, when the visitors come back again."
NINE = {"text": "\n\n".join([LONG] * 4 + [BODY] + [LONG] * 4)}


def page(**case: Any) -> Page:
    return Page(page_of(case))


def sign(there: Page, quote: str, rule: str = "source_line", **more: Any) -> Signal:
    """A sign with these words, at their place on the page; without a place where they are not."""
    family = more.pop("family", Family.STATEMENT)
    for place in (Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE):
        at = there.document.stored(place).find(quote)
        if at >= 0:
            more = {"place": place, "span": Span(start=at, end=at + len(quote)), **more}
            break
    return Signal(
        rule=rule,
        family=family,
        quote=quote,
        strength=Strength.NAME,
        claims=Derivation.WHOLLY,
        **{"place": Place.META, **more},
    )


def falls(trap: str, case: dict[str, Any], quote: str, **more: Any) -> bool:
    there = page(**case)
    return TRAPS[trap](there, sign(there, quote, **more))


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("url", ["https://own.example/blog/", "https://own.example/blog/story-one"])
def test_on_a_page_of_many_texts_signs_speak_of_one(url: str, family: Family) -> None:
    expected = url.endswith("/blog/") and family in {Family.STATEMENT, Family.AGENCY}
    found = falls("front_page", {"url": url, "tail": "Source: A"}, "Source: A", family=family)
    assert found is expected


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        # The names are those of picture houses, all of them.
        ({}, "Getty", {"names": ("Getty Images",)}, True),
        ({}, "Getty", {"names": ("Getty Images", "Shutterstock")}, True),
        ({}, "Getty", {"names": ("Getty Images", GAZETTE)}, False),
        ({}, "Getty", {"names": ()}, False),
        ({}, "Getty", {"names": ("Getty Images",), "family": Family.TRACE}, False),
        ({}, "Getty", {"names": ("Getty Images",), "place": Place.IMAGE}, False),
        # The line is a caption.
        ({"tail": "{caption}Source: A"}, "Source: A", {}, True),
        ({"tail": "{caption}Source: A"}, "Source: A", {"family": Family.AGENCY}, True),
        ({"tail": "{caption}Source: A"}, "Source: A", {"place": Place.IMAGE}, False),
        ({"tail": "Source: A"}, "Source: A", {}, False),
        # The word before the label, or the first of the label, is that of a picture.
        ({"tail": "Photo source: A"}, "source: A", {}, True),
        ({"tail": "Chart – source: A"}, "source: A", {}, True),
        ({"tail": "Harbour (photo) – source: A"}, "source: A", {}, True),
        ({"tail": "Photo source: A"}, "source: A", {"family": Family.AGENCY}, False),
        ({"tail": "Photo of us. Read source: A"}, "source: A", {}, False),
        ({"tail": "Photo source: A"}, "Photo source: A", {}, True),
        ({"tail": "News source: A"}, "News source: A", {}, False),
        ({"tail": "Photo: A"}, "Photo: A", {}, True),
        ({"tail": "The harbour. Source: A"}, "Source: A", {}, False),
        ({}, "Photo: A", {}, False),
    ],
)
def test_credits_of_pictures(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("photo_credit", case, quote, **more) is expected


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        ({}, "Source", {"names": ("Statista",)}, True),
        ({}, "Source", {"names": (GAZETTE, "Statista")}, True),
        ({}, "Source", {"names": ("Statista",), "rule": "provided_by"}, True),
        ({}, "Source", {"names": ("Statista",), "rule": "source_name_meta"}, True),
        ({}, "Source", {"names": ("Statista",), "rule": "credit_line"}, True),
        ({}, "Source", {"names": ("Statista",), "rule": "bare_source_link"}, True),
        ({}, "Source", {"names": ("Statista",), "rule": "republished"}, False),
        # A study, where no link leads to a page.
        ({"tail": "Source: Mole et al. Tides"}, "Source: Mole", {}, True),
        ({"tail": "Source: Mole et al. Tides"}, "Source: Mole", {"target": THERE}, False),
        ({"tail": "Source: Mole et al. Tides"}, "Source: Mole", {"rule": "provided_by"}, False),
        ({"tail": "Source: Mole and others"}, "Source: Mole", {}, False),
        ({}, "Source: Mole et al. Tides", {}, True),
        ({"tail": f"Source: Mole {'. ' * 300}et al."}, "Source: Mole", {}, False),
        # A table's source, unless the whole page is one or an agency is named.
        ({"tail": "{table}Source: A"}, "Source: A", {"names": ("A",)}, True),
        ({"tail": "{table}Source: A"}, "Source: A", {"names": ("Reuters",)}, False),
        ({"text": "{table}Source: A"}, "Source: A", {"names": ("A",)}, False),
        ({"text": "{table}Source: A"}, "Source: A", {"rule": "provided_by"}, True),
        # A year, where neither an outlet nor an address is named.
        ({}, "Source: Harbour board, 2019", {}, True),
        ({}, "Harbour board, 2019", {}, True),
        ({}, "Source 2019: Harbour board", {}, False),
        ({}, "Source: Reuters, 2019", {}, False),
        ({}, "Source: Harbour board, 2019", {"target": THERE}, False),
        ({}, "Source: Harbour board, 2019", {"rule": "provided_by"}, False),
        ({}, "Source: Harbour board", {}, False),
    ],
)
def test_credits_of_data(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("data_credit", case, quote, **more) is expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"names": (OWN,)}, True),
        ({"names": (OWN, "own research")}, True),
        ({"names": (OWN, GAZETTE)}, False),
        ({"names": ()}, False),
        # A longer spelling is the page's own without an address, and not with another's.
        ({"names": ("The Own Paper Online",)}, True),
        ({"names": ("The Own Paper Weekend Edition",), "target": THERE}, False),
        ({"names": (OWN,), "target": THERE}, True),
        ({"names": (OWN, GAZETTE), "target": THERE}, False),
        ({"names": (), "target": THERE}, False),
        ({"names": (OWN,), "target": HOME}, True),
        ({"names": ("own research",), "target": HOME}, True),
        ({"names": ("own research",), "target": THERE}, False),
        ({"names": (OWN,), "target": HOME, "family": Family.MARKUP}, False),
        ({"names": (OWN,), "target": THERE, "family": Family.MARKUP}, False),
        ({"names": (OWN,), "family": Family.MARKUP}, True),
        # The page's own work in words.
        ({"names": ("Own research.",)}, True),
        ({"names": ("newsroom",)}, True),
        ({"names": ("our morning newsletter",)}, True),
        ({"names": ("our partner",)}, False),
        ({"names": ("ours",)}, False),
        ({"names": ("本報記者",)}, True),
        ({"names": ("港口報",)}, False),
        ({"names": ("gazette research",)}, False),
    ],
)
def test_own_names_and_own_work(more: dict[str, Any], expected: bool) -> None:
    assert falls("own_name", {}, "Source", **more) is expected


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        ({}, "Source", {"target": HOME}, True),
        ({}, "Source", {"target": THERE}, False),
        ({}, "Source", {"target": HOME, "rule": "based_on"}, True),
        ({}, "Source", {"target": THERE, "rule": "based_on"}, False),
        ({}, "Source", {"rule": "based_on"}, False),
        # The name is a link into the site.
        (
            {"tail": "Source: [The Desk](https://own.example/d)"},
            "Source: The Desk",
            {"names": ("The Desk",)},
            True,
        ),
        (
            {"tail": "Source: [The Desk](https://own.example/d)"},
            "Source: The Desk",
            {"names": ("The Desk",), "family": Family.AGENCY},
            False,
        ),
        ({"tail": "Source: [The Desk](https://own.example/d)"}, "Source: The Desk", {}, False),
        (
            {"tail": "Source: [The Desk](https://own.example/d)"},
            "Source: The Desk",
            {"names": ("The Desk", "Reuters")},
            False,
        ),
        (
            {"tail": "Source: [The Desk](https://own.example/d)"},
            "Source: The Desk",
            {"names": ("The Guardian",)},
            False,
        ),
        (
            {"tail": "Source: [The Desk](https://own.example/d) and [more](https://b.example/m)"},
            "Source: The Desk",
            {"names": ("The Desk",)},
            False,
        ),
        (
            {"tail": "Source: The Desk, [home](https://own.example/d)"},
            "Source: The Desk",
            {"names": ("The Desk",)},
            False,
        ),
        (
            {"tail": "[Home](https://own.example/d) Source: The Desk"},
            "Source: The Desk",
            {"names": ("The Desk",)},
            False,
        ),
        ({"tail": "Source: The Desk"}, "Source: The Desk", {"names": ("The Desk",)}, False),
    ],
)
def test_addresses_and_links_of_the_own_house(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("own_house", case, quote, **more) is expected


@pytest.mark.parametrize(
    ("url", "more", "expected"),
    [
        ("https://www.reuters.com/world/a-story", {"family": Family.AGENCY}, True),
        ("https://www.reuters.com/world/a-story", {"rule": "foreign_copyright"}, True),
        ("https://www.reuters.com/world/a-story", {}, False),
        ("https://own.example/story", {"family": Family.AGENCY}, False),
    ],
)
def test_an_agency_at_home(url: str, more: dict[str, Any], expected: bool) -> None:
    found = falls("agency_at_home", {"url": url}, "(Reuters)", names=(GAZETTE, "Reuters"), **more)
    assert found is expected


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        ({"tail": "Some of the articles are by A"}, "by A", {}, True),
        ({"tail": "Some of the articles are by A"}, "by A", {"family": Family.AGENCY}, True),
        ({"tail": "Some of the articles are by A"}, "by A", {"family": Family.TRACE}, True),
        ({"tail": "Some of the articles are by A"}, "by A", {"family": Family.MARKUP}, False),
        ({"lead": "Some of the articles are by A"}, "by A", {}, False),
        ({"tail": "This article is by A"}, "by A", {}, False),
        ({}, "Some of the articles are by A", {}, False),
        # What follows the words counts for a notice of rights alone.
        ({"tail": "© A. Some of the articles are ours"}, "© A", {}, False),
        (
            {"tail": "© A. Some of the articles are ours"},
            "© A",
            {"rule": "foreign_copyright", "family": Family.TRACE},
            True,
        ),
        ({"tail": f"{'Quay. ' * 101}Some of the articles are by A"}, "by A", {}, False),
    ],
)
def test_words_on_some_of_the_sites_texts(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("of_the_site", case, quote, **more) is expected


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        ({}, "With files from", {"rule": "material_from", "names": ("Anna Quay",)}, True),
        ({}, "With files from", {"rule": "material_from", "names": ()}, True),
        ({}, "With files from", {"rule": "material_from", "names": ("Reuters",)}, False),
        ({}, "With files from", {"rule": "material_from", "names": ("The Guardian",)}, False),
        ({}, "With files from", {"rule": "material_from", "names": ("Agencies",)}, False),
        ({}, "With files from", {"rule": "material_from", "names": ("Anna", "Reuters")}, False),
        ({}, "By WordPress", {"names": ("WordPress",)}, True),
        ({}, "By WordPress", {"names": (GAZETTE, "WordPress")}, True),
        ({}, "By WordPress", {"names": ("WordPress",), "family": Family.AGENCY}, False),
        ({}, "By A", {"names": (GAZETTE,)}, False),
        ({"tail": "Market data provided by A"}, "provided by A", {"rule": "provided_by"}, True),
        ({"tail": "Tickets: provided by A"}, "provided by A", {"rule": "provided_by"}, True),
        ({"tail": "Market data provided by A"}, "provided by A", {"rule": "republished"}, False),
        ({}, "Market data provided by A", {"rule": "provided_by"}, False),
        # What was provided is no text.
        ({"tail": "The benches provided by A"}, "provided by A", {"rule": "provided_by"}, True),
        ({"tail": "The benches came from A"}, "came from A", {"rule": "provided_by"}, False),
        ({"tail": "Content provided by A"}, "provided by A", {"rule": "provided_by"}, False),
        ({"tail": "It is spring. Provided by A"}, "Provided by A", {"rule": "provided_by"}, False),
        ({"tail": "(Provided by A"}, "Provided by A", {"rule": "provided_by"}, False),
        (
            {"tail": f"Content of {'b ' * 30}provided by A"},
            "provided by A",
            {"rule": "provided_by"},
            True,
        ),
    ],
)
def test_words_that_need_a_known_name(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("no_other", case, quote, **more) is expected


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        ({}, "First published", {"rule": "first_published", "names": ("2019年3月",)}, True),
        ({}, "First published", {"rule": "republished", "names": ("12/5/2019",)}, True),
        ({}, "First published", {"rule": "provided_by"}, True),
        ({}, "First published", {"rule": "source_line"}, False),
        ({}, "First published", {"rule": "first_published", "names": (GAZETTE,)}, False),
        (
            {},
            "First published",
            {"rule": "first_published", "names": ("2019年3月", GAZETTE)},
            False,
        ),
        ({}, "First published", {"rule": "first_published", "target": THERE}, False),
        ({}, "First published on this site", {"rule": "first_published"}, True),
        ({"plain": True}, "First published on this Site", {"rule": "first_published"}, False),
        ({"plain": True}, "First published", {"rule": "first_published"}, True),
    ],
)
def test_a_day_in_place_of_a_name(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("a_date", case, quote, **more) is expected


@pytest.mark.parametrize(
    ("text", "quote", "rule", "expected"),
    [
        ("It was reprinted by A", "reprinted by A", "republished", True),
        ("It was reprinted by A", "It was reprinted by A", "republished", True),
        ("It was reprinted by A", "reprinted by A", "first_published", False),
        ("A text reprinted by A", "reprinted by A", "republished", False),
        (f"It was{' ' * 55}reprinted by A", "reprinted by A", "republished", False),
        ("A text reprinted by A. It was reprinted by B", "reprinted by A", "republished", False),
        # Where it came from, unless that is forbidden.
        ("It was reprinted from A", "reprinted from A", "republished", False),
        ("It cannot be reprinted without permission", "without permission", "republished", True),
        ("It is reprinted here with permission", "with permission", "republished", False),
    ],
)
def test_where_the_text_went(text: str, quote: str, rule: str, expected: bool) -> None:
    assert falls("outward", {"tail": text}, quote, rule=rule) is expected
    assert not falls("outward", {}, quote, rule=rule)


@pytest.mark.parametrize(
    ("case", "quote", "more", "expected"),
    [
        ({"lead": f"{LONG} As A says, first published in A."}, "first published in A", {}, True),
        ({"lead": f"{LONG} As A says, first published in A."}, "first published in A",
         {"family": Family.AGENCY}, False),
        ({"lead": f"{LONG} As A says, read original in A."}, "read original in A",
         {"rule": "read_original"}, True),
        ({"lead": f"{LONG} As A says, it is republished."}, "republished",
         {"rule": "republished"}, True),
        ({"lead": f"{LONG} As A says, it is provided by A."}, "provided by A",
         {"rule": "provided_by"}, True),
        ({"tail": f"{LONG} As A says, first published in A."}, "first published in A", {}, False),
        ({"lead": f"{LONG} This article was first published in A."}, "first published in A", {},
         False),
        ({"lead": "First published in A."}, "First published in A", {}, False),
        ({}, "first published in A", {}, False),
        # Other words, in the body of a page with markup, are a citation unless they are the line.
        (NINE, "an answer before the summer", {"rule": "source_line"}, True),
        (NINE, "an answer before the summer", {"rule": "bare_source_link"}, False),
        (NINE, "an answer before the summer", {"rule": "source_line", "target": THERE}, True),
        (NINE, BODY[:45], {"rule": "source_line", "target": THERE}, True),
        (NINE, BODY[:46], {"rule": "source_line", "target": THERE}, False),
        (NINE, BODY[:46], {"rule": "source_line"}, True),
        (NINE | {"plain": True}, "an answer before the summer", {"rule": "source_line"}, False),
        (NINE, "an answer before the summer", {"rule": "read_original"}, True),
        ({}, "The ferry is back", {"rule": "source_line"}, False),
        ({}, "The ferry leaves at nine", {"rule": "source_line"}, False),
    ],
)  # fmt: skip
def test_words_within_the_story(
    case: dict[str, Any], quote: str, more: dict[str, Any], expected: bool
) -> None:
    assert falls("mid_text", case, quote, **{"rule": "first_published", **more}) is expected


@pytest.mark.parametrize(
    ("there", "rule", "expected"),
    [
        (f"https://gazette.example{SLUG}", "canonical_elsewhere", False),
        (f"https://gazette.example{SLUG}", "og_url_elsewhere", False),
        (f"https://staging.gazette.example{SLUG}", "canonical_elsewhere", True),
        (f"https://staging.gazette.example{SLUG}", "og_url_elsewhere", True),
        (f"https://staging.gazette.example{SLUG}", "source_meta", True),
        (f"https://staging.gazette.example{SLUG}", "based_on", True),
        (f"https://staging.gazette.example{SLUG}", "source_line", False),
        (f"https://gazette-cdn.example{SLUG}", "canonical_elsewhere", True),
        (f"https://devon.example{SLUG}", "canonical_elsewhere", False),
        (f"https://gazette.dev{SLUG}", "canonical_elsewhere", False),
        (f"http://localhost{SLUG}", "canonical_elsewhere", True),
        (f"http://10.0.0.7{SLUG}", "canonical_elsewhere", True),
        ("https://gazette.example/", "canonical_elsewhere", True),
        ("", "canonical_elsewhere", True),
    ],
)
def test_addresses_that_are_the_same_site(there: str, rule: str, expected: bool) -> None:
    assert falls("moved_site", {}, "canonical", rule=rule, target=there) is expected


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ("https://own-example.cdn.ampproject.org/s/story", True),
        ("https://t.co/story", True),
        ("https://not.co/story", False),
    ],
)
def test_what_a_redirector_shows_has_another_address(home: str, expected: bool) -> None:
    found = falls("moved_site", {"url": home}, "canonical", rule="og_url_elsewhere", target=THERE)
    assert found is expected


@pytest.mark.parametrize(
    "name",
    [
        *("bit.ly", "t.co", "goo.gl", "ow.ly", "tinyurl.com", "is.gd", "buff.ly", "dlvr.it"),
        *("wp.me", "shar.es", "fb.me", "lnkd.in", "trib.al", "ift.tt", "j.mp", "cutt.ly", "rb.gy"),
        *("youtu.be", "nyti.ms", "wapo.st", "bbc.in", "cnn.it", "reut.rs", "bloom.bg", "econ.st"),
        "on.ft.com",
    ],
)
def test_a_short_address_is_the_pages_own(name: str) -> None:
    short = f"https://{name}{SLUG}"
    assert falls("moved_site", {}, "canonical", rule="canonical_elsewhere", target=short)


@pytest.mark.parametrize(
    ("rule", "target", "expected"),
    [
        ("based_on", "https://doi.org/10.1/a", True),
        ("based_on", THERE, False),
        ("based_on", None, False),
        ("source_line", "https://doi.org/10.1/a", False),
    ],
)
def test_a_study_is_no_article(rule: str, target: str | None, expected: bool) -> None:
    assert falls("not_an_article", {}, "based on", rule=rule, target=target) is expected


def test_the_first_trap_is_named_and_furniture_falls_into_none() -> None:
    there = page(url="https://own.example/blog/", tail="Photo source: Own Paper")
    words = sign(there, "source: Own Paper", names=(OWN,))
    assert trap_of(there, words) == "front_page"
    assert trap_of(there, sign(there, "source: Own Paper", family=Family.FURNITURE)) is None
    there = page(tail="Source: Harbour Gazette")
    assert trap_of(there, sign(there, "Source: Harbour Gazette", names=(GAZETTE,))) is None
