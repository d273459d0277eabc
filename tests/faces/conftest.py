from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def badinput() -> Path:
    """The folder of hostile inputs beside the project."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("PROVENANCE_SHARED", beside)) / "badinput-dev"
    if not folder.is_dir():
        pytest.skip(f"{folder}: the shared hostile inputs are not here")
    return folder


@pytest.fixture
def nobody_resolves(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Names and public addresses lead nowhere; on loopback only the port that is allowed does."""
    resolve = socket.getaddrinfo
    ports: set[int] = set()

    def known(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        found = resolve(host, port, *rest, **{**more, "flags": socket.AI_NUMERICHOST})
        private = all(place[0].startswith(("127.", "10.", "::1")) for *_, place in found)
        if port in ports or not (private or ports):
            return found
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", known)
    return ports.add
