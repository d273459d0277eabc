"""Every pattern of the product takes time by the length of what it is fed, not by its square."""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import math
import pkgutil
import re
import time
from typing import TYPE_CHECKING

import pytest

import provenance
from provenance.text.patterns import _LatePattern

if TYPE_CHECKING:
    from collections.abc import Iterator

TINY, ENDLESS = 400, 0.05  # what takes so many seconds for so few letters is not fed more
SMALL, LARGE = 10_000, 100_000
FELT = 0.014  # seconds for the small text: by the square from there, more than one for the large
MOST_GROWTH = 2.5 ** math.log2(LARGE / SMALL)  # two and a half times a doubling
PARTS = 12  # of all patterns, each a test with a time of its own
UNITS = (
    " ", "\n", "\t", "a", "A", "0", "-", "- ", "| ", ", ", ". ", "a ", "A ", "Ab ", "ab, ",
    "Ab, ", "a.", "A. ", "and ", " and A", "(", "<", "<a ", "&", "&a", "/", "/a", ":", "://",
    "http://", "@", "a@", "=", "\"", "'", "\u2019", "\u201c", "[", "{", "\\", "_", "#", "%20",
    "?a=", "by ", "By ", "via ", "Reuters ", "Reuters/", "1 ", "12:", "2026-", "20260101",
    "Mon, ", "\u00e9", "\u0301", "\u4e00", "\u00a0", "\u200b", "\r\n", "\n\n", "\n ", " \n",
    "a\n", "A\n", "--", "\u2014", "\u2014 ", "*", "x-", "the ", "The ", "source: ", "photo ",
    "\u00a9 ", "first published ", "this article ", "xmlns=",
)  # fmt: skip


def modules() -> Iterator[str]:
    yield from (
        found.name
        for found in pkgutil.walk_packages(provenance.__path__, "provenance.")
        if not found.name.startswith(("provenance.network", "provenance.__main__"))
    )


@functools.cache
def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Every compiled pattern by module and name: in containers and cached factories too."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for module in modules():
        loaded = importlib.import_module(module)
        for name, value in list(vars(loaded).items()):
            for inner, pattern in _within(f"{module}.{name}", value, 0):
                found.setdefault(inner, pattern)
    once: dict[tuple[object, int], str] = {}
    for name, pattern in found.items():
        once.setdefault((pattern.pattern, pattern.flags), name)
    return {name: found[name] for name in once.values()}


def _within(
    name: str, value: object, depth: int
) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    if isinstance(value, _LatePattern):
        yield name, re.compile(value.pattern, value.flags)
    elif isinstance(value, re.Pattern):
        yield name, value
    elif depth > 3:
        return
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(f"{name}[{str(key)[:20]}]", item, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for number, item in enumerate(value):
            yield from _within(f"{name}[{number}]", item, depth + 1)
    elif isinstance(value, functools._lru_cache_wrapper):
        if value.__module__.startswith("provenance") and not inspect.signature(value).parameters:
            with contextlib.suppress(Exception):
                yield from _within(f"{name}()", value(), depth + 1)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for field in value.__dataclass_fields__:
            yield from _within(f"{name}.{field}", getattr(value, field, None), depth + 1)


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """CPU time to search a text through and to match its beginning."""
    fed = text.encode() if isinstance(pattern.pattern, bytes) else text
    begun = time.process_time()
    for _ in pattern.finditer(fed):  # type: ignore[arg-type]
        pass
    pattern.match(fed)  # type: ignore[arg-type]
    return time.process_time() - begun


def hurt(pattern: re.Pattern[str] | re.Pattern[bytes]) -> str | None:
    """What makes a pattern take more than its length's time; None where nothing does.

    Twice, so that one bad moment of the machine is no verdict.
    """
    words = re.findall(r"[A-Za-z]{2,12}", str(pattern.pattern))[:6]
    for unit in (*UNITS, *(f"{word} " for word in words), *words):
        tiny = seconds(pattern, _fill(unit, TINY))
        if tiny > ENDLESS:
            return f"{unit!r}: {tiny * 1e3:.0f} ms for {TINY}"
        small = seconds(pattern, _fill(unit, SMALL))
        if small < FELT:
            continue
        if small > ENDLESS * 10:
            return f"{unit!r}: {small * 1e3:.0f} ms for {SMALL}"
        large = seconds(pattern, _fill(unit, LARGE))
        if large < MOST_GROWTH * small:
            continue
        small = max(small, seconds(pattern, _fill(unit, SMALL)))
        large = min(large, seconds(pattern, _fill(unit, LARGE)))
        if large > MOST_GROWTH * small:
            return f"{unit!r}: {small * 1e3:.0f} ms, of ten times as much {large * 1e3:.0f}"
    return None


def _fill(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size] + "\x01"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_takes_time_by_the_square(part: int) -> None:
    some = list(patterns().items())[part::PARTS]
    assert {name: why for name, pattern in some if (why := hurt(pattern)) is not None} == {}


def test_the_patterns_are_found() -> None:
    found = patterns()
    assert len(found) > 150
    assert {"provenance.text.urls._TRACKING", "provenance.text.archived._FORMS[0]"} <= set(found)
