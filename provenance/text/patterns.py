"""Patterns that are compiled when they are first used: a page wants half of those there are."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _LatePattern:
    """Stands for a compiled pattern: its methods and attributes are those of the pattern."""

    def __init__(self, text: str, flags: int) -> None:
        self._made_of = (text, flags)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._made_of)

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def compile_late(text: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, compiled at its first use; for its methods, not for ``re.sub``."""
    return cast("re.Pattern[str]", _LatePattern(text, flags))
