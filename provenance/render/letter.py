"""A letter about copied pages, from a template of the person's own; nothing of a page is live.

Templates are Jinja's, run in its sandbox without files of its own to read. Every value is one line
without control codes, escaped for the kind of file that the letter is.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.errors import InputError
from provenance.render.citation import tex
from provenance.render.text import markdown
from provenance.render.text.plain import plain
from provenance.render.text.wording import CREDIT, VERDICT, day
from provenance.text.archived import viewing_address
from provenance.text.numbers import percent
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from jinja2 import Template

    from provenance.model.audit import PageResult, PageSide
    from provenance.model.notices import OwnerNotice

ESCAPES: dict[str, Callable[[str], str]] = {
    ".txt": plain,
    ".md": markdown.escape,
    ".html": lambda text: html.escape(plain(text)),
    ".tex": tex.text,
}
"""How a value is written, by the suffix of the letter's file."""

_SIDE = ("url", "title", "author", "publisher", "published", "first_seen", "snapshot", "sha256")
_PAGE = (
    *_SIDE,
    *("verdict", "share", "words_copied", "longest", "credit", "checked", "report", "file"),
)
FIELDS = ("owner", "owner_site", "site", "today", "count", "words_copied", "pages")
_LONGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A template that can be written; ``suffix`` is that of the letters."""

    name: str
    suffix: str
    template: Template

    def write(self, notice: OwnerNotice, today: datetime) -> str:
        """The letter to one owner; InputError where the template asks for what there is not."""
        return self._write(_values(notice, today))

    def try_out(self) -> None:
        """Writes a letter about one page of which everything is known; errors as ``write``."""
        known = dict.fromkeys(_SIDE, "x")
        page = {**dict.fromkeys(_PAGE, "x"), "words_copied": 1, "longest": 1, "report": 1}
        values = {**dict.fromkeys(FIELDS, "x"), "count": 1, "words_copied": 1}
        self._write({**values, "pages": [{**page, "original": known}]})

    def _write(self, values: dict[str, Any]) -> str:
        from jinja2 import UndefinedError

        try:
            return "".join(self._bounded(self.template.generate(values)))
        except InputError:
            raise
        except UndefinedError as error:
            why = plain(str(error)).replace("'dict object' has no attribute", "there is no field")
            raise InputError(f"{self.name}: {why}; {_known_fields()}") from error
        except Exception as error:
            # Whatever the person's own template does wrong is the template's fault.
            raise InputError(f"{self.name}: {plain(str(error)) or type(error).__name__}") from error

    def _bounded(self, pieces: Iterable[str]) -> Iterator[str]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > _LONGEST:
                raise InputError(f"{self.name}: the letter is longer than {_LONGEST:,} letters")
            yield piece


def read_letter(name: str, source: str) -> Letter:
    """A template from its file's name and text; InputError for one that cannot be written."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    suffix = next((each for each in ESCAPES if name.lower().endswith(each)), None)
    if suffix is None:
        raise InputError(f"{name}: a letter is a file of {', '.join(ESCAPES)}")
    escape = ESCAPES[suffix]
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: escape(str(value)),
    )
    try:
        letter = Letter(name, suffix, environment.from_string(source))
    except TemplateError as error:
        line = f" line {error.lineno}:" if hasattr(error, "lineno") else ""
        raise InputError(f"{name}:{line} {plain(str(error.message))}") from error
    letter.try_out()
    return letter


def _known_fields() -> str:
    pages = ", ".join((*_PAGE, "original"))
    return f"the fields are {', '.join(FIELDS)}; of a page {pages}; of original {', '.join(_SIDE)}"


def _values(notice: OwnerNotice, today: datetime) -> dict[str, Any]:
    pages = [_page(result) for _, result in notice.pages]
    return {
        "owner": notice.name,
        "owner_site": notice.site,
        "site": ", ".join(dict.fromkeys(registrable(row.url) for row, _ in notice.pages)),
        "today": day(today),
        "count": len(pages),
        "words_copied": sum(result.copied or 0 for _, result in notice.pages),
        "pages": pages,
    }


def _page(result: PageResult) -> dict[str, Any]:
    return {
        **_side(result.page),
        "sha256": result.digest,
        "verdict": VERDICT[result.kind],
        "share": "" if result.share is None else percent(result.share),
        "words_copied": result.copied,
        "longest": result.longest,
        "credit": CREDIT[result.attribution],
        "checked": day(result.checked_at) if result.checked_at else "",
        "report": result.report,
        "file": result.file or "",
        "original": {} if result.origin is None else _side(result.origin),
    }


def _side(side: PageSide) -> dict[str, str]:
    return {
        "url": side.url or "",
        "title": side.title or "",
        "author": ", ".join(side.byline),
        "publisher": side.publisher or "",
        "published": day(side.published) if side.published else "",
        "first_seen": day(side.first_seen) if side.first_seen else "",
        "snapshot": viewing_address(side.memento) if side.memento else "",
        "sha256": side.digest,
    }
