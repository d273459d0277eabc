"""What all handlers share: the running server, forms read and checked, answers for both readers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, StreamingResponse
from starlette.routing import Route

from provenance.model.plain import values
from provenance.render import served
from provenance.web.access import MOST_BODY, MOST_STREAMS, form_token_fits, is_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from provenance.model import Settings
    from provenance.web.access import Access, Session
    from provenance.web.auditing import Audits
    from provenance.web.running import Checks, Event
    from provenance.world import OpenWorld

Form = dict[str, str | bytes]
_FIELDS = 50


@dataclass(slots=True)
class Server:
    """The running server: what was opened for its whole life, and the settings in force."""

    access: Access
    world: OpenWorld
    checks: Checks
    audits: Audits
    settings: Settings
    now: Callable[[], datetime]


def server_of(request: Request) -> Server:
    """The server that a request came to."""
    server: Server = request.app.state.server
    return server


def bar_of(request: Request, here: str) -> served.Served:
    """What stands around a page, for whoever asks."""
    session: Session | None = getattr(request.state, "session", None)
    token, owner = (session.token, session.owner) if session else ("", False)
    return served.Served(here=here, token=token, owner=owner)


def html(text: str, status: int = 200) -> HTMLResponse:
    """A page with its own policy as a header."""
    return HTMLResponse(text, status, {"content-security-policy": served.policy(text)})


def show(
    request: Request, template: str, here: str, *, plain: object = None, **context: Any
) -> Response:
    """A value as a page, or as JSON for a program."""
    if is_api(request):
        return JSONResponse(values(plain))
    return html(served.render(template, bar_of(request, here), **context))


def send_on(request: Request, path: str, plain: object = None) -> Response:
    """On to where the work that was begun is shown; for a program 202 and the address."""
    if is_api(request):
        place = f"/api{path.partition('#')[0]}"
        return JSONResponse({**values(plain or {}), "location": place}, 202, {"location": place})
    return RedirectResponse(path, 303)


def refuse(request: Request, status: int, words: str) -> Response:
    """A refusal in one sentence."""
    if is_api(request):
        return JSONResponse({"error": words}, status)
    hop = "" if request.method != "GET" or not _is_from_elsewhere(request) else str(request.url)
    context = {"status": status, "words": words, "hop": hop}
    return html(served.render("refusal", bar_of(request, ""), **context), status)


def _is_from_elsewhere(request: Request) -> bool:
    """Whether another site's page led here: then the cookie that bars its forms stayed behind."""
    headers = request.headers
    navigated = headers.get("sec-fetch-mode") == "navigate"
    return navigated and headers.get("sec-fetch-site") in {"cross-site", "same-site"}


async def read_form(request: Request) -> Form:
    """The fields of a form or of a JSON object; files as bytes, their names as ``NAME.name``."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            given = json.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise HTTPException(400, "The body is no JSON object.") from error
        if not isinstance(given, dict) or not all(isinstance(v, str) for v in given.values()):
            raise HTTPException(400, "The body must be a JSON object of texts.")
        return dict(given)
    found: Form = {}
    limits = {"max_files": 2, "max_fields": _FIELDS, "max_part_size": MOST_BODY}
    async with request.form(**limits) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                found[f"{name}.name"] = value.filename or ""
                found[name] = await value.read()
            else:
                found[name] = value
    return found


def text_of(form: Mapping[str, str | bytes], name: str, most: int = 2000) -> str:
    """A field's text without white space around it, '' where it is not given; 413 if too long."""
    value = form.get(name, "")
    text = value.strip() if isinstance(value, str) else ""
    if len(text.encode("utf-8", "replace")) > most:
        raise HTTPException(413, f"More than {most:,} bytes of text.")
    return text


def number_of(request: Request) -> int:
    """The number in an address."""
    return int(request.path_params["number"])


def posts(
    path: str, handler: Callable[[Request, Form], Any], *, owner: bool = False
) -> list[Route]:
    """A form's route, for pages and for programs; its token is asked for here, once.

    With ``owner`` it is not for guests. The handler runs in a thread.
    """

    async def answer(request: Request) -> Response:
        form = await read_form(request)
        if not form_token_fits(request, text_of(form, "token")):
            raise HTTPException(403, "The form is out of date. Load its page again.")
        if owner and not request.state.session.owner:
            raise HTTPException(403, "Only the person who started the server may do that.")
        found: Response = await run_in_threadpool(partial(handler, request, form))
        return found

    return [Route(f"{base}{path}", answer, methods=["POST"]) for base in ("", "/api")]


def gets(path: str, handler: Callable[[Request], Any]) -> list[Route]:
    """A page's route, for pages and for programs."""
    return [Route(f"{base}{path}", handler, methods=["GET"]) for base in ("", "/api")]


def stream(request: Request, follow: Callable[[int], AsyncIterator[Event | None]]) -> Response:
    """Server-sent events, from behind the one that the reader saw last; None is a heartbeat."""
    session: Session = request.state.session
    if session.streams >= MOST_STREAMS:
        raise HTTPException(429, f"This browser follows {MOST_STREAMS} streams already.")
    last = request.headers.get("last-event-id") or request.query_params.get("after", "")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else 0
    for_program = is_api(request)

    async def lines() -> AsyncIterator[str]:
        session.streams += 1
        try:
            async for event in follow(after):
                if event is None:
                    yield ": nothing new\n\n"
                    continue
                name, told = "shown", served.event(event.name, event.slot, event.value)
                if for_program:
                    name, told = event.name, event.plain
                yield f"id: {event.id}\nevent: {name}\ndata: {json.dumps(told)}\n\n"
        finally:
            session.streams -= 1

    return StreamingResponse(lines(), media_type="text/event-stream")
