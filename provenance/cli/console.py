"""The clock, standard input, and what is written to standard error: faults and progress."""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

import click

from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from provenance.model import Tell

_WIDTH = 78


def now() -> datetime:
    """The wall clock, read only by the command line."""
    return datetime.now(UTC)


def complain(line: str) -> None:
    """Writes one line to stderr, without control codes."""
    from provenance.render.text.plain import plain

    click.echo(f"provenance: {plain(line)}", err=True)


def standard_input() -> BinaryIO:
    """The bytes on standard input; InputError where it is closed."""
    if sys.stdin is None:
        raise InputError("standard input is closed; name a file, or send the page through a pipe")
    return sys.stdin.buffer


def open_input(target: str) -> BinaryIO:
    """Standard input where it is the target, else nothing to read."""
    return standard_input() if target == "-" else io.BytesIO()


def takes_colour(stream: TextIO) -> bool:
    """Whether colour may be written: a terminal, unless NO_COLOR or TERM=dumb forbids it."""
    return _moves_cursor(stream) and not os.environ.get("NO_COLOR")


def _moves_cursor(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def say(line: str) -> None:
    """Writes one line to stderr, over the line that ``status_line`` may have left there."""
    over = _moves_cursor(sys.stderr)
    click.echo(f"\r{line:<{_WIDTH}}" if over else line, err=True)


@contextmanager
def status_line() -> Iterator[Callable[[str], None] | None]:
    """A function that rewrites one line of a terminal; None where stderr cannot do that."""
    if not _moves_cursor(sys.stderr):
        yield None
        return

    def show(text: str) -> None:
        click.echo(f"\r{text[:_WIDTH]:<{_WIDTH}}", err=True, nl=False)

    try:
        yield show
    finally:
        click.echo(f"\r{'':<{_WIDTH}}\r", err=True, nl=False)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done, on one line of a terminal; else nothing."""
    from provenance.render.text.plain import plain

    with status_line() as show:
        yield (lambda what: show(plain(what))) if show else (lambda _: None)


@contextmanager
def show_steps() -> Iterator[Tell]:
    """A function that shows each step of a check, on one line of a terminal; else nothing."""
    from provenance.render.steps import line

    with progress() as show:
        yield lambda happening: show(line(happening))


def wait_for_interrupt() -> None:
    """Returns when the person presses Ctrl-C."""
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
