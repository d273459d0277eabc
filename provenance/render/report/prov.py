"""A report as PROV-JSON: who made what of what, in the terms of the W3C's PROV data model.

The page, its source and every capture are entities, the check an activity of a software agent.
A part taken over is a Quotation, a text taken over whole has its source as PrimarySource; pages
of which nobody knows which was first are alternates. Identifiers are our own, never the page's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provenance.model import Basis, Derivation, Direction
from provenance.render.report.json import values
from provenance.render.report.verdicts import page_name, sentence
from provenance.render.text.plain import plain
from provenance.render.text.wording import stated
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Exhibit, Finding, Report, Sighting

_PREFIX = "https://pypi.org/project/provenance-check/#"
_QUALIFIED = "prov:QUALIFIED_NAME"


def render(report: Report) -> str:
    """The PROV-JSON document, indented, ending in a line end; the same report, the same bytes."""
    told = statements(report)
    kept = {kind: held for kind, held in told.items() if held}
    return json.dumps(kept, indent=2, allow_nan=False) + "\n"


def statements(report: Report) -> dict[str, Any]:
    """The statements by kind, as dicts keyed by identifier."""
    answer = report.answer
    told: dict[str, Any] = {
        "prefix": {"rpt": _PREFIX},
        "entity": {
            "rpt:report": _described({"prov:label": sentence(report)}),
            "rpt:page": _page(report.suspect, report.sightings, page_name(report)),
        },
        "activity": {"rpt:check": _activity(report)},
        "agent": {
            "rpt:provenance": {
                "prov:type": {"$": "prov:SoftwareAgent", "type": _QUALIFIED},
                "prov:label": f"provenance {plain(report.version)}",
            }
        },
        "wasAssociatedWith": {
            "_:with": {"prov:activity": "rpt:check", "prov:agent": "rpt:provenance"}
        },
        "wasGeneratedBy": {
            "_:report": {
                "prov:entity": "rpt:report",
                "prov:activity": "rpt:check",
                "prov:time": values(report.checked_at),
            }
        },
        "wasAttributedTo": {},
        "used": {},
        "specializationOf": {},
        "wasDerivedFrom": {},
        "alternateOf": {},
    }
    _publisher(told, "rpt:page", report.suspect.publisher)
    _origin(told, report, answer)
    for number, exhibit in enumerate(report.evidence, 1):
        _capture(told, f"rpt:capture{number}", exhibit, report)
    return told


def _activity(report: Report) -> dict[str, Any]:
    times = [lookup.at for lookup in report.lookups]
    return {
        "prov:startTime": values(min(times, default=report.checked_at)),
        "prov:endTime": values(report.checked_at),
    }


def _page(
    document: Document | None, sightings: Iterable[Sighting], url: str | None
) -> dict[str, Any]:
    sightings = tuple(sightings)
    own, seen = stated(sightings), first_seen(sightings)
    return _described(
        {
            "prov:label": document.title if document else None,
            "rpt:url": (document.url if document else None) or url,
            "rpt:sha256": document.digest if document else None,
            "rpt:statedDate": values(own.at) if own else None,
            "rpt:firstSeen": values(seen.at) if seen else None,
            "rpt:snapshot": seen.memento if seen else None,
        }
    )


def _described(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(str(value)) for name, value in facts.items() if value is not None}


def _publisher(told: dict[str, Any], page: str, name: str | None) -> None:
    if name is None:
        return
    agent = f"{page}-publisher"
    told["agent"][agent] = {
        "prov:type": {"$": "prov:Organization", "type": _QUALIFIED},
        "prov:label": plain(name),
    }
    told["wasAttributedTo"][f"_:{page[4:]}"] = {"prov:entity": page, "prov:agent": agent}


def _origin(told: dict[str, Any], report: Report, answer: Finding | None) -> None:
    """What the page stands to what was found, or says of itself."""
    verdict = report.verdict
    if answer is not None:
        told["entity"]["rpt:source"] = _page(answer.source, answer.sightings, answer.candidate.url)
        _publisher(told, "rpt:source", answer.source.publisher if answer.source else None)
    if verdict.direction is Direction.COMMON_SOURCE:
        named = verdict.origin.publisher if verdict.origin else None
        told["entity"]["rpt:common"] = _described({"prov:label": named or "a third party's text"})
        for page in ("rpt:page", "rpt:source"):
            if page in told["entity"]:
                _derived(told, report, page, "rpt:common")
    elif answer is not None and verdict.direction is Direction.FROM_SOURCE:
        _derived(told, report, "rpt:page", "rpt:source")
    elif answer is not None and verdict.direction is Direction.TO_SOURCE:
        _derived(told, report, "rpt:source", "rpt:page")
    elif answer is not None:
        told["alternateOf"]["_:alike"] = {
            "prov:alternate1": "rpt:page",
            "prov:alternate2": "rpt:source",
        }
    elif verdict.basis is Basis.DECLARED and verdict.origin is not None:
        origin = verdict.origin
        told["entity"]["rpt:declared"] = _described(
            {"prov:label": origin.publisher, "rpt:url": origin.url}
        )
        _derived(told, report, "rpt:page", "rpt:declared")


def _derived(told: dict[str, Any], report: Report, later: str, earlier: str) -> None:
    whole = report.verdict.derivation is not Derivation.PARTIALLY
    told["wasDerivedFrom"][f"_:from-{later[4:]}"] = {
        "prov:generatedEntity": later,
        "prov:usedEntity": earlier,
        "prov:type": {
            "$": "prov:PrimarySource" if whole else "prov:Quotation",
            "type": _QUALIFIED,
        },
        "rpt:basis": report.verdict.basis.value,
        "rpt:confidence": report.verdict.confidence.value,
    }


def _capture(told: dict[str, Any], name: str, exhibit: Exhibit, report: Report) -> None:
    told["entity"][name] = _described(
        {
            "rpt:url": exhibit.memento or exhibit.responded_url or exhibit.url,
            "rpt:sha256": exhibit.digest,
            "rpt:via": exhibit.via.value,
            "rpt:mediaType": exhibit.media_type,
        }
    )
    told["used"][f"_:{name[4:]}"] = {
        "prov:activity": "rpt:check",
        "prov:entity": name,
        "prov:time": values(exhibit.captured_at),
    }
    if exhibit.digest == report.suspect.digest:
        told["specializationOf"][f"_:{name[4:]}-of"] = {
            "prov:specificEntity": name,
            "prov:generalEntity": "rpt:page",
        }
