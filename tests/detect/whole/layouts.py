"""Whole invented pages: a story in one of several page frames, with words put where a case says.

A frame is written as a kind of site writes it: header, byline box, sharing, teasers of other
stories, comments, a footer with the site's own copyright.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SLOTS = ("meta", "top", "sub", "cap", "mid", "tail", "after", "side", "foot", "comment")
_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]+)\)")
_NAV = '<ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul>'
_SHOWN = '<img src="/i/ferry.jpg" width="800" height="500" alt="">'
_OTHERS = (("fish", "Fish market opens late"), ("bells", "New bells for St Mary"))


@cache
def _table(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def html_of(language: str, frame: str, slots: dict[str, str]) -> str:
    """A page: ``slots`` says what stands where; ``[words](address)`` is a link."""
    story, written = _table("stories")[language], _table("frames")[frame]
    author, date, related = story["frame"]
    parts = {
        **dict.fromkeys(SLOTS, ""),
        "share": "Facebook WhatsApp X",
        "own": story["own"],
        "title": story["title"],
        "byline": f"<span>{author}</span> <time>{date}</time>",
        **{name: _LINK.sub(r'<a href="\2">\1</a>', value) for name, value in slots.items()},
    }
    first, *rest = story["text"]
    text = [parts.get("lead", "") + first, *rest]
    text[-1] += parts.get("last", "")
    body = [written["paragraph"].format(words) for words in text]
    body.insert(2, parts["mid"])
    page: str = written["page"].format(
        **parts,
        head=_head(parts),
        title_only=f"<title>{parts['title']} - {parts['own']}</title>{parts['meta']}",
        nav=_NAV,
        figure=_figure(parts["cap"]),
        teasers=_teasers(related),
        body="".join(body),
    )
    return page.replace("<html", f'<html lang="{language}"', 1)


def url_of(slots: dict[str, str]) -> str:
    return slots.get("url", "https://www.own-paper.example/2026/03/ferry-returns-to-quay")


def _figure(caption: str) -> str:
    return f"<figure>{_SHOWN}<figcaption>{caption}</figcaption></figure>" if caption else ""


def _head(parts: dict[str, str]) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": parts["title"],
        "datePublished": "2026-03-04T09:12:00+00:00",
        "publisher": {"@type": "Organization", "name": parts["own"]},
    }
    return (
        f'<meta charset="utf-8"><title>{parts["title"]} - {parts["own"]}</title>'
        f'<meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{parts["own"]}">{parts["meta"]}'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )


def _teasers(heading: str) -> str:
    rows = "".join(f'<li><a href="/2026/03/{slug}">{words}</a></li>' for slug, words in _OTHERS)
    return f'<div class="related"><h3>{heading}</h3><ul>{rows}</ul></div>'
