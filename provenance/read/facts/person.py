"""Names of persons told from those of organisations, roles and furniture, by their form."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.text.dates import without_dates
from provenance.text.names import ORGANISATION_WORDS, PARTICLES
from provenance.text.publishers import agency_named

_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|story|article|words|analysis|researched|guest post"
    r"|guest author|erstellt|geschrieben|veröffentlicht|eingetragen|publié|escrito|text)"
    r"(?: on| am| le)? ?)?"
    r"(?:by|von|vom|par|por|di|door|av|af|oleh|autor(?:es|as|a|in)?(?:/autor)?|auteurs?|autore"
    r"|authors?|about the authors?|author\(s\)|text|texte|testo|автор|yazan|tekst|作者|記者|文|글"
    r"|责任编辑|guest author)"
    r"(?:\s*[:：]\s*|\s+|$)",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"(?:^|\s)(?:by|par|por)\s(?=[^\W\d_a-zß-ÿ])")
_LEAD_IN = re.compile(
    r"^(?:view all (?:posts|articles) by|(?:read|see) (?:the latest|more)(?: articles?| posts?)? "
    r"(?:from|by|about)|more (?:from|by)|posts? by|articles? by|profile of|follow|contact)\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*[;|/、•·+»\n]\s*|\s*,\s*|\s+[–—-]\s+|(?:^|\s+)(?:and|und|et|y|e|og|och|en|ja|i|и|&|with)\s+"
)
_TRAILING_WORD = re.compile(
    r"\s(?:le|on|am|el|em|il|den|dne|the|stand|updated|published|aktualisiert|publié)\s?:?\s+(?=\|)",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_CREDENTIALS = re.compile(
    r"\s+(?:ph\.?\s?d|m\.?d|mba|r\.?d|m\.?a|b\.?a|jr|sr|esq|cfp|cpa|mph|msc|rn)\.?®?$",
    re.IGNORECASE,
)
_ROLES = (
    r"staff|editors?|editor-in-chief|writers?|reporters?|correspondents?|korrespondent\w*"
    r"|journalist\w*|periodista|redakteur\w*|redactora?|redattore|giornalista|buyer|director"
    r"|manager|specialist|analyst|producer|professor|founder|ceo|president|columnist|kolumnist\w*"
    r"|contributors?|contributing|freelance\w*|senior|junior|autorin|geschäftsführer\w*|photographer"
)
_TRAILING_ROLE = re.compile(rf"(?:\s+(?:{_ROLES}))+$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:der|die|das|the|les|los|las|le|il|lo|my|our|your|you|pin)\s", re.IGNORECASE
)
_NOT_A_PERSON = re.compile(
    r"https?:|www\.|@|\d|[<>{}=_%€$!?:“”„\"]"
    rf"|\b(?:{_ROLES}|{ORGANISATION_WORDS}|newsdesk|nachrichten|administrator|webmaster|herald"
    r"|tribune|gmbh|inc|ltd|llc|corp|e\.?v|medien|magazin|journal|zeitung|blog|stiftung|digital"
    r"|published|updated|posted|comments?|kommentare?|share|follow|alle|beiträge|folgen|suivre|seguir|abonnieren|mehr|weiter|lire|lesen"
    r"|twitter|facebook|instagram|linkedin|youtube|email|e-mail|subscribe|newsletter|min|minutes?"
    r"|minuten|read|photo|photography|foto|hardware|author|autor|about|edited|written|reviewed"
    r"|source|quelle|category|kategorie|view|all|posts?|more|latest|the|für|for|alles|über|stand"
    r"|club|verband|union|department|ministry|office|company|international|national|world"
    r"|global|anonymous|user|unknown|no|none|null|undefined|shares?|views?|uhr|jst|est|edt"
    r"|pst|utc|gmt|germany|deutschland|usa|uk|home|menu|search|login|video|podcast|image|reuse"
    r"|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|entertainment|opinion|politics|sports?|business|culture|science|health|technology|travel|lifestyle)\b",
    re.IGNORECASE,
)
_LONGEST_NAME, _MOST_WORDS, _INITIALS = 60, 5, 2
_OPENING, _LONGEST_LINE = 60, 400
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Ý]|[^A-Z.-]")


def is_byline_worded(line: str) -> bool:
    """Whether a line begins with "By" or its like in another language."""
    return bool(_BY.match(line[:_OPENING]))


def split_names(text: str, *, roles: bool = True) -> list[str]:
    """The single names of a byline: without "By", dates, brackets and credentials.

    ``roles`` tells that a role may follow a name ("Ada Fenwick Writer") and is cut off; where
    markup gives a name alone, "Town Reporter" is one. A text too long for a byline names nobody.
    """
    return list(_split(text, roles)) if len(text) <= _LONGEST_LINE else []


# A page names its author in several places, and a site the same few on all its pages.
@lru_cache(maxsize=2048)
def _split(text: str, roles: bool) -> tuple[str, ...]:  # noqa: FBT001
    bare = _PARENTHESES.sub("", without_dates(" ".join(text.split()), " | "))
    bare = _TRAILING_WORD.sub("", bare)
    bare = _MIDDLE.sub(" | ", _LEAD_IN.sub("", _BY.sub("", bare)))
    parts = (part.strip(" .,'-–—:*®&") for part in _SPLIT.split(bare))
    bare_parts = (_CREDENTIALS.sub("", _BY.sub("", part)) for part in parts)
    if roles:
        bare_parts = (_TRAILING_ROLE.sub("", part) for part in bare_parts)
    return tuple(name for part in bare_parts for name in _apart(part.strip()) if name)


def is_person(name: str, *, single: bool = False) -> bool:
    """Whether a name reads as a person's: capitalised words, none of them an organisation's.

    ``single`` lets one word pass, as a first name or a pen name, where the markup says that it is
    an author.
    """
    words = name.split()
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST_NAME:
        return False
    if _NOT_A_PERSON.search(name) or _ARTICLE.match(name) or agency_named(name) is not None:
        return False
    if len(words) == 1 and not single:
        return False
    acronym = words[0].isupper() and not _VOWEL.search(words[0])
    if acronym and len(words[0].replace(".", "")) > _INITIALS:
        return False
    small = [word.casefold().strip(".'’") in PARTICLES for word in words]
    return not all(small) and all(
        particle or (word[0].isalpha() and not word[0].islower())
        for word, particle in zip(words, small, strict=True)
    )


def agency_in(text: str) -> str | None:
    """The news agency that a byline names, alone or beside others, as it is written there."""
    bracketed: list[str] = re.findall(r"\(([^()]{2,40})\)", text[:_LONGEST_LINE])
    for part in (_BY.sub("", text[:_LONGEST_LINE]), *split_names(text), *bracketed):
        name = part.strip(" .()")
        if name and agency_named(name) is not None:
            return name
    return None


def _apart(name: str) -> tuple[str, ...]:
    """A name, and the agency that follows it without a mark ("JANE DOE Associated Press")."""
    words = name.split()
    if len(words) > _MOST_WORDS + 2 or agency_named(name) is not None:
        return (name,)
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        if agency_named(rest) is not None:
            return " ".join(words[:at]), rest
    return (name,)
