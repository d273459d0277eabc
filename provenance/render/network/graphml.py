"""A network as GraphML, which Gephi, Cytoscape, NetworkX and igraph read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NODE = {"url": "string", "title": "string", "site": "string", "date": "string", "cluster": "int"}
_EDGE = {
    "direction": "string",
    "agency": "string",
    "kind": "string",
    "days": "int",
    "copy_share": "double",
    "source_share": "double",
    "verbatim": "double",
    "longest": "int",
    "exact": "boolean",
    "best": "boolean",
}
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(
    edges: Iterable[Mapping[str, Any]], members: Iterable[Mapping[str, Any]]
) -> Iterator[str]:
    """The graph in pieces: an edge goes from the copy to its source."""
    clusters = {row["document"]: row["cluster"] for row in members}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys.items():
            yield f'<key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    seen = set[str]()
    for edge in edges:
        for side in ("copy", "source"):
            name = edge[side]
            if name not in seen:
                seen.add(name)
                about = {key: edge.get(f"{side}_{key}") for key in _NODE}
                about["cluster"] = clusters.get(name)
                yield f"<node id={_quoted(name)}>{_data('node', about)}</node>\n"
        ends = f"source={_quoted(edge['copy'])} target={_quoted(edge['source'])}"
        yield f"<edge {ends}>{_data('edge', {key: edge[key] for key in _EDGE})}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(what: str, cells: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{what}_{name}">{escape(_text(cell))}</data>'
        for name, cell in cells.items()
        if cell is not None
    )


def _text(cell: object) -> str:
    text = str(cell).lower() if isinstance(cell, bool) else plain(str(cell))
    return _UNWRITABLE.sub("�", text)


def _quoted(name: str) -> str:
    return quoteattr(_UNWRITABLE.sub("�", name))
