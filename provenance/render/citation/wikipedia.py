"""Wikipedia's citation templates (Citation Style 1), for pasting between ref tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.days import DateOrder, written
from provenance.render.citation.fields import link, pages
from provenance.render.text.plain import plain
from provenance.text.publishers import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import CalendarDay, Citation

_TEMPLATES = {
    CitationKind.NEWSPAPER: ("cite news", "work"),
    CitationKind.MAGAZINE: ("cite magazine", "work"),
    CitationKind.BLOG: ("cite web", "website"),
    CitationKind.WEBPAGE: ("cite web", "website"),
}
# What a template, a link, a tag, an entity, or a signature begins or ends with.
_MARKUP = re.compile(r"[{}|\[\]<>]|''+|~{3,}|&(?=#?\w+;)|__+|://")
_UNSAFE = "{}|[]<>\"'`\\^"
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")


def entry(citation: Citation, order: DateOrder = DateOrder.DMY) -> str:
    """The template on one line; what a reader must know of it follows in a comment."""
    template, _ = _TEMPLATES[citation.kind]
    told = "".join(f" |{name}={value}" for name, value in parameters(citation, order))
    return f"{{{{{template}{told}}}}}{comment(citation.note)}"


def parameters(citation: Citation, order: DateOrder = DateOrder.DMY) -> Iterator[tuple[str, str]]:
    """The parameters in order with their values, escaped; none is empty."""
    for name, value in _parameters(citation, order):
        if value:
            yield name, value


def _parameters(citation: Citation, order: DateOrder) -> Iterator[tuple[str, str | None]]:
    _, work = _TEMPLATES[citation.kind]
    yield from _authors(citation)
    yield "date", _date(citation.issued, order)
    yield "title", text(citation.title)
    yield "department", _text(citation.section)
    yield "url", url(citation.url)
    yield "url-status", _status(citation)
    yield work, _text(citation.container)
    same = name_key(citation.publisher or "") == name_key(citation.container or "")
    yield "publisher", None if same else _text(citation.publisher)
    yield "agency", _text(citation.agency)
    yield "via", _text(citation.via)
    yield "location", _text(citation.place)
    yield from _numbers(citation)
    yield "language", _language(citation.language)
    if citation.url and citation.archive_url and _is_exact(citation.archive_date):
        yield "archive-url", url(citation.archive_url)
        yield "archive-date", _exact(citation.archive_date, order)
    if citation.url:
        yield "access-date", _exact(citation.accessed, order)


def _numbers(citation: Citation) -> Iterator[tuple[str, str | None]]:
    several = any(mark in pages(citation) for mark in "–,&")
    yield "edition", _text(citation.edition)
    yield "volume", _text(citation.volume)
    yield "issue", _text(citation.issue)
    yield "pages" if several else "page", _text(pages(citation))
    yield "issn", _text(citation.issn)


def _authors(citation: Citation) -> Iterator[tuple[str, str]]:
    alone = len(citation.authors) == 1
    for number, author in enumerate(citation.authors, 1):
        mark = "" if alone else str(number)
        if author.literal or not author.family:
            yield f"author{mark}", text(author.literal or author.given)
        else:
            yield f"last{mark}", text(author.family)
            yield f"first{mark}", text(author.given)


def _status(citation: Citation) -> str | None:
    """Only with a snapshot: the parameter says which of the two links comes first."""
    if not (citation.url and citation.archive_url and _is_exact(citation.archive_date)):
        return None
    return citation.url_status.value if citation.url_status else None


def _date(day: CalendarDay | None, order: DateOrder) -> str | None:
    return written(day, order) if day else None


def _exact(day: CalendarDay | None, order: DateOrder) -> str | None:
    return written(day, order) if day and day.day else None


def _is_exact(day: CalendarDay | None) -> bool:
    return bool(day and day.day)


def _language(tag: str | None) -> str | None:
    found = _TAG.fullmatch(tag or "")
    code = found.group(1).lower() if found else ""
    return code if code not in {"", "en", "und"} else None


def _text(value: str | None) -> str | None:
    return text(value) if value else None


def text(value: str) -> str:
    """A value on one line in which nothing is wiki markup."""
    return _MARKUP.sub(lambda found: "".join(map(_entity, found.group())), plain(value))


def _entity(letter: str) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(letter, f"&#{ord(letter)};")


def url(value: str | None) -> str | None:
    """An address in which nothing ends the link or the template."""
    return re.sub("~{3,}|__+", _percent, link(value, _UNSAFE)) or None


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{ord(letter):02X}" for letter in found.group())


def comment(note: str) -> str:
    """A note as a comment of the page source; '' for none."""
    told = plain(note).replace("--", "–").replace(">", "&gt;")
    return f" <!-- {told} -->" if told else ""
