"""Web archives: one module a kind, listed in ``ARCHIVES``.

``build(spec, web, now, limits)`` gives the archive that a ProviderSpec names. A new kind is a
module with a data sheet (``SHEET``), a pure ``build`` that writes the question and a pure ``parse``
that reads the answer; its ``KINDS`` says what is built for each kind. ``client.py`` alone asks. The
sheets of archives that are known by name stand in ``builtin.py``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import SettingsError
from provenance.text.urls import is_web_url
from provenance.world.archives.builtin import known_sheet
from provenance.world.archives.client import ArchiveClient
from provenance.world.http.rate_limits import ProviderClient
from provenance.world.kinds import Kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import ProviderSpec
    from provenance.model.ports import Archive
    from provenance.world.archives.sheet import ArchiveSheet
    from provenance.world.http.rate_limits import RateLimiter, Session

    Kind = tuple[ArchiveSheet, Callable[[ArchiveSheet, ArchiveClient], Archive]]

ARCHIVES: Kinds[Kind] = Kinds(
    __name__,
    {
        "cdx": "cdx",
        "timemap": "timemap",
        "memgator": "timemap",
        "arquivo": "arquivo",
        "commoncrawl": "commoncrawl",
        "warc": "warcs",
    },
)


def build(
    spec: ProviderSpec, web: Session, now: Callable[[], datetime], limits: RateLimiter | None = None
) -> Archive:
    """The archive that ``spec`` names; SettingsError for a kind or an address that is none."""
    if spec.kind not in ARCHIVES:
        kinds = ", ".join(sorted(ARCHIVES))
        raise SettingsError(f"archive {spec.name}: unknown kind {spec.kind!r}; known are {kinds}")
    if spec.kind == "warc":
        from provenance.world.archives import warcs

        if not warcs.warc_files(spec.base_url):
            raise SettingsError(
                f"archive {spec.name}: {spec.base_url}: no WARC files are there (*.warc, *.warc.gz)"
            )
    elif not is_web_url(spec.base_url):
        raise SettingsError(
            f"archive {spec.name}: {spec.base_url!r} is no http or https address; "
            "write NAME=KIND:BASE_URL"
        )
    sheet, make = ARCHIVES[spec.kind]
    named = replace(
        known_sheet(spec.base_url) or sheet, name=spec.name, kind=spec.kind, base_url=spec.base_url
    )
    polite = ProviderClient(
        provider=spec.name,
        web=web,
        now=now,
        limits=limits,
        index_per_minute=named.index_per_minute,
        replay_per_minute=named.replay_per_minute,
    )
    return make(named, ArchiveClient(polite))
