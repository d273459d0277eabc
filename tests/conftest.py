from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names other than localhost lead nowhere, so that no resolver is asked beyond this machine."""
    resolve = socket.getaddrinfo

    def known(host: Any, *rest: Any, **more: Any) -> Any:
        flags = 0 if host == "localhost" else socket.AI_NUMERICHOST
        return resolve(host, *rest, **{**more, "flags": flags})

    monkeypatch.setattr(socket, "getaddrinfo", known)


@pytest.fixture(scope="session")
def badinput() -> Path:
    """The folder of hostile inputs beside the project."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("PROVENANCE_SHARED", beside)) / "badinput-dev"
    if not folder.is_dir():
        pytest.skip(f"{folder}: the shared hostile inputs are not here")
    return folder
