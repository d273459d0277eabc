"""Kept reports: found again, read, reviewed one by one, saved, cited, checked again, forgotten."""

from __future__ import annotations

import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from provenance.cli.cite import CITATION_FORMS
from provenance.cli.evidence import add_report
from provenance.cli.forget import delete_kept
from provenance.cli.kept import kept_report
from provenance.cli.pdf import PDF, pdf
from provenance.cli.targets import bare_address
from provenance.errors import InputError
from provenance.judge.citation import cite, cite_copy
from provenance.model import Citation, Refusal, Review, Stance, VerdictKind
from provenance.model.plain import values
from provenance.render import FORMATS
from provenance.render.citation import BACKWARDS_COPY, cited
from provenance.render.report.html import render
from provenance.render.report.verdicts import label, sentence
from provenance.render.sharing import shareable
from provenance.render.text.filenames import report_name
from provenance.text.urls import host, is_web_url
from provenance.web.access import is_api
from provenance.web.checks import begin
from provenance.web.pages import (
    bar_of,
    gets,
    html,
    number_of,
    posts,
    send_on,
    server_of,
    show,
    text_of,
)
from provenance.web.running import Asked
from provenance.world.saved.evidence import Evidence
from provenance.world.store.reports import Chosen

if TYPE_CHECKING:
    from starlette.requests import Request

    from provenance.model import Report
    from provenance.web.pages import Form

_A_PAGE, _QUEUE = 50, 500
_PRINTER = threading.Lock()
_KINDS = {kind.value: kind for kind in VerdictKind}
_REVIEWED = {"yes": True, "no": False}
# What a person is asked about: where somebody's text is said or measured to stand.
_TO_REVIEW = (*(kind for kind in VerdictKind if kind.reused), VerdictKind.ELSEWHERE)
_WACZ = "wacz"


def listed(request: Request) -> Response:
    """The kept reports that are asked for, the newest first."""
    asked = {name: request.query_params.get(name, "")[:500] for name in ("q", "site", "kind")}
    reviewed = request.query_params.get("reviewed", "")
    at = request.query_params.get("page", "1")
    number = int(at) if at.isascii() and at.isdigit() and 0 < len(at) < 6 else 1
    chosen = Chosen(
        words=asked["q"],
        kinds=(_KINDS[asked["kind"]],) if asked["kind"] in _KINDS else (),
        site=host(bare_address(asked["site"]) or asked["site"]),
        reviewed=_REVIEWED.get(reviewed),
    )
    kept = server_of(request).world.store.reports
    found = kept.newest(chosen, _A_PAGE + 1, (max(number, 1) - 1) * _A_PAGE)
    page, more = found[:_A_PAGE], len(found) > _A_PAGE
    plain = {"reports": page, "page": number, "more": more}
    context = {**plain, "asked": {**asked, "reviewed": reviewed}}
    return show(request, "kept", "kept", plain=plain, **context)


def _kept(request: Request) -> Report:
    try:
        return kept_report(server_of(request).world, number_of(request))
    except InputError as error:
        raise HTTPException(404, f"There is no report {number_of(request)}.") from error


def read(request: Request) -> Response:
    """The very report that is written to a file, with a bar above it."""
    report = shareable(_kept(request))
    if is_api(request):
        return JSONResponse(values(report))
    bar = bar_of(request, "kept")
    return html(render(report, served=bar, kept_as=number_of(request)))


def download(request: Request) -> Response:
    """A report as a file, in any form."""
    report, form = shareable(_kept(request)), request.path_params["form"]
    if form == _WACZ:
        return _evidence(request, report)
    if form == PDF:
        with _PRINTER:  # one browser at a time
            return _file(pdf(FORMATS["html"][1](report)), f"{report_name(report)}.pdf")
    if form not in FORMATS:
        raise HTTPException(404, f"A report has no form {form!r}.")
    suffix, rendered = FORMATS[form]
    return _file(rendered(report).encode("utf-8", "replace"), f"{report_name(report)}{suffix}")


