"""The command line, put together. Commands import their work when they run: help is instant."""

from __future__ import annotations

import atexit
import gc
import sys
from collections import UserDict
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from provenance.cli.console import complain
from provenance.cli.options import FAILED, STOPPED, WrongUsage, takes_next_word
from provenance.errors import ProvenanceError

__all__ = ["main"]

# Objects made before the cyclic garbage collector runs. At its own 700 it costs a check a tenth of
# its time, since nearly all that is made at first are modules, classes and patterns that stay.
_MANY_OBJECTS = 200_000


class _Commands(UserDict[str, Any]):
    """Commands by name; the module of one is imported when the command is asked for."""

    def __getitem__(self, name: str) -> Any:
        return getattr(import_module(super().__getitem__(name)), name)


_COMMANDS = _Commands(
    {
        name: f"provenance.cli.{name}"
        for name in (
            *("check", "read", "detect", "compare", "cite", "history", "save", "audit", "corpus"),
            *("network", "report", "review", "forget", "verify", "schema", "doctor", "demo"),
            *("serve",),
        )
    }
)


class Program(click.Group):
    """``provenance TARGET`` means ``check TARGET``; every fault ends the program in one line."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name, else check with the name as its target.

        WrongUsage for a word that is close to the name of a command and names no file.
        """
        if self.get_command(ctx, args[0]) is None:
            self._refuse_mistyped(ctx, args[0])
            args = ["check", *args]
        return super().resolve_command(ctx, args)

    def _refuse_mistyped(self, ctx: click.Context, word: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(word, self.commands, n=1) if word.isalpha() else []
        if near and not ctx.resilient_parsing and not Path(word).exists():
            raise WrongUsage(f"No such command '{word}'. Did you mean '{near[0]}'?")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with the command put before options that are not the program's own."""
        own = {"-h", "--help", "--version"}
        if args and args[0].startswith("-") and args[0] not in own:
            args = self._with_command_first(ctx, args)
        return super().parse_args(ctx, args)

    def _with_command_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Arguments that begin with options of a command: its name, or check, goes first."""
        takes_value = {
            name
            for each in self.commands["check"].params
            if isinstance(each, click.Option) and takes_next_word(each)
            for name in each.opts
        }
        words = [
            place
            for place, word in enumerate(args)
            if not word.startswith("-") and args[place - 1] not in takes_value
        ]
        word = args[words[0]] if words else ""
        if word in self.commands and not Path(word).exists():
            return [word, *args[: words[0]], *args[words[0] + 1 :]]
        self._refuse_mistyped(ctx, word)
        return ["check", *args]

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs the program. Letters that the output's encoding lacks are written as escapes."""
        gc.set_threshold(_MANY_OBJECTS)
        # The system takes back the memory of a program that ends: nothing need be collected then.
        atexit.register(gc.freeze)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            if sys.stdout is not None:
                return super().main(*args, **extra)
            complain("standard output is closed")
        except ProvenanceError as error:
            complain(str(error))
        except OSError as error:
            name = error.filename or "the output"
            complain(f"{name} cannot be written: {error.strerror or error}")
        sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; Ctrl-C, which click words otherwise, ends it in one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("stopped")
            sys.exit(STOPPED)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: object) -> None:
    if wanted and not ctx.resilient_parsing:
        from provenance.model import VERSION

        click.echo(f"provenance, version {VERSION}")
        ctx.exit()


def _defaults_of(command: click.Command, values: dict[str, Any]) -> dict[str, Any]:
    """Click's default map: the same values for a command, and for each of those of a group."""
    if isinstance(command, click.Group):
        return {name: _defaults_of(each, values) for name, each in command.commands.items()}
    return values


@click.group(
    cls=Program, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Say whether a web page is a repost, of what, how much was copied, and who was first.

    \b
    provenance https://example.org/story     check a page (the same as: provenance check ...)
    provenance check page.html --url URL     check a saved page
    provenance check - --offline < page.txt  ask nobody
    """  # noqa: D301 - a backspace, click's mark for lines that stay as they are
    from provenance.cli.settings_file import option_defaults

    if name := ctx.invoked_subcommand:
        ctx.default_map = {name: _defaults_of(main.commands[name], option_defaults())}
