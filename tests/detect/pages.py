"""Documents from the rules' own cases: blocks, links and markup written in a few lines."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.detect import RULES
from provenance.model import Block, BlockKind, Document, Image, Link, Place, Signal, Span, Statement
from tests.build import document

STORY = """
The ferry is back at the quay after a long winter, and the town has come down to look at it.

It had been laid up in November, when the fog came in and the last of the visitors went home.

The captain says that he will stay. The harbour board says that it has not been asked about it.

Nobody on the quay expects an answer before the summer, when the visitors come back to town.

The council meets on Monday. It will talk about the quay, the ferry and the price of both.

The mayor is sure of the outcome. The crew are not, and they have been wrong before.

The ferry leaves at nine."""

_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]+)\)")
_KIND = re.compile(r"^\{(\w+)\}")
_PLACES = (Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE)


@cache
def cases() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The cases of every rule: ``fires`` and ``silent``."""
    folder = files("provenance.detect").joinpath("data/cases")
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        found.update(tomllib.loads(entry.read_text("utf-8")))
    return found


def page_of(case: dict[str, Any]) -> Document:
    """The Document a case describes."""
    text = case.get("text") or (f"{case['lead']}\n{STORY}" if "lead" in case else STORY)
    parts = {
        Place.HEAD: case.get("head", ""),
        Place.TEXT: text,
        Place.TAIL: case.get("tail", ""),
        Place.ASIDE: case.get("aside", ""),
    }
    if parts[Place.TAIL].startswith("{footer}"):
        # A footer right under the story may be the article's own; the site's comes later.
        parts[Place.TAIL] = f"The weather\n\nThe tides\n\nThe roads\n\n{parts[Place.TAIL]}"
    plain = case.get("plain", False)
    strings, blocks = {}, []
    for place in _PLACES:
        strings[place], laid = _lay(parts[place], place)
        blocks += laid
    said = [] if plain else [Statement(key="og:type", value="article", place=Place.META)]
    said += [_said(key, value) for key, value in case.get("said", {}).items()]
    image = case.get("image")
    return document(
        url=None if plain else case.get("url", "https://own.example/story"),
        canonical=case.get("canonical"),
        title=case.get("title", "The ferry is back"),
        publisher="Own Paper",
        self_names=("Own Paper", "own.example"),
        head=strings[Place.HEAD],
        text=strings[Place.TEXT],
        tail=strings[Place.TAIL],
        aside=strings[Place.ASIDE],
        blocks=tuple(blocks),
        links=tuple(link for block in blocks for link in block.links),
        images=(Image(url=image, host=image.split("/")[2]),) if image else (),
        statements=tuple(said),
    )


def signals(rule: str, case: dict[str, Any]) -> list[Signal]:
    """What one rule says of a case, traps applied."""
    from provenance.detect import detect_signals

    assert rule in RULES
    return [signal for signal in detect_signals(page_of(case)) if signal.rule == rule]


def _said(key: str, value: str) -> Statement:
    place = Place.JSON_LD if key.startswith("json_ld:") else Place.META
    return Statement(key=key, value=value, place=place)


def _lay(text: str, place: Place) -> tuple[str, list[Block]]:
    stored, blocks = "", []
    for part in filter(None, (part.strip() for part in text.split("\n\n"))):
        named = _KIND.match(part)
        kind = BlockKind(named.group(1)) if named else BlockKind.PARAGRAPH
        start = len(stored) + (2 if stored else 0)
        words, links = _linked(part[named.end() :] if named else part, place, start)
        stored = f"{stored}\n\n{words}" if stored else words
        span = Span(start=start, end=start + len(words))
        blocks.append(Block(place=place, span=span, kind=kind, links=tuple(links)))
    return stored, blocks


def _linked(text: str, place: Place, start: int) -> tuple[str, list[Link]]:
    words, links, at = "", [], 0
    for found in _LINK.finditer(text):
        words += text[at : found.start()]
        first = start + len(words)
        words += found.group(1)
        span = Span(start=first, end=start + len(words))
        links.append(Link(url=found.group(2), text=found.group(1), place=place, span=span))
        at = found.end()
    words += text[at:]
    for found in re.finditer(r"https?://[^\s()<>\]]+", words):
        span = Span(start=start + found.start(), end=start + found.end())
        links.append(Link(url=found.group(), text=found.group(), place=place, span=span))
    return words, links
