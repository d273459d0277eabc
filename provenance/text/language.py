"""The language of a text without a label: by script, then by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

_SCRIPTS = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af"),
    ("zh", "\u4e00-\u9fff"),
    ("th", "\u0e00-\u0e7f"),
    ("he", "\u0590-\u05ff"),
    ("el", "\u0370-\u03ff"),
    ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"),
)
_SMALL_WORDS = {
    "en": "the of and to in that is was for with",
    "de": "der die und das ist nicht mit den ein von",
    "fr": "le les des et est une dans que pour qui",
    "es": "el los las que una por con para del como",
    "pt": "que não uma os com para mais dos foi pelo",
    "it": "che il di della non per gli una sono nel",
    "ca": "que els amb les per una dels això més aquest",
    "nl": "het een van dat niet zijn voor met ook op",
    "sv": "och att det som inte för med är den ett",
    "no": "og det som ikke på av til har det er",
    "da": "og det som ikke på af til har det er",
    "fi": "ja on ei että se oli hän mutta kun ovat",
    "pl": "się nie na jest że do to przez który oraz",
    "cs": "že se na je který jsem ale jako před také",
    "hu": "hogy nem egy és az is volt meg csak már",
    "ro": "și că nu este din pentru care mai sunt fost",
    "hr": "je da se na što nije koji su kako bi",
    "tr": "bir ve bu için ile olarak daha çok olan gibi",
    "vi": "và của là không được những một trong cho các",
    "id": "yang dan dengan untuk dari tidak dalam ini itu pada",
    "ru": "и в не на что с по это как из",
    "uk": "і в не на що з до це як та",
    "bg": "и на да се за от не че са като",
    "ar": "في من على أن إلى التي عن مع هذا كان",
    "fa": "در از که این را با به است برای آن",
    "ur": "کے کی میں ہے اور سے کو نے کا یہ",
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000
_SHARE = 0.04


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where no language stands out."""
    sample = text[:_SAMPLE].casefold()
    letters = sum(ch.isalpha() for ch in sample)
    for code, letters_of in _SCRIPTS:
        if letters and len(re.findall(f"[{letters_of}]", sample)) > letters * 0.2:
            return code
    words = Counter(_WORD.findall(sample))
    scores = {
        code: sum(words[word] for word in set(small.split()))
        for code, small in _SMALL_WORDS.items()
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > _SHARE * words.total() > 0 else None
