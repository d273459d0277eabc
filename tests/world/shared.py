"""Reading the labelled data beside the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def jsonl(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file; a row may hold lone surrogates as escapes."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
