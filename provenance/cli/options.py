"""What commands share: options that can be set anywhere, the settings of a run, examples."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain
from provenance.cli.targets import complete_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    Command = Callable[..., Any]
    Decorator = Callable[[Command], Command]

FAILED, REPOST, COULD_NOT_TELL, STOPPED = 1, 3, 4, 130
FORMATS = ("html", "md", "json", "csv", "prov", "jsonld", "pdf")
_SETTINGS = (
    "offline",
    "refresh",
    "database",
    "archives",
    "searches",
    "allow_private",
    "follow_private",
)
_WAY_NAMES = ("proxy", "no_proxy", "ca_bundle")


class WrongUsage(click.ClickException):
    """Options or arguments that do not go together; exit code 2 after one line."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - always stderr
        """Writes the line to stderr."""
        complain(self.message)


class Target(click.Path):
    """A file or an address; an address without a scheme gets https."""

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - the form that click calls
        ctx: click.Context | None,
    ) -> str:
        """The target with its scheme; what was taken for an address is told in a line."""
        completed = complete_address(value)
        if completed == f"https://{value.strip()}" and not (ctx and ctx.resilient_parsing):
            complain(f"{value.strip()}: no such file here; {completed} is meant")
        return completed


TARGET = Target()
SOURCE = click.Path()
"""A file, or - for standard input."""
NUMBER = click.IntRange(min=1, max=2**63 - 1)
"""The number of a report or an audit that is kept."""
COUNT = click.IntRange(min=1, max=1_000_000_000)
"""How many of something."""


def option(*names: str, **attributes: Any) -> Decorator:
    """A click option that ``PROVENANCE_`` and its long name in capitals sets too."""
    long = next(name for name in names if name.startswith("--"))
    variable = "PROVENANCE_" + long.removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, **attributes)


def examples(*lines: str) -> str:
    """The end of a command's help: invented command lines, without the program's name."""
    return "\n".join(("\b", "Examples:", *(f"  provenance {line}" for line in lines)))


def json_option(what: str) -> Decorator:
    """``--json``, with what it prints."""
    return option("--json", "as_json", is_flag=True, help=what)


class _Rate(click.FloatRange):
    """A number in a range; one that is none is in no range."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        number: float = super().convert(value, param, ctx)
        if number != number or 0 < number < 0.0001:  # noqa: PLR0124 - NaN is not itself
            self.fail(f"{value} is no rate: 0, or 0.0001 to {self.max:g}", param, ctx)
        return number


rate_option = option(
    "--rate",
    type=_Rate(min=0, max=1000),
    default=1.0,
    show_default=True,
    help="Requests a second to one host, at most.",
)
workers_option = option(
    "--workers",
    type=click.IntRange(min=1, max=500),
    default=4,
    show_default=True,
    help="Hosts asked, and pages worked on, at once.",
)
lookups_option = option(
    "--lookups", is_flag=True, help="Also ask sources, archives and search services."
)


class JsonCommand(click.Command):
    """A command whose ``--json`` may be told how much: ``--json`` alone is ``--json=full``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; the word behind a bare ``--json`` is never taken for its value."""
        end = args.index("--") if "--" in args else len(args)
        told = ["--json=full" if each == "--json" else each for each in args[:end]]
        return super().parse_args(ctx, [*told, *args[end:]])


class _JsonLength(click.Choice[str]):
    """'full' or 'brief'; what switches a flag on, in the environment or a file, is 'full'."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The length, '' for none."""
        word = str(value).strip().lower()
        if word in {"0", "false", "no", "off", "n", "f", ""}:
            return ""
        return super().convert("full" if word in _SWITCHED_ON else word, param, ctx)


_SWITCHED_ON = frozenset({"1", "true", "yes", "on", "y", "t"})
json_length_option = option(
    "--json",
    "as_json",
    type=_JsonLength(("full", "brief")),
    default="",
    metavar="[=brief]",
    help="Print each report as JSON, one a line; =brief prints its row of the table.",
)
"""``--json`` for a ``JsonCommand``."""


def takes_next_word(option: click.Option) -> bool:
    """Whether the word behind the option is its value; that of ``--json`` stands behind a '='."""
    return not (option.is_flag or option.count or isinstance(option.type, _JsonLength))


def formats_option(what: str) -> Decorator:
    """``--format`` for the files of a report."""
    return option("-f", "--format", "formats", multiple=True, type=click.Choice(FORMATS), help=what)


def page_option(what: str) -> Decorator:
    """``--format html``, for a command that prints to the terminal and can print a page."""
    return click.option("-f", "--format", "form", type=click.Choice(["html"]), help=what)


