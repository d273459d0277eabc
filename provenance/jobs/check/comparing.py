"""Two pages compared: by their words, and where these do not meet by what they say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provenance.text.publishers import same_house

if TYPE_CHECKING:
    from provenance.compare.sentence_vectors import SentenceVectors
    from provenance.model import Document, Reuse, Signal
    from provenance.model.ports import Corpus


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


def _encode(corpus: Corpus, digest: str, text: str) -> SentenceVectors:
    """The vectors of a text that was read from bytes with this digest: kept ones, or new ones."""
    from provenance.compare.sentence_vectors import MAKE, vectors_of

    kept = corpus.vectors(digest, MAKE)
    vectors, packed = vectors_of(text, kept)
    if packed != kept:
        corpus.keep_vectors(digest, MAKE, packed)
    return vectors
