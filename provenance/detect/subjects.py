"""What words on a page speak of: the page's own text, or something that it tells of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Signal

_REACH = 600
_WORDS = compile_late(r"\w{2,}")


def is_of_the_text(page: Page, line: Line, signal: Signal) -> bool:
    """Whether the subject of the words is the page's text: it says so, or gives its headline."""
    if signal.span is None:
        return False
    start, end = (at - line.start for at in (signal.span.start, signal.span.end))
    if _SELF.search(line.text[max(0, start - 80) : end]) or _SELF.match(line.text):
        return True
    before = _WORDS.findall(line.text[max(0, start - _REACH) : end].lower())
    headline = set(_WORDS.findall((page.document.title or "").lower()))
    return len(headline) > 2 and len(headline & set(before)) >= 0.7 * len(headline)


_SELF = compile_late(
    r"\b(?:this|the above|the following) (?:article|story|post|piece|report|essay|column|interview"
    r"|text|content|op-ed|commentary|excerpt|review|translation|analysis|opinion)\b"
    r"|\bthe post\b|\b(?:dieser|dieses|der|das) (?:artikel|beitrag|text|interview|kommentar)\b"
    r"|\bcet article\b|\bce texte\b|\bquesto articolo\b"
    r"|\b(?:este|esta|el|la) (?:artículo|nota|texto|noticia|artigo|matéria)\b"
    r"|\bl['’](?:articolo|article)\b|\b(?:dit|het) (?:artikel|bericht)\b|本文|この記事|이 기사"
    r"|\b(?:yazısı|gönderisi) ilk\b",
    re.IGNORECASE,
)
# How a line that is about the text itself begins.
_TEXT_FIRST = compile_late(
    r"\W{0,3}(?:(?:den här|denn[ae]|dette|tämä|ten|tento|ez az?|acest|эта|этот|цей|ця|ovaj|bu|az?"
    r"|het|de|the|la|le|el|o|il|το|η|این|यह|هذا|هذه)\s)?"
    r"(?:article|artikel|artikeln|artikkelen|artiklen|artikkeli|artykuł|artigo|articolo|articol(?:ul)?"
    r"|artículo|inlägget|innlegget|indlægget|texten|teksten|tekst|text|texte|texto|textul|testo|cikk"
    r"|saken|kroniken|kronikken|juttu|kirjoitus|wpis|článek|článok|příspěvek|članak|статья|стаття"
    r"|материал|матеріал|запись|допис|запис|статията|άρθρο|המאמר|הכתבה|المقال|المقالة|yazı|haber"
    r"|makale|مقاله|مطلب|लेख|खबर|bài (?:viết|báo)|tulisan|berita)\s",
    re.IGNORECASE,
)


def opens(line: Line, signal: Signal) -> bool:
    """Whether the words, or a word for the text, open their line, which is short: a mark."""
    start = signal.span.start - line.start if signal.span else 0
    before = line.text[:start].strip(" \t(*_[—–-•\"“'")
    if before or len(line.text) > 250:
        return len(line.text) <= 250 and bool(_TEXT_FIRST.match(line.text))
    # Within the story a sentence that goes on says whom it quotes: "As told by X, the yard ...".
    return 3 * len(signal.quote) > len(line.text)
