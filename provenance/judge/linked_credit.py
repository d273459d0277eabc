"""A link to the page that holds the text is a credit, whatever the words beside it.

The signs of a source are read from words. A line such as “From The Harbour Post” is in none of
their lists, yet whoever links the very page that the text stands on does not hide it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Attribution, Place
from provenance.text.names import core_key
from provenance.text.urls import is_web_url, normalise, registrable

if TYPE_CHECKING:
    from provenance.model import Document, Finding

_READABLE = frozenset({Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE})


def linked_credit(page: Document, finding: Finding) -> Attribution:
    """How a page that has no sign of its source links it: named and linked, linked, or not."""
    source = finding.source
    names = {core_key(name) for name in (source.self_names if source else ())}
    if source is not None and source.publisher:
        names.add(core_key(source.publisher))
    addresses = [finding.candidate.url, source.url, source.canonical] if source else []
    wanted = {normalise(address) for address in addresses if address and is_web_url(address)}
    names |= {core_key(registrable(address)) for address in wanted}
    best = Attribution.NONE
    for link in page.links:
        if link.place in _READABLE and normalise(link.url) in wanted:
            if core_key(link.text) in names - {""}:
                return Attribution.CREDITED
            best = Attribution.BARE_LINK
    return best
