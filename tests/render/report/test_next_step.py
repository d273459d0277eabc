"""What a report that found nothing offers: a command to paste, and links."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from provenance.cli.settings_file import settings
from provenance.render.report import html, markdown
from provenance.render.report.next_step import next_step, pointers
from provenance.text.telling import telling_sentences
from tests.render import frozen

if TYPE_CHECKING:
    from provenance.model import Report

URL = "https://tidewire.example/2026/03/ferry-back"


def report(target: str, url: str | None, *searches: str, offline: bool = False) -> Report:
    chosen = settings(database="x", searches=searches or ("none",), offline=offline)
    found = frozen.unknown()
    return replace(found, target=target, suspect=replace(found.suspect, url=url), settings=chosen)


@pytest.mark.parametrize(
    ("found", "command"),
    [
        (report(URL, URL), f"provenance {URL} --search=gdelt"),
        (report(URL, URL, offline=True), f"provenance {URL}"),
        (report(URL, URL, "gdelt", offline=True), f"provenance {URL} --search=gdelt"),
        (
            report(URL, URL, "gdelt"),
            f"provenance {URL} --search=gdelt --search=googlenews --search=bingnews --search=bing",
        ),
        (report(URL, URL, "googlenews", "bingnews", "bing"), ""),
        (
            report("my page.html", None, "gdelt"),
            "provenance 'my page.html' --url ADDRESS --search=gdelt",
        ),
        (report("a.html", URL), f"provenance a.html --url {URL} --search=gdelt"),
        (report("-", None), ""),
        (
            report("https://x.example/;rm -rf ~", "https://x.example/;rm -rf ~"),
            "provenance 'https://x.example/;rm -rf ~' --search=gdelt",
        ),
    ],
)
def test_the_next_step_is_a_command_that_asks_more(found: Report, command: str) -> None:
    assert next_step(found) == command
    if command:
        _, *words = shlex.split(command)
        assert CliRunner().invoke(main, ["check", *words, "--help"]).exit_code == 0


def test_a_source_that_is_known_needs_no_step() -> None:
    assert next_step(frozen.measured()) == ""
    assert pointers(frozen.measured()) == ()


def test_links_quote_sentences_and_lead_to_calendars() -> None:
    found = pointers(report(URL, URL))
    sentences = telling_sentences(frozen.unknown().suspect.text)
    assert [group.about for group in found[:-1]] == [f"“{each}”" for each in sentences]
    assert all("%22" in href for group in found[:-1] for _, href in group.links)
    assert ("Wayback Machine", f"https://web.archive.org/web/*/{URL}") in found[-1].links
    page = html.render(report(URL, URL))
    assert "Nothing is sent before you follow a link." in page
    assert "provenance https://tidewire.example/2026/03/ferry-back --search=gdelt" in page
    assert "## Look yourself" in markdown.render(report(URL, URL))


def test_the_most_telling_sentences_are_rare_ones_in_their_order() -> None:
    text = (
        "It was a day like any other day in the town. The Oxbow weir swallowed Halloran's "
        "tugboat at dusk. And so it was that they all went home again. A marmalade auction in "
        "Selwick fetched forty guineas apiece."
    )
    assert telling_sentences(text) == (
        "The Oxbow weir swallowed Halloran's tugboat at dusk",
        "A marmalade auction in Selwick fetched forty guineas apiece",
    )
    assert telling_sentences("Too short.") == ()
