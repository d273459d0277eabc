"""What every command shares: options that can be set anywhere, one line for an error."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Settings

FAILED, REPOST, COULD_NOT_TELL, STOPPED = 1, 3, 4, 130
FORMATS = ("html", "md", "json", "csv", "prov", "jsonld", "pdf")


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A click option that ``PROVENANCE_`` and its long name in capitals sets too."""
    long = next(name for name in names if name.startswith("--"))
    variable = "PROVENANCE_" + long.removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, **attributes)


class CheckByDefault(click.Group):
    """``provenance TARGET`` alone means ``provenance check TARGET``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name, else check with the name as its target."""
        if args and self.get_command(ctx, args[0]) is None:
            return super().resolve_command(ctx, ["check", *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with check put before options that are not the program's own."""
        own = {"-h", "--help", "--version"}
        if args and args[0].startswith("-") and args[0] not in own:
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """The whole run; an output that cannot be written ends it in one line.

        Letters that the output's encoding lacks are written as escapes.
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().main(*args, **extra)
        except OSError as error:
            complain(f"the output cannot be written: {error.strerror or error}")
            sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        """The command; Ctrl-C ends it in one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("stopped")
            sys.exit(STOPPED)


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command which asks the world shares."""
    options = (
        option("--offline", is_flag=True, help="Ask nobody; use only what is kept."),
        option("--refresh", is_flag=True, help="Ask again even where an answer is kept."),
        option("--db", "database", metavar="PATH", help="The database of everything kept."),
        option(
            "--archive",
            "archives",
            multiple=True,
            metavar="NAME=KIND:BASE_URL",
            help="Ask this web archive (instead of the built-in ones); repeatable.",
        ),
        option(
            "--search",
            "searches",
            multiple=True,
            metavar="NAME=KIND:BASE_URL",
            help="Ask this search service; repeatable.",
        ),
        option("--allow-private", is_flag=True, help="Allow loopback and private addresses."),
    )
    for each in reversed(options):
        command = each(command)
    return command


def chosen_settings(options: dict[str, Any]) -> Settings:
    """The settings of a run from its options; one that is wrong ends the command in one line."""
    from provenance.cli.settings_file import settings

    chosen: Settings = guarded(lambda: settings(**options))
    return chosen


def guarded(call: Callable[[], Any]) -> Any:
    """The call's value; an error made on purpose ends the command with its one line."""
    try:
        return call()
    except ProvenanceError as error:
        complain(str(error))
        sys.exit(FAILED)
