"""The frozen report with two texts of real length."""

from __future__ import annotations

from dataclasses import replace

from provenance.model import (
    Passage,
    PassageKind,
    Report,
)
from tests.render.measured import measured
from tests.render.pages import MEASURE, span


def large(words: int = 1500, count: int = 40) -> Report:
    """Two texts of that many words with that many passages, some reworded, moved or quoted."""
    report = measured()
    first, *_ = report.findings
    assert first.source is not None
    names = ["harbour", "ferry", "council", "winter", "island"]
    names += ["pier", "engine", "licence", "timber", "crowns"]
    stretch = words // count
    ours, theirs = [], []
    for number in range(count):
        shared = [f"{names[(number * 7 + i * 3) % 10]}{number}x{i}" for i in range(stretch)]
        other = [word if i % 3 else f"other{i}" for i, word in enumerate(shared)]
        ours.append(" ".join(shared) + ".")
        theirs.append(" ".join(other if number % 4 == 1 else shared) + ".")
    suspect, source = "\n\n".join(ours), "\n\n".join([*theirs[5:], *theirs[:5]])
    passages = tuple(
        Passage(
            suspect=span(suspect, here),
            source=span(source, there),
            kind=(
                PassageKind.MOVED
                if number < 5
                else PassageKind.REWRITTEN
                if here != there
                else PassageKind.VERBATIM
            ),
            similarity=1.0 if here == there else 0.67,
            quoted=number % 9 == 2,
        )
        for number, (here, there) in enumerate(zip(ours, theirs, strict=True))
    )
    return replace(
        report,
        suspect=replace(report.suspect, text=suspect),
        signals=report.signals[:2],
        findings=(
            replace(
                first,
                source=replace(first.source, text=source),
                reuse=replace(MEASURE, passages=passages, excluded=(), runs=count),
            ),
        ),
    )
