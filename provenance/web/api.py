"""What programs are told of the server: OpenAPI 3.1, with the report's own schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from provenance.jobs.check.source_search import examine
from provenance.judge.agencies import agencies_of, is_agency_page
from provenance.model import VERSION, Capture, Citation, Declaration, Report, Signal, Via
from provenance.model.audit import Standing
from provenance.model.plain import schema, values
from provenance.read import read_capture
from provenance.web.checks import asked_for
from provenance.web.pages import posts, server_of
from provenance.world.store.checks import KeptCheck
from provenance.world.store.reports import KeptReport

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from provenance.web.pages import Form

_NOUNS = (Report, KeptReport, KeptCheck, Standing, Citation, Declaration, Signal)
_PAGE = {"url": "The page's address.", "text": "Its text.", "html": "Its HTML."}
_HERE = "202: where to look, in Location."
# Path, method, what it does, the fields it takes, the schema of its answer.
_PATHS: tuple[tuple[str, str, str, dict[str, str], str], ...] = (
    ("/checks", "post", f"Begin a check. {_HERE}", _PAGE, "KeptCheck"),
    ("/checks/{number}", "get", "A check, with its steps.", {}, "KeptCheck"),
    ("/checks/{number}/events", "get", "Its steps as server-sent events.", {}, ""),
    ("/checks/{number}/stop", "post", f"Stop it. {_HERE}", {}, "KeptCheck"),
    ("/reports", "get", "Kept reports: ?q= &kind= &site= &reviewed= &page=.", {}, "KeptReport[]"),
    ("/reports/{number}", "get", "A report.", {}, "Report"),
    ("/reports/{number}/cite", "get", "Its origin cited in every form.", {}, ""),
    (
        "/reports/{number}/review",
        "post",
        f"Record a verdict of your own. {_HERE}",
        {"stance": "agree, disagree or unsure.", "note": "Why."},
        "",
    ),
    ("/reports/{number}/again", "post", f"Check the page again. {_HERE}", {}, "KeptCheck"),
    ("/reports/{number}/forget", "post", f"Delete it. {_HERE}", {}, ""),
    ("/review", "get", "The findings that nobody has reviewed.", {}, ""),
    ("/audits", "get", "Every audit.", {}, ""),
    (
        "/audits",
        "post",
        f"Begin an audit. {_HERE}",
        {"url": "A site.", "most": "Addresses.", "sample": "Pages drawn."},
        "",
    ),
    ("/audits/{number}", "get", "Where an audit stands.", {}, "Standing"),
    ("/audits/{number}/events", "get", "The same, as it moves.", {}, ""),
    ("/audits/{number}/stop", "post", f"Stop it. {_HERE}", {}, ""),
    ("/audits/{number}/resume", "post", f"Go on with it. {_HERE}", {}, ""),
    ("/agency-copy", "post", "Is this page an agency's copy? Nobody is asked.", _PAGE, "Agency"),
)


def agency_copy(request: Request, form: Form) -> Response:
    """Whose text a page says or shows that it carries, by the page alone: nobody is asked.

    ``agency_copy`` is null where the page does not tell, false on an agency's own site.
    """
    server = server_of(request)
    asked = asked_for(server, form)
    if asked.body is None:
        raise HTTPException(400, "Send the page itself, as html or text: nothing is looked up.")
    capture = Capture(
        body=asked.body,
        url=asked.url,
        responded_url=asked.url,
        media_type="text/plain" if asked.target.endswith(".txt") else "text/html",
        captured_at=server.now(),
        via=Via.FILE,
    )
    page = examine(read_capture(capture))
    agencies, at_home = (
        agencies_of(page.document, page.declaration),
        is_agency_page(page.document.url),
    )
    return JSONResponse(
        {
            "agency_copy": False if at_home else bool(agencies) or None,
            "agencies": list(agencies),
            "declaration": values(page.declaration),
        }
    )


def document(request: Request) -> Response:  # noqa: ARG001 - the form of all handlers
    """The description of all that programs can ask."""
    return JSONResponse(describe())


def describe() -> dict[str, Any]:
    """The OpenAPI document."""
    paths: dict[str, Any] = {}
    for path, method, summary, fields, answer in _PATHS:
        paths.setdefault(f"/api{path}", {})[method] = _operation(path, summary, fields, answer)
    return {
        "openapi": "3.1.0",
        "info": {"title": "provenance", "version": VERSION},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(path: str, summary: str, fields: dict[str, str], answer: str) -> dict[str, Any]:
    status = "202" if "202" in summary else "200"
    kind = "text/event-stream" if path.endswith("/events") else "application/json"
    shape = _ref(answer) if answer else {}
    said: dict[str, Any] = {"description": summary, "content": {kind: {"schema": shape}}}
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}
    found: dict[str, Any] = {"summary": summary, "responses": {status: said}}
    if "{number}" in path:
        found["parameters"] = [number]
    if fields:
        texts = {name: {"type": "string", "description": d} for name, d in fields.items()}
        body = {"schema": {"type": "object", "properties": texts}}
        found["requestBody"] = {"content": {"application/json": body}}
    return found


def _ref(name: str) -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{name.removesuffix('[]')}"}
    if not name.endswith("[]"):
        return ref
    rows = {"type": "array", "items": ref}
    return {"type": "object", "properties": {"reports": rows}, "required": ["reports"]}


def _schemas() -> dict[str, Any]:
    """The schemas of the nouns, as the report's own says them, at the place OpenAPI wants."""
    found: dict[str, Any] = {}
    for noun in _NOUNS:
        whole = json.dumps(schema(noun, noun.__name__, "")).replace(
            "#/$defs/", "#/components/schemas/"
        )
        found |= json.loads(whole)["$defs"]
    texts = {"type": "array", "items": {"type": "string"}}
    found["Agency"] = {
        "type": "object",
        "properties": {
            "agency_copy": {"type": ["boolean", "null"]},
            "agencies": texts,
            "declaration": _ref("Declaration"),
        },
    }
    return dict(sorted(found.items()))


ROUTES = [
    *posts("/agency-copy", agency_copy)[1:],
    Route("/openapi.json", document, methods=["GET"]),
]
