"""What two pages state alike, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model import Correspondence, SharedFacts

# Sentences of a text that are compared, at most.
_BOUND = 40
_KINDS = ("number", "date", "name", "quote", "link", "picture")


def count_facts(facts: SharedFacts) -> str:
    """``7 numbers, 4 names and 2 links are the same``; '' where there are none."""
    counts = [(len(getattr(facts, f"{kind}s")), kind) for kind in _KINDS]
    parts = [f"{n} {kind}{'s' if n > 1 else ''}" for n, kind in counts if n]
    if not parts:
        return ""
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{listed} {'are' if facts.total > 1 else 'is'} the same"


def count_sentences(found: Correspondence) -> str:
    """``9 of 12 sentences correspond``, of the text with fewer sentences.

    Of long texts the first are compared: ``31 of the first 40 sentences correspond``.
    """
    fewer = min(found.suspect_sentences, found.source_sentences)
    verb = "corresponds" if found.matched == 1 else "correspond"
    return f"{found.matched} of {'the first ' if fewer >= _BOUND else ''}{fewer} sentences {verb}"
