"""What an element says of the text inside it: its tag, role, class and id as one set of hints."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from provenance.text.literals import holds_any

if TYPE_CHECKING:
    from collections.abc import Callable


class Hint:
    """Bits of a set of hints; everything inside an element inherits its hints.

    Plain integers: a page has thousands of elements, and enum arithmetic costs more than the walk.
    """

    NONE: Final = 0
    ARTICLE: Final = 1
    NAV: Final = 2
    HEADER: Final = 4
    FOOTER: Final = 8
    ASIDE: Final = 16
    COMMENTS: Final = 32
    CAPTION: Final = 64
    BYLINE: Final = 128
    META: Final = 256
    SHARE: Final = 512
    HIDDEN: Final = 1024
    QUOTE: Final = 2048
    LIST: Final = 4096
    TABLE: Final = 8192
    HEADING: Final = 16384
    BODY: Final = 32768
    PARAGRAPH: Final = 65536
    TITLE: Final = 131072
    CREDIT: Final = 262144


OUTSIDE = Hint.NAV | Hint.ASIDE | Hint.COMMENTS | Hint.SHARE | Hint.HIDDEN
"""Hints of text that is not part of the article, wherever it stands."""

NOT_OF_SPINE = OUTSIDE | Hint.FOOTER | Hint.CAPTION | Hint.BYLINE | Hint.META | Hint.CREDIT
"""Hints that the elements around the story do not have, whatever their class says."""

_SKIPPED = (
    "script style noscript template svg math iframe object embed canvas head select datalist "
    "audio video map input textarea rt rp"
)
SKIPPED = frozenset(_SKIPPED.split())
_BLOCKS = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main nav ol option p "
    "pre section summary table tbody td tfoot th thead tr ul caption amp-sidebar"
)
BLOCKS = frozenset(_BLOCKS.split())
BREAKS = frozenset({"br", "hr"})
SEPARATE = frozenset({"a", "button", "label", "span", "time", "cite", "small"})
"""Inline elements that stand apart on the screen when one follows another without a space."""

APART = SEPARATE | SKIPPED
STOPPED = SKIPPED | BREAKS

BY_TAG = {
    "article": Hint.ARTICLE,
    "main": Hint.ARTICLE,
    "nav": Hint.NAV,
    "header": Hint.HEADER,
    "footer": Hint.FOOTER,
    "aside": Hint.ASIDE,
    "amp-sidebar": Hint.NAV,
    "dialog": Hint.ASIDE,
    "figure": Hint.CAPTION,
    "figcaption": Hint.CAPTION,
    "caption": Hint.CAPTION,
    "blockquote": Hint.QUOTE,
    "li": Hint.LIST,
    "dl": Hint.LIST,
    "table": Hint.TABLE,
    "time": Hint.META,
    "button": Hint.SHARE,
    "p": Hint.PARAGRAPH,
    "h1": Hint.HEADING | Hint.TITLE,
    **{f"h{n}": Hint.HEADING for n in range(2, 7)},
}
_BY_ROLE = {
    "navigation": Hint.NAV,
    "menu": Hint.NAV,
    "menubar": Hint.NAV,
    "banner": Hint.HEADER,
    "contentinfo": Hint.FOOTER,
    "complementary": Hint.ASIDE,
    "dialog": Hint.ASIDE,
    "search": Hint.NAV,
    "main": Hint.ARTICLE,
    "article": Hint.ARTICLE,
    "button": Hint.SHARE,
}
# Each class or id word is split at - and _ and at inner capitals, so that a name such as
# "articleCaption" or "c-caption__text" is read word by word.
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BY_WORD = {
    Hint.NAV: "nav navbar navigation menu breadcrumb breadcrumbs pagination pager masthead topbar "
    "navi submenu skip",
    Hint.FOOTER: "footer colophon copyright",
    Hint.ASIDE: "sidebar related recommended recommendation recommendations newsletter promo "
    "widget popular trending teaser teasers outbrain taboola advert advertisement ad ads banner "
    "sponsored subscribe subscription signup popup modal cookie consent gdpr readmore "
    "mostread latest rail infobox promotion inread crosslink paywall tooltip toolbar "
    "recirc recirculation newsticker ticker carousel",
    Hint.COMMENTS: "comments comment commentlist disqus respond replies commenter",
    Hint.CAPTION: "caption captions figcaption photocredit imagecredit gallery "
    "slideshow lightbox wpcaption copyrights mediacredit",
    Hint.CREDIT: "credit credits",
    Hint.BYLINE: "byline bylines author authors autor autore auteur writer verfasser contributor "
    "contributors",
    Hint.META: "date dateline datetime timestamp time posted published pubdate meta postmeta "
    "entrymeta publication",
    Hint.SHARE: "share sharing social sharebar sharetools addthis sharedaddy sharebuttons "
    "socials shares follow",
    Hint.HIDDEN: "hidden visuallyhidden sr screenreader",
}
_WORD_HINTS = {word: hint for hint, words in _BY_WORD.items() for word in words.split()}
# Beside one of these in a name, "credit" is a picture's, not the text's.
_PICTURES = (
    "photo photos image images img picture pictures pic media foto figure caption thumb thumbnail "
    "video visual hero"
)
_PICTURE_WORDS = frozenset(_PICTURES.split())
_BODY_NAMES = re.compile(
    r"(?:article|entry|post|story|news|content)[-_]*(?:body|content|text|main)\b"
    r"|articlebody|storytext|maincontent|bodytext|\bprose\b",
    re.IGNORECASE,
)
_BODY_WORDS = ("body", "content", "text", "main", "prose")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# "has-sidebar", "no-comments" and the like describe a layout, not the element.
_LAYOUT = re.compile(
    r"^(?:has|no|with|without|is|js|category|tag|type|status|format)-", re.IGNORECASE
)
_MAX_NAME = 300
_BY_ITEMPROP = {
    "author": Hint.BYLINE,
    "datePublished": Hint.META,
    "dateModified": Hint.META,
    "articleBody": Hint.BODY | Hint.ARTICLE,
}
_OF_BODY = ~(Hint.HEADER | NOT_OF_SPINE)


def hints_of(tag: str, attributes: list[tuple[str, str]]) -> int:
    """The hints of one element alone, without those it inherits."""
    hint = BY_TAG.get(tag, Hint.NONE)
    readers = _READ if tag not in _WHOLE else _READ_OF_WHOLE
    for key, value in attributes:
        if (read := readers.get(key)) is not None:
            hint |= read(value)
    # A container of the story keeps its role whatever else its class says of it.
    return hint & _OF_BODY if hint & Hint.BODY else hint


_WHOLE = frozenset({"html", "body"})
_READ_OF_WHOLE: dict[str, Callable[[str], int]] = {
    "style": lambda value: Hint.HIDDEN if _INVISIBLE.search(value) else Hint.NONE,
    "hidden": lambda _: Hint.HIDDEN,
    "role": lambda value: _BY_ROLE.get(value, Hint.NONE),
    "itemprop": lambda value: _BY_ITEMPROP.get(value, Hint.NONE),
    "rel": lambda value: Hint.BYLINE if "author" in value.split() else Hint.NONE,
}


def _named(names: str) -> int:
    return _of_names(names[:_MAX_NAME])


_READ = {**_READ_OF_WHOLE, "class": _named, "id": _named}
"""What reads each attribute; classes of the whole page say nothing of a part of it."""


@lru_cache(maxsize=16384)
def _of_names(names: str) -> int:
    # Letters beyond ASCII may be others in small; they are left to the pattern.
    may_be = not names.isascii() or holds_any(names.lower(), _BODY_WORDS)
    hint = Hint.BODY | Hint.ARTICLE if may_be and _BODY_NAMES.search(names) else Hint.NONE
    for name in names.split():
        hint |= _of_name(name)
    return hint


@lru_cache(maxsize=32768)
def _of_name(name: str) -> int:
    words = [word.lower() for word in _WORDS.findall(name)]
    hint = Hint.NONE
    for word in words:
        hint |= _WORD_HINTS.get(word, Hint.NONE)
    if not hint or _LAYOUT.match(name):
        return Hint.NONE
    if hint & Hint.CREDIT and not _PICTURE_WORDS.isdisjoint(words):
        hint = hint & ~Hint.CREDIT | Hint.CAPTION
    return hint
