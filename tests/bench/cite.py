"""Citations against those of citeproc-js, on recorded items beside the project.

``python -m tests.bench.cite`` prints the share of equal strings by style and type, and the most
frequent kinds of difference; ``--all`` prints every pair that differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from difflib import SequenceMatcher

from tests.render.citation.items import STYLES, citation, expected, recorded

Pair = tuple[str, str, str]


def differing(style: str) -> tuple[Counter[str], Counter[str], list[Pair]]:
    """Equal strings and all strings by item type, and each pair that differs (id, ours, theirs)."""
    name, entry = STYLES[style]
    strings = expected()[name]
    equal: Counter[str] = Counter()
    every: Counter[str] = Counter()
    pairs: list[Pair] = []
    for item in recorded():
        ours, theirs = entry(citation(item)), strings[item["id"]]
        for kind in (item["type"], "all"):
            every[kind] += 1
            equal[kind] += ours == theirs
        if ours != theirs:
            pairs.append((item["id"], ours, theirs))
    return equal, every, pairs


def change(ours: str, theirs: str) -> str:
    """The first difference, as what we print against what they do."""
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            return f"{ours[max(a - 3, 0) : b]!r} -> {theirs[max(c - 3, 0) : d]!r}"
    return ""


def main() -> None:
    """Prints the tables."""
    for style in STYLES:
        equal, every, pairs = differing(style)
        shares = "  ".join(f"{kind} {equal[kind] / every[kind]:.1%}" for kind in sorted(every))
        print(f"{style:<20} {shares}")
        for kind, count in Counter(change(o, t) for _, o, t in pairs).most_common(6):
            print(f"    {count:>4}  {kind}")
        if "--all" in sys.argv:
            for number, ours, theirs in pairs:
                print(f"  {number}\n    {ours}\n    {theirs}")


if __name__ == "__main__":
    main()
