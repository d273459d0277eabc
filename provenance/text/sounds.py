"""Names written in several alphabets, told to be the same by how they sound.

A key keeps the consonants of a word, those that languages confuse made one ("Trump", "Трампом",
"トランプ" and "트럼프" share one). It finds and proves nothing: different words may share a key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from provenance.text.patterns import compile_late

# Consonants of a key: with fewer it says too little; more are cut, since endings differ.
_LEAST, _MOST = 3, 6
_CYRILLIC = compile_late(
    r"(?<=[а-яёіїєґўјљњћђџ]{3})"
    r"(?:ами|ями|ого|его|ому|ему|ом|ем|ём|ам|ям|ах|ях|ов|ев|ой|ей|ым|им|их|ых|ою|ий|ый|ия|ии)$"
)
_HANGUL = compile_late(
    r"(?<=[가-힣]{2})(?:에서는|에서|으로|에게|이다|은|는|이|가|을|를|의|에|와|과|도|로)$"
)
_ARABIC = re.compile(r"^(?:وال|بال|لل|ال|و(?=ال))(?=.{3})")
# Letters that mostly stand for long vowels inside a word.
_VOWELS = compile_late(
    "ー|(?<=[\u05d0-\u05ea\u0621-\u06d3])[ויویيىا](?=[\u05d0-\u05ea\u0621-\u06d3])"
)
_STEPS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("kh", "h"),
        ("tsch|tch|sch|dzh|zh|sh|ch|cz|sz|dj|j", "s"),
        ("c(?=[eiy])|[zç]", "s"),
        ("ph", "f"),
        ("x", "ks"),
        ("ng", "n"),
        ("[ckq]+", "k"),
        ("[pvw]", "b"),
        ("l", "r"),
        ("m", "n"),
        ("[^bdfgknrst]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=16_384)
def sound_of(word: str) -> str | None:
    """How a word sounds, as up to six consonants; None where it has too few to tell words apart."""
    sound = romanise(_stem(word))
    for pattern, instead in _STEPS:
        sound = pattern.sub(instead, sound)
    return sound[:_MOST] if len(sound) >= _LEAST else None


def romanise(word: str) -> str:
    """A word in small Latin letters without accents, whatever its alphabet."""
    word = word.casefold()
    return word if word.isascii() else anyascii(unicodedata.normalize("NFKC", word)).lower()


def _stem(word: str) -> str:
    """A word without the endings and articles that languages put on names."""
    if word.isascii():
        return word
    word = _VOWELS.sub("", word.casefold())
    for affix in (_CYRILLIC, _HANGUL, _ARABIC):
        word = affix.sub("", word)
    return word
