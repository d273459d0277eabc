"""JSON-LD as it stands on real pages: graphs, lists, references, and small faults of syntax."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]

_MAX_SCRIPT = 2_000_000
_MAX_SCRIPTS = 100
_MAX_NODES = 3000
_TRAILING_COMMA = re.compile(r",\s{0,50}([}\]])")
# A whole pair, half a pair, a NUL, or any other escape.
_ESCAPE = compile_late(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|(?P<nul>u0000)|.)",
    re.DOTALL,
)
_CLOSERS = ("//", "-->", "]]>", "/*", ";")
_NEWS = re.compile(r"(?:Article|Posting|Report|Review)$")


def nodes(scripts: Iterable[str]) -> list[Node]:
    """Every typed object of the given scripts, outermost first, in page order.

    A script that cannot be read even after repair gives nothing; nothing is raised.
    """
    found: list[Node] = []
    for number, script in enumerate(scripts):
        if number >= _MAX_SCRIPTS or len(found) >= _MAX_NODES:
            break
        if len(script) <= _MAX_SCRIPT:
            for value in _loads(script):
                found.extend(_walk(value, _MAX_NODES - len(found)))
    return found


def types(node: Node) -> tuple[str, ...]:
    """The types of a node without their namespace."""
    given = node.get("@type")
    values = given if isinstance(given, list) else [given]
    return tuple(str(v).rsplit("/", 1)[-1] for v in values if isinstance(v, str))


def is_article(node: Node) -> bool:
    """Whether a node describes an article, a post or a report."""
    return any(_NEWS.search(name) for name in types(node))


def article(found: list[Node], urls: Iterable[str]) -> Node | None:
    """The node of this page's article: one that names one of ``urls``, else the first with body.

    ``urls`` are the page's own addresses.
    """
    articles = [node for node in found if is_article(node)]
    own = {_key(url) for url in urls}
    for node in articles:
        if own & {_key(address) for address in addresses(node)}:
            return node
    full = [node for node in articles if node.get("headline") and node.get("datePublished")]
    return next(iter(full or articles), None)


def addresses(node: Node) -> Iterator[str]:
    """Every address the node gives itself."""
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in as_list(node.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str) and address:
                yield address


def as_list(value: object) -> list[Any]:
    """A value that may be one thing or a list of them, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: object) -> str:
    """The words of a value: itself, or its name; '' where it has none."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), "")
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(value).split())


def resolve(value: object, found: Iterable[Node]) -> object:
    """The node that a bare reference points at, or the value itself."""
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and "@id" in value:
        wanted = value["@id"]
        for node in found:
            if node.get("@id") == wanted and len(node) > len(value):
                return node
    return value


def _key(url: str) -> str:
    bare = url.split("#", 1)[0].split("?", 1)[0].rstrip("/")
    return bare.removeprefix("https:").removeprefix("http:").removeprefix("//").removeprefix("www.")


def _loads(script: str) -> list[Any]:
    text = _storable(_unwrapped(script))
    for repair in (str, _without_trailing_commas):
        try:
            return [json.loads(repair(text), strict=False)]
        except (ValueError, RecursionError):
            continue
    return _first_values(_storable(html.unescape(text)) if "&quot;" in text else text)


def _storable(text: str) -> str:
    """The script without escapes of what no text may hold: NULs, and halves of surrogate pairs."""
    if "\\u" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: "\\ufffd" if found["half"] else "" if found["nul"] else found[0], text
    )


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _unwrapped(script: str) -> str:
    """The script without the comment and CDATA marks that hid it from old browsers."""
    text = script.strip()
    if text.startswith(("//", "/*", "<!")):
        start = min((at for at in (text.find("{"), text.find("[{")) if at >= 0), default=0)
        text = text[start:]
    for _ in range(4):
        for mark in _CLOSERS:
            text = text.removesuffix(mark).rstrip()
    return text


def _first_values(text: str) -> list[Any]:
    """The values that stand one after another before the first fault."""
    decoder, at = json.JSONDecoder(strict=False), 0
    values: list[Any] = []
    while at < len(text) and len(values) < _MAX_SCRIPTS:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while at < len(text) and text[at] in " \t\n\r,;":
            at += 1
    return values


def _walk(value: object, limit: int) -> list[Node]:
    """Typed objects, outermost first, without recursion."""
    found: list[Node] = []
    queue, at = [value], 0
    while at < len(queue) and len(found) < limit and len(queue) < limit * 20:
        item = queue[at]
        at += 1
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            if "@type" in item:
                found.append(item)
            queue.extend(v for v in item.values() if isinstance(v, (dict, list)))
    return found


_WIKI_OWNER = "Wikimedia Foundation"


def is_wiki_page(article: Node | None, found: Iterable[Node]) -> bool:
    """Whether an article is a page of a wiki of Wikimedia's, by what its own markup says.

    Its publisher owns the machines, and its first date is that of the page, not of its words.
    """
    if not article:
        return False
    publisher = resolve(next(iter(as_list(article.get("publisher"))), None), found)
    return text_of(publisher).startswith(_WIKI_OWNER)
