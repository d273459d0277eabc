"""What a person can do where the tool found nothing: a command to paste, and links to follow."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from provenance.model import Settings, VerdictKind
from provenance.render.text.plain import plain, short
from provenance.text.telling import telling_sentences
from provenance.text.urls import is_web_url

if TYPE_CHECKING:
    from provenance.model import ProviderSpec, Report

_OPEN = frozenset({VerdictKind.UNKNOWN, VerdictKind.NONE_FOUND, VerdictKind.DECLARED})
_FIRST, _FURTHER = ("gdelt",), ("googlenews", "bingnews", "bing")
_SEARCHES = (
    ("Google", "https://www.google.com/search?q="),
    ("Bing", "https://www.bing.com/search?q="),
    ("DuckDuckGo", "https://duckduckgo.com/?q="),
    ("Google News", "https://news.google.com/search?q="),
    ("Bing News", "https://www.bing.com/news/search?q="),
)
_CALENDARS = (
    ("Wayback Machine", "https://web.archive.org/web/*/"),
    ("Arquivo.pt", "https://arquivo.pt/wayback/*/"),
)
_LONGEST_URL = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointers:
    """Links of one kind: ``about`` says what is looked for, ``links`` are (name, address)."""

    about: str
    links: tuple[tuple[str, str], ...]


def next_step(report: Report) -> str:
    """A command that asks more than was asked; '' where the source is known or all was tried."""
    settings, known = report.settings, report.suspect.url
    if report.verdict.kind not in _OPEN or report.target == "-" or not plain(report.target):
        return ""
    words = ["provenance", report.target]
    if not is_web_url(report.target):
        words += ["--url", known or "ADDRESS"]
    searches = [spelled(spec) for spec in settings.searches]
    if settings.offline or (known is None and searches):
        words += [f"--search={each}" for each in searches]
    elif more := [kind for kind in _more(searches) if kind not in searches]:
        words += [f"--search={each}" for each in (*searches, *more)]
    else:
        return ""
    words += ["--allow-private"] * settings.allow_private
    words += ["--follow-private"] * settings.follow_private
    if settings.archives != Settings().archives:
        words += [f"--archive={spelled(spec)}" for spec in settings.archives]
    return plain(shlex.join(words))


def pointers(report: Report) -> tuple[Pointers, ...]:
    """Searches for the page's most telling sentences, and archives' calendars of its address.

    Empty where the source is known. Nothing is sent before a person follows a link.
    """
    if report.verdict.kind not in _OPEN:
        return ()
    found = [
        Pointers(
            about=f"“{plain(sentence)}”",
            links=tuple((name, base + quote_plus(f'"{sentence}"')) for name, base in _SEARCHES),
        )
        for sentence in telling_sentences(report.suspect.text)
    ]
    url = report.suspect.url
    if url is not None and is_web_url(url) and len(url) <= _LONGEST_URL:
        address = quote(url, safe="%/:?=&;@+$,!~*'()[]|")
        links = tuple((name, base + address) for name, base in _CALENDARS)
        found.append(Pointers(about=f"Snapshots of {short(url, 90)}", links=links))
    return tuple(found)


def _more(searches: list[str]) -> tuple[str, ...]:
    return _FURTHER if searches else _FIRST


def spelled(spec: ProviderSpec) -> str:
    """A service as ``--search`` and ``--archive`` take it."""
    if spec.name == spec.kind and spec.name in (*_FIRST, *_FURTHER):
        return spec.name
    return f"{spec.name}={spec.kind}:{spec.base_url}"
