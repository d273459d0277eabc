"""How a run of the library is set up: as the command line does, where nothing else is said."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from provenance.model import settings as model
from provenance.model.settings import GDELT
from provenance.world import open_world
from provenance.world.http.way_out import find_way_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import ProviderSpec
    from provenance.world import OpenWorld

_NEWS = (GDELT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(model.Settings):
    """Every limit and choice of a run; the fields are those of ``provenance.model.Settings``.

    Where ``searches`` are not given, GDELT's news are asked, as the command line does; ``()`` asks
    no search service. An audit asks none that is not given.
    """

    searches: tuple[ProviderSpec, ...] = _NEWS


@contextmanager
def world_of(settings: model.Settings | None) -> Iterator[OpenWorld]:
    """The world of one call; without settings nothing is kept beyond it.

    Proxies and authorities are those of the settings, else of HTTPS_PROXY and its like. Keys of
    services are read from the environment.
    """
    chosen = settings or Settings()
    if not (chosen.offline or chosen.proxies or chosen.no_proxy or chosen.ca_bundle):
        chosen = replace(chosen, **find_way_out(os.environ))
    with open_world(chosen, now=lambda: datetime.now(UTC), keys=os.environ) as world:
        yield world


def without_usual_search(settings: model.Settings) -> model.Settings:
    """Settings that ask no search service that was not given."""
    return replace(settings, searches=()) if settings.searches is _NEWS else settings
