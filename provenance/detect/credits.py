"""Who is credited on pages without being copied: for pictures, for data, for services."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from provenance.detect.site_identity import key_of

_TELLING = 6


@cache
def _names(which: str) -> tuple[str, ...]:
    lines = files("provenance.detect").joinpath(f"data/{which}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _keys(which: str) -> frozenset[str]:
    return frozenset(map(key_of, _names(which)))


def is_picture_house(name: str) -> bool:
    """Whether a name is credited for pictures: agencies of photographs, stocks, platforms."""
    return key_of(name) in _keys("pictures")


def is_data_house(name: str) -> bool:
    """Whether a name is credited for figures: statistics offices, pollsters, databases."""
    key = key_of(name)
    return any(key.startswith(known) for known in _keys("data") if len(known) >= _TELLING) or (
        key in _keys("data")
    )


def is_service(name: str) -> bool:
    """Whether a name stands for the software or services behind a page."""
    return key_of(name) in _keys("services")


@cache
def picture_pattern() -> re.Pattern[str]:
    """A pattern that finds picture houses named as whole words."""
    names = sorted(map(re.escape, _names("pictures")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
