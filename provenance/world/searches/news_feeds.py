"""Kinds ``googlenews``, ``bingnews`` and ``bing``: searches without a key that answer as RSS.

Their owners offer these answers for personal reading, so they are asked only where somebody names
them. Each is a feed in the form of its service. An answer without items looks the same for a
question that nothing fits and for a program that is being turned away: it says that there is
nothing only where the service has answered another question with items within the same minute.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from provenance.errors import Unavailable
from provenance.model import Lead, Match, Profile, Reply
from provenance.text.urls import at_root, host, is_web_url
from provenance.world.formats.feeds import read_feed
from provenance.world.searches.answers import error_of, plain, site_date
from provenance.world.searches.service import Service, write_words
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture, Query
    from provenance.world.formats.listed import ListedPage
    from provenance.world.searches.client import SearchClient

_MINUTE = timedelta(seconds=60)
_PROFILE = Profile(joins=(Match.ALL, Match.ANY), longest=300, most_words=24)
_FOR_READERS = "For personal reading, by its owner's terms; one question in three seconds."
# Google's addresses of articles: older ones hold the article's own address, newer ones do not.
_ARTICLE = re.compile(r"https://news\.google\.com/(?:rss/)?articles/([\w-]{16,2000})")
_INSIDE = re.compile(rb"https?://[\x21-\x7e]{4,1000}")
_OPAQUE = b"AU_yqL"


def _sheet(name: str, base_url: str, index: str, terms: str) -> SearchSheet:
    return SearchSheet(
        name=name,
        kind=name,
        base_url=base_url,
        index=index,
        terms=terms,
        per_minute=20.0,
        at_once=1.0,
        profile=_PROFILE,
        note=_FOR_READERS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RssForm:
    """How one service is asked: ``path`` behind its address, ``parameters`` beside the question.

    ``most`` is how many items it gives at most. ``dated`` says that the date of an item is that
    of the page.
    """

    sheet: SearchSheet
    path: str
    parameters: tuple[tuple[str, str], ...]
    most: int
    dated: bool


_TERMS_OF_BING = "https://www.microsoft.com/servicesagreement"
FORMS: tuple[RssForm, ...] = (
    RssForm(
        sheet=_sheet(
            "googlenews",
            "https://news.google.com",
            "Google News",
            "https://policies.google.com/terms",
        ),
        path="/rss/search",
        parameters=(("hl", "en-US"), ("gl", "US"), ("ceid", "US:en")),
        most=100,
        dated=True,
    ),
    RssForm(
        sheet=_sheet("bingnews", "https://www.bing.com", "Bing", _TERMS_OF_BING),
        path="/news/search",
        parameters=(("format", "rss"),),
        most=100,
        dated=True,
    ),
    RssForm(
        sheet=_sheet("bing", "https://www.bing.com", "Bing", _TERMS_OF_BING),
        path="/search",
        parameters=(("format", "rss"),),
        most=10,
        dated=False,
    ),
)


def build(form: RssForm, base_url: str, query: Query) -> str:
    """The address that is asked."""
    words = write_words(query)
    asked = f"{words} site:{query.site}" if query.site else words
    return f"{base_url.rstrip('/')}{form.path}?{urlencode((('q', asked), *form.parameters))}"


def parse(form: RssForm, provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The items of an answer as leads in its order; Unavailable for whatever is no feed."""
    if capture.status != 200:
        error = error_of(provider, asked, capture)
        raise Unavailable(provider, asked, error.why, status=capture.status) from error
    try:
        items = read_feed(capture.body, capture.responded_url or capture.url or "").pages
    except ValueError as error:
        why = "it gave a page instead of results: it may want a consent or take this for a robot"
        raise Unavailable(provider, asked, why) from error
    leads = (_lead(form, provider, item) for item in items[: form.most])
    found = [lead for lead in leads if lead is not None]
    return tuple(replace(lead, rank=rank) for rank, lead in enumerate(found))


def _lead(form: RssForm, provider: str, item: ListedPage) -> Lead | None:
    title = plain(item.title)
    named = plain(item.source_name)
    if named and title.endswith(f" - {named}"):
        title = title.removesuffix(f" - {named}")
    url = _behind(item.url)
    home = at_root(item.source)
    if url is None and not home:
        return None
    dates = (f"{provider} pubDate", "")
    return Lead(
        url=url or home,
        found_by=provider,
        reason=f"a page in the index of {provider}{f', of {named}' if named else ''}",
        title=title,
        snippet="" if url is None or form.sheet.kind == "googlenews" else plain(item.text),
        sighting=site_date(url, item.published, None, dates) if url and form.dated else None,
        at_home=url is None,
    )


def _behind(url: str) -> str | None:
    """The article's own address; None where Google's address does not hold it."""
    token = _ARTICLE.match(url)
    if token is None:
        return None if host(url) == "news.google.com" else url
    try:
        held = urlsafe_b64decode(token[1] + "=" * (-len(token[1]) % 4))
    except ValueError:
        return None
    if _OPAQUE in held:
        return None
    found = _INSIDE.search(held)
    if found is None or found.start() < 2:
        return None
    # Its length stands before it, in one byte or in two of seven bits.
    low, high = held[found.start() - 2 : found.start()]
    length = high if low < 128 else low & 127 | high << 7
    address = found[0][:length].decode("ascii")
    return address if is_web_url(address) else None


class NewsFeedSearch(Service):
    """A search that answers as RSS; satisfies ``model.ports.Search``."""

    def __init__(self, sheet: SearchSheet, asker: SearchClient, form: RssForm) -> None:
        super().__init__(sheet, asker)
        self._form = form
        self._with_items: datetime | None = None

    def search(self, query: Query) -> Reply[Lead]:
        """Its leads in its own order.

        Empty only where another question was answered with items within a minute; else
        Unavailable: an empty answer may be a refusal.
        """
        fitted = self.fitted(query)
        leads, at = self._asker.ask(
            build(self._form, self.sheet.base_url, fitted),
            lambda capture: parse(self._form, self.name, query.phrase, capture),
        )
        if leads:
            self._with_items = at
        elif self._with_items is None or abs(at - self._with_items) > _MINUTE:
            why = "it gave no results, which may mean that it turns programs away"
            raise Unavailable(self.name, query.phrase, why)
        cut = len(leads) >= self._form.most
        notes = (f"only its first {len(leads)}; there may be more",) if cut else ()
        return Reply(items=leads, at=at, notes=notes)


KINDS = {form.sheet.kind: (form.sheet, partial(NewsFeedSearch, form=form)) for form in FORMS}
