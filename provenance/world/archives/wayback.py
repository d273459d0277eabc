"""The one place that uses waybackpy 3.0.6, and only what is sound in it.

Used: ``CDXSnapshot`` as the row of the Wayback Machine, with its time and its address there. The
question is written as its ``WaybackMachineCDXServerAPI`` would write it, without importing that:
a check without network asks nobody, and its import takes as long as reading a page.

Not used, because each turns "could not ask" into "never archived" or does worse: its transport
(``get_response`` checks no status, has no time-out, sleeps as long as a server tells it, five
times, and retries nothing on http), its reading of answers (``snapshots`` drops lines under 46
characters, so a short 404 page is an empty list; one bad timestamp ends the list with a
ValueError; a space in an address ends it too; a cut list is not noticed), ``oldest`` and ``near``
(an undocumented sort, redirects taken for pages), the availability API (sleeps before the first
call, false negatives) and the save API (anonymous). Asking, reading and replaying are ours.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.world.archives.rows import CdxRow

MOST_CAPTURES = 3000
_FIELDS = "urlkey,timestamp,original,mimetype,statuscode,digest,length"


def question(endpoint: str, url: str) -> str:
    """The CDX question for the captures of one address, oldest first.

    Neighbours with the same digest are one row (``collapse``), so that a page which was captured
    ten thousand times unchanged does not use up the limit. JSON, because in its text form "no
    captures" is no bytes at all, and so is a failure.
    """
    parameters = {
        "collapse": "digest",
        "url": url.strip().replace(" ", "%20"),
        "output": "json",
        "fl": _FIELDS,
        "limit": MOST_CAPTURES,
        # Without it an address that ends in * would ask for all that begin so.
        "matchType": "exact",
    }
    return f"{endpoint}?{urlencode(parameters, safe='', quote_via=quote)}"


def snapshot(row: CdxRow) -> Any:
    """The row as waybackpy's ``CDXSnapshot``; ValueError where its timestamp is no time."""
    from waybackpy.cdx_snapshot import CDXSnapshot

    return CDXSnapshot(
        {
            "urlkey": row.urlkey,
            "timestamp": row.timestamp,
            "original": row.original,
            "mimetype": row.mimetype,
            "statuscode": row.statuscode,
            "digest": row.digest,
            "length": row.length,
        }
    )


def taken(row: CdxRow) -> datetime:
    """When a row with a whole timestamp was captured, in UTC; ValueError where that is no time."""
    at: datetime = snapshot(row).datetime_timestamp
    return at.replace(tzinfo=UTC)
