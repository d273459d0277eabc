"""Two pages compared: by their words, and where these do not meet by what they say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provenance.model import Incomparable
from provenance.text.publishers import same_house

if TYPE_CHECKING:
    from provenance.compare.sentence_vectors import SentenceVectors
    from provenance.model import Document, Finding, Reuse, Signal
    from provenance.model.ports import Corpus

# Facts that a page shares from which it may be the source in other words.
_LIKELY_FACTS = 3
_INCOMPARABLE = {
    Incomparable.NOT_INSTALLED: "the extra “languages” is not installed",
    Incomparable.UNKNOWN_LANGUAGE: "texts of these two languages cannot be compared",
}


def compare_pages(
    suspect: Document, source: Document, signals: tuple[Signal, ...], corpus: Corpus
) -> Reuse:
    """How much of the suspect stands in the source, or was translated or retold from it.

    Vectors of sentences are kept in the corpus. Two pages of one house are compared by their words
    alone: its editions in other languages are no translations of each other.
    """
    from provenance.compare import Side, compare_documents, compare_meaning

    measured = compare_documents(suspect, source, signals)
    if suspect.url and source.url and same_house(suspect.url, source.url):
        return measured
    sides = [
        Side.of_document(page, partial(_encode, corpus, page.digest)) for page in (suspect, source)
    ]
    return compare_meaning(measured, *sides)


def explain_incomparable(page: Document, finding: Finding, *, named: bool) -> str:
    """Why nobody can tell whether a likely source in another language is one; '' where one can.

    It is likely where the page names it, or states some of the same facts.
    """
    source, reuse = finding.source, finding.reuse
    if source is None or reuse is None or reuse.incomparable is None or reuse.facts is None:
        return ""
    if source.language == page.language or not (named or reuse.facts.total >= _LIKELY_FACTS):
        return ""
    return _INCOMPARABLE[reuse.incomparable]


def _encode(corpus: Corpus, digest: str, text: str) -> SentenceVectors:
    """The vectors of a text that was read from bytes with this digest: kept ones, or new ones."""
    from provenance.compare.sentence_vectors import MAKE, vectors_of

    kept = corpus.vectors(digest, MAKE)
    vectors, packed = vectors_of(text, kept)
    if packed != kept:
        corpus.keep_vectors(digest, MAKE, packed)
    return vectors
