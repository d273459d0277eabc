"""The clock, and what a person is told besides the result: errors and progress, on stderr."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDTH = 78


def now() -> datetime:
    """The wall clock, read only by faces."""
    return datetime.now(UTC)


def complain(line: str) -> None:
    """One line on stderr, without control codes."""
    from provenance.render.text.plain import plain

    click.echo(f"provenance: {plain(line)}", err=True)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done, on one line of a terminal; else nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from provenance.render.text.plain import plain

    def tell(what: str) -> None:
        click.echo(f"\r{plain(what)[:_WIDTH]:<{_WIDTH}}", err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo(f"\r{'':<{_WIDTH}}\r", err=True, nl=False)


def until_interrupted() -> None:
    """Returns when the person presses Ctrl-C."""
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
