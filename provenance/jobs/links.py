"""The citation report: whether what a text cites are reposts, and what to cite instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import InputError, ProviderError, Refused
from provenance.jobs.check.page import check
from provenance.jobs.check.stand_in import newest_instead
from provenance.jobs.cite import cite_origin
from provenance.model import (
    GONE,
    CalendarDay,
    CitedLink,
    Derivation,
    PageState,
    Refusal,
    UrlStatus,
    VerdictKind,
)
from provenance.read import read_capture
from provenance.read.references import cited_links
from provenance.text.archived import archived_address, viewing_address
from provenance.text.cited import cited_addresses
from provenance.text.publishers import same_house
from provenance.text.urls import normalise, unwrap_archived

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture, CitedAddress, Report, Settings, Tell
    from provenance.model.ports import World

_HTML = {"text/html", "application/xhtml+xml"}
_TAKEN = {Derivation.WHOLLY, Derivation.PARTIALLY}
_SOUND = {VerdictKind.FIRST, VerdictKind.NONE_FOUND}
_ERROR_PAGE = "it answers with an error page"


def links_of(capture: Capture) -> tuple[CitedAddress, ...]:
    """What a text, a Wikipedia page source or an HTML article links, other than its own site.

    InputError when it is a page without text.
    """
    if capture.media_type.partition(";")[0].lower() not in _HTML:
        return cited_addresses(capture.body.decode("utf-8", "replace"))
    document = read_capture(capture)
    wanted = {normalise(unwrap_archived(link.url)) for link in document.links}
    return tuple(
        cited
        for cited in cited_links(capture)
        if normalise(cited.url) in wanted and not same_house(cited.url, document.url or "")
    )


def check_link(
    cited: CitedAddress, world: World, settings: Settings, *, tell: Tell = lambda _: None
) -> CitedLink:
    """One cited address checked like any page; what cannot be read is said to be unread.

    A page that is gone is checked as the archive shows it whose address the text gives, else as
    its newest capture does.
    """
    link = CitedLink(url=cited.url, read=False, places=cited.places)
    try:
        try:
            capture = _live(cited.url, world)
            link = replace(link, url_status=UrlStatus.LIVE)
        except ProviderError as error:
            dead = UrlStatus.DEAD if error.status in GONE else None
            link = replace(link, url_status=dead, live_fault=error.why)
            capture = _archived(cited, error, world, settings, tell)
            link = _with_archive(link, cited, capture)
        return _judged(link, check(cited.url, capture, world, settings, tell=tell), world)
    except (ProviderError, InputError) as error:
        return replace(link, why=str(error))


def _live(url: str, world: World) -> Capture:
    """The live page; Refused, as for one that is gone, where an error page stands there."""
    capture = world.web.fetch(url)
    try:
        gone = read_capture(capture).state is PageState.SOFT_404
    except InputError:
        gone = False
    if gone:
        raise Refused("web", url, _ERROR_PAGE, status=404)
    return capture


def _archived(
    cited: CitedAddress, fault: ProviderError, world: World, settings: Settings, tell: Tell
) -> Capture:
    """The page as the text's own archive address shows it, else its newest capture."""
    if cited.archive_url is not None:
        try:
            return world.web.fetch(cited.archive_url)
        except ProviderError:
            pass  # then any other capture will do
    return newest_instead(cited.url, fault, world, settings, tell=tell)


def _with_archive(link: CitedLink, cited: CitedAddress, capture: Capture) -> CitedLink:
    """With the archive's address of the capture, and its day."""
    if capture.memento is not None:
        url, at = viewing_address(capture.memento), capture.captured_at
    else:
        url = cited.archive_url or ""
        found = archived_address(url)
        at = found.captured_at if found and found.captured_at else capture.captured_at
    return replace(link, archive_url=url, archive_date=_day(at))


def _day(at: datetime) -> CalendarDay:
    return CalendarDay(year=at.year, month=at.month, day=at.day)


def _judged(link: CitedLink, report: Report, world: World) -> CitedLink:
    verdict = report.verdict
    link = replace(link, read=True, title=report.suspect.title)
    if verdict.kind in _SOUND:
        return replace(link, repost=False)
    found = cite_origin(report, world.web)
    repost = True if verdict.derivation in _TAKEN else None
    if isinstance(found, Refusal):
        return replace(link, repost=repost, why=found.why)
    return replace(link, repost=repost, instead=found, why=found.note) if repost else link