def _evidence(request: Request, report: Report) -> Response:
    """All that was read for a report; what is not kept any more is named before it is left out."""
    with TemporaryDirectory(prefix="provenance-") as folder, Evidence() as evidence:
        lost: list[str] = []
        add_report(evidence, _kept(request), server_of(request).world, lost.append)
        if lost and not request.query_params.get("partly"):
            context = {"number": number_of(request), "lost": lost}
            return show(request, "lost", "kept", plain={"lost": lost}, **context)
        found = evidence.save(Path(folder) / report_name(report), wacz=True)
        if found is None:
            raise HTTPException(404, "None of the pages of this report is kept any more.")
        return _file(found.path.read_bytes(), found.path.name)


def _file(body: bytes, name: str) -> Response:
    kind = "application/octet-stream"
    return Response(
        body, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def citations(request: Request) -> Response:
    """The origin cited in every form, from what is kept: nobody is asked."""
    report = _kept(request)
    found, copy = cite(report), cite_copy(report)
    entries = {
        form: _entry(form, copy if form == BACKWARDS_COPY else found) for form in CITATION_FORMS
    }
    known = {form: text for form, text in entries.items() if text}
    refusal = found if isinstance(found, Refusal) else None
    plain = {"citations": known, "refusal": refusal}
    return show(request, "cite", "kept", plain=plain, number=number_of(request), **plain)


def _entry(form: str, found: Citation | Refusal) -> str:
    return cited(form, found) if isinstance(found, Citation) else ""


def review(request: Request, form: Form) -> Response:
    """Records a person's verdict."""
    stance, note, number = text_of(form, "stance"), text_of(form, "note"), number_of(request)
    if stance not in set(Stance):
        raise HTTPException(400, "Say whether you agree, disagree or are unsure.")
    _kept(request)
    at = server_of(request).now()
    server_of(request).world.store.reports.review(
        number, Review(stance=Stance(stance), note=note, at=at)
    )
    queued = f"/review?at={text_of(form, 'after')}"
    return send_on(request, queued if "after" in form else f"/reports/{number}")


def again(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form of all handlers
    """Checks the page anew: an address as it is now, a text as it was handed in."""
    report = _kept(request)
    if is_web_url(report.target):
        return begin(request, Asked(target=report.target, again=True))
    first = report.evidence[0] if report.evidence else None
    capture = first and server_of(request).world.store.fetches.of_exhibit(first)
    if not capture:
        raise HTTPException(404, "The page's bytes are not kept any more.")
    name = shareable(report).target
    return begin(request, Asked(target=name, url=capture.url, body=capture.body, again=True))


def ask_to_forget(request: Request) -> Response:
    """Asks before anything is deleted."""
    report, number = shareable(_kept(request)), number_of(request)
    return show(request, "forget", "kept", plain=None, number=number, report=report)


def forget(request: Request, form: Form) -> Response:  # noqa: ARG001
    """Deletes a report, its page's bytes and its text."""
    _kept(request)
    gone = delete_kept(server_of(request).world, (number_of(request),))
    return send_on(request, "/reports", values(gone))


def queue(request: Request) -> Response:
    """The findings that nobody has reviewed, one at a time."""
    world = server_of(request).world
    waiting = world.store.reports.newest(Chosen(kinds=_TO_REVIEW, reviewed=False), _QUEUE)
    wanted = request.query_params.get("at", "")
    numbers = [entry.id for entry in waiting]
    older = [number for number in numbers if wanted.isdigit() and number <= int(wanted)]
    number = next(iter(older or numbers), None)
    if number is None or is_api(request):
        return show(request, "review", "review", plain={"waiting": waiting}, report=None)
    at, report = numbers.index(number), shareable(kept_report(world, number))
    context = {
        "number": number,
        "label": label(report),
        "sentence": sentence(report),
        "newer": numbers[at - 1] if at else None,
        "older": numbers[at + 1] if at + 1 < len(numbers) else None,
        "count": len(numbers),
    }
    return show(request, "review", "review", report=report, **context)


ROUTES = [
    *gets("/reports", listed),
    *gets("/reports/{number:int}", read),
    *gets("/reports/{number:int}/cite", citations),
    *gets("/reports/{number:int}.{form}", download),
    *gets("/reports/{number:int}/forget", ask_to_forget)[:1],
    *gets("/review", queue),
    *posts("/reports/{number:int}/review", review),
    *posts("/reports/{number:int}/again", again),
    *posts("/reports/{number:int}/forget", forget, owner=True),
]
