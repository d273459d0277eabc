"""What the answer of a search service means before anybody reads it as results.

"No hits" is only what a service says in its own form. A refusal, a limit reached, or a page of
HTML where data was asked for says that it could not be asked.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.text.scrub import scrub
from provenance.world.pace import retry_after

if TYPE_CHECKING:
    from provenance.model import Capture

_TAG = re.compile(r"<[^<>]*>")
_LONGEST_TEXT = 2000


def read_json(provider: str, asked: str, capture: Capture) -> Any:
    """The JSON of an answer with status 200; the error that any other answer means is raised."""
    status = capture.status or 0
    if status == 200:
        try:
            return json.loads(capture.body)
        except (ValueError, RecursionError) as error:
            raise Garbled(provider, asked, f"it did not answer in JSON ({_kind(capture)})") from (
                error
            )
    raise meaning(provider, asked, capture)


def meaning(provider: str, asked: str, capture: Capture) -> ProviderError:
    """The error that an answer with another status than 200 means."""
    status = capture.status or 0
    said = message(capture)
    why = f"HTTP {status}" + (f": {said}" if said else "")
    if status == 429 or status >= 500:
        wait = retry_after(capture.header("retry-after"), capture.captured_at)
        return Unavailable(provider, asked, f"it cannot answer now ({why})", retry_after=wait)
    if status in {401, 403, 451}:
        return Refused(provider, asked, f"it refuses the question ({why})")
    if status in {400, 414, 422}:
        return Refused(provider, asked, f"it does not take this query ({why})")
    return Garbled(provider, asked, f"it did not answer as a search service ({why})")


def message(capture: Capture) -> str:
    """What a JSON error says in words, or ''."""
    try:
        found = json.loads(capture.body[:20_000])
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict):
        return ""
    return plain(str(found.get("message") or found.get("error") or ""))[:200]


def plain(markup: object) -> str:
    """A title or snippet without tags and entities, white space single, bounded in length."""
    text = html.unescape(_TAG.sub(" ", str(markup or "")[: 4 * _LONGEST_TEXT]))
    return scrub(" ".join(text.split()))[:_LONGEST_TEXT]


def _kind(capture: Capture) -> str:
    return capture.media_type or "no media type"
