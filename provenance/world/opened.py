"""The World that is open for one run: what everything in this folder may be handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from provenance.model import Reply, Settings
    from provenance.model.ports import Archive, Search
    from provenance.world.corpus import KeptCorpus
    from provenance.world.http.web import PoliteWeb
    from provenance.world.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWorld:
    """A World on real network and disk; satisfies ``model.ports.World``."""

    web: PoliteWeb
    archives: Sequence[Archive]
    searches: Sequence[Search]
    find_site_searches: Callable[[str], Reply[Search]]
    corpus: KeptCorpus
    store: Store
    now: Callable[[], datetime]
    settings: Settings
