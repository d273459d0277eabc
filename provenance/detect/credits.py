"""Who is credited on pages without being copied: picture houses and sources of data."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from provenance.detect.own import key_of


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
    return key_of(name) in _keys("data")


@cache
def picture_pattern() -> re.Pattern[str]:
    """A pattern that finds picture houses named as whole words."""
    names = sorted(map(re.escape, _names("pictures")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
