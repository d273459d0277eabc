"""Kind ``arquivo``: Arquivo.pt, whose index is pywb's and whose raw pages lie elsewhere.

An empty index answer is checked against its version history, which says "none" in words. Its text
search is a search service: see ``world/searches/arquivo.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from provenance.errors import Garbled, Unavailable
from provenance.text.json_text import parse_json
from provenance.world.archives.answers import check_status
from provenance.world.archives.builtin import ARQUIVO
from provenance.world.archives.cdx import CdxArchive, CdxLayout
from provenance.world.archives.client import NONE

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient
    from provenance.world.archives.sheet import ArchiveSheet


def build_history(base_url: str, url: str) -> str:
    """The question whether any version of ``url`` is held."""
    return f"{base_url.rstrip('/')}/textsearch?versionHistory={quote(url, safe='')}&maxItems=1"


def parse_history(provider: str, url: str, capture: Capture) -> tuple[str, ...]:
    """Timestamps of versions in an answer; () for a well-formed "none"; an error otherwise."""
    check_status(provider, url, capture)
    try:
        found = parse_json(capture.body)["response_items"]
        return tuple(str(item["tstamp"]) for item in found)
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled(provider, url, "its version history cannot be read") from error


class ArquivoArchive(CdxArchive):
    """Arquivo.pt, or a mirror laid out as it is; satisfies ``model.ports.Archive``."""

    def __init__(self, sheet: ArchiveSheet, asker: ArchiveClient) -> None:
        base = sheet.base_url.rstrip("/")
        layout = CdxLayout(
            index=f"{base}/wayback/cdx",
            prefix=f"{base}/noFrame/replay",
            wayback=False,
            collection=f"{base}/wayback",
        )
        super().__init__(sheet, asker, layout)

    def settle_none(self, url: str, capture: Capture) -> None:
        """Returns when the version history says that there is none, too."""
        if capture.body.strip():
            return
        versions, _ = self.asker.listed(
            build_history(self.sheet.base_url, url),
            lambda said: parse_history(self.name, url, said),
            good_for=NONE,
        )
        if versions:
            raise Unavailable(self.name, url, "its index and its version history disagree")


KINDS = {"arquivo": (ARQUIVO, ArquivoArchive)}
