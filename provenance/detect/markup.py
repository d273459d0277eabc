"""What the markup says: addresses and names that point to another publisher."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.detect.naming import clean, is_name
from provenance.detect.signs import said
from provenance.model import Derivation, Family, Strength
from provenance.text.publishers import publisher_of
from provenance.text.urls import host, is_web_url, unwrap_archived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.page import Page
    from provenance.model import Signal

_COUNTER = re.compile(r"theconversation\.(?:com|edu\.au)/content/(\d{1,9})", re.IGNORECASE)
_ORIGIN = re.compile(r"^(https?://[^/\s]{3,253}/)[^\s]{0,500}republication-pixel", re.IGNORECASE)


def canonical_elsewhere(page: Page) -> Iterator[Signal]:
    """A canonical address on another publisher's site."""
    yield from _addresses(page, "canonical_elsewhere", ("rel:canonical",))


def og_url_elsewhere(page: Page) -> Iterator[Signal]:
    """An og:url on another publisher's site: a hint only, it is often a staging or old host."""
    for signal in _addresses(page, "og_url_elsewhere", ("og:url",)):
        yield replace(signal, claims=Derivation.UNKNOWN)


def source_meta(page: Page) -> Iterator[Signal]:
    """A syndication-source, original-source or like address on another publisher's site."""
    keys = (
        "meta:syndication-source", "meta:original-source", "rel:original", "rel:via", "rel:cite-as",
        "meta:parsely-link", "mf:repost-of", "meta:article:original_url", "meta:original_url",
    )  # fmt: skip
    yield from _addresses(page, "source_meta", keys)


def based_on(page: Page) -> Iterator[Signal]:
    """A JSON-LD isBasedOn that is an article of another publisher."""
    keys = (
        "json_ld:isBasedOn", "json_ld:isBasedOnUrl", "json_ld:isBasedOn.url", "json_ld:isBasedOn.@id",
        "microdata:isBasedOn", "microdata:isBasedOnUrl",
    )  # fmt: skip
    yield from _addresses(page, "based_on", keys)


def _addresses(page: Page, rule: str, keys: tuple[str, ...]) -> Iterator[Signal]:
    seen: set[str] = set()
    for statement in page.said(*keys):
        url = unwrap_archived(statement.value)
        if is_web_url(url) and url not in seen and not (page.home and page.is_own_url(url)):
            seen.add(url)
            yield said(rule, Family.MARKUP, statement, names=_names(url), target=url)


def _names(url: str) -> tuple[str, ...]:
    known = publisher_of(url)
    return (known.name,) if known else (host(url).removeprefix("www."),)


def provider(page: Page) -> Iterator[Signal]:
    """Another publisher named as provider, source organisation or copyright holder."""
    keys = (
        "json_ld:provider.name", "json_ld:provider", "json_ld:sourceOrganization.name",
        "json_ld:sourceOrganization", "microdata:provider", "microdata:sourceOrganization",
        "mf:source-org", "markup:providerlogo",
    )  # fmt: skip
    yield from _named(page, "provider", keys, Derivation.WHOLLY)


def credit_line(page: Page) -> Iterator[Signal]:
    """A credit line of the article itself that names another publisher."""
    keys = ("json_ld:creditText", "microdata:creditText")
    yield from _named(page, "credit_line", keys, Derivation.WHOLLY)


def rights_holder(page: Page) -> Iterator[Signal]:
    """Another publisher named as copyright holder of the article."""
    keys = ("json_ld:copyrightHolder.name", "json_ld:copyrightHolder", "microdata:copyrightHolder")
    yield from _named(page, "rights_holder", keys, Derivation.UNKNOWN)


def source_name_meta(page: Page) -> Iterator[Signal]:
    """A source field of the metadata that names another publisher."""
    keys = ("meta:source", "meta:dc.source", "meta:dcterms.source", "meta:article:source")
    yield from _named(page, "source_name_meta", keys, Derivation.UNKNOWN)


def _named(
    page: Page, rule: str, keys: tuple[str, ...], claims: Derivation
) -> Iterator[Signal]:
    seen: set[str] = set()
    for statement in page.said(*keys):
        name = clean(statement.value)
        if name and name not in seen and is_name(name):
            seen.add(name)
            yield said(rule, Family.MARKUP, statement, names=(name,), claims=claims)


def republication_counter(page: Page) -> Iterator[Signal]:
    """A counter by which the original publisher counts the readers of a republished text."""
    for statement in page.said("pixel:republication"):
        if found := _COUNTER.search(statement.value):
            yield said(
                "republication_counter",
                Family.MARKUP,
                statement,
                names=("The Conversation",),
                target=f"https://theconversation.com/content/{found.group(1)}",
            )
        elif origin := _ORIGIN.match(statement.value):
            url = origin.group(1)
            yield said("republication_counter", Family.MARKUP, statement, names=_names(url), target=url)
        elif "propublica" in statement.value.lower():
            yield said("republication_counter", Family.MARKUP, statement, names=("ProPublica",))


def import_plugin(page: Page) -> Iterator[Signal]:
    """The trace of a plug-in that fills a site from other sites' feeds."""
    for statement in page.document.statements:
        if statement.key.startswith("plugin:"):
            yield said(
                "import_plugin",
                Family.MARKUP,
                statement,
                claims=Derivation.UNKNOWN,
                strength=Strength.HINT,
            )
            return


