"""A report as schema.org JSON-LD: a Report about an article, and what the article is based on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provenance.model import Basis, Direction
from provenance.render.report.json import values
from provenance.render.report.verdicts import sentence
from provenance.render.text.links import safe_href
from provenance.render.text.plain import plain
from provenance.render.text.wording import source_name, stated
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Finding, Report, Sighting


def render(report: Report) -> str:
    """The JSON-LD document, indented, ending in a line end; the same report, the same bytes."""
    return json.dumps(thing(report), indent=2, allow_nan=False) + "\n"


def thing(report: Report) -> dict[str, Any]:
    """The Report thing. Copying of unknown order is a citation, never ``isBasedOn``."""
    about = _article(report.suspect, report.sightings, report.suspect.url)
    answer = report.answer
    direction = report.verdict.direction
    if answer is not None and direction is Direction.FROM_SOURCE:
        about["isBasedOn"] = _found(answer)
    elif answer is None and report.verdict.basis is Basis.DECLARED:
        about |= _declared(report)
    told = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": "Provenance report",
        "abstract": sentence(report),
        "dateCreated": values(report.checked_at),
        "creator": {
            "@type": "SoftwareApplication",
            "name": "provenance",
            "softwareVersion": plain(report.version),
        },
        "about": about,
    }
    cited = [_found(finding) for finding in report.findings if finding.source is not None]
    return {**told, "citation": cited} if cited else told


def _found(finding: Finding) -> dict[str, Any]:
    made = _article(finding.source, finding.sightings, finding.candidate.url)
    made.setdefault("publisher", {"@type": "Organization", "name": source_name(finding)})
    return made


def _declared(report: Report) -> dict[str, Any]:
    origin = report.verdict.origin
    if origin is None:
        return {}
    named = {
        "@type": "CreativeWork",
        "url": safe_href(origin.url),
        "publisher": _organisation(origin.publisher),
    }
    return {"isBasedOn": {name: value for name, value in named.items() if value}}


def _article(
    document: Document | None, sightings: Iterable[Sighting], url: str | None
) -> dict[str, Any]:
    sightings = tuple(sightings)
    own, seen = stated(sightings), first_seen(sightings)
    authors = document.byline if document else ()
    made = {
        "@type": "NewsArticle",
        "headline": plain(document.title) if document and document.title else None,
        "url": safe_href(url),
        "datePublished": values(own.at) if own else None,
        "publisher": _organisation(document.publisher) if document else None,
        "author": [{"@type": "Person", "name": plain(name)} for name in authors],
        "archivedAt": safe_href(seen.memento) if seen else None,
    }
    return {name: value for name, value in made.items() if value}


def _organisation(name: str | None) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": plain(name)} if name else None
