"""What each renderer makes of the frozen reports; ``python -m tests.render.snapshots`` rewrites."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.render import comparison, reading
from provenance.render.report import html, json, markdown, terminal
from tests.render import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(__file__).parent / "snapshots"


def _unstyled(text: str) -> str:
    """The page without its styles and their hash, which say nothing about the report."""
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
    return re.sub(r"sha256-[^']+", "sha256-", text)


def renderings() -> Iterator[tuple[str, Callable[[], str]]]:
    """Each snapshot's file name and what makes it anew."""
    for name, build in frozen.ALL.items():
        yield f"{name}.txt", lambda build=build: terminal.render(build())  # type: ignore[misc]
    for name in ("measured", "declared", "unknown"):
        build = frozen.ALL[name]
        yield f"{name}.md", lambda build=build: markdown.render(build())  # type: ignore[misc]
    for name in ("measured", "declared"):
        build = frozen.ALL[name]
        yield f"{name}.html", lambda build=build: _unstyled(html.render(build()))  # type: ignore[misc]
    yield "declared.json", lambda: json.render(frozen.declared())
    yield "verbose.txt", lambda: terminal.render(frozen.measured(), verbose=True, width=100)
    report, pair = frozen.measured(), frozen.pair()
    yield "read.txt", lambda: reading.document_view(report.suspect)
    yield (
        "detect.txt",
        lambda: reading.signals_view(report.suspect, report.signals, frozen.declaration()),
    )
    yield "compare.txt", lambda: comparison.terminal(*pair)
    yield "compare.html", lambda: _unstyled(comparison.html(*pair))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file_name, make in renderings():
        (FOLDER / file_name).write_text(make(), "utf-8")
