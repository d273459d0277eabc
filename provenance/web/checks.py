"""Checks: the form, a check begun, watched live, stopped; and the address or text it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from provenance.cli.targets import bare_address
from provenance.model.plain import values
from provenance.model.steps import CheckState
from provenance.render.sharing import file_name
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url, without_login
from provenance.web.access import MOST_BODY, MOST_TEXT
from provenance.web.pages import (
    gets,
    number_of,
    posts,
    send_on,
    server_of,
    show,
    stream,
    text_of,
)
from provenance.web.running import AT_ONCE, MOST_WAITING, Asked, Full
from provenance.world.store.reports import Chosen

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from provenance.web.pages import Form, Server

_LAST = 10


def home(request: Request) -> Response:
    """The form, what is in hand, the last reports; ``?key=`` lets a browser in, once."""
    server = server_of(request)
    if key := request.query_params.get("key"):
        return _let_in(request, server.access.redeem(key))
    return show(
        request,
        "home",
        "check",
        plain={"open": [check.plain for check in server.checks.open]},
        url=request.query_params.get("url", "")[:2000],
        open=server.checks.open,
        interrupted=server.world.store.checks.interrupted(3),
        reports=server.world.store.reports.newest(Chosen(), _LAST),
        settings=server.settings,
    )


def _let_in(request: Request, cookie: str | None) -> Response:
    if cookie is None:
        raise HTTPException(403, "That address has let a browser in already; it works once.")
    answer = RedirectResponse("/", 303)
    access = server_of(request).access
    answer.set_cookie(access.cookie, cookie, httponly=True, samesite="strict", path="/")
    return answer


def sign_in(request: Request) -> Response:
    """The form for a guest's password."""
    return show(request, "login", "")


def start(request: Request, form: Form) -> Response:
    """Begins the check of an address, a text or a file."""
    server = server_of(request)
    return begin(request, asked_for(server, form))


def begin(request: Request, asked: Asked) -> Response:
    """Begins a check, and sends on to where it can be watched."""
    server = server_of(request)
    try:
        check = server.checks.start(asked, request.app.state.loop, server.now())
    except Full as error:
        words = f"{AT_ONCE} checks run and {MOST_WAITING} wait. Try again when some have ended."
        raise HTTPException(503, words) from error
    return send_on(request, f"/checks/{check.id}", check.plain)


def asked_for(server: Server, form: Form) -> Asked:
    """What a form asks to be checked; 400 in a sentence for what is nothing of the kind."""
    file, url = form.get("file"), text_of(form, "url")
    typed, markup = text_of(form, "text", MOST_TEXT), text_of(form, "html", MOST_BODY)
    text = markup or typed
    if not text and not file:
        text, url = url, ""
    address = web_address(server, url) if url else None
    if isinstance(file, bytes) and file:
        name = str(form.get("file.name") or "a file")[-200:]
        return Asked(target=file_name(scrub(name)) or "a file", url=address, body=file)
    if not text:
        raise HTTPException(400, "Paste an address, a text or HTML, or choose a file.")
    one_line = len(text) <= 2000 and not any(letter.isspace() for letter in text)
    is_markup = bool(markup) or text.startswith("<")
    if one_line and not is_markup:
        return Asked(target=web_address(server, text))
    kind = "pasted.html" if is_markup else "pasted.txt"
    return Asked(target=kind, url=address, body=text.encode("utf-8", "replace"))


def web_address(server: Server, text: str) -> str:
    """An address of the web as it is asked for; no file of this machine, no page of our own."""
    url = without_login(text) if is_web_url(text) else bare_address(text)
    if url is None:
        raise HTTPException(400, "That is no web address. Write it with https:// before it.")
    if server.access.is_own(url):
        raise HTTPException(400, "That address is this server itself.")
    return url


def watch(request: Request) -> Response:
    """A check as it stands; on to its report where it has one."""
    server, number = server_of(request), number_of(request)
    check = server.checks.get(number)
    events = list(check.events) if check else []
    kept = server.world.store.checks.get(number)  # looked up last: it knows of an end among them
    if kept.state is CheckState.DONE:
        return send_on(request, f"/reports/{kept.report}#verdict", kept)
    state: CheckState = kept.state
    if check and not kept.state.ended:
        state = CheckState.RUNNING if check.state.ended else check.state
    slots = {event.slot: event for event in events}
    shown = {part: [e for e in slots.values() if e.name == part] for part in ("step", "candidate")}
    return show(
        request,
        "check",
        "check",
        plain={**(check.plain if check else values(kept)), "events": [e.plain for e in events]},
        check=kept,
        state=state,
        why=check.why if check else kept.why,
        page=slots.get("page"),
        last=len(events),
        before=server.checks.before(check) if check else 0,
        again=is_web_url(kept.target),
        **shown,
    )


def events(request: Request) -> Response:
    """The steps of a check as they come."""
    check = server_of(request).checks.get(number_of(request))
    if check is None:
        raise HTTPException(404, "This check is not in hand any more.")
    return stream(request, check.follow)


def stop(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form of all handlers
    """Stops a check that has not ended."""
    checks = server_of(request).checks
    check = checks.get(number_of(request))
    if check is not None:
        checks.stop(check)
    return send_on(request, f"/checks/{number_of(request)}", check.plain if check else None)


ROUTES = [
    *gets("/", home)[:1],
    *gets("/checks/{number:int}", watch),
    *gets("/checks/{number:int}/events", events),
    *gets("/login", sign_in)[:1],
    *posts("/checks", start),
    *posts("/checks/{number:int}/stop", stop),
]
