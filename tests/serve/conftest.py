from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance.demo.sites import demo_world
from tests.servers.serving import demo_settings, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.demo.sites import DemoWorld
    from tests.servers.serving import Running


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoWorld]:
    with demo_world() as world:
        yield world


@pytest.fixture(scope="module")
def site(demo: DemoWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server over the invented world that a module's tests share."""
    with serving(demo_settings(demo, tmp_path_factory.mktemp("site"))) as running:
        yield running