output_option = option(
    "-o",
    "--output",
    "directory",
    default="reports",
    show_default=True,
    metavar="DIR",
    help="The folder that files are written to.",
)


def page_targets(*, required: bool = True) -> Decorator:
    """TARGET... and ``--url``, which is for one target alone."""

    def declare(command: Command) -> Command:
        @wraps(command)
        def run(**values: Any) -> Any:
            values["targets"] = tuple(name for each in values["targets"] for name in _each(each))
            if values["url"] and len(values["targets"]) > 1:
                raise WrongUsage("--url says where one saved page came from; give it one TARGET")
            return command(**values)

        metavar = "TARGET..." if required else "[TARGET...]"
        url = option(
            "--url", type=TARGET, metavar="URL", help="The address that a saved page came from."
        )
        several = click.argument(
            "targets", nargs=-1, required=required, metavar=metavar, type=TARGET
        )
        return several(url(run))

    return declare


def _each(target: str) -> tuple[str, ...]:
    """A target, or each file of the folder that it is."""
    if not os.path.isdir(target):  # noqa: PTH112 - False, not an error, for what is no name
        return (target,)
    from provenance.world.files import files_of

    return files_of(target)


def _settings_from(*options: Decorator, default_search: str | None = None) -> Decorator:
    """Declares options and hands the command the ``settings`` that they make."""

    def declare(command: Command) -> Command:
        @wraps(command)
        def run(**values: Any) -> Any:
            from provenance.cli.settings_file import settings, sites

            chosen = {name: values.pop(name) for name in _SETTINGS if name in values}
            way = {name: values.pop(name) for name in _WAY_NAMES if name in values}
            licensed = sites(values.pop("licensed", ()))
            made = settings(**chosen, way=way or None, default_search=default_search)
            return command(settings=replace(made, licensed=licensed), **values)

        declared: Command = run
        for each in reversed(options):
            declared = each(declared)
        return declared

    return declare


_OFFLINE = option("--offline", is_flag=True, help="Ask nobody; use only what is kept.")
_REFRESH = option("--refresh", is_flag=True, help="Ask again even where an answer is kept.")
_DATABASE = option("--db", "database", metavar="PATH", help="The database of everything kept.")
_ARCHIVE = option(
    "--archive",
    "archives",
    multiple=True,
    metavar="NAME[=KIND:BASE_URL]",
    help="Ask this web archive (instead of the built-in ones); repeatable.",
)
_SEARCH = option(
    "--search",
    "searches",
    multiple=True,
    metavar="NAME[=KIND:BASE_URL]",
    help="Ask this search service, or none; repeatable.",
)
_PRIVATE = option(
    "--allow-private",
    is_flag=True,
    help="Let targets and services that you name lie on this machine or in a private network.",
)
_FOLLOW = option(
    "--follow-private",
    is_flag=True,
    help="Also follow links, redirects and answers into a private network.",
)

_WAY = (
    option("--proxy", metavar="URL", help="Ask through this proxy.  [default: HTTPS_PROXY]"),
    option(
        "--no-proxy",
        metavar="HOSTS",
        help="Ask these directly, as in .lan,10.0.0.0/8 or *.  [default: NO_PROXY]",
    ),
    option("--ca-bundle", metavar="FILE", help="Trust these authorities, not the system's."),
)
_LICENSED = option(
    "--licensed",
    multiple=True,
    metavar="SITE",
    help="A site that may reprint: its pages owe no credit; repeatable.",
)

kept_settings = _settings_from(_DATABASE)
"""For a command that reads only what is kept."""
stamp_settings = _settings_from(_DATABASE, _PRIVATE, *_WAY)
"""The same for one that may have what it writes stamped."""
page_settings = _settings_from(_OFFLINE, _REFRESH, _DATABASE, _PRIVATE, _FOLLOW, *_WAY)
"""For a command that fetches pages and asks no archive and no search service."""
archive_settings = _settings_from(_OFFLINE, _REFRESH, _DATABASE, _ARCHIVE, _PRIVATE, _FOLLOW, *_WAY)
"""For a command that asks archives and no search service."""
_UNLICENSED = (_OFFLINE, _REFRESH, _DATABASE, _ARCHIVE, _SEARCH, _PRIVATE, _FOLLOW, *_WAY)
_ALL = (*_UNLICENSED, _LICENSED)
all_settings = _settings_from(*_ALL, default_search="gdelt")
"""For a command that asks pages, archives and search services."""
service_settings = _settings_from(*_UNLICENSED, default_search="gdelt")
"""The same for a command that judges no page."""
site_settings = _settings_from(*_ALL)
"""As all_settings, for whole sites: no search service is asked that is not named."""
