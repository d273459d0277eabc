"""JSON of strangers: the one way in which its text becomes values."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from provenance.text.scrub import scrub

_MOST_DIGITS = 15
# How JSON escapes what ``scrub`` takes out.
_UNSTORABLE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


def parse_json(text: bytes | str) -> Any:
    """The value of a JSON text, its strings scrubbed; ValueError for anything that is no JSON.

    Not JSON are NaN and Infinity, numbers beyond a float, and what nests too deep to be read.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig", "replace")
    try:
        found = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        return _scrubbed(found) if _UNSTORABLE.search(text) else found
    except RecursionError as error:
        raise ValueError("it nests too deep") from error


def parse_whole(value: object) -> int | None:
    """The whole number from 0 that a value is or writes in ASCII digits, at most 15; else None."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain else None


def parse_status(value: object) -> int | None:
    """The HTTP status that a value is or writes, 100 to 999; else None."""
    found = parse_whole(value)
    return found if found is not None and 100 <= found <= 999 else None


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number that is too large")
    return number


def _scrubbed(found: Any) -> Any:
    if isinstance(found, str):
        return scrub(found)
    if isinstance(found, list):
        return [_scrubbed(item) for item in found]
    if isinstance(found, dict):
        return {scrub(key): _scrubbed(value) for key, value in found.items()}
    return found
