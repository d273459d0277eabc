"""When the page says it was published and changed: each date with where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Event, Sighting, Witness
from provenance.read import jsonld
from provenance.text.dates import parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.read.sources import Sources

_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
    "pubdate", "publishdate", "publish-date", "publish_date", "article.published",
    "cxenseparse:recs:publishtime", "article:published", "publication_date",
    "originalpublicationdate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified",
    "dcterms.modified", "dc.date.modified", "article:modified", "modified", "revised",
)  # fmt: skip


def dates(found: Sources) -> tuple[Sighting, ...]:
    """The page's own dates, best evidence first; published and modified apart."""
    seen: dict[tuple[Event, str, str], Sighting] = {}
    for event, basis, value in _stated(found):
        moment = parse_moment(value)
        if moment is None:
            continue
        seen.setdefault(
            (event, basis, value),
            Sighting(
                url=found.url,
                at=moment.at,
                precision=moment.precision,
                witness=Witness.SELF,
                event=event,
                basis=basis,
            ),
        )
    return tuple(seen.values())


def _stated(found: Sources) -> Iterator[tuple[Event, str, str]]:
    article = found.article or {}
    for field, event in (
        ("datePublished", Event.PUBLISHED),
        ("dateCreated", Event.PUBLISHED),
        ("dateModified", Event.MODIFIED),
    ):
        for value in jsonld.as_list(article.get(field)):
            yield event, f"json_ld {field}", jsonld.text_of(value)
    for names, event in ((_PUBLISHED, Event.PUBLISHED), (_MODIFIED, Event.MODIFIED)):
        for name in names:
            for value in found.all_meta(name):
                yield event, f"meta {name}", value
    for element in found.times:
        value = (
            element.get("datetime")
            or element.get("content")
            or " ".join(element.text_content().split())
        )
        changed = "modif" in str(element.attrib).lower() or "updated" in str(element.attrib).lower()
        yield (Event.MODIFIED if changed else Event.PUBLISHED), "time", value or ""
