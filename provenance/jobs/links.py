"""The citation report: whether what a text cites are reposts, and what to cite instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import InputError, ProviderError
from provenance.jobs.check.page import check
from provenance.jobs.cite import cite_origin
from provenance.model import CitedLink, Derivation, Direction, Refusal
from provenance.read import read_capture
from provenance.text.cited import cited_urls
from provenance.text.publishers import same_house
from provenance.text.urls import normalise, unwrap_archived

if TYPE_CHECKING:
    from provenance.model import Capture, Report, Settings, Tell
    from provenance.model.ports import World

_HTML = {"text/html", "application/xhtml+xml"}
_TAKEN = {Derivation.WHOLLY, Derivation.PARTIALLY}


def links_of(capture: Capture) -> tuple[str, ...]:
    """What a text, a Wikipedia page source or an HTML article links, other than its own site.

    InputError when it is a page without text.
    """
    if capture.media_type.partition(";")[0].lower() not in _HTML:
        return cited_urls(capture.body.decode("utf-8", "replace"))
    document = read_capture(capture)
    found: dict[str, str] = {}
    for link in document.links:
        url = unwrap_archived(link.url)
        if not same_house(url, document.url or ""):
            found.setdefault(normalise(url), url)
    return tuple(found.values())


def check_link(
    url: str, world: World, settings: Settings, *, tell: Tell = lambda _: None
) -> CitedLink:
    """One cited address checked like any page; what cannot be read is said to be unread."""
    try:
        report = check(url, world.web.fetch(url), world, settings, tell=tell)
    except (ProviderError, InputError) as error:
        return CitedLink(url=url, read=False, why=str(error))
    return _judged(url, report, world)


def _judged(url: str, report: Report, world: World) -> CitedLink:
    verdict = report.verdict
    repost = True if verdict.derivation in _TAKEN else None
    if verdict.direction is Direction.TO_SOURCE:
        repost = False
    if not repost:
        why = "" if repost is False else _unknown(report, world)
        return CitedLink(url=url, read=True, repost=repost, why=why)
    found = cite_origin(report, world.web)
    if isinstance(found, Refusal):
        return CitedLink(url=url, read=True, repost=True, why=found.why)
    return CitedLink(url=url, read=True, repost=True, instead=found, why=found.note)


def _unknown(report: Report, world: World) -> str:
    found = cite_origin(report, world.web)
    return found.why if isinstance(found, Refusal) else ""
