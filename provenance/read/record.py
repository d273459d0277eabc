"""One record of a collection of texts (a line of JSON Lines) to a Document."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provenance.errors import InputError
from provenance.model import Event, Sighting, Witness
from provenance.read.dom.decode import MAX_BYTES
from provenance.read.dom.markup import looks_like_html
from provenance.text.dates import parse_moment
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture, Document

# The names that collections use for what they hold, the usual ones first.
TEXT_FIELDS = (
    *("text", "body", "content", "article_body", "articlebody", "full_text", "fulltext"),
    *("maintext", "article_text", "content_text", "article", "content_html", "html"),
)
URL_FIELDS = (
    *("url", "link", "source_url", "page_url", "permalink", "canonical_url", "canonical", "uri"),
)
TITLE_FIELDS = ("title", "headline", "heading", "name")
DATE_FIELDS = (
    *("date", "published", "published_at", "date_published", "datepublished", "publish_date"),
    *("published_date", "publication_date", "pubdate", "pub_date", "created_at", "timestamp"),
)
_PUBLISHER = ("publisher", "publication", "outlet", "site_name", "site", "newspaper", "source")
_BYLINE = ("byline", "author", "authors", "creator")
_LANGUAGE = ("language", "lang")
_LONGEST_FIELD = 2_000
_MOST_AUTHORS = 20


def read_record(capture: Capture) -> Document:
    """The Document of one JSON object with the text of a page and what is known of it.

    Fields go by their usual names, in any case; text with tags in it is read as a page. The
    record's own date is the page's word for when it was published. InputError for what is no
    object, or has no text.
    """
    fields = _fields(capture.body)
    story = _story(fields)
    if not story:
        raise InputError("it has no text (a field named text, body or content)")
    url = next((u for u in _all(fields, URL_FIELDS) if is_web_url(u)), None) or capture.url
    page = replace(capture, url=url, responded_url=url)
    document = _read(page, story)
    return replace(
        document,
        url=url,
        title=_first(fields, TITLE_FIELDS) or document.title,
        publisher=_first(fields, _PUBLISHER) or document.publisher,
        byline=tuple(_all(fields, _BYLINE))[:_MOST_AUTHORS] or document.byline,
        language=_first(fields, _LANGUAGE)[:2].lower() or document.language,
        dates=tuple(_published(url, fields)) or document.dates,
    )


def _read(page: Capture, story: str) -> Document:
    if looks_like_html(story):
        from provenance.read.page import read_html

        document = read_html(page, story)
        if document is not None:
            return document
    from provenance.read.textfile import read_plain

    return read_plain(page, story)


def _fields(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise InputError(f"it is larger than {MAX_BYTES:,} bytes")
    try:
        found = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise InputError("it is no JSON") from error
    if not isinstance(found, dict):
        raise InputError("it is no JSON object")
    return {key.lower().replace("-", "_"): value for key, value in reversed(found.items())}


def _all(fields: dict[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    """The strings under the names, in their order; an object is known by its name."""
    for name in names:
        value = fields.get(name)
        for each in value if isinstance(value, list) else (value,):
            said = each.get("name") if isinstance(each, dict) else each
            if isinstance(said, str) and said.strip():
                yield scrub(said[:_LONGEST_FIELD].strip())


def _first(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first string under one of the names, '' for none."""
    return next(_all(fields, names), "")


def _story(fields: dict[str, Any]) -> str:
    values = (fields.get(name) for name in TEXT_FIELDS)
    return scrub(next((text for text in values if isinstance(text, str) and text.strip()), ""))


def _published(url: str | None, fields: dict[str, Any]) -> Iterator[Sighting]:
    for said in _all(fields, DATE_FIELDS):
        if moment := parse_moment(said):
            yield Sighting(
                url=url,
                at=moment.at,
                precision=moment.precision,
                witness=Witness.SELF,
                event=Event.PUBLISHED,
                basis="record date",
            )
            return
