"""Names of outlets and agencies, folded so that two spellings of one name are equal."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

from provenance.text.remember import remember

_TOP_LEVEL = re.compile(
    r"\.(?<=\w\w\.)(?:com|org|net|info|co\.uk|com\.au|tv|news)(?=\s*(?:[|\n]|$))"
)
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0640]+")
# What no key holds; "|" and line ends stay, so that many names can be folded at once.
_NOT_IN_KEY = re.compile(
    "[^0-9a-z|\n\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u1fff\u2c00-\u2dff"
    "\u3005-\u3007\u3040-\ud7ff\uf900-\ufdff]+"
)
_ARTICLE = re.compile(
    r"(?:^|(?<=\|))[^\S\n]*(?:l['’](?=\w)|"
    r"(?:the|die|der|das|le|la|les|el|los|las|il|lo|gli|o|os|de|het|den)[^\S\n]+(?=\w))",
    re.MULTILINE,
)

PARTICLES = frozenset(
    """van von der den de da do dos das del della di du la le las los ten ter te zu zum zur af av
    bin ibn ben al el y e st mac""".split()  # noqa: SIM905 - easier to read than a list of strings
)
"""Small words inside the names of persons, in lower case."""
ORGANISATION_WORDS = (
    r"editorial|redaktion\w*|redacci[oó]n|redazione|redação|rédaction|redactie|newsroom|news|team"
    r"|desk|press|agency|agencies|times|post|media|group|tv|radio|magazine|association|university"
    r"|institute?|foundation|online|wire|bureau|network|services?|admin|guest|board"
)
"""Words of the names of organisations and desks: alternatives of a pattern."""
SHORT = 160
"""Names up to so many letters are remembered with what was found of them; others are hostile."""


# A site's pages ask for the same few names again and again.
@remember(SHORT)
def name_key(name: str) -> str:
    """A name for telling names apart: no case, accents, spaces, points, final ".com".

    "and" and "&" count alike; letters of scripts that write vowels as marks keep them.
    """
    return keys(folded(name)).replace("|", "").replace("\n", "")


def core_key(name: str) -> str:
    """The key of a name without its leading article."""
    return keys(without_article(folded(name))).replace("|", "").replace("\n", "")


def folded(names: str) -> str:
    """Names, one or many apart by "|" or line ends, without case, accents and final ".com"."""
    if not names.isascii():
        names = _ACCENTS.sub("", unicodedata.normalize("NFKD", names))
        for letter, alike in ("یي", "ىي", "کك", "ةه"):
            names = names.replace(letter, alike)
    return _TOP_LEVEL.sub("", names.casefold()).replace("&", "and")


def keys(folded_names: str) -> str:
    """What tells folded names apart, still with "|" and line ends between them."""
    return _NOT_IN_KEY.sub("", folded_names)


def without_article(folded_names: str) -> str:
    """Folded names without the articles that they begin with."""
    return _ARTICLE.sub("", folded_names)


def table(name: str) -> list[str]:
    """The rows of one of the package's tables, without its comments."""
    text = files("provenance.text").joinpath("data", name).read_text("utf-8")
    return [row for row in text.split("\n") if row and not row.startswith("#")]


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell, split at "|"."""
    return tuple(cell.split("|")) if cell else ()
