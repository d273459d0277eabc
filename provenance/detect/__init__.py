"""Document to Signals: every sign of syndication on a page, and the traps that silence some.

A rule is a generator ``Page -> Signals``; a Page is the Document as rules look at it, cut into
lines with their zones. RULES lists them by name in the order in which they speak.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.detect import (
    bylines,
    datelines,
    furniture,
    licences,
    markup,
    statements,
    tails,
    traces,
    translations,
)
from provenance.detect.page import Page
from provenance.detect.traps import TRAPS, trap_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model import Document, Signal

    Rule = Callable[[Page], Iterator[Signal]]

__all__ = ["RULES", "TRAPS", "detect_signals"]

RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        statements.source_line,
        statements.bare_source_link,
        statements.hat_tip,
        statements.first_published,
        statements.republished,
        translations.translated_from,
        statements.provided_by,
        statements.read_original,
        statements.syndicated_feed,
        statements.material_from,
        licences.encyclopedia_reuse,
        markup.canonical_elsewhere,
        markup.publisher_named,
        markup.source_meta,
        markup.based_on,
        markup.republication_counter,
        markup.provider,
        markup.credit_line,
        markup.og_url_elsewhere,
        markup.rights_holder,
        markup.source_name_meta,
        markup.import_plugin,
        datelines.wire_dateline,
        bylines.agency_byline,
        tails.agency_tail,
        bylines.agency_markup,
        bylines.outlet_byline,
        bylines.outlet_markup,
        tails.agency_desk,
        tails.agency_contributed,
        bylines.agency_in_address,
        tails.picture_credit,
        traces.foreign_copyright,
        traces.hot_linked_images,
        traces.links_home,
        traces.foreign_newsletter,
        traces.told_another,
        traces.author_note,
        traces.glued_name,
        traces.tracked_links,
        traces.disguised_text,
        furniture.channel_links,
        furniture.reader_counter,
        furniture.banner,
        furniture.headline_prefix,
    )
}


def detect_signals(document: Document) -> tuple[Signal, ...]:
    """Every signal on the page, rule by rule; one that does not count says by which trap."""
    page = Page(document)
    found: dict[Signal, None] = {}
    for rule in RULES.values():
        for signal in rule(page):
            found[replace(signal, silenced_by=trap_of(page, signal))] = None
    return tuple(found)
