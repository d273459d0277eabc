"""Names of persons told from those of organisations, roles and furniture, by their form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from provenance.text.dates import is_month, without_dates
from provenance.text.names import ORGANISATION_WORDS, PARTICLES
from provenance.text.patterns import compile_late
from provenance.text.publishers import agency_named

if TYPE_CHECKING:
    from collections.abc import Iterator

_BY = compile_late(
    r"^\W*(?:(?:written|posted|published|story|article|words|analysis|researched|guest post"
    r"|guest author|erstellt|geschrieben|veröffentlicht|eingetragen|publié|escrito|text)"
    r"(?: on| am| le)? ?)?"
    r"(?:by|von|vom|par|por|di|door|av|af|oleh|autor(?:es|as|a|in)?(?:/autor)?|auteurs?|autore"
    r"|authors?|about the authors?|author\(s\)|text|texte|testo|автор|yazan|tekst|作者|記者|文|글"
    r"|guest author)"
    r"(?:\s*[:：]\s*|\s+|$)",
    re.IGNORECASE,
)
_MIDDLE = compile_late(r"(?:^|\s)(?:by|par|por)\s(?=[^\W\d_a-zß-ÿ])")
_LEAD_IN = compile_late(
    r"^(?:view all (?:posts|articles) by|(?:read|see) (?:the latest|more)(?: articles?| posts?)? "
    r"(?:from|by|about)|more (?:from|by)|posts? by|articles? by|profile of|follow|contact)\s+",
    re.IGNORECASE,
)
_SPLIT = compile_late(
    r"[;/、+\n,]|\s[–—-]\s|(?:^|\s)(?:(?i:and|und|with)|et|y|e|og|och|en|ja|i|и|&)\s"
    r"|(?<=[^\W\d_]{4})(?<!prof)(?<!Prof)\.\s+(?=[^\W\d_a-z])"
)
# What ends the names of a line: after it stands a date, a section, a role.
_ENDS = compile_late(r"[|•·»]")
_TRAILING_WORD = compile_late(
    r"\s(?:le|on|am|el|em|il|den|dne|the|stand|updated|published|aktualisiert|publié)\s?:?\s+(?=\|)",
    re.IGNORECASE,
)
_PARENTHESES = compile_late(r"\s?[(\[][^()\[\]]{0,80}[)\]]")
# Whoever made the pictures, checked or translated, with the names that follow.
_OTHER_HANDS = compile_late(
    r"(?:(?<=^)|(?<=[\s|,;/.(]))(?:with )?(?:photo(?:s|graph(?:s|y|er)?)?|pictures?|images?|fotos?"
    r"|foto|fotografie|bild(?:er)?|illustrations?|graphics?|grafik|video|edited|editing|editor|reviewed"
    r"|(?:medically|fact)[ -]?(?:reviewed|checked)|translated|translation|traducción|übersetz\w+)"
    r"\s?(?:by\b|von\b|par\b|de\b|:|：)[^|;•·]{0,80}",
    re.IGNORECASE,
)
_PICTURED = compile_late(
    r"[^,;|/&()]{3,60}\((?:photos?|fotos?|bild(?:er)?|illustration\w*|video|grafik|images?)\b[^()]{0,40}\)",
    re.IGNORECASE,
)
_ADDRESS = compile_late(
    r"[\w.+-]{1,64}@[\w.-]{1,120}|(?<!\w)@\w{1,40}|\bon twitter\b", re.IGNORECASE
)
# A day without its year, an hour, "5 min read", and the section that a day is followed by.
_MOMENT = compile_late(
    r"(?:\s?\b(?:posted|published|updated|on|at|am|um|le)\b){0,5}(?:\s(?:mon|tues?|wed(?:nes)?|thurs?|fri"
    r"|sat(?:ur)?|sun)(?:day)?\b[.,]?)?(?P<word>\s[^\W\d_]{3,12}\.?)?\s?\b\d[\d:.,]{0,12}(?:st|nd|rd|th)?"
    r"(?:\s?\b(?:a\.?m|p\.?m|uhr|et|est|edt|gmt|bst|cet|min(?:utes?|s)?|read|ago|hours?|days?"
    r"|comments?|shares?)\b\.?)*(?:\s(?:in|under)\s[^|]{1,40})?",
    re.IGNORECASE,
)
_POSTED = compile_late(r"\s(?:posted|published|updated|last updated)\b(?=[\s|]|$)", re.IGNORECASE)
# "Ada Fenwick in Harrow Quay", "Ada Fenwick for the Gazette"
_PLACED = compile_late(
    r"^([^\W\d_]\S*(?:\s\S{1,20}){1,3}?)\s(?:in|for|of|at|from|aus|für|à|em|per)\s(?=[^\W\d_]).{1,80}$"
)
_JOINT = compile_late(
    r"^([^\W\d_a-z][^\W\d_]+)\s(?:and|und|&|et|y|og|och|en)\s([^\W\d_a-z][^\W\d_]+)"
    r"\s([^\W\d_a-z][\w'’-]+)$"
)
_GLUED = compile_late(r"^\W*(?:By|BY|Von|Por|Par)(?=[A-ZÀ-Þ][a-zß-ÿ’'A-ZÀ-Þ]+\s)")
# Names of two to four characters, told by the role beside them.
_KOREAN = compile_late(
    r"([가-힣]{2,4})\s?(?:선임|수습|인턴|객원)?\s?(?:기자|특파원|논설위원|앵커)|([가-힣]{2,4})\s?(?=\(?[\w.]{2,30}@)"
)
_HAN = "\u3005\u4e00-\u9fff"
_CHINESE = compile_late(
    rf"(?:本报|见习)?(?:记者|記者|作者|撰文|撰稿|通讯员|文\s?[/／:：]|筆者|執筆|取材)[\s:：/／]{{0,3}}"
    rf"((?:[{_HAN}·]{{2,4}}(?![{_HAN}:：])[\s、，,]{{0,2}}){{1,6}})"
)
_JAPANESE = compile_late(rf"([{_HAN}]{{3,5}})\s?(?:記者|特派員)\W{{0,2}}$")
_ONE_WORD = compile_late(rf"[가-힣]{{2,4}}|[{_HAN}·]{{2,5}}")
_CREDENTIALS = compile_late(
    r"\s(?:ph\.?\s?d|m\.?d|mba|r\.?d|m\.?a|b\.?a|jr|sr|esq|cfp|cpa|mph|msc|rn)\.?®?$",
    re.IGNORECASE,
)
_ROLES = (
    r"staff|editors?|editor-in-chief|writers?|reporters?|correspondents?|korrespondent\w*"
    r"|journalist\w*|periodista|redakteur\w*|redactora?|redattore|giornalista|buyer|director"
    r"|manager|specialist|analyst|producer|professor|founder|ceo|president|columnist|kolumnist\w*"
    r"|contributors?|contributing|freelance\w*|senior|junior|autorin|geschäftsführer\w*|photographer"
)
_TRAILING_ROLE = compile_late(
    rf"(?:\s(?:{_ROLES}|follow(?: me| us)?|e-?mail|contact|bio|profile|read more|twitter)){{1,9}}$",
    re.IGNORECASE,
)
_ARTICLE = compile_late(
    r"^(?:der|die|das|the|les|los|las|le|il|lo|te|my|our|your|you|pin)\s", re.IGNORECASE
)
_NICKNAME = compile_late(r"(?<=\s)[\"“„'‘](\w[\w. -]{0,20})[\"”“'’](?=\s)")
# Words of a page's frame that are surnames too: they count where only the form of a line speaks.
_FURNITURE = compile_late(
    r"\b(?:shop|similar|look|highlights|stor(?:y|ies)|related|trending|popular|top|best|how|why|what"
    r"|watch|listen|sign|cookies?|privacy|policy|terms|advertisement|sponsored|close|open|click"
    r"|here|buy|sale|deals?|reviews?|guide|gallery|photos?|videos?|live|breaking|exclusive"
    r"|section|tags?|topics?|archives?|previous|next|continue|print|save|reports?|summary|key"
    r"|points|bio|biography|info|profile|big|contents|overview|copyright|app|download|free"
    r"|recomendamos|verwandte|weitere|themen\w*|kostenlos|anmelden|real estate|life|style|local"
    r"|money|games?|events?|jobs|market\w*|finance|food|music|movies|books)\b",
    re.IGNORECASE,
)
_DESK = compile_late(
    rf"\b(?:{ORGANISATION_WORDS}|staff|editors?|reporters?|correspondents?|redaksi|redakcja|redakce"
    r"|redaktionen|toimitus|редакция|newsdesk)\b|[编編]辑部|本报讯|編集部|편집국|취재팀|뉴스팀|デスク|取材班",
    re.IGNORECASE,
)
_NOT_A_PERSON = compile_late(
    r"https?:|www\.|@|\d|[<>{}=_%€$!?:“”„\"]"
    rf"|\b(?:{_ROLES}|{ORGANISATION_WORDS}|newsdesk|nachrichten|administrator|webmaster|herald"
    r"|tribune|gmbh|inc|ltd|llc|corp|e\.?v|medien|magazin|journal|zeitung|blog|stiftung|digital"
    r"|published|updated|posted|comments?|kommentare?|share|follow|alle|beiträge|folgen|suivre|seguir|abonnieren|mehr|weiter|lire|lesen"
    r"|twitter|facebook|instagram|linkedin|youtube|email|e-mail|subscribe|newsletter|minutes?"
    r"|minuten|read|photo|photography|foto|hardware|author|autor|about|edited|written|reviewed"
    r"|source|quelle|category|kategorie|view|all|posts?|more|latest|the|für|for|alles|über|stand"
    r"|club|verband|union|department|ministry|office|company|international|national|world"
    r"|global|anonymous|user|unknown|none|null|undefined|shares?|views?|uhr|jst|est|edt"
    r"|pst|utc|gmt|germany|deutschland|usa|uk|home|menu|search|login|video|podcast|image|reuse"
    r"|deputy|assistant|associate|managing|executive|edition|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|entertainment|opinion|politics|sports?|business|culture|science|health|technology|travel|lifestyle)\b",
    re.IGNORECASE,
)
_LONGEST_NAME, _MOST_WORDS, _INITIALS = 60, 5, 2
_OPENING, _LONGEST_LINE = 60, 400
_VOWEL = compile_late(r"[AEIOUYÀ-ÖØ-Ý]|[^A-Z.-]")


def is_byline_worded(line: str) -> bool:
    """Whether a line begins with "By" or its like in another language."""
    start = line[:_OPENING]
    return bool(_BY.match(start) or _GLUED.match(start))


def persons_in(text: str, *, roles: bool = True, sure: bool = False) -> list[str]:
    """The persons that a byline names; ``sure`` lets one word alone be a name.

    A line that begins with "By", or names a role beside a name of a few characters, is sure too.
    """
    sure = sure or is_byline_worded(text) or bool(_ONE_WORD.search(text) and _told(text))
    return [
        name
        for name in split_names(text, roles=roles)
        if is_person(name, single=sure and not is_furniture_worded(name))
    ]


def is_desk(name: str) -> bool:
    """Whether a name reads as a desk's or an organisation's: a short one with a word of theirs."""
    bare = _BY.sub("", name).strip()
    plain = not _ADDRESS.search(bare) and "://" not in bare and len(bare) <= _LONGEST_NAME
    return plain and len(bare.split()) <= _MOST_WORDS + 1 and bool(_DESK.search(bare))


def is_furniture_worded(name: str) -> bool:
    """Whether a name holds a word of a page's frame."""
    return bool(_FURNITURE.search(name))


