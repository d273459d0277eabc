"""A loopback server that answers as the recorded archives did."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.servers.loopback import Answer, Loopback, serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.world.archives.recorded import Interaction

# What the recording's transfer needed and a replay must not repeat: bodies are stored decoded.
_DROPPED = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})


@contextmanager
def serve_recorded(interactions: Iterable[Interaction]) -> Iterator[Loopback]:
    """Serves interactions by path, and index questions by the address they ask for.

    Of several index answers for one address the first is given, since ours asks for everything
    at once. A question nobody recorded is answered with 503.
    """
    told: dict[str, Answer] = {}
    for interaction in interactions:
        headers = {name: value for name, value in interaction.headers if name not in _DROPPED}
        answer = Answer(body=interaction.body, status=interaction.status, headers=headers)
        told.setdefault(_key(interaction.url), answer)

    with serve(lambda path: told.get(_key(path), Answer(status=503))) as running:
        yield running


def _key(url: str) -> str:
    parts = urlsplit(url)
    if "/cdx/" not in parts.path:
        return f"{parts.path}?{parts.query}"
    return parse_qs(parts.query).get("url", [""])[0].rstrip("/").partition("://")[2]
