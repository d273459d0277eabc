"""Pages handed over by a bookmarklet: shown as a question, checked only when a person says so.

Any site can send one. So nothing begins here, little is held, and it is soon forgotten.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from provenance.web.checks import begin, web_address
from provenance.web.pages import gets, posts, read_form, server_of, show, text_of
from provenance.web.running import Asked

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from provenance.web.pages import Form

_MOST = 4
_FILL = "javascript:void(open('{base}/?url='+encodeURIComponent(location.href)))"
_HAND_OVER = (
    "javascript:(()=>{{const f=document.createElement('form');f.method='post';f.target='_blank';"
    "f.enctype='multipart/form-data';f.action='{base}/incoming';"
    "for(const[n,v]of[['url',location.href],['html',document.documentElement.outerHTML]]){{"
    "const i=document.createElement('textarea');i.name=n;i.value=v;f.append(i)}}"
    "f.hidden=true;document.body.append(f);f.submit();f.remove()}})()"
)


class Incoming(OrderedDict[str, tuple[str, bytes]]):
    """Pages that wait for a person's word, the last few, by a name nobody can guess."""

    def take_in(self, url: str, body: bytes) -> str:
        """Holds a page; the oldest gives way."""
        name = secrets.token_urlsafe(16)
        self[name] = (url, body)
        while len(self) > _MOST:
            self.popitem(last=False)
        return name


def buttons(request: Request) -> Response:
    """The two bookmarklets."""
    base = f"{request.url.scheme}://{request.headers['host']}"
    fill, hand_over = (code.format(base=base) for code in (_FILL, _HAND_OVER))
    return show(request, "button", "settings", fill=fill, hand_over=hand_over)


async def receive(request: Request) -> Response:
    """Takes in a page, and sends on to where its owner is asked."""
    form = await read_form(request)
    url, body = text_of(form, "url"), text_of(form, "html", 8_000_000).encode("utf-8", "replace")
    name = request.app.state.incoming.take_in(url, body)
    return RedirectResponse(f"/incoming/{name}", 303)


def ask(request: Request) -> Response:
    """Asks whether a page that was handed over is to be checked."""
    name = request.path_params["name"]
    url, body = _held(request, name)
    return show(request, "incoming", "check", name=name, url=url, size=len(body))


def check(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form of all handlers
    """Begins the check of a page that was handed over."""
    url, body = _held(request, request.path_params["name"])
    address = web_address(server_of(request), url) if url else None
    del request.app.state.incoming[request.path_params["name"]]
    target = address or "page.html"
    return begin(request, Asked(target=target, url=address, body=body, name="page.html"))


def _held(request: Request, name: str) -> tuple[str, bytes]:
    found: tuple[str, bytes] | None = request.app.state.incoming.get(name)
    if found is None:
        raise HTTPException(404, "That page is not held any more. Hand it over again.")
    return found


ROUTES = [
    *gets("/button", buttons)[:1],
    Route("/incoming", receive, methods=["POST"]),
    *gets("/incoming/{name}", ask)[:1],
    *posts("/incoming/{name}", check)[:1],
]
