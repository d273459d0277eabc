"""A page as it came (Capture) and as it was read (Document)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model.sighting import Sighting


class Via(StrEnum):
    """How the bytes reached us."""

    LIVE = "live"
    FILE = "file"
    STDIN = "stdin"
    WARC = "warc"
    ARCHIVE = "archive"


class Place(StrEnum):
    """Where on a page something stands.

    HEAD, TEXT, TAIL and ASIDE are the four stored strings of a Document that a Span can index;
    the others are fields and markup, which have no offsets.
    """

    HEAD = "head"
    TEXT = "text"
    TAIL = "tail"
    ASIDE = "aside"
    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT_LINE = "credit_line"
    IMAGE = "image"
    LINK = "link"
    META = "meta"
    JSON_LD = "json_ld"
    MARKUP = "markup"
    URL = "url"


class BlockKind(StrEnum):
    """What a block of a page is, as far as its markup (or, in plain text, its form) says."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    LIST = "list"
    QUOTE = "quote"
    TABLE = "table"
    BYLINE = "byline"
    META_LINE = "meta_line"
    FOOTER = "footer"
    OTHER = "other"


class PageState(StrEnum):
    """What kind of page was served: only ARTICLE and LISTING hold the text they promise."""

    ARTICLE = "article"
    LISTING = "listing"
    CONSENT_WALL = "consent_wall"
    PAYWALL_STUB = "paywall_stub"
    SCRIPT_SHELL = "script_shell"
    SOFT_404 = "soft_404"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of stored text: ``start`` inclusive, ``end`` exclusive, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one page as they came, with all that is known of how they came.

    ``url`` is what was asked for, ``responded_url`` what answered after redirects; both are None
    for a file whose address nobody gave. ``headers`` are (lower-case name, value) pairs in order.
    ``digest`` is the SHA-256 of ``body``, in hex, taken here where it is not
    given. ``memento`` is the archive address the body was
    replayed from. ``captured_at`` is UTC. ``live_fault`` says why the live page could not be had,
    where the capture of an archive was taken instead; else it is empty. ``notes`` say what else a
    reader must know of how it came, such as an address that the file itself gives.
    """

    url: str | None
    responded_url: str | None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes
    media_type: str
    captured_at: datetime
    via: Via
    memento: str | None = None
    digest: str = ""
    live_fault: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Takes the digest of the body where it is not known yet."""
        if not self.digest:
            object.__setattr__(self, "digest", hashlib.sha256(self.body).hexdigest())

    def header(self, name: str) -> str | None:
        """The first value of a header, looked up without regard to case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An outbound link: absolute ``url``, anchor ``text``, where it stands, its ``rel`` words.

    ``span`` covers the anchor text inside the stored string that ``place`` names, or is None
    where the anchor has no text there.
    """

    url: str
    text: str
    place: Place
    rel: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image of the article: absolute address, its host, alternative text, printed credit."""

    url: str
    host: str
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing the markup says: ``key`` names it, ``value`` is what it says, word for word.

    Keys: ``rel:canonical``, ``og:url``, ``meta:syndication-source``, ``json_ld:isBasedOn``,
    ``json_ld:provider.name``, ``pixel:republication`` and the like. ``place`` tells the layer.
    """

    key: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph-like block of a page, in page order.

    ``span`` indexes the stored string named by ``place`` (HEAD, TEXT, TAIL or ASIDE). ``links``
    are the links inside it. Blocks are what attribution is read from: they are cut from the
    whole page before and apart from main-text extraction, which loses such lines.
    """

    place: Place
    span: Span
    kind: BlockKind
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page as read: the story, what stands around it, and what the page says of itself.

    ``head`` precedes the story (masthead, channel links), ``text`` is the story, ``tail`` follows
    it, ``aside`` holds what stands between its paragraphs without being story (captions, related
    boxes). Every span indexes one of these four strings as stored, never a cleaned copy.
    ``self_names`` are the names this site goes by, ``publisher`` the best of them; ``alternates``
    the other addresses the page gives itself, AMP and og:url among them. ``byline`` are the persons
    named as authors; ``desks`` the desks and organisations so named where no person is. ``digest``
    is that of the Capture it was read from.
    """

    url: str | None
    canonical: str | None
    alternates: tuple[str, ...]
    title: str | None
    byline: tuple[str, ...]
    dateline: str | None
    credit_line: str | None
    publisher: str | None
    self_names: tuple[str, ...]
    agency: str | None
    language: str | None
    state: PageState
    head: str
    text: str
    tail: str
    aside: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    statements: tuple[Statement, ...]
    dates: tuple[Sighting, ...]
    digest: str
    notes: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()

    def stored(self, place: Place) -> str:
        """The stored string that spans at ``place`` index; KeyError for a place without one."""
        strings = {
            Place.HEAD: self.head,
            Place.TEXT: self.text,
            Place.TAIL: self.tail,
            Place.ASIDE: self.aside,
        }
        return strings[place]

    def quote(self, place: Place, span: Span) -> str:
        """The exact words at ``span`` of the stored string named by ``place``."""
        return self.stored(place)[span.start : span.end]

    def block_text(self, block: Block) -> str:
        """The exact words of a block."""
        return self.quote(block.place, block.span)
