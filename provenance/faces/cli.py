"""The command line. Heavy imports happen inside the commands, so that ``--help`` is instant."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import ProvenanceError
from provenance.faces.telling import complain
from provenance.model import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Settings

FAILED, REPOST, COULD_NOT_TELL, STOPPED = 1, 3, 4, 130
FORMATS = ("html", "md", "json", "csv", "prov", "jsonld", "pdf")
CITATION_FORMS = (
    "wikipedia", "csl", "bibtex", "biblatex", "ris", "apa", "mla", "chicago",
    "chicago-author-date", "harvard", "ieee", "backwards-copy",
)  # fmt: skip
_SAVING = ("url", "directory", "wacz", "wayback", "unless_within", "wayback_url", "as_json")


def _option(*names: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A click option that ``PROVENANCE_`` and its long name in capitals sets too."""
    long = next(name for name in names if name.startswith("--"))
    variable = "PROVENANCE_" + long.removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, **attributes)


class _CheckByDefault(click.Group):
    """``provenance TARGET`` alone means ``provenance check TARGET``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            return super().resolve_command(ctx, ["check", *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
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


def _settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command which asks the world shares."""
    options = (
        _option("--offline", is_flag=True, help="Ask nobody; use only what is kept."),
        _option("--refresh", is_flag=True, help="Ask again even where an answer is kept."),
        _option("--db", "database", metavar="PATH", help="The database of everything kept."),
        _option(
            "--archive",
            "archives",
            multiple=True,
            metavar="NAME=KIND:BASE_URL",
            help="Ask this web archive (instead of the built-in ones); repeatable.",
        ),
        _option(
            "--search",
            "searches",
            multiple=True,
            metavar="NAME=KIND:BASE_URL",
            help="Ask this search service; repeatable.",
        ),
        _option("--allow-private", is_flag=True, help="Allow loopback and private addresses."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    cls=_CheckByDefault,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(VERSION, prog_name="provenance")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Say whether a web page is a repost, of what, how much was copied, and who was first.

    \b
    provenance https://example.org/story     check a page (the same as: provenance check ...)
    provenance check page.html --url URL     check a saved page
    provenance check - --offline < page.txt  ask nobody
    """  # noqa: D301 - a backspace, click's mark for lines that stay as they are
    from provenance.faces.config import defaults

    ctx.default_map = _guarded(defaults)


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@_option("--url", help="Where a saved page came from.")
@_option(
    "-o",
    "--output",
    "directory",
    default="reports",
    show_default=True,
    metavar="DIR",
    help="Where reports are written.",
)
@_option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Formats to write; repeatable.  [default: html]",
)
@_option("--json", "as_json", is_flag=True, help="One JSON report a line, on stdout.")
@_option("--exit-code", is_flag=True, help="Exit 3 for a repost, 4 when it cannot be told.")
@_option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@_option("-v", "--verbose", is_flag=True, help="Also show every look-up and every score.")
@_settings_options
def check(targets: tuple[str, ...], exit_code: bool, **options: Any) -> None:  # noqa: FBT001
    """Say whether a page is a repost, and of what.

    TARGET is a URL, an .html or .txt file, a .warc(.gz) file (each page in it), or - for stdin.
    """
    from provenance.faces.checking import Output, check_targets

    output = Output(
        directory=options.pop("directory"),
        formats=options.pop("formats") or (() if options["as_json"] else ("html",)),
        as_json=options.pop("as_json"),
        quiet=options.pop("quiet"),
        verbose=options.pop("verbose"),
    )
    url = options.pop("url")
    outcome = check_targets(targets, url, _settings(options), output)
    if outcome.failed:
        sys.exit(FAILED)
    if exit_code and outcome.reposts:
        sys.exit(REPOST)
    if exit_code and outcome.could_not_tell:
        sys.exit(COULD_NOT_TELL)


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@_option("--url", help="Where a saved page came from.")
@_option("--json", "as_json", is_flag=True, help="One JSON document a line.")
@_settings_options
def read(targets: tuple[str, ...], url: str | None, as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show how a page is read: story, fields, dates, links."""
    from provenance.faces.reading import show_documents

    if show_documents(targets, url, _settings(options), as_json=as_json):
        sys.exit(FAILED)


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@_option("--url", help="Where a saved page came from.")
@_option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_settings_options
def detect(targets: tuple[str, ...], url: str | None, as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show the signs of syndication on a page.

    The ones that do not count are shown too, with the trap that silences them.
    """
    from provenance.faces.reading import show_signals

    if show_signals(targets, url, _settings(options), as_json=as_json):
        sys.exit(FAILED)


@main.command()
@click.argument("pair", nargs=-1, metavar="A B")
@_option("--json", "as_json", is_flag=True, help="The measure as one JSON object.")
@_option("--jsonl", "stream", is_flag=True, help='Read {"suspect","source"} lines on stdin.')
@_option("-f", "--format", "format_", type=click.Choice(["html"]), help="Both texts, side by side.")
@_settings_options
def compare(
    pair: tuple[str, ...],
    as_json: bool,  # noqa: FBT001
    stream: bool,  # noqa: FBT001
    format_: str | None,
    **options: Any,
) -> None:
    """Measure how much of A stands in B, with no look-ups.

    A and B are pages: files, URLs, or - for stdin.
    """
    from provenance.faces.comparing import show_comparison, stream_comparisons

    if stream:
        stream_comparisons(sys.stdin, sys.stdout)
        return
    if len(pair) != 2:
        raise click.UsageError("compare takes two texts, A and B (or --jsonl on stdin)")
    form = format_ or ("json" if as_json else "terminal")
    _guarded(lambda: show_comparison(pair[0], pair[1], _settings(options), form))


@main.command()
@click.argument("numbers", nargs=-1, type=int, metavar="[ID...]")
@_option(
    "-f", "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="As in check."
)
@_option("-o", "--output", "directory", default="reports", show_default=True, metavar="DIR")
@_option("--json", "as_json", is_flag=True, help="The list as one JSON object a line.")
@_settings_options
def report(
    numbers: tuple[int, ...],
    formats: tuple[str, ...],
    directory: str,
    as_json: bool,  # noqa: FBT001
    **options: Any,
) -> None:
    """List kept reports, or write them again.

    Those with the given numbers are written again, from kept data alone.
    """
    from provenance.faces.keeping import list_reports, write_reports

    settings = _settings(options)
    if numbers:
        _guarded(lambda: write_reports(numbers, formats or ("html",), directory, settings))
    else:
        _guarded(lambda: list_reports(settings, as_json=as_json))


@main.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(CITATION_FORMS),
    default="wikipedia",
    show_default=True,
    help="In which form.",
)
@click.option("--report", "numbers", multiple=True, type=int, metavar="ID", help="A kept report.")
@click.option("--anyway", is_flag=True, help="Where the origin is not sure, cite the page itself.")
@click.option("--links", metavar="FILE", help="Check each address that a text or article cites.")
@click.option("--max", "most", default=50, show_default=True, help="With --links: how many.")
@_option("--url", help="Where a saved page came from.")
@_option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_settings_options
def cite(targets: tuple[str, ...], links: str | None, most: int, **options: Any) -> None:
    """Cite the original of a page, not the copy.

    Several targets make a bibliography. An origin that is not sure is not cited. --links takes a
    text, a Wikipedia page source or an HTML article, and says which of the addresses it cites are
    reposts, and what to cite instead.
    """
    from provenance.faces.citing import Wanted, cite_links, cite_pages

    names = ("form", "anyway", "as_json")
    wanted = Wanted(**{name: options.pop(name) for name in names})
    numbers, url = options.pop("numbers"), options.pop("url")
    settings = _settings(options)
    if links is not None:
        _guarded(lambda: cite_links(links, most, settings, wanted))
    elif not (targets or numbers):
        raise click.UsageError("name a page, a kept report (--report), or a text (--links)")
    if (targets or numbers) and cite_pages(targets, numbers, url, settings, wanted):
        sys.exit(FAILED)


@main.command()
@click.argument("url")
@_option("--json", "as_json", is_flag=True, help="One JSON object.")
@_option("-f", "--format", "format_", type=click.Choice(["html"]), help="A page with a drawing.")
@_settings_options
def history(url: str, as_json: bool, format_: str | None, **options: Any) -> None:  # noqa: FBT001
    """Show what archives know of an address.

    Every capture is listed, and where the text changed.
    """
    from provenance.faces.examining import show_history

    settings, form = _settings(options), format_ or ("json" if as_json else "terminal")
    _guarded(lambda: show_history(url, settings, form))


@main.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=int,
    metavar="ID",
    help="All that a kept report rests on; repeatable.",
)
@_option("--url", help="Where a saved page came from.")
@_option(
    "-o",
    "--output",
    "directory",
    default="reports",
    show_default=True,
    metavar="DIR",
    help="Where files are written.",
)
@_option("--wacz", is_flag=True, help="Write a WACZ: the WARC with index and hashes, in one zip.")
@click.option(
    "--wayback", is_flag=True, help="Also have the Wayback Machine capture the pages (needs keys)."
)
@click.option(
    "--unless-within",
    metavar="AGE",
    help="With --wayback: not where a capture is younger, as in 3d or 12h.",
)
@_option("--wayback-url", hidden=True, default="https://web.archive.org")
@_option("--json", "as_json", is_flag=True, help="One JSON object a file or capture.")
@_settings_options
def save(targets: tuple[str, ...], reports: tuple[int, ...], **options: Any) -> None:
    """Keep pages, or all that a report rests on, as evidence.

    Writes a WARC file for each TARGET and each report. --wayback reads the keys of an account at
    archive.org from IA_ACCESS_KEY and IA_SECRET_KEY.
    """
    from provenance.faces.saving import Saving
    from provenance.faces.saving import save as save_all

    if not targets and not reports:
        raise click.UsageError("name a page (TARGET) or a report (--report ID)")
    own = {field: options.pop(field) for field in _SAVING}
    saving, settings = Saving(targets=targets, reports=reports, **own), _settings(options)
    if _guarded(lambda: save_all(saving, settings)):
        sys.exit(FAILED)


@main.command()
@click.argument("target", required=False, metavar="SITE")
@_option("--sample", type=click.IntRange(min=1), metavar="N", help="Check N pages at random.")
@_option("--seed", default=1, show_default=True, help="Which random sample.")
@_option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Leave out pages from before that day.",
)
@_option("--max", "most", default=5000, show_default=True, help="Look at so many addresses.")
@_option("--rate", default=1.0, show_default=True, help="Requests a second to one host, at most.")
@_option("--workers", default=4, show_default=True, help="Hosts asked at once.")
@_option("--lookups", is_flag=True, help="Also ask sources, archives and search services.")
@_option("--resume", is_flag=True, help="Go on with the newest unfinished audit.")
@_option("--status", is_flag=True, help="Show where every audit stands.")
@_option(
    "--reports",
    type=click.Choice(("found", "all", "none")),
    default="found",
    show_default=True,
    help="Which pages get a report file; all are kept.",
)
@_option("-o", "--output", "directory", default="reports", show_default=True, metavar="DIR")
@_option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(("html", "md", "json", "csv")),
    help="Formats of the site report; repeatable.  [default: html, csv]",
)
@_option("--json", "as_json", is_flag=True, help="The site report as one JSON object.")
@_settings_options
def audit(target: str | None, **options: Any) -> None:
    """Say what share of a site is reposted, and from whom.

    SITE is a start page, a sitemap, a feed, a file of addresses, or a .warc(.gz) file. Stopped or
    killed, the same command goes on where it was.
    """
    _guarded(lambda: _audited(target, options))


def _audited(target: str | None, options: dict[str, Any]) -> None:
    from datetime import UTC

    from provenance.faces.auditing import (
        AuditOutput,
        Drive,
        audit_site,
        resume_audit,
        show_status,
    )
    from provenance.model.audit import AuditOptions

    drive = Drive(rate=options.pop("rate"), workers=options.pop("workers"))
    formats = options.pop("formats") or ("html", "csv")
    output = AuditOutput(
        directory=options.pop("directory"),
        formats=formats,
        as_json=options.pop("as_json"),
        reports=options.pop("reports"),
    )
    since = options.pop("since")
    asked = AuditOptions(
        sample=options.pop("sample"),
        seed=options.pop("seed"),
        most=options.pop("most"),
        since=since.replace(tzinfo=UTC) if since else None,
        lookups=options.pop("lookups"),
    )
    status, resume = options.pop("status"), options.pop("resume")
    settings = _settings(options)
    if status:
        show_status(settings)
    elif resume:
        resume_audit(settings, drive, output)
    elif target:
        audit_site(target, asked, settings, drive, output)
    else:
        raise click.UsageError("name a site (or --status, or --resume)")


@main.group()
def corpus() -> None:
    """Keep texts of your own, where check looks first."""


@corpus.command("add")
@click.argument("targets", nargs=-1, required=True, metavar="FILE|DIR|URL...")
@_option(
    "--max",
    "most",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Fetch at most so many pages of a feed or sitemap.",
)
@_settings_options
def corpus_add(targets: tuple[str, ...], most: int, **options: Any) -> None:
    """Add pages and texts of your own.

    HTML, text and WARC files; JSON Lines, an object with text, url, title and date a line
    (.jsonl, .jsonl.gz); folders of all these; URLs; feeds and sitemaps with the pages they list.
    """
    from provenance.faces.gathering import add_texts

    settings = _settings(options)
    if _guarded(lambda: add_texts(targets, settings, most=most)):
        sys.exit(FAILED)


@corpus.command("rebuild")
@_settings_options
def corpus_rebuild(**options: Any) -> None:
    """Read all texts anew from what is kept, after an update."""
    from provenance.faces.gathering import rebuild

    settings = _settings(options)
    if _guarded(lambda: rebuild(settings)):
        sys.exit(FAILED)


@corpus.command("search")
@click.argument("words", nargs=-1, required=True)
@_option("--json", "as_json", is_flag=True, help="One JSON object a text.")
@_settings_options
def corpus_search(words: tuple[str, ...], as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Find texts by words, or by a phrase in quotation marks."""
    from provenance.faces.gathering import search_texts

    settings = _settings(options)
    _guarded(lambda: search_texts(words, settings, as_json=as_json))


@corpus.command("stats")
@_option("--json", "as_json", is_flag=True, help="One JSON object.")
@_settings_options
def corpus_stats(as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show how much the corpus holds."""
    from provenance.faces.gathering import show_size

    settings = _settings(options)
    _guarded(lambda: show_size(settings, as_json=as_json))


@main.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--agree", "stance", flag_value="agree", help="The verdict is right.")
@click.option("--disagree", "stance", flag_value="disagree", help="The verdict is wrong.")
@click.option("--unsure", "stance", flag_value="unsure", help="It cannot be told.")
@click.option("--note", default="", help="Why, in your own words.")
@_settings_options
def review(number: int, stance: str | None, note: str, **options: Any) -> None:
    """Record your own verdict on a kept report.

    It is shown in the report from then on.
    """
    from provenance.faces.keeping import review_report

    if stance is None:
        raise click.UsageError("say --agree, --disagree or --unsure")
    settings = _settings(options)
    _guarded(lambda: review_report(number, stance, note, settings))


@main.command()
@click.argument("path", metavar="REPORT.json")
@click.option("--live", is_flag=True, help="Also say what has changed on the pages since.")
@_option("--json", "as_json", is_flag=True, help="One JSON object a claim.")
@_settings_options
def verify(path: str, live: bool, as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Say which claims of a report still hold.

    Its hashes, passages and shares are computed again from what is kept.
    """
    from provenance.faces.keeping import verify_report

    settings = _settings(options)
    if not _guarded(lambda: verify_report(path, settings, live=live, as_json=as_json)):
        sys.exit(FAILED)


@main.command()
@_option("-o", "--output", "directory", default="reports", show_default=True, metavar="DIR")
@click.option("--keep-serving", is_flag=True, help="Leave the sites up to look at, until Ctrl-C.")
def demo(directory: str, keep_serving: bool) -> None:  # noqa: FBT001
    """Check an invented repost on loopback.

    A newspaper, an aggregator, a web archive and a search service are served on this machine while
    the check lasts; no network is needed.
    """
    from provenance.faces.demo import show_demo
    from provenance.faces.telling import until_interrupted

    wait = until_interrupted if keep_serving else None
    _guarded(lambda: show_demo(directory, wait=wait))


@main.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    import json

    from provenance.render.schema import schema as report_schema

    click.echo(json.dumps(report_schema(), indent=2))


@main.command()
@_option("--json", "as_json", is_flag=True, help="One JSON object.")
@_settings_options
def doctor(as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show what works here: database, archives, searches."""
    from provenance.faces.examining import show_health

    _guarded(lambda: show_health(_settings(options), as_json=as_json))


def _settings(options: dict[str, Any]) -> Settings:
    from provenance.faces.config import settings

    chosen: Settings = _guarded(lambda: settings(**options))
    return chosen


def _guarded(call: Callable[[], Any]) -> Any:
    """The call's value; an error made on purpose ends the command with its one line."""
    try:
        return call()
    except ProvenanceError as error:
        complain(str(error))
        sys.exit(FAILED)
