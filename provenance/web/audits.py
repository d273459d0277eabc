"""Audits: begun from an address or a list, watched, stopped, gone on with, read, compared."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from provenance.cli.audit import whole_report
from provenance.cli.lists import is_list, opened_list
from provenance.errors import StoreError
from provenance.jobs.audit.site_change import compare_audits
from provenance.model.audit import AuditOptions, Standing
from provenance.render.audit import FORMATS, change_html
from provenance.render.audit.html import render
from provenance.render.audit.terminal import moving
from provenance.render.sharing import file_name, shareable_audit, shareable_change
from provenance.web.access import is_api
from provenance.web.checks import web_address
from provenance.web.pages import (
    bar_of,
    gets,
    html,
    number_of,
    posts,
    send_on,
    server_of,
    show,
    stream,
    text_of,
)
from provenance.web.running import Event
from provenance.world.saved.writing import written

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from provenance.model.audit import AuditReport, AuditRow, Rows
    from provenance.model.audit_change import PageChange
    from provenance.web.pages import Form, Server

_LAST, _LOOK_EVERY = 8, 0.5


@dataclass(frozen=True, slots=True)
class _Linked:
    """Rows, each with the address of its page's report here."""

    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[AuditRow]:
        return (_linked(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class _LinkedChanges:
    """Pages that differ, each with the addresses of its reports here."""

    pages: Iterable[PageChange]

    def __iter__(self) -> Iterator[PageChange]:
        for page in self.pages:
            yield replace(
                page,
                old=page.old and _linked(page.old),
                new=page.new and _linked(page.new),
            )


def _linked(row: AuditRow) -> AuditRow:
    if row.result is None:
        return row
    return replace(row, result=replace(row.result, file=f"/reports/{row.result.report}"))


def _standing(server: Server, number: int) -> Standing:
    frontier = server.world.store.frontier
    try:
        progress = frontier.progress(number)
    except StoreError as error:
        raise HTTPException(404, f"There is no audit {number}.") from error
    return Standing(
        progress=replace(progress, target=file_name(progress.target)),
        running=number in server.audits.stops,
        newest=frontier.newest_findings(number, _LAST),
        why=server.audits.faults.get(number, ""),
    )


def listed(request: Request) -> Response:
    """Every audit, the newest first, and the form for another."""
    server = server_of(request)
    numbers = server.world.store.frontier.numbers()[:200]
    found = [_standing(server, number) for number in numbers]
    return show(request, "audits", "audits", plain={"audits": found}, audits=found)


def start(request: Request, form: Form) -> Response:
    """Begins an audit of a site or of a list of addresses."""
    server = server_of(request)
    body, most, sample = form.get("file"), text_of(form, "most"), text_of(form, "sample")
    options = AuditOptions(
        most=_number(most, 5000), sample=_number(sample, 0) or None, lookups="lookups" in form
    )
    if isinstance(body, bytes) and body:
        target = _keep_list(server, text_of(form, "file.name", 5000), body)
        if is_list(target):
            with opened_list(target, text_of(form, "column") or "url") as found:
                options = replace(options, column=found.column, digest=found.digest)
    else:
        target = web_address(server, text_of(form, "url"))
    number = server.world.store.frontier.begin(target, options, server.now())
    return _go(request, number)


def _number(text: str, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise HTTPException(400, f"{text[:20]!r} is not a number of pages.")
    return int(text)


def _keep_list(server: Server, name: str, body: bytes) -> str:
    """The path of an uploaded list, kept beside the database: the audit may be gone on with.

    Its name is made here: nothing that was sent becomes part of a path but letters and digits.
    """
    database = server.settings.database
    if database is None:
        raise HTTPException(400, "With nothing kept there is no place for a list.")
    folder = Path(database).parent / "provenance-lists"
    stem = "".join(c for c in PurePath(name).stem if c.isascii() and c.isalnum())[:40] or "list"
    suffix = ".warc" if body.startswith(b"WARC/") else ".txt"
    path = folder / f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}{suffix}"
    with written(path) as file:
        file.write(body)
    return str(path)


def _go(request: Request, number: int) -> Response:
    server = server_of(request)
    if not server.audits.start(number, server.settings):
        raise HTTPException(503, "Another audit runs. Stop it first, or wait until it has ended.")
    return send_on(request, f"/audits/{number}", {"number": number})


def resume(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form of all handlers
    """Goes on with an audit that was stopped or killed."""
    number = number_of(request)
    if _standing(server_of(request), number).progress.complete:
        return send_on(request, f"/audits/{number}")
    return _go(request, number)


def stop(request: Request, form: Form) -> Response:  # noqa: ARG001
    """Stops an audit; it can be gone on with."""
    server_of(request).audits.stop(number_of(request))
    return send_on(request, f"/audits/{number_of(request)}")


def watch(request: Request) -> Response:
    """An audit that has not ended as it stands, or its dashboard."""
    server, number = server_of(request), number_of(request)
    standing = _standing(server, number)
    if not standing.progress.complete or is_api(request):
        return show(request, "audit", "audits", plain=standing, standing=standing)
    others = [n for n in server.world.store.frontier.numbers() if n != number]
    report = replace(_shareable(request), rows=_Linked(_shareable(request).rows))
    bar = {"served": bar_of(request, "audits"), "audit": number, "others": others[:50]}
    return html("".join(render(report, **bar)))


def _shareable(request: Request) -> AuditReport:
    return shareable_audit(whole_report(server_of(request).world, number_of(request)))


def download(request: Request) -> Response:
    """A whole audit as a file, in pieces."""
    form = request.path_params["form"]
    _standing(server_of(request), number_of(request))
    if form not in FORMATS:
        raise HTTPException(404, f"An audit has no form {form!r}.")
    suffix, rendered = FORMATS[form]
    name = f"audit-{number_of(request)}{suffix}"
    return StreamingResponse(
        rendered(_shareable(request)),
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def compare(request: Request) -> Response:
    """What changed between two audits."""
    old, new = (request.query_params.get(name, "") for name in ("old", "new"))
    if not (old.isdigit() and new.isdigit() and old != new and len(old + new) < 20):
        raise HTTPException(400, "Choose two different audits.")
    numbers = sorted((int(old), int(new)))
    for number in numbers:
        _standing(server_of(request), number)
    reports = [whole_report(server_of(request).world, number) for number in numbers]
    found = shareable_change(compare_audits(*reports))
    found = replace(found, pages=_LinkedChanges(found.pages))
    return html("".join(change_html.render(found, served=bar_of(request, "audits"))))


def events(request: Request) -> Response:
    """Where an audit stands, as it moves: each event takes the place of those before it."""
    server, number = server_of(request), number_of(request)
    first = _standing(server, number)

    async def follow(after: int) -> AsyncIterator[Event | None]:
        before, begun, quiet = None, asyncio.get_running_loop().time(), 0
        while True:
            now = await run_in_threadpool(_standing, server, number)
            seconds = asyncio.get_running_loop().time() - begun
            if now != before:
                before, after, quiet = now, after + 1, 0
                line = moving(first.progress, now.progress, seconds)
                yield Event(after, "standing", "standing", replace(now, line=line))
            elif quiet * _LOOK_EVERY >= 15:
                quiet = 0
                yield None
            if not now.running:
                yield Event(after + 1, "end", "end", {"go": f"/audits/{number}"})
                return
            quiet += 1
            await asyncio.sleep(_LOOK_EVERY)

    return stream(request, follow)


ROUTES: list[Any] = [
    *gets("/audits", listed),
    *gets("/audits/compare", compare)[:1],
    *gets("/audits/{number:int}", watch),
    *gets("/audits/{number:int}/events", events),
    *gets("/audits/{number:int}.{form}", download),
    *posts("/audits", start),
    *posts("/audits/{number:int}/stop", stop),
    *posts("/audits/{number:int}/resume", resume),
]
