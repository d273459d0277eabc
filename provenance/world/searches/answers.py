"""What the answer of a search service means before anybody reads it as results.

"No hits" is only what a service says in its own form. A refusal, a limit reached, or a page of
HTML where data was asked for says that it could not be asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from provenance.errors import BadQuery, Garbled, ProviderError, Refused, Unavailable
from provenance.model import Event, Sighting, Witness
from provenance.text.dates import parse_moment
from provenance.text.fragments import fragment_text
from provenance.text.json_text import parse_json
from provenance.text.scrub import scrub
from provenance.world.http.throttle import parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Capture, Lead
    from provenance.text.dates import Moment

_LONGEST_TEXT = 2000
_MOST_RESULTS = 100
# Where services put what is wrong, in words.
_SAID = ("message", "detail", "error", "note", "error_text", "msg", "title")


def read_json(provider: str, asked: str, capture: Capture) -> Any:
    """The JSON of an answer with status 200; the error that any other answer means is raised."""
    status = capture.status or 0
    if status == 200:
        try:
            return parse_json(capture.body)
        except ValueError as error:
            raise Garbled(provider, asked, f"it did not answer in JSON ({_kind(capture)})") from (
                error
            )
    raise error_of(provider, asked, capture)


def error_of(provider: str, asked: str, capture: Capture) -> ProviderError:
    """The error that an answer with another status than 200 means."""
    status = capture.status or 0
    said = message(capture)
    why = f"HTTP {status}" + (f": {said}" if said else "")
    if status == 429 or status >= 500:
        wait = parse_retry_after(capture.header("retry-after"), capture.captured_at)
        why = f"it cannot answer now ({why})"
        return Unavailable(provider, asked, why, status=status, retry_after=wait)
    if status in {401, 403, 451}:
        return Refused(provider, asked, f"it refuses the question ({why})", status=status)
    if status in {400, 414, 422}:
        return BadQuery(provider, asked, f"it does not take this query ({why})", status=status)
    why = f"it did not answer as a search service ({why})"
    return Garbled(provider, asked, why, status=status)


def message(capture: Capture) -> str:
    """What a JSON error says in words, or ''."""
    try:
        found = parse_json(capture.body[:20_000])
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    said = next((found[key] for key in _SAID if found.get(key)), "")
    if isinstance(said, dict):
        said = next((said[key] for key in _SAID if said.get(key)), "")
    return plain(said)[:200]


def list_at(provider: str, asked: str, found: Any, *path: str) -> list[Any]:
    """The list at a path of an answer; Garbled where there is none."""
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise Garbled(provider, asked, "its answer has no list of results")
    return found


def collect_leads(
    provider: str, asked: str, results: list[Any], lead: Callable[[dict[str, Any]], Lead | None]
) -> tuple[Lead, ...]:
    """The leads of a list of results in its order; Garbled when none of them is one."""
    leads = [
        found
        for result in results[:_MOST_RESULTS]
        if isinstance(result, dict) and (found := lead(result)) is not None
    ]
    if results and not leads:
        raise Garbled(provider, asked, "none of its results is a page with an address")
    return tuple(replace(found, rank=rank) for rank, found in enumerate(leads))


def index_date(
    url: str, value: object, basis: str, *, event: Event = Event.PUBLISHED
) -> Sighting | None:
    """A date that an index gives for a page; None where it gives none."""
    moment = parse_moment(str(value)) if value else None
    if moment is None:
        return None
    return Sighting(
        url=url,
        at=moment.at.astimezone(UTC),
        precision=moment.precision,
        witness=Witness.INDEX,
        event=event,
        basis=basis,
    )


def site_date(
    url: str, published: Moment | None, modified: Moment | None, named: tuple[str, str]
) -> Sighting | None:
    """The date that a site gives its own page: its claim, whoever relays it.

    ``named`` says where the two dates stood.
    """
    moment = published or modified
    if moment is None:
        return None
    return Sighting(
        url=url,
        at=moment.at,
        precision=moment.precision,
        witness=Witness.SELF,
        event=Event.PUBLISHED if published else Event.MODIFIED,
        basis=named[0] if published else named[1],
    )


def plain(markup: object) -> str:
    """A title or snippet without tags and entities, white space single, bounded in length."""
    return scrub(fragment_text(str(markup or "")[: 4 * _LONGEST_TEXT]))[:_LONGEST_TEXT]


def _kind(capture: Capture) -> str:
    return capture.media_type or "no media type"
