"""From many leads to a short list: one candidate for each address, the most promising first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Candidate
from provenance.text.urls import normalise, same_site, unwrap_archived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Lead


def candidates(suspect: Document, found: Iterable[Lead]) -> tuple[Candidate, ...]:
    """The leads gathered by address, in the order in which each address first appears.

    Two spellings of one address are one candidate; an archive's address stands for the original;
    the suspect's own addresses are no candidates.
    """
    own = _own_addresses(suspect)
    gathered: dict[str, list[Lead]] = {}
    for lead in found:
        key = normalise(lead.url)
        if key not in own:
            gathered.setdefault(key, []).append(lead)
    return tuple(
        Candidate(url=unwrap_archived(group[0].url), leads=tuple(group))
        for group in gathered.values()
    )


def _own_addresses(suspect: Document) -> set[str]:
    """What the suspect is called on its own site; a canonical elsewhere is a lead, not a name."""
    here = suspect.url
    addresses = (here, suspect.canonical, *suspect.alternates)
    return {normalise(url) for url in addresses if url and here and same_site(url, here)}
