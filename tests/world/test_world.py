from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from provenance.errors import SettingsError, StoreError
from provenance.model import ProviderSpec, Settings
from provenance.world import open_world
from provenance.world.store import Store
from tests.world.evil import NOON

if TYPE_CHECKING:
    from pathlib import Path

IA = ProviderSpec(name="ia", kind="cdx", base_url="https://archive.example")
SEARX = ProviderSpec(name="sx", kind="searxng", base_url="https://search.example")


def test_a_world_holds_what_was_configured_in_order() -> None:
    other = replace(IA, name="other", base_url="https://other.example")
    settings = Settings(archives=(other, IA), searches=(SEARX,), offline=True)
    with open_world(settings, now=lambda: NOON) as world:
        assert [each.name for each in world.archives] == ["other", "ia"]
        assert [each.name for each in world.searches] == ["sx"]
        assert world.now() == NOON
        assert world.settings is settings


@pytest.mark.parametrize("field", ["archives", "searches"])
def test_an_unknown_kind_is_the_operators_to_mend(field: str) -> None:
    settings = replace(Settings(), **{field: (replace(IA, kind="crystal-ball"),)})
    with pytest.raises(SettingsError, match="crystal-ball"), open_world(settings, now=lambda: NOON):
        pass


def test_an_unusable_database_is_told_at_once(tmp_path: Path) -> None:
    settings = Settings(database=str(tmp_path / "no" / "kept.db"))
    with pytest.raises(StoreError), open_world(settings, now=lambda: NOON):
        pass


def test_a_world_closes_its_database_whatever_happens(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.db")
    with pytest.raises(ZeroDivisionError), open_world(Settings(database=path), now=lambda: NOON):
        raise ZeroDivisionError
    assert not (tmp_path / "kept.db-wal").exists()
    with Store.open(path) as store:
        assert store.fetches.count() == 0
