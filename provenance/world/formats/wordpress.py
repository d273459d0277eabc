"""WordPress's REST interface: where its posts are asked for, and what an answer lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.text.dates import parse_moment
from provenance.text.fragments import fragment_text
from provenance.text.json_text import parse_json
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url, split
from provenance.world.formats.listed import ListedPage

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTE = "/wp/v2"
MOST_POSTS = 100  # of one answer, by the interface's own limit
_LONGEST_TEXT = 8000


def posts_address(root: str, parameters: Mapping[str, str], *, plain_links: bool = False) -> str:
    """Where posts are asked for. ``plain_links``: of sites without rewritten addresses.

    ``root`` is the site, or its interface: an address that ends in /wp-json or in /wp/v2, or one
    that holds ``rest_route=``.
    """
    root, asked = root.rstrip("/"), urlencode(parameters)
    base = root.removesuffix(ROUTE)
    if "rest_route=" in base:
        return f"{base}{ROUTE}/posts&{asked}"
    if plain_links:
        return f"{base}/?rest_route=%2Fwp%2Fv2%2Fposts&{asked}"
    known = base != root or split(base).path.endswith("/wp-json")
    return f"{base if known else f'{base}/wp-json'}{ROUTE}/posts?{asked}"


def read_posts(body: bytes) -> tuple[ListedPage, ...]:
    """The posts of an answer in its order; ValueError for anything that is no list of posts."""
    try:
        rows = parse_json(body)
    except ValueError as error:
        raise ValueError("it did not answer in JSON") from error
    if not isinstance(rows, list):
        raise ValueError("its answer is no list of posts")  # noqa: TRY004 - of strangers' bytes
    pages = [_post(row) for row in rows[:MOST_POSTS] if isinstance(row, dict)]
    found = tuple(page for page in pages if page is not None)
    if rows and not found:
        raise ValueError("none of its results is a page with an address")
    return found


def _post(row: dict[str, Any]) -> ListedPage | None:
    url = str(row.get("link") or "")
    if not is_web_url(url):
        return None
    # The field is in UTC and does not say so.
    published = str(row.get("date_gmt") or "")
    return ListedPage(
        url=scrub(url),
        title=_plain_text(row.get("title")),
        text=_plain_text(row.get("excerpt")),
        published=parse_moment(f"{published.removesuffix('Z')}Z") if published else None,
    )


def _plain_text(field: Any) -> str:
    markup = field.get("rendered") if isinstance(field, dict) else field
    return scrub(fragment_text(str(markup or "")[:_LONGEST_TEXT]))
