"""Short lines that stand in a story's column without being story: by their words.

Only what must not be counted as story is named here, by label; what such a line gives away is for
the rules to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from provenance.text.dates import written_moments
from provenance.text.literals import holds_any
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from provenance.read.dom.blocks import Piece

_LABELS = (
    r"source(?: link| article)?s?|original (?:source|article|link|post)|via|h/t|hat tip|credit"
    r"|(?:text|original)?quelle|fuentes?|v[ií]a|tomado de|fontes?|tratto da|bron|k[aä]lla|kilde"
    r"|l[aä]hde|allikas|heimild|[zź]r[oó]d[lł]o|zdroj|p[rř]evzato z|forr[aá]s|surs[aă]|izvor|vir"
    r"|извор|източник|джерело|источник|по материалам|πηγή|šaltinis|avots|kaynak|المصدر|مصدر|منبع"
    r"|מקור|来源|來源|文章来源|转载自|轉載自|原文(?:链接|地址)?|出典|引用元|ソース|출처|원문|nguồn|sumber|ที่มา"
    r"|स्रोत|साभार|সূত্র|بشکریہ|ماخذ"
)
_ATTRIBUTION = compile_late(
    rf"^\W{{0,3}}(?:(?:{_LABELS})\s{{0,2}}[:：]|source link\W{{0,3}}$|view source\W{{0,3}}$"
    r"|go to source\W{0,3}$|\(?(?:reporting|editing|writing|additional reporting) by\b"
    r"|(?:the post .{1,200} )?(?:this (?:article|story|post|piece|report) )?"
    r"(?:was |is )?(?:originally|first) (?:published|appeared|posted)\b"
    r"|(?:click here to )?read (?:the )?(?:original|full (?:article|story))"
    r" (?:article|story|here|at|on)"
    r"|(?:re)?published with permission|this (?:article|story) (?:is|was|has been) (?:re)?published"
    r"|©|\(c\)\s|copyright\b|all rights reserved)",
    re.IGNORECASE,
)
_RIGHTS = compile_late(r"^\W{0,3}(?:©|\(c\)|copyright|all rights)", re.IGNORECASE)
_READ_MORE = compile_late(
    r"^\W{0,3}(?:(?:read|see|learn|watch)(?: (?:more|also|next|now))?|more(?: on this)?|also on"
    r"|related(?: articles?| stories)?|don['’]t miss|required reading|recommended|lesen sie auch"
    r"|mehr zum thema|lire aussi|à lire(?: aussi)?|lea tambi[eé]n|leia (?:mais|também)|leggi anche"
    r"|lees ook|läs (?:mer|också)|les også|læs også|lue myös|czytaj (?:też|także|również)|čtěte"
    r"|читайте (?:также|ещё|еще)|читайте також|ayrıca|اقرأ أيضا|xem thêm|baca juga|関連記事"
    r"|相关阅读|관련기사)\b",
    re.IGNORECASE,
)
_FURNITURE = compile_late(
    r"^\W*(?:advertisement|advertising|ad|anzeige|werbung|publicit[éeà]|publicidad|pubblicità"
    r"|publicidade|reklama?|реклама|advertentie|mainos|annons|annonse|annonce|story continues below"
    r"|continue reading|share this(?: article| story)?|follow us|sign up|subscribe|sponsored"
    r"|loading|read more|skip to content|close|広告|廣告|广告|광고|quảng cáo|iklan)\W*$",
    re.IGNORECASE,
)
# Where else the site wants to be followed: a channel's address, or an order to join it.
_CHANNEL = compile_late(
    r"👉|\b(?:t\.me|telegram\.me|whatsapp\.com/channel|wa\.me|discord\.gg)/|"
    r"^\W*(?:join|follow|subscribe to) (?:us|our)\b",
    re.IGNORECASE,
)
_BYLINE = compile_late(
    r"^\W{0,3}(?:(?:written |posted |published )?by|von|par|por|di|door|av|af|autor(?:es|a)?|author"
    r"|text|texte|автор|yazan|oleh|作者|記者|文)\s{0,2}[:：]?\s{1,2}(?-i:[A-ZÀ-ÞŁŚŻА-ЯЁ]|[^\W\d_a-zA-Z])",
    re.IGNORECASE,
)
_DATE_LINE = compile_late(r"\b(?:19|20)\d\d\b")
_LABEL_ALONE = compile_late(
    rf"^\W{{0,3}}(?:source link|view source|go to source|(?:{_LABELS})\s{{0,2}}[:：])\W{{0,3}}",
    re.IGNORECASE,
)
_ADDRESS = compile_late(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_POINTS = frozenset(".!?…。！？।؟۔")
_LONGEST = 400
_BYLINE_LONGEST = 120
_CHANNEL_LONGEST = 160
_CAPTION = 500
_CREDITS_LEAST = 8
_END = 90
_PICTURES = (
    r"getty(?: images)?|shutterstock|imago(?: images)?|zuma(?: press)?|sipa(?: usa)?|alamy|pool"
    r"|istock(?:photo)?|unsplash|pixabay|pexels|depositphotos|keystone|lehtikuva|nurphoto|flickr"
    r"|wikimedia(?: commons)?|picture[- ]alliance|adobe ?stock|ap photo|east news|epa(?:-efe)?"
)
_NEWS = (
    r"associated press|ap|afp|reuters|efe|sputnik|tass|bloomberg|dpa|apa|ansa|anp|ntb|tt|ritzau"
    r"|xinhua|anadolu(?: agency)?|pa(?: wire)?|belga|lusa|ria novosti"
)
# A credit closes a line, after a mark or a label: "he sold it to Getty Images" is none. News
# agencies also close stories, "(dpa)" or "sak/Reuters", so they count only after a longer line.
_CREDIT = compile_late(
    rf"(?:\bvia (?:the )?(?:{_PICTURES}|{_NEWS})|[/|©(:,]\s?(?:{_PICTURES})|\bAP Photo/[^.]{{1,60}}"
    r"|(?:^|[.!?)»”\"(,]\s?)(?:photo|image|picture|foto|bild|cr[eé]dit photo|photo credit)s?"
    r"(?: credit)?\s?(?::|by\b|/)\s?[^.!?:]{2,70})\s?\)?\.?$",
    re.IGNORECASE,
)
# One of these stands in every credit of a picture.
_CREDITED = (
    *("via", "photo", "image", "imago", "pict", "foto", "bild", "getty", "stock", "zuma", "sipa"),
    *("alamy", "pool", "unsplash", "pixabay", "pexels", "keystone", "lehtikuva", "flickr"),
    *("wikimedia", "east news", "epa"),
)
_NEWS_CREDIT = compile_late(rf"[/|©]\s?(?:{_NEWS})\s?\)?\.?$", re.IGNORECASE)


def is_attribution(line: str) -> bool:
    """Whether a short line says where the text comes from or whose it is."""
    return len(line) <= _LONGEST and _attributes(line)


# A page's lines are asked about several times, and its frame's on every page of a site.
@lru_cache(maxsize=4096)
def _attributes(line: str) -> bool:
    return bool(_ATTRIBUTION.match(line))


def is_source_line(line: str) -> bool:
    """Whether a short line says where the text comes from; whose the rights are is not that."""
    return is_attribution(line) and not _RIGHTS.match(line)


def is_source_link(piece: Piece) -> bool:
    """Whether a piece is a label and a link, or an address, and nothing else."""
    if not is_attribution(piece.text) or len(piece.text) > _LONGEST:
        return False
    linked = sum(anchor.end - anchor.start for anchor in piece.anchors)
    bare = _LABEL_ALONE.sub("", piece.text).strip(" .:：")
    return (
        not bare or bool(linked and 2 * linked >= len(bare) - linked) or bool(_ADDRESS.match(bare))
    )


def ends_as_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, quotation marks and brackets left out."""
    return text.rstrip("\"'”’»)」』 ")[-1:] in _POINTS


