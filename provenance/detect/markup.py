"""What the markup says: addresses and names that point to another publisher."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.detect.naming import clean, is_name
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.site_identity import is_index, key_of
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family, Strength
from provenance.text.publishers import name_key, publisher_of, publishers_named, self_names
from provenance.text.urls import host, is_web_url, same_site, unwrap_archived

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


def publisher_named(page: Page) -> Iterator[Signal]:
    """The publisher of a canonical address elsewhere, named by the headline or under the text."""
    target = page.document.canonical
    if not target or not page.own.home or page.own.is_url(target) or is_index(target):
        return
    names = {key for name in self_names(target) for key in (key_of(name), name_key(name)) if key}
    for line in page.zone(Zone.TOP, Zone.AFTER):
        if len(line.text) > _SHORT or line.kind in {BlockKind.CAPTION, BlockKind.LIST}:
            continue
        tokens = list(_WORD.finditer(line.text[:_SHORT]))
        for first in range(min(len(tokens), 6)):
            for last in range(first, min(first + 5, len(tokens))):
                at = (tokens[first].start(), tokens[last].end())
                name = line.text[at[0] : at[1]]
                if key_of(name) in names or name_key(name) in names:
                    yield SignalTemplate("publisher_named", Family.STATEMENT).on(
                        line, at=at, names=(name,)
                    )
                    return


_SHORT = 120
_WORD = re.compile(r"\w+")


def source_meta(page: Page) -> Iterator[Signal]:
    """A syndication-source, original-source or like address on another publisher's site."""
    keys = (
        "meta:syndication-source", "meta:original-source", "rel:original", "rel:via", "rel:cite-as",
        "meta:parsely-link", "mf:repost-of", "meta:article:original_url", "meta:original_url",
    )  # fmt: skip
    signals = list(_addresses(page, "source_meta", keys))
    for signal in signals:
        # Several are what an own text was written from.
        yield replace(signal, claims=Derivation.UNKNOWN) if len(signals) > 1 else signal


def based_on(page: Page) -> Iterator[Signal]:
    """A JSON-LD isBasedOn that is an article of another publisher."""
    keys = (
        "json_ld:isBasedOn", "json_ld:isBasedOnUrl", "json_ld:isBasedOn.url",
        "json_ld:isBasedOn.@id", "microdata:isBasedOn", "microdata:isBasedOnUrl",
    )  # fmt: skip
    yield from _addresses(page, "based_on", keys)


def _addresses(page: Page, rule: str, keys: tuple[str, ...]) -> Iterator[Signal]:
    seen: set[str] = set()
    for statement in page.said(*keys):
        url = unwrap_archived(statement.value)
        edition = rule == "based_on" and not same_site(url, page.own.home)
        own = not edition and page.own.is_url(url)
        if is_web_url(url) and url not in seen and not own:
            seen.add(url)
            yield SignalTemplate(rule, Family.MARKUP).said(statement, names=_names(url), target=url)


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
    yield from _named(page, "provider", keys)


def credit_line(page: Page) -> Iterator[Signal]:
    """A credit line of the article itself that names another publisher."""
    keys = ("json_ld:creditText", "microdata:creditText")
    yield from _named(page, "credit_line", keys)


def rights_holder(page: Page) -> Iterator[Signal]:
    """Another publisher named as copyright holder of the article."""
    keys = ("json_ld:copyrightHolder.name", "json_ld:copyrightHolder", "microdata:copyrightHolder")
    for signal in _named(page, "rights_holder", keys):
        yield replace(signal, claims=Derivation.UNKNOWN)


def source_name_meta(page: Page) -> Iterator[Signal]:
    """A source field of the metadata that names another publisher."""
    keys = ("meta:source", "meta:dc.source", "meta:dcterms.source", "meta:article:source")
    yield from _named(page, "source_name_meta", keys)


def _named(page: Page, rule: str, keys: tuple[str, ...]) -> Iterator[Signal]:
    """What these fields name; it counts where it is a known outlet, or stands on a portal.

    Templates put companies, systems and departments there as well.
    """
    seen: set[str] = set()
    for statement in page.said(*keys):
        name = clean(statement.value)
        if name and name not in seen and is_name(name):
            seen.add(name)
            known = page.own.is_portal or bool(publishers_named(name))
            claims = Derivation.WHOLLY if known else Derivation.UNKNOWN
            yield SignalTemplate(rule, Family.MARKUP, claims=claims).said(statement, names=(name,))


def republication_counter(page: Page) -> Iterator[Signal]:
    """A counter by which the original publisher counts the readers of a republished text."""
    for statement in page.said("pixel:republication"):
        if found := _COUNTER.search(statement.value):
            yield SignalTemplate("republication_counter", Family.MARKUP).said(
                statement,
                names=("The Conversation",),
                target=f"https://theconversation.com/content/{found.group(1)}",
            )
        elif origin := _ORIGIN.match(statement.value):
            url = origin.group(1)
            yield SignalTemplate("republication_counter", Family.MARKUP).said(
                statement, names=_names(url), target=url
            )
        elif "propublica" in statement.value.lower():
            yield SignalTemplate("republication_counter", Family.MARKUP).said(
                statement, names=("ProPublica",)
            )


def import_plugin(page: Page) -> Iterator[Signal]:
    """The trace of a plug-in that fills a site from other sites' feeds."""
    for statement in page.document.statements:
        if statement.key.startswith("plugin:"):
            yield SignalTemplate(
                "import_plugin", Family.MARKUP, claims=Derivation.UNKNOWN, strength=Strength.HINT
            ).said(statement)
            return
