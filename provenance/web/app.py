"""The server put together: its routes behind the one door, and its life from start to end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from provenance.cli.targets import describe_fault
from provenance.errors import InputError, ProvenanceError
from provenance.model.steps import CheckState
from provenance.web import api, audits, checks, incoming, reports, settings
from provenance.web.access import Door
from provenance.web.pages import read_form, refuse, text_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from provenance.web.pages import Server

_PARTS = (checks, reports, audits, settings, incoming, api)


def build(server: Server) -> Starlette:
    """The application around an open server."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.loop = asyncio.get_running_loop()
        yield
        for number in list(server.audits.stops):
            server.audits.stop(number)
        for check in server.checks.open:
            server.checks.stop(check, CheckState.INTERRUPTED)

    app = Starlette(
        routes=[route for part in _PARTS for route in part.ROUTES]
        + [Route("/login", _sign_in, methods=["POST"])],
        middleware=[Middleware(Door, access=server.access, refuse=refuse)],
        exception_handlers={HTTPException: _refuse, ProvenanceError: _explain, 500: _admit},
        lifespan=life,
    )
    app.state.server = server
    app.state.incoming = incoming.Incoming()
    app.state.tries = asyncio.Lock()
    return app


async def _sign_in(request: Request) -> Response:
    """Lets a guest in; after a wrong password nobody may try for a second."""
    access = request.app.state.server.access
    password = text_of(await read_form(request), "password", 500)
    async with request.app.state.tries:
        cookie = access.sign_in(password)
        if cookie is None:
            await asyncio.sleep(1)
            return refuse(request, 403, "That is not the password.")
    answer = RedirectResponse("/", 303)
    answer.set_cookie(access.cookie, cookie, httponly=True, samesite="strict", path="/")
    return answer


def _refuse(request: Request, error: Exception) -> Response:
    status, detail = getattr(error, "status_code", 500), str(getattr(error, "detail", error))
    words = {404: "There is no such page.", 405: "That cannot be asked this way."}
    plain = detail in {"Not Found", "Method Not Allowed"}
    return refuse(request, status, words.get(status, detail) if plain else detail)


def _explain(request: Request, error: Exception) -> Response:
    """A fault that somebody can mend, in its one line."""
    return refuse(request, 400 if isinstance(error, InputError) else 500, str(error))


def _admit(request: Request, error: Exception) -> Response:
    """A fault of ours, named with its place."""
    return refuse(request, 500, describe_fault(error))
