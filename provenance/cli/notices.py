"""``audit --notices``: for each owner of originals a folder with what a notice needs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now
from provenance.cli.evidence import add_report
from provenance.cli.kept import kept_report
from provenance.cli.manifest import Stamping, stamp_package, write_manifest
from provenance.errors import InputError
from provenance.jobs.audit.notices import notices
from provenance.model.notices import LeftOut
from provenance.render import FORMATS
from provenance.render.audit.table import notice_table
from provenance.render.letter import read_letter
from provenance.render.sharing import shareable
from provenance.render.text.filenames import report_name
from provenance.render.text.plain import plain
from provenance.render.text.wording import counted
from provenance.world.saved.evidence import Evidence
from provenance.world.saved.writing import write, write_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model.audit import AuditReport
    from provenance.model.notices import OwnerNotice
    from provenance.render.letter import Letter
    from provenance.world import OpenWorld

_LEFT_OUT = {
    LeftOut.LICENSED: "licensed",
    LeftOut.DISAGREED: "not confirmed by review",
    LeftOut.UNDER_WAY: "under way already",
    LeftOut.NO_ADDRESS: "without an address of the original",
    LeftOut.NOT_CHOSEN: "not named by --only",
}
_NOT_OF_NAMES = re.compile("[^a-z0-9.-]")
_LONGEST_TEMPLATE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOutput:
    """Where notices go, the letter in them, and the reports that are chosen; () for all."""

    directory: str
    letter: Letter | None = None
    only: tuple[int, ...] = ()


def open_letter(path: str | None) -> Letter | None:
    """The person's template; InputError where it cannot be read or written."""
    if path is None:
        return None
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LONGEST_TEMPLATE + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise InputError(f"{path}: cannot be read as a letter: {why}") from error
    if len(data) > _LONGEST_TEMPLATE:
        raise InputError(f"{path}: too long for a letter ({_LONGEST_TEMPLATE:,} bytes at most)")
    return read_letter(Path(path).name, text)


def empty_folder(directory: str) -> str:
    """The folder; InputError where it holds files, which would be sent along with the notices."""
    try:
        held = any(Path(directory).iterdir())
    except FileNotFoundError:
        held = False
    except OSError as error:
        raise InputError(f"{directory}: cannot be written: {error.strerror}") from error
    if held:
        raise InputError(f"{directory}: holds files already; notices go into a new folder")
    return directory


def write_notices(
    report: AuditReport, world: OpenWorld, output: NoticeOutput, stamping: Stamping
) -> bool:
    """Writes a folder for each owner; no notice is sent, and no state is changed.

    False where no time-stamp was given though one is wanted.
    """
    stamped = True
    found = notices(report.rows, world.settings.licensed, output.only)
    for owner in found.owners:
        folder = Path(output.directory) / _NOT_OF_NAMES.sub("_", owner.site)
        stamp = partial(stamp_package, stamping=stamping, world=world)
        paths = _write(owner, folder, world, output.letter, stamp)
        stamped &= write_manifest(str(folder), paths, stamping, world)
        pages = counted(len(owner.pages), "page")
        click.echo(f"Notice  {folder}  {plain(owner.name)}, {pages}", err=True)
    if not found.owners:
        click.echo("No notice is due.", err=True)
    for why, count in found.left_out:
        click.echo(f"Left out  {counted(count, 'page')} {_LEFT_OUT[why]}", err=True)
    numbers = [str(result.report) for owner in found.owners for _, result in owner.pages]
    if numbers:
        shown = " ".join(numbers[:20]) + (" ..." if len(numbers) > 20 else "")
        click.echo(f"When they are sent: provenance review {shown} --state sent", err=True)
    return stamped


def _write(
    owner: OwnerNotice,
    folder: Path,
    world: OpenWorld,
    letter: Letter | None,
    stamp: Callable[[bytes], dict[str, str] | None],
) -> tuple[Path, ...]:
    """One folder: the reports, their evidence, the table, the letter; its files."""
    _, rendered = FORMATS["html"]
    lost, pages = Counter[str](), []
    with Evidence() as evidence:
        for row, result in owner.pages:
            page = kept_report(world, result.report)
            name = f"reports/{report_name(page)}.html"
            write(folder / name, rendered(shareable(page)))
            add_report(evidence, page, world, lambda where: lost.update([where]))
            named = replace(result, file=name)
            pages.append((replace(row, result=named), named))
        saved = evidence.save(folder / "evidence", wacz=True, stamp=stamp)
    owner = replace(owner, pages=tuple(pages))
    paths = [folder / named.file for _, named in pages if named.file]
    paths += [folder / "table.csv", *([saved.path] if saved else [])]
    write_pieces(folder / "table.csv", notice_table(owner))
    if letter is not None:
        paths.append(folder / f"letter{letter.suffix}")
        write(paths[-1], letter.write(owner, now()))
    for where in lost:
        complain(f"{folder}: the bytes of {plain(where)} are not kept here; not in the evidence")
    return tuple(paths)
