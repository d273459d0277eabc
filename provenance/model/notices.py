"""The notices that an audit makes: to whom, about which pages, and which pages get none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model.audit import AuditRow, PageResult


class LeftOut(StrEnum):
    """Why a page that was copied gets no notice."""

    LICENSED = "licensed"
    DISAGREED = "disagreed"
    UNDER_WAY = "under_way"
    NO_ADDRESS = "no_address"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNotice:
    """One owner of originals: ``name``, main domain, and the copies in the order of the audit."""

    name: str
    site: str
    pages: tuple[tuple[AuditRow, PageResult], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """The owners in the order of their domains; ``left_out`` counts the pages without a notice."""

    owners: tuple[OwnerNotice, ...]
    left_out: tuple[tuple[LeftOut, int], ...]
