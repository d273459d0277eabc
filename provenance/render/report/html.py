"""A report as one HTML file that stands alone: no script, no font, no picture from anywhere.

The styles are allowed by their hash and nothing else is, so that even a fault in escaping could
neither run nor load anything.
"""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.model import Family
from provenance.model.plain import to_json
from provenance.render.pairs import rows
from provenance.render.report import tables
from provenance.render.report.checklist import checklist
from provenance.render.report.combined_share import together
from provenance.render.report.facts import OTHER_PAGE
from provenance.render.report.json import values
from provenance.render.report.next_step import next_step, pointers
from provenance.render.report.timeline import timeline
from provenance.render.report.verdicts import (
    label,
    ordered,
    owes_credit,
    page_name,
    sentence,
    unasked_note,
    unchecked,
)
from provenance.render.text import wording
from provenance.render.text.links import passage_href, safe_href
from provenance.render.text.plain import paragraphs, short
from provenance.text.archived import viewing_address
from provenance.text.shared_words import count_sentences
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket
    from markupsafe import Markup

    from provenance.model import Document, Finding, Report, Reuse, Score, Signal
    from provenance.render.pairs import PairRow

_TEMPLATES = Path(__file__).parents[1] / "templates"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MORE_COMPARISONS = 3
# Parts of a template that make one piece.
_PIECE = 500
_FORMS = {
    "wikipedia": "Wikipedia",
    "apa": "APA 7",
    "mla": "MLA 9",
    "chicago": "Chicago 18, notes and bibliography",
    "bibtex": "BibTeX",
}
_WORDS = (
    "answer", "clock", "counted", "curly", "event", "moment", "origin_name", "percent",
    "source_name", "stated",
)  # fmt: skip
_ANCHORS = {
    "copying": "passages",
    "sentences": "passages",
    **dict.fromkeys(
        ("links_page", "links_half", "names_source", "names_site", "plain_link"), "signs"
    ),
    **dict.fromkeys(("declares", "traces"), "signs"),
    **dict.fromkeys(("points_back", "wholesale", "headline"), "candidates"),
    **dict.fromkeys(("archive_weeks", "archive_days", "archive_hours"), "timeline"),
    **dict.fromkeys(("archive_before_claim", "index_first", "claimed_first"), "timeline"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two texts ready to be shown side by side; ``key`` makes the ids of its marks unique."""

    key: str
    left: str
    right: str
    left_url: str | None
    right_url: str | None
    left_text: str
    right_text: str
    left_language: str | None
    right_language: str | None
    reuse: Reuse
    rows: tuple[PairRow, ...]


def render(report: Report, **bar: Any) -> str:
    """The whole report; the same report gives the same bytes.

    ``bar`` is what ``web/bar.html.j2`` needs above a report that is served; none for a file.
    """
    answer = report.answer
    pairings = [
        _pairing(report.suspect, finding, f"s{number}")
        for number, finding in enumerate(_compared(report, answer), 1)
    ]
    return page(
        "report.html.j2",
        report=report,
        label=label(report),
        sentence=sentence(report),
        reasons=_reasons(report),
        unchecked=unchecked(report),
        unasked_note=unasked_note(report),
        answer=answer,
        timeline=timeline(report),
        together=together(report),
        pairings=[pairing for pairing in pairings if pairing is not None],
        checklist=checklist(report),
        pointers=pointers(report),
        next_step=next_step(report),
        citations=_citations(report),
        counting=[s for s in report.signals if s.silenced_by is None],
        silenced=[s for s in report.signals if s.silenced_by is not None],
        machine=machine(report),
        **bar,
    )


def page(template: str, **context: Any) -> str:
    """A template of this room with the shared styles and their hash."""
    return "".join(pieces(template, **context))


def pieces(
    template: str, *, styles: tuple[str, ...] = (), script: str = "", **context: Any
) -> Iterator[str]:
    """As ``page``, in pieces; with more style sheets, and a script that its hash allows too."""
    sheets = "".join(read_template(name) for name in ("style.css", *styles))
    code = read_template(script) if script else ""
    stream = _environment().get_template(template).stream(
        styles=marked(sheets),
        styles_hash=hashed(sheets),
        script=marked(code),
        script_hash=hashed(code),
        **context,
    )  # fmt: skip
    stream.enable_buffering(_PIECE)
    return stream


def fragment(template: str, **context: Any) -> str:
    """A part of a page by its template."""
    return _environment().get_template(template).render(**context)


def hashed(text: str) -> str:
    """A style or script as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def pairing(
    suspect: Document | str,
    source: Document | str,
    reuse: Reuse,
    *,
    key: str,
    names: tuple[str, str],
) -> Pairing:
    """Two texts, or the stories of two pages, aligned for the side-by-side view."""
    left, right = (text if isinstance(text, str) else text.text for text in (suspect, source))
    urls = [None if isinstance(text, str) else text.url for text in (suspect, source)]
    languages = [None if isinstance(text, str) else text.language for text in (suspect, source)]
    return Pairing(
        key=key,
        left=names[0],
        right=names[1],
        left_url=urls[0],
        right_url=urls[1],
        left_text=left,
        right_text=right,
        left_language=languages[0],
        right_language=languages[1],
        reuse=reuse,
        rows=rows(left, right, reuse),
    )


def machine(noun: object) -> Markup:
    """A noun as JSON that can stand inside a script element: no character there can end it."""
    text = to_json(noun, compact=True)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return marked(text)


def _citations(report: Report) -> list[tuple[str, str]]:
    """The origin's citation in the forms that are pasted most, where it is sure enough."""
    if report.citation is None:
        return []
    from provenance.render.citation import cited

    return [(name, cited(form, report.citation)) for form, name in _FORMS.items()]


def _compared(report: Report, answer: Finding | None) -> list[Finding]:
    """The findings shown side by side: the answer first, then the others that share passages."""
    others = [f for f in report.findings if f is not answer and f.reuse and f.reuse.passages]
    return [*([answer] if answer else []), *others[:_MORE_COMPARISONS]]


def _pairing(suspect: Document, finding: Finding, key: str) -> Pairing | None:
    if finding.source is None or finding.reuse is None:
        return None
    names = ("This page", wording.source_name(finding))
    return pairing(suspect, finding.source, finding.reuse, key=key, names=names)


def _reasons(report: Report) -> list[tuple[str, str | None, Score]]:
    """Each reason once, with the section that holds its evidence."""
    rules = {signal.rule for signal in report.signals}
    found: dict[str, tuple[str, str | None, Score]] = {}
    for score in ordered(report):
        anchor = _ANCHORS.get(score.name, "signs" if score.name in rules else None)
        if score.why:
            found.setdefault(score.why, (score.why, anchor, score))
    return list(found.values())


@cache
def read_template(name: str) -> str:
    """A file of the folder of templates."""
    return (_TEMPLATES / name).read_text("utf-8")


def marked(text: str) -> Markup:
    """Our own styles or script, or JSON without < > &, as it is to stand in a page."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own styles and script, or JSON without < > &


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        bytecode_cache=kept_templates(_TEMPLATES / "__pycache__"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        keep_trailing_newline=True,
    )
    environment.filters |= {name: getattr(wording, name) for name in _WORDS}
    environment.filters["first_seen"] = first_seen
    environment.filters |= {
        "href": safe_href,
        "view": viewing_address,
        "short": short,
        "language": _language,
        "iso": _iso,
    }
    environment.globals |= {
        "owes_credit": owes_credit,
        "page_name": page_name,
        "sign_href": _sign_href,
        "passage_href": passage_href,
        "context": wording.context,
        "where": wording.where,
        "passage_kind": wording.passage_kind,
        "count_sentences": count_sentences,
        "fact_rows": wording.fact_rows,
        "about": tables.ABOUT,
        "other_page": OTHER_PAGE,
        "vias": wording.VIA,
        "credits": wording.CREDIT,
        "stances": wording.STANCE,
        "notices": wording.NOTICE,
        "likenesses": wording.LIKENESS,
        "directions": wording.DIRECTION,
        "furniture": Family.FURNITURE,
    }
    return environment


def kept_templates(folder: Path) -> BytecodeCache:
    """Compiled templates, kept beside them as Python keeps modules, where that can be written.

    Their names hold the digest of this file, whose options they are compiled with.
    """
    from jinja2 import FileSystemBytecodeCache

    class Cache(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                folder.mkdir(exist_ok=True)
                super().dump_bytecode(bucket)

    made_by = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    return Cache(str(folder), f"%s.{made_by}.jinja")


def _shown(value: Any) -> Any:
    """What every expression passes through: text of strangers loses its control codes."""
    return paragraphs(value) if type(value) is str else value


def _sign_href(signal: Signal, page: Document) -> str | None:
    """The live page at a signal's words, where they stand in stored text."""
    if signal.span is None or signal.place not in wording.STORED:
        return None
    return passage_href(page.url, page.stored(signal.place), signal.span)


def _language(tag: str | None) -> str:
    return tag if tag and _LANGUAGE.fullmatch(tag) else "und"


def _iso(at: Any) -> str:
    return str(values(at))
