"""Kind ``wordpress``: the post search of one WordPress site, over its REST interface.

Its search is a LIKE over the text as stored, not as shown: typographic quotes, apostrophes,
dashes and tags match nothing, unquoted words must all occur, and ten or more of them are taken as
one exact string (WP_Query, ``parse_search``). So a query is cut to the longest stretch of plain
words, quoted, or to nine words. The date of a post is the site's own claim.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from provenance.errors import Garbled, Refused
from provenance.model import Event, Lead, Precision, Reply, Sighting, Witness
from provenance.text.urls import host, is_web_url, same_site
from provenance.world.searches.answers import plain, read_json
from provenance.world.searches.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Capture, Query
    from provenance.world.searches.asking import Asker

SHEET = Sheet(
    name="wordpress",
    kind="wordpress",
    index="the posts of one site",
    terms="https://developer.wordpress.org/rest-api/",
    dates=True,
    words=9,
    note="Finds only posts of the site itself; their dates are the site's own.",
)
_MOST_RESULTS = 20
_FIELDS = "id,date_gmt,modified_gmt,link,title,excerpt"
# A run of words between marks that WordPress may have changed on the way to the page. Digits
# alone are safe; "4,200" and "it's" are not.
_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_FEWEST_WORDS = 3
_ELSEWHERE = frozenset({301, 302, 307, 308, 404, 405})


def terms(query: Query) -> str:
    """The words to search for as WordPress must be given them; '' when too few can be used."""
    text = " ".join(query.phrase.split())
    if not query.exact:
        return " ".join(re.findall(r"[^\W_]{2,}", text)[: SHEET.words])
    longest = max(_PLAIN.findall(text), key=lambda run: (len(run.split()), len(run)), default="")
    return f'"{longest}"' if len(longest.split()) >= _FEWEST_WORDS else ""


def build(base_url: str, query: Query, *, plain_links: bool = False) -> str:
    """The question. ``plain_links``: for sites without rewritten addresses (?rest_route=)."""
    parameters = {
        "search": terms(query),
        "per_page": str(_MOST_RESULTS),
        "orderby": "date",
        "order": "asc",
        "_fields": _FIELDS,
    }
    if query.before is not None:
        parameters["before"] = query.before.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    base = base_url.rstrip("/")
    if "rest_route=" in base:
        return f"{base}/wp/v2/posts&{urlencode(parameters)}"
    if plain_links:
        return f"{base}/?rest_route=%2Fwp%2Fv2%2Fposts&{urlencode(parameters)}"
    api = base if urlsplit(base).path.endswith("/wp-json") else f"{base}/wp-json"
    return f"{api}/wp/v2/posts?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The posts of an answer, the oldest first as asked; the error that anything else means."""
    found = read_json(provider, asked, capture)
    if not isinstance(found, list):
        raise Garbled(provider, asked, "its answer is no list of posts")
    leads = [lead for post in found[:_MOST_RESULTS] if (lead := _lead(provider, post)) is not None]
    if found and not leads:
        raise Garbled(provider, asked, "none of its results is a post with an address")
    return tuple(replace(lead, rank=rank) for rank, lead in enumerate(leads))


def _lead(provider: str, post: Any) -> Lead | None:
    if not isinstance(post, dict) or not is_web_url(str(post.get("link") or "")):
        return None
    url = str(post["link"])
    return Lead(
        url=url,
        found_by=provider,
        reason=f"a post on {host(url)}",
        title=plain(_rendered(post.get("title"))),
        snippet=plain(_rendered(post.get("excerpt"))),
        sighting=_sighting(url, post.get("date_gmt")),
    )


def _rendered(field: Any) -> Any:
    return field.get("rendered") if isinstance(field, dict) else field


def _sighting(url: str, date_gmt: Any) -> Sighting | None:
    """The publication date the site gives its own post: a claim, whoever relays it."""
    try:
        at = datetime.fromisoformat(str(date_gmt))
    except ValueError:
        return None
    return Sighting(
        url=url,
        at=at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC),
        precision=Precision.SECOND,
        witness=Witness.SELF,
        event=Event.PUBLISHED,
        basis="wordpress date_gmt",
    )


class WordpressSearch:
    """The search of one WordPress site; satisfies ``model.ports.Search``."""

    def __init__(self, sheet: Sheet, asker: Asker) -> None:
        self.sheet = sheet
        self._asker = asker

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @property
    def index(self) -> str:
        """The index underneath: the one site."""
        return f"posts of {host(self.sheet.base_url)}"

    def search(self, query: Query) -> Reply[Lead]:
        """The site's posts with these words, oldest first; empty only if it said there are none."""
        base, asked = self.sheet.base_url, query.phrase
        if query.site and not same_site(f"https://{query.site}", base):
            raise Refused(self.name, asked, f"it searches {host(base)} only")
        if not terms(query):
            raise Refused(
                self.name, asked, f"fewer than {_FEWEST_WORDS} plain words stand together in it"
            )
        leads, at = self._asker.ask(build(base, query), self._read(asked))
        if leads is None:
            leads, at = self._asker.ask(build(base, query, plain_links=True), self._read(asked))
        if leads is None:
            raise Garbled(self.name, asked, f"{host(base)} has no WordPress REST interface")
        return Reply(items=leads, at=at)

    def _read(self, asked: str) -> Callable[[Capture], tuple[Lead, ...] | None]:
        """Reads an answer; None where the interface is not at the address that was asked."""

        def read(capture: Capture) -> tuple[Lead, ...] | None:
            # Without rewritten addresses many servers give the home page for any path.
            page = capture.status == 200 and capture.body.lstrip().startswith(b"<")
            if page or capture.status in _ELSEWHERE:
                return None
            return parse(self.name, asked, capture)

        return read
