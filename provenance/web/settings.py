"""Settings: what works here, free searches, partners, contact; another browser, programs."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from provenance.cli.doctor import rows
from provenance.cli.settings_file import settings_file, write_setting
from provenance.cli.targets import bare_address
from provenance.render.report.next_step import spelled
from provenance.text.urls import host
from provenance.web.pages import gets, posts, send_on, server_of, show, text_of
from provenance.world import open_world
from provenance.world.doctor import examine
from provenance.world.saved.savepagenow import KEYS as SAVING_KEYS
from provenance.world.searches import KEYLESS, KEYS, described_keys, known_spec

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from provenance.web.pages import Form

_PATH = "/settings"


def settings(request: Request) -> Response:
    """What is set; nobody is asked."""
    return _shown(request)


def _shown(request: Request, **more: object) -> Response:
    server = server_of(request)
    asked = {spec.kind for spec in server.settings.searches}
    context = {
        "settings": server.settings,
        "file": settings_file(),
        "searches": [(kind, kind in asked) for kind in KEYLESS],
        "api_token": server.access.program.token if request.state.session.owner else "",
        "examined": (),
        "address": "",
        **more,
    }
    return show(request, "settings", "settings", plain={"examined": context["examined"]}, **context)


def diagnose(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form of all handlers
    """Asks each service one question, and says what works."""
    server = server_of(request)
    keys = (*KEYS, *described_keys(server.settings.searches), *SAVING_KEYS)
    with open_world(server.settings, now=server.now, keys=os.environ) as world:
        health = examine(world, os.environ, keys)
    return _shown(request, examined=tuple(rows(health, server.settings)))


def switch_search(request: Request, form: Form) -> Response:
    """Switches one free search on or off."""
    server, kind = server_of(request), text_of(form, "kind")
    if kind not in KEYLESS:
        raise HTTPException(400, "That is none of the free searches.")
    others = tuple(spec for spec in server.settings.searches if spec.kind != kind)
    chosen = (*others, known_spec(kind)) if text_of(form, "on") else others
    write_setting("search", [spelled(spec) for spec in chosen] or ["none"])
    server.settings = replace(server.settings, searches=chosen)
    return send_on(request, _PATH)


def set_partners(request: Request, form: Form) -> Response:
    """Sets the sites that may reprint."""
    server, words = server_of(request), text_of(form, "licensed", 50_000).split()
    named = [(word, host(bare_address(word) or word)) for word in words]
    if wrong := next((word for word, name in named if not name), None):
        raise HTTPException(400, f"{wrong[:80]!r} is no site. Write one a line: paper.example")
    hosts = list(dict.fromkeys(name for _, name in named))
    write_setting("licensed", hosts)
    server.settings = replace(server.settings, licensed=tuple(hosts))
    return send_on(request, _PATH)


def set_contact(request: Request, form: Form) -> Response:
    """Sets whom a site can write to that is asked."""
    server, contact = server_of(request), text_of(form, "contact", 200)
    write_setting("contact", contact, table="limits")
    server.settings = replace(server.settings, contact=contact)
    return send_on(request, _PATH)


def make_key(request: Request, form: Form) -> Response:  # noqa: ARG001
    """An address that lets another browser in, once."""
    access = server_of(request).access
    return _shown(
        request,
        address=f"{request.url.scheme}://{request.headers['host']}/?key={access.make_key()}",
    )


ROUTES = [
    *gets(_PATH, settings)[:1],
    *posts(f"{_PATH}/doctor", diagnose, owner=True),
    *posts(f"{_PATH}/search", switch_search, owner=True),
    *posts(f"{_PATH}/partners", set_partners, owner=True),
    *posts(f"{_PATH}/contact", set_contact, owner=True),
    *posts(f"{_PATH}/key", make_key, owner=True)[:1],
]