def is_byline(line: str) -> bool:
    """Whether a short line names an author or is a date: it does not run on as a sentence."""
    return len(line) <= _BYLINE_LONGEST and bool(
        _BYLINE.match(line)
        or (_DATE_LINE.search(line) and next(written_moments(line), None) and line[-1] not in ".!?")
    )


def is_read_more(line: str) -> bool:
    """Whether a line leads to another article; only to be asked of a line that is a link."""
    return bool(_READ_MORE.match(line[:80]))


def is_furniture(line: str) -> bool:
    """Whether a line is a word of the page's frame and nothing else."""
    return len(line) <= 40 and bool(_FURNITURE.match(line))


def is_channel(line: str) -> bool:
    """Whether a short line sends the reader to the site's own channels."""
    return len(line) <= _CHANNEL_LONGEST and bool(_CHANNEL.search(line))


def credit_in(caption: str) -> str:
    """Whom a caption credits: its words from the credit's mark on; '' where it credits nobody."""
    end = caption[-_END:]
    found = _CREDIT.search(end) or _NEWS_CREDIT.search(end)
    if not found:
        return ""
    marks = (". ", "! ", "? ", "(", "|", "\u201d ")
    start = max(end.rfind(mark, 0, found.start()) for mark in marks)
    return end[start + 1 if start >= 0 else found.start() :].strip(" .()|/,:")


def is_caption(line: str) -> bool:
    """Whether a line ends in a photo credit."""
    if not _CREDITS_LEAST <= len(line) <= _CAPTION:
        return False
    return _ends_in_credit(line[-_END:])


# A page's lines are asked about twice, and its frame's on every page of a site.
@lru_cache(maxsize=4096)
def _ends_in_credit(end: str) -> bool:
    # Letters beyond ASCII may be others in small; they are left to the pattern.
    may_be = not end.isascii() or holds_any(end.lower(), _CREDITED)
    return (may_be and bool(_CREDIT.search(end))) or (
        len(end) >= _END and bool(_NEWS_CREDIT.search(end))
    )
