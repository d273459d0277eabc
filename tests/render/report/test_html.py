from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment
from lxml import html as parser

from provenance.compare import compare_texts
from provenance.render import comparison
from provenance.render.pairs import rows
from provenance.render.report.html import kept_templates, render
from provenance.render.report.json import values
from tests.render import frozen, pages
from tests.render.hostile import TEXTS, hostile

if TYPE_CHECKING:
    from pathlib import Path

LOADS = {"src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "style"}
DEAD = {"script", "iframe", "object", "embed", "form", "base", "link", "img", "video", "audio"}


def written() -> dict[str, str]:
    made = {name: render(build()) for name, build in frozen.ALL.items()}
    return {**made, "compared": comparison.html(*frozen.pair())}


PAGES = written()


def elements(page: str) -> list[parser.HtmlElement]:
    return [node for node in parser.document_fromstring(page).iter() if isinstance(node.tag, str)]


def faults(page: str) -> list[str]:
    """What could load, run or lead anywhere but to the web."""
    found = []
    for node in elements(page):
        data = node.tag == "script" and node.get("type") == "application/json"
        if node.tag in DEAD and not data:
            found.append(f"<{node.tag}>")
        found += [
            f"{node.tag} {name}"
            for name in node.attrib
            if name in LOADS or name.startswith("on") or name.endswith("href") is (name != "href")
        ]
        href = node.get("href", "#")
        if not re.match(r"#[\w-]+$|#$|https?://", href):
            found.append(f"href {href}")
        if href.startswith("http") and node.get("rel") != "noopener noreferrer nofollow":
            found.append(f"rel of {href}")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_nothing_loads_or_runs(name: str) -> None:
    assert faults(PAGES[name]) == []


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_inert(name: str) -> None:
    report = hostile(TEXTS[name])
    page = render(report)
    assert faults(page) == []
    page.encode("utf-8")
    pair = report.findings[0].source, report.findings[0].reuse
    assert pair[0] is not None
    assert pair[1] is not None
    assert faults(comparison.html(report.suspect, pair[0], pair[1])) == []


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"lines", "escape codes"}))
def test_hostile_text_changes_no_element(name: str) -> None:
    """The same elements with the same attributes as with harmless text: nothing broke out.

    An address with control characters is no link, so texts with them make other elements.
    """

    def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
        return [(node.tag, tuple(node.attrib)) for node in elements(render(hostile(text)))]

    assert shape(TEXTS[name]) == shape("x")


@pytest.mark.parametrize("name", PAGES)
def test_only_the_shared_styles_are_allowed(name: str) -> None:
    styles = re.search(r"<style>(.*?)</style>", PAGES[name], re.DOTALL)
    assert styles is not None
    digest = base64.b64encode(hashlib.sha256(styles.group(1).encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', PAGES[name])
    assert policy is not None
    assert policy.group(1).split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not re.search(r"url\(|@import|expression", styles.group(1))


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_every_inner_link_arrives(name: str) -> None:
    nodes = elements(PAGES[name])
    ids = [node.get("id") for node in nodes if node.get("id")]
    assert len(ids) == len(set(ids))
    inner = {h[1:] for n in nodes if (h := n.get("href", "")).startswith("#")}
    assert inner <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_headings_do_not_skip_a_level(name: str) -> None:
    levels = [int(n.tag[1]) for n in elements(PAGES[name]) if re.fullmatch(r"h[1-6]", n.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - here <= 1 for here, after in itertools.pairwise(levels))


@pytest.mark.parametrize("text", ["harmless", *TEXTS.values()])
def test_the_report_for_machines_is_whole(text: str) -> None:
    report = hostile(text)
    tree = parser.document_fromstring(render(report))
    told = tree.get_element_by_id("report").text
    assert json.loads(told) == values(report)


def test_the_parts_stand_in_their_order() -> None:
    ids = re.findall(r'<section id="(\w+)"', PAGES["measured"])
    assert ids == [
        "verdict", "why", "unchecked", "timeline", "candidates", "passages", "signs", "credit",
        "chain", "citations", "evidence", "method",
    ]  # fmt: skip


def test_what_was_not_checked_is_never_left_out() -> None:
    for page in PAGES.values():
        assert ("Not checked" in page) is ("Two texts compared" not in page)
    assert "every service that was asked answered." in PAGES["nothing"]
    assert "every service that was asked answered." not in PAGES["unknown"]


def test_every_passage_is_tied_to_its_twin() -> None:
    tree = parser.document_fromstring(PAGES["measured"])
    for number in range(1, len(pages.MEASURE.passages) + 1):
        left = tree.get_element_by_id(f"s1-{number}a").find("a")
        right = tree.get_element_by_id(f"s1-{number}b").find("a")
        assert left.get("href") == f"#s1-{number}b"
        assert right.get("href") == f"#s1-{number}a"


def test_each_state_of_the_exclusions_tells_its_share() -> None:
    tree = parser.document_fromstring(PAGES["measured"])
    shares = [node.text for node in tree.xpath("//fieldset//b")]
    assert shares == ["94%", "94%", "72%"]


def test_a_screen_reader_hears_what_a_share_is_of_and_where_a_passage_ends() -> None:
    tree = parser.document_fromstring(PAGES["measured"])
    assert not tree.xpath("//output | //*[@role='status']")  # they would speak at once
    shares = [" ".join(part.text_content().split()) for part in tree.find_class("share")]
    assert shares == [
        "Share of page94% of this page’s words stand there",
        "Share of other82% of the other page’s words stand here",
    ]
    for number in range(1, len(pages.MEASURE.passages) + 1):
        for side in "ab":
            mark = tree.get_element_by_id(f"s1-{number}{side}")
            assert mark.text_content().strip().endswith(f"end of passage {number}")


def test_a_passage_over_paragraphs_goes_on_in_each_and_ends_once() -> None:
    story = "\n\n".join(f"On day {n} the ferry to island {n} stopped for fog." for n in range(5))
    reuse = compare_texts(story, story)
    pieces = [piece for row in rows(story, story, reuse) for piece in row.left]
    assert [(piece.opens, piece.closes) for piece in pieces] == [
        (True, False),
        *[(False, False)] * 3,
        (False, True),
    ]


def test_long_tables_are_shown_fifty_rows_at_a_time() -> None:
    report = frozen.measured()
    many = replace(report, lookups=report.lookups[:1] * 120)
    tree = parser.document_fromstring(render(many))
    tables = tree.find_class("lookups")
    assert [len(table.findall(".//tbody/tr")) for table in tables] == [50, 50, 20]
    assert [fold.findtext("summary") for fold in tree.find_class("more")][-2:] == [
        "Rows 51 to 100 of 120",
        "Rows 101 to 120 of 120",
    ]


def test_same_report_same_bytes() -> None:
    assert render(frozen.measured()) == PAGES["measured"]


def test_templates_are_compiled_once_and_where_nothing_can_be_kept_each_time(
    tmp_path: Path,
) -> None:
    template = "{{ word }}"
    for folder, kept in (tmp_path / "made", True), (tmp_path / "absent" / "made", False):
        loader = DictLoader({"a": template})
        environment = Environment(loader=loader, bytecode_cache=kept_templates(folder))
        assert environment.get_template("a").render(word="tide") == "tide"
        assert folder.exists() is kept
    again = kept_templates(tmp_path / "made").get_bucket(environment, "a", None, template)
    assert again.code is not None