def split_names(text: str, *, roles: bool = True) -> list[str]:
    """The single names of a byline: without "By", dates, brackets and credentials.

    ``roles`` tells that a role may follow a name ("Ada Fenwick Writer") and is cut off; where
    markup gives a name alone, "Town Reporter" is one. A text too long for a byline names nobody.
    """
    return list(_split(text, roles)) if len(text) <= _LONGEST_LINE else []


# A page names its author in several places, and a site the same few on all its pages.
@lru_cache(maxsize=2048)
def _split(text: str, roles: bool) -> tuple[str, ...]:  # noqa: FBT001
    if told := _told(text):
        return told
    bare = _OTHER_HANDS.sub(" | ", _PICTURED.sub("", " ".join(text.split())))
    bare = _ADDRESS.sub(" | ", _PARENTHESES.sub("", bare))
    bare = _TRAILING_WORD.sub("", without_dates(bare, " | "))
    bare = _POSTED.sub(" | ", _MOMENT.sub(_without_moment, bare))
    bare = _MIDDLE.sub(" | ", _LEAD_IN.sub("", _GLUED.sub("", _BY.sub("", bare))))
    found: list[str] = []
    for part in _ENDS.split(bare):
        names = [name for name in _names(part, roles=roles) if name]
        # After the names stand the section, the place, the role: "Ada Fenwick | Real Estate".
        if not any(is_person(name) for name in found):
            found += names
        else:
            found += [name for name in names if agency_named(name) is not None]
    return tuple(found)


