"""``provenance serve``: the check in a browser, on this machine."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now
from provenance.cli.options import all_settings, examples, json_option, option
from provenance.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import uvicorn

    from provenance.model import Settings
    from provenance.web.access import Access
    from provenance.web.pages import Server
    from provenance.web.running import Asked
    from provenance.world import OpenWorld

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - refused without a password


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the server listens, and who may come: ``names`` are those it goes by besides."""

    host: str
    port: int
    names: tuple[str, ...]
    password_file: str | None


@click.command(
    epilog=examples(
        "serve",
        "serve --port 9000 --no-open",
        "serve --host 0.0.0.0 --password-file pass.txt --allow-host check.paper.example",
    )
)
@option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any.")
@option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
@option("--password-file", metavar="FILE", help="Let guests in who know the password in it.")
@option("--allow-host", "names", multiple=True, metavar="NAME", help="A name it goes by, too.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@json_option("Print the address, and the token for programs, as one JSON object.")
@all_settings
def serve(*, settings: Settings, no_open: bool, as_json: bool, **place: str) -> None:
    """Open the check in a browser.

    Prints an address that lets one browser in; Ctrl-C ends the server. It listens on this machine
    alone unless --host says otherwise, which takes a --password-file. Put TLS in front of it then.
    """
    run_server(settings, Place(**place), as_json=as_json, opens=not no_open)  # type: ignore[arg-type]


def run_server(settings: Settings, place: Place, *, as_json: bool, opens: bool) -> None:
    """Serves until Ctrl-C; SettingsError for a place that is not safe, or is taken."""
    from provenance.web.access import LOOPBACK, Access

    password = _password(place, settings)
    line = listen(place)
    port: int = line.getsockname()[1]
    named = "127.0.0.1" if place.host in _EVERYWHERE else place.host
    named = f"[{named}]" if ":" in named else named
    access = Access(port=port, hosts=tuple({*LOOPBACK, named, *place.names}), password=password)
    address = f"http://{named}:{port}/?key={access.make_key()}"
    with open_server(settings, access) as server:
        if as_json:
            click.echo(json.dumps({"url": address, "token": access.program.token}))
        else:
            click.echo(f"provenance is at {address}\nIt lets one browser in. Ctrl-C ends it.")
        if opens:
            click.launch(address)
        with suppress(KeyboardInterrupt):
            make_listener(server).run(sockets=[line])
    if not as_json:
        complain("ended; every report is kept")


def make_listener(server: Server) -> uvicorn.Server:
    """What answers the requests to an open server; it keeps no log of them."""
    import uvicorn

    from provenance.web.app import build

    config = uvicorn.Config(
        build(server),
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


@contextmanager
def open_server(settings: Settings, access: Access) -> Iterator[Server]:
    """Everything that the pages need, opened for as long as the server runs."""
    from provenance.web.auditing import Audits
    from provenance.web.pages import Server
    from provenance.web.running import Checks
    from provenance.world import open_world
    from provenance.world.process_pool import is_dead

    with open_world(settings, now=now, keys=os.environ) as world:
        records = world.store.checks
        records.release_dead(is_dead)

        @contextmanager
        def world_for(asked: Asked) -> Iterator[OpenWorld]:
            chosen = replace(server.settings, refresh=server.settings.refresh or asked.again)
            with open_world(chosen, now=now, keys=os.environ) as opened:
                yield opened

        server = Server(
            access=access,
            world=world,
            checks=Checks(world_for, records, str(os.getpid())),
            audits=Audits(now=now),
            settings=settings,
            now=now,
        )
        yield server


def _password(place: Place, settings: Settings) -> str | None:
    """The guests' password, None where there are none; SettingsError for a place open to all."""
    if place.host not in _LOOPBACK:
        if place.password_file is None:
            raise SettingsError(f"--host {place.host} lets others in: name a --password-file")
        if settings.allow_private or settings.follow_private:
            raise SettingsError("--allow-private and --follow-private are for this machine alone")
    if settings.database is None:
        raise SettingsError("serve keeps its reports: name a database with --db")
    if place.password_file is None:
        return None
    try:
        password = Path(place.password_file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place.password_file}: cannot be read: {error}") from error
    if len(password) < 12:
        raise SettingsError(f"{place.password_file}: a password of 12 letters or more is wanted")
    return password


def listen(place: Place) -> socket.socket:
    """A line that listens there; SettingsError where that place cannot be had."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        line.bind((place.host, place.port))
        line.listen(128)
    except OSError as error:
        line.close()
        raise SettingsError(
            f"port {place.port} of {place.host} cannot be had: {error.strerror}; name another"
            " with --port"
        ) from error
    return line
