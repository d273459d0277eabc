"""Who is to be written to after an audit: the owners of originals, each with the pages copied."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provenance.jobs.audit.site_report import source_name
from provenance.model import Attribution, NoticeState, Stance, VerdictKind
from provenance.model.notices import LeftOut, Notices, OwnerNotice
from provenance.text.publishers import publisher_of
from provenance.text.urls import is_below, is_web_url, registrable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from provenance.model.audit import AuditRow, PageResult

_COPIED = frozenset({VerdictKind.REPOST, VerdictKind.PARTIAL})


def notices(
    rows: Iterable[AuditRow], licensed: Collection[str], only: Collection[int] = ()
) -> Notices:
    """The pages that a notice is due for, by the house of their original.

    Only pages whose text was found at its source are: what a page says of itself is no proof.
    ``licensed`` are the hosts of sites that may reprint; ``only`` names reports, none for all.
    """
    due: dict[str, list[tuple[AuditRow, PageResult]]] = {}
    left = Counter[LeftOut]()
    for row in rows:
        result = row.result
        if result is None or result.kind not in _COPIED:
            continue
        if (why := _left_out(row, result, licensed, only)) is not None:
            left[why] += 1
        else:
            due.setdefault(_house(result), []).append((row, result))
    return Notices(
        owners=tuple(
            OwnerNotice(name=_name(pages, house), site=house, pages=tuple(pages))
            for house, pages in sorted(due.items())
        ),
        left_out=tuple((why, left[why]) for why in LeftOut if left[why]),
    )


def _left_out(
    row: AuditRow, result: PageResult, licensed: Collection[str], only: Collection[int]
) -> LeftOut | None:
    """Why a page that was copied gets no notice; None where it does."""
    listed = result.attribution is Attribution.LICENSED or is_below(
        result.page.url or row.url, licensed
    )
    if listed or row.notice is NoticeState.LICENSED:
        return LeftOut.LICENSED
    if row.reviewed is Stance.DISAGREE:
        return LeftOut.DISAGREED
    if row.notice not in {None, NoticeState.NEW}:
        return LeftOut.UNDER_WAY
    if result.origin is None or not is_web_url(result.origin.url or ""):
        return LeftOut.NO_ADDRESS
    return LeftOut.NOT_CHOSEN if only and result.report not in only else None


def _house(result: PageResult) -> str:
    """The main domain of the house that published the original."""
    url = (result.origin.url if result.origin else None) or ""
    known = publisher_of(url)
    return known.house if known else registrable(url)


def _name(pages: Iterable[tuple[AuditRow, PageResult]], house: str) -> str:
    """What the owner is called most often, else the domain."""
    names = Counter(source_name(result) for _, result in pages)
    return min(names, key=lambda name: (-names[name], name), default=house) or house