def _without_moment(found: re.Match[str]) -> str:
    """A bar for a day or an hour; the word before it stays unless it is a month."""
    word = found["word"] or ""
    return f"{'' if is_month(word.strip(' .')) else word} | "


def _names(part: str, *, roles: bool) -> Iterator[str]:
    """The names of a part of a byline that no bar divides."""
    part = _BY.sub("", part.strip()).strip(" .,'-–—:*®&")
    if joint := _JOINT.match(part):
        first, second, family = joint.groups()
        yield from (f"{first} {family}", f"{second} {family}")
        return
    for name in _SPLIT.split(part):
        bare = _CREDENTIALS.sub("", _BY.sub("", name.strip(" .,'-–—:*®&")))
        bare = _TRAILING_ROLE.sub("", bare) if roles else bare
        bare = _PLACED.sub(r"\1", bare.strip())
        yield from _apart(bare.strip())


def _told(text: str) -> tuple[str, ...]:
    """Names in Korean or Chinese characters that a role stands beside."""
    if text.isascii() or len(text) > _LONGEST_LINE:
        return ()
    korean = [one or other for one, other in _KOREAN.findall(text)]
    chinese = [name for found in _CHINESE.findall(text) for name in re.split(r"[\s、，,]+", found)]
    japanese = [] if chinese else _JAPANESE.findall(text)
    return tuple(name for name in (*korean, *chinese, *japanese) if name)


def is_person(name: str, *, single: bool = False) -> bool:
    """Whether a name reads as a person's: capitalised words, none of them an organisation's.

    ``single`` lets one word pass, as a first name or a pen name, where the markup says that it is
    an author.
    """
    name = _NICKNAME.sub(r"\1", name)
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
