"""Document x Document -> Reuse: how much of one text stands in another, and where."""

from __future__ import annotations

from provenance.compare.documents import compare_documents
from provenance.compare.measure import compare_prepared, compare_texts, match
from provenance.compare.prepared import Prepared, prepare

__all__ = [
    "Prepared",
    "compare_documents",
    "compare_prepared",
    "compare_texts",
    "match",
    "prepare",
]
