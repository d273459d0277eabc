"""Document x Document -> Reuse: how much of one text stands in another, and where."""

from __future__ import annotations

from provenance.compare.documents import compare_documents
from provenance.compare.meaning import Side, compare_meaning
from provenance.compare.measure import compare_prepared, compare_texts, describe, match
from provenance.compare.prepared import Prepared, prepare

__all__ = [
    "Prepared",
    "Side",
    "compare_documents",
    "compare_meaning",
    "compare_prepared",
    "compare_texts",
    "describe",
    "match",
    "prepare",
]
