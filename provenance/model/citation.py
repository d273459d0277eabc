"""A citation of one page, ready to be written in any style, and why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CitationKind(StrEnum):
    """What is cited, by the item types of CSL that a news or web text can have."""

    NEWSPAPER = "article-newspaper"
    MAGAZINE = "article-magazine"
    BLOG = "post-weblog"
    WEBPAGE = "webpage"


class UrlStatus(StrEnum):
    """What is known of the live address, in the words of Wikipedia's templates.

    LIVE was read and shows the text, DEAD answers that it is gone, DEVIATED shows another text
    than the memento.
    """

    LIVE = "live"
    DEAD = "dead"
    DEVIATED = "deviated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote it: a person by ``family`` and ``given`` name, or a ``literal`` name kept whole."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A date as finely as it is known: a year, a month of it, or a day."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One page as it is to be cited.

    ``container`` is the paper, magazine, blog or site; ``publisher`` who owns it, where that is
    another name; ``agency`` whose text it prints; ``via`` the site it was read on, where that is
    not the publisher's. ``archive_url`` and ``archive_date`` come together or not at all.
    ``note`` says in a sentence what a reader must know before relying on it: why it is uncertain,
    or that only a part stands there; it is empty where nothing is to be said.
    """

    kind: CitationKind
    title: str
    authors: tuple[Author, ...] = ()
    container: str | None = None
    publisher: str | None = None
    agency: str | None = None
    via: str | None = None
    url: str | None = None
    issued: CalendarDay | None = None
    accessed: CalendarDay | None = None
    archive_url: str | None = None
    archive_date: CalendarDay | None = None
    url_status: UrlStatus | None = None
    language: str | None = None
    section: str | None = None
    page: str | None = None
    volume: str | None = None
    issue: str | None = None
    edition: str | None = None
    issn: str | None = None
    place: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a page's origin is not cited, and what a person can do instead."""

    why: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPlace:
    """Where a text cites: its line, from 1, and the note as readers call it, '' outside of any."""

    line: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAddress:
    """An address that a text cites, with its places.

    ``archive_url`` is the archive's address of the page, where the text gives one.
    """

    url: str
    places: tuple[CitedPlace, ...] = ()
    archive_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLink:
    """One address that a text cites, looked at.

    ``repost`` is True when the page is one, in whole or in part, False when nothing earlier was
    found though it was looked for, None when that is not known, or the page could not be read:
    ``read`` tells which. ``instead`` is what should be cited, where it is sure enough; ``why`` says
    the rest in a clause.

    ``places`` are where the text cites it, ``title`` is the page's. ``url_status`` is LIVE or DEAD,
    None where that is not known; ``live_fault`` says why the live page could not be had, and
    ``archive_url`` and ``archive_date`` then give the capture that was read instead.
    """

    url: str
    read: bool
    places: tuple[CitedPlace, ...] = ()
    title: str | None = None
    url_status: UrlStatus | None = None
    live_fault: str = ""
    archive_url: str | None = None
    archive_date: CalendarDay | None = None
    repost: bool | None = None
    instead: Citation | None = None
    why: str = ""
