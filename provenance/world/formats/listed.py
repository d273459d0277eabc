"""What sitemaps and feeds say: pages with their dates, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.text.dates import Moment


class ListingKind(StrEnum):
    """What kind of list bytes are."""

    SITEMAP = "sitemap"
    INDEX = "sitemap index"
    FEED = "feed"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """One page that a sitemap or a feed names, with what it says of it.

    ``text`` is without tags; ``source`` is the feed or site that a feed's item says it was taken
    from, ``source_name`` what that is called. Both dates are the site's own claim.
    """

    url: str
    title: str = ""
    text: str = ""
    published: Moment | None = None
    modified: Moment | None = None
    source: str = ""
    source_name: str = ""

    @property
    def at(self) -> datetime | None:
        """When it was published, else changed, in UTC."""
        moment = self.published or self.modified
        return moment.at.astimezone(UTC) if moment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a list holds, in its order: ``pages``, or ``further`` sitemaps of an index.

    ``why`` says in one clause what was wrong with it; what could be read is given all the same.
    """

    kind: ListingKind
    pages: tuple[ListedPage, ...] = ()
    further: tuple[str, ...] = ()
    why: str = ""
