"""Who publishes, and by which names the site goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.read.dom import jsonld
from provenance.text.publishers import self_names
from provenance.text.urls import host

if TYPE_CHECKING:
    from provenance.read.dom.markup_facts import Sources

_FEED = re.compile(r"([^»]{2,80})»")


def publisher_names(found: Sources) -> tuple[str, ...]:
    """The names the site goes by, the best first: JSON-LD, og:site_name, metas, feeds, the host."""
    names: dict[str, None] = {}
    wiki = jsonld.is_wiki_page(found.article, found.nodes)
    for node in [found.article] if found.article and not wiki else []:
        value = jsonld.resolve(next(iter(jsonld.as_list(node.get("publisher"))), None), found.nodes)
        _put(names, jsonld.text_of(value))
    for text in found.all_meta(
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "publisher",
        "copyright",
    ):
        _put(names, text)
    for node in found.nodes:
        if {"WebSite", "NewsMediaOrganization"} & set(jsonld.types(node)):
            _put(names, jsonld.text_of(node.get("name")))
    for text in found.all_meta("twitter:site"):
        _put(names, text.lstrip("@"))
    for link in found.links:
        # WordPress titles each of its feeds so: “The Ferry Echo » Feed”.
        if "alternate" in link.rel and "feed" in link.href and (name := _FEED.match(link.title)):
            _put(names, name[1])
    address = found.url or next(found.linked("canonical"), None)
    if address:
        for listed in self_names(address):
            _put(names, listed)
        _put(names, host(address).removeprefix("www."))
    return tuple(names)


def _put(names: dict[str, None], text: str) -> None:
    text = " ".join(text.split())
    if 1 < len(text) <= 80 and "://" not in text:
        names[text] = None
