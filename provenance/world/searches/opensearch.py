"""Kind ``opensearch``: the search of one site, as its OpenSearch description says it is asked.

The address is that of the description (OpenSearch 1.1). A feed of results is preferred; of a page
of results the links are taken whose text shares words with the question, and a page without such
links does not say that there are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from provenance.errors import Garbled, Refused
from provenance.model import Lead, Profile, Reply
from provenance.text.urls import absolute, host, is_web_url, same_site
from provenance.text.words import words
from provenance.world.formats.markup import children, name, read_xml, whole_text
from provenance.world.provider_edge import provider_edge
from provenance.world.searches import feed
from provenance.world.searches.answers import error_of, plain
from provenance.world.searches.service import SiteService, write_words
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="opensearch",
    kind="opensearch",
    index="the pages of one site",
    profile=Profile(phrases=False, longest=200, most_words=8, snippets=False),
    note="The search box of one site, by its description; phrases are not sure to be held.",
)
_FEEDS = ("application/rss+xml", "application/atom+xml")
_PAGES = ("text/html", "application/xhtml+xml")
_PARAMETER = re.compile(r"\{([A-Za-z:]{1,60})(\??)\}")
# What a parameter that is not optional stands for (OpenSearch 1.1, "URL template syntax").
_DEFAULTS = {
    "count": "20",
    "startIndex": "1",
    "startPage": "1",
    "language": "*",
    "inputEncoding": "UTF-8",
    "outputEncoding": "UTF-8",
}
_MOST_RESULTS = 20
_LEAST_SHARED, _FEWEST_WORDS = 0.5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One way to ask: an address with parameters in braces, and the media type of the answer."""

    address: str
    media_type: str


def read_description(body: bytes, base: str) -> tuple[Template, ...]:
    """The ways to ask by GET that a description gives, feeds first; ValueError if it is none."""
    root, _ = read_xml(body)
    if name(root) != "opensearchdescription":
        raise ValueError("it is no OpenSearch description")
    found = []
    for url in children(root, "url"):
        kind = (url.get("type") or "").partition(";")[0].strip().lower()
        address = absolute(base, url.get("template") or "")
        by_get = (url.get("method") or "get").lower() == "get"
        results = "results" in (url.get("rel") or "results").lower().split()
        if address and by_get and results and kind in (*_FEEDS, *_PAGES):
            found.append(Template(address=address, media_type=kind))
    found = [template for template in found if "{searchTerms}" in template.address]
    return tuple(sorted(found, key=lambda template: template.media_type not in _FEEDS))


def build(template: str, query: Query) -> str:
    """The question: every parameter of the template replaced, optional ones by nothing."""

    def value(found: re.Match[str]) -> str:
        if found[1] == "searchTerms":
            return quote_plus(write_words(query))
        return "" if found[2] else _DEFAULTS.get(found[1], "")

    return _PARAMETER.sub(value, template)


def parse_page(provider: str, query: Query, capture: Capture) -> tuple[Lead, ...]:
    """The links of a page of results whose text shares most words with the question.

    Garbled where there are none: such a page does not say that nothing was found.
    """
    from lxml import html

    if capture.status != 200:
        raise error_of(provider, query.phrase, capture)
    base = capture.responded_url or capture.url or ""
    try:
        root = html.document_fromstring(capture.body)
    except (ValueError, html.etree.ParserError) as error:
        raise Garbled(provider, query.phrase, "its page of results cannot be read") from error
    wanted = set(words(query.phrase).keys)
    leads: dict[str, Lead] = {}
    for anchor in root.iter("a"):
        url = absolute(base, anchor.get("href") or "")
        title = plain(whole_text(anchor))
        here = set(words(title).keys)
        if url is None or not same_site(url, base) or len(here) < _FEWEST_WORDS:
            continue
        if len(wanted & here) >= _LEAST_SHARED * min(len(wanted), len(here)):
            reason = f"a result of the search of {host(base)}"
            leads.setdefault(url, Lead(url=url, found_by=provider, reason=reason, title=title))
    if not leads:
        raise Garbled(provider, query.phrase, "its page of results names no page like this one")
    found = list(leads.values())[:_MOST_RESULTS]
    return tuple(replace(lead, rank=rank) for rank, lead in enumerate(found))


class OpensearchSearch(SiteService):
    """The search of one site; satisfies ``model.ports.Search``."""

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """The site's results; empty only where a feed of results has none."""
        fitted = self.fitted(query)
        template, _ = self._asker.ask(self.sheet.base_url, self._described)
        question = build(template.address, fitted)
        leads, at = self._asker.ask(question, lambda said: self._read(template, fitted, said))
        return Reply(items=leads, at=at)

    def _described(self, capture: Capture) -> Template:
        asked, base = self.sheet.base_url, self.sheet.base_url
        if capture.status != 200:
            raise error_of(self.name, asked, capture)
        try:
            templates = read_description(capture.body, base)
        except ValueError as error:
            raise Garbled(self.name, asked, str(error)) from error
        own = [
            each for each in templates if is_web_url(each.address) and same_site(each.address, base)
        ]
        if not own:
            raise Refused(
                self.name, asked, "its description gives no search of its own to be asked"
            )
        return own[0]

    def _read(self, template: Template, query: Query, capture: Capture) -> tuple[Lead, ...]:
        if template.media_type in _PAGES:
            return parse_page(self.name, query, capture)
        return tuple(lead for lead, _ in feed.parse(self.name, query.phrase, capture))


KINDS = {"opensearch": (SHEET, OpensearchSearch)}
