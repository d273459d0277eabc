"""How a story opens: the dateline, which says where it was filed and often by which agency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.text.patterns import compile_late
from provenance.text.publishers import agency_named

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 110
_CLOSE, _LINE = 4, 80
# "BERLIN, May 4 (Reuters) - ", "Paris (AFP) — ": a place, perhaps a day, a name in brackets.
_BRACKETED = re.compile(
    r"^\W{0,2}((?:[^\W\d_][^()\n—–]{0,70}?)?[\s,]*[(（【\[]([^()（）【】\[\]]{2,40})[)）】\]])"
    r"\s{0,3}(?:[—–:-]{1,2}|\.\s[—–-])"
)
# "BOSTON — ", "NEW YORK, N.Y. -- ": a place in capitals.
_CAPITALS = re.compile(
    r"^((?:[^\W\d_a-zß-ÿ]|[ .,'’/-]){3,45}(?:, [A-Z][a-z.]{1,12})?)\s?(?:—|–|--)\s"
)
# "AFP - ", "Reuters: ": the agency alone.
_LEADING = re.compile(r"^([^\W\d_][^—–:\n]{1,30}?)(?:\s{0,2}(?:—|–|--|:)\s| - )")
# 新华社北京5月4日电
_CHINESE = compile_late(r"^\W{0,3}([\u4e00-\u9fff]{2,8}[社网報报][\w、，]{2,24}[电電讯訊])")


# "COLUMBUS, Ohio (AP)", "AFP —": a dateline that stands in a line of its own.
_ALONE = re.compile(r"[)）】\]]\W{0,3}$|\s?(?:—|–|--|-)\s{0,3}$")


def dateline_above(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The dateline that stands alone close above a story, and its agency; or None."""
    for line in reversed(lines[-_CLOSE:]):
        if len(line) <= _LINE and _ALONE.search(line):
            dateline, agency = dateline_of(f"{line.rstrip(' —–-')} — x")
            if dateline:
                return dateline, agency
    return None, None


def dateline_of(text: str) -> tuple[str | None, str | None]:
    """The dateline at the start of a story, word for word, and the agency it names; or None."""
    start = text[:_LONGEST]
    if found := _BRACKETED.match(start):
        place, name = found.groups()
        agency = _agency(name)
        if agency or place.split("(")[0].strip(" ,").isupper():
            return place.strip(), agency
    if (found := _LEADING.match(start)) and agency_named(found.group(1)) is not None:
        return found.group(1), found.group(1)
    if (found := _CAPITALS.match(start)) and sum(ch.isalpha() for ch in found.group(1)) >= 3:
        return found.group(1).strip(), None
    if not start.isascii() and (found := _CHINESE.match(start)):
        return found.group(1), None
    return None, None


def _agency(name: str) -> str | None:
    """The agency in the brackets of a dateline: "dpa", "dpa/lno", "Xinhua"."""
    for part in (name, *re.split(r"[/,;-]", name)):
        if agency_named(part.strip()) is not None:
            return part.strip()
    return None
