"""What a run wrote, put down in a manifest, and stamped by an authority that the person named."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain
from provenance.cli.options import option
from provenance.errors import InputError, ProviderError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.cli.options import Command, Decorator
    from provenance.model import Settings
    from provenance.world import OpenWorld
    from provenance.world.saved.timestamps import Authority, Stamp

_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """Whether a manifest is written, and who stamps it, None for nobody.

    ``as_json``: standard output is for programs.
    """

    manifest: bool = False
    authority: Authority | None = None
    as_json: bool = False

    def tell(self, what: str, path: Path, more: str = "") -> None:
        """Says what was written, beside the output of programs and not in it."""
        click.echo(f"{what}  {path}{f'  {more}' if more else ''}", err=self.as_json)


def manifest_options(*, usual: bool) -> Decorator:
    """``--manifest`` and ``--timestamp``; ``usual`` says whether a manifest is written anyway."""
    shown = "  [default: written]" if usual else ""

    def declare(command: Command) -> Command:
        written = option(
            "--manifest/--no-manifest",
            default=usual,
            help=f"List the files written with their SHA-256, chained to the last list.{shown}",
        )
        stamped = option(
            "--timestamp",
            metavar="NAME=URL",
            help="Have this authority (RFC 3161) stamp the list; only its digest is sent.",
        )
        return written(stamped(command))

    return declare


def stamping_of(
    settings: Settings, *, manifest: bool, timestamp: str | None, as_json: bool = False
) -> Stamping:
    """What was asked for; SettingsError for an authority that cannot be asked."""
    if timestamp is None:
        return Stamping(manifest=manifest, as_json=as_json)
    from provenance.world.saved.timestamps import authority_of

    if settings.offline:
        raise SettingsError("--timestamp asks an authority, which --offline forbids")
    return Stamping(manifest=True, authority=authority_of(timestamp), as_json=as_json)


def write_manifest(
    directory: str, paths: Iterable[Path], stamping: Stamping, world: OpenWorld
) -> bool:
    """Writes the manifest of files in a folder, and its time-stamp beside it.

    False, after a line on stderr, where there is no time-stamp though one is wanted.
    """
    from provenance.text.manifest import manifest_text, sha256_of
    from provenance.world.saved.writing import write, written

    folder = Path(directory)
    files = [(path.relative_to(folder).as_posix(), _digest(path)) for path in paths]
    if not (stamping.manifest and files):
        return True
    manifest = world.store.manifests.append(files)
    text = manifest_text(manifest)
    path = folder / f"manifest-{manifest.number}-{sha256_of(text)[:8]}.txt"
    write(path, text)
    stamping.tell("Manifest", path)
    if stamping.authority is None:
        return True
    if _is_stamped(path, text.encode()):
        stamping.tell("Stamped", path.with_suffix(".tsr"), "already")
        return True
    found = ask_stamp(text.encode(), stamping.authority, world)
    if found is None:
        return False
    with written(path.with_suffix(".tsr")) as file:
        file.write(found.reply)
    at = f"{found.at:%Y-%m-%d %H:%M:%S} UTC"
    stamping.tell("Stamped", path.with_suffix(".tsr"), f"{stamping.authority.name}, {at}")
    return True


def _is_stamped(path: Path, data: bytes) -> bool:
    """Whether a time-stamp of these very bytes lies beside them: an earlier one proves more."""
    from provenance.world.saved.timestamps import check_stamp

    beside = path.with_suffix(".tsr")
    if not beside.is_file():
        return False
    with beside.open("rb") as file:
        return check_stamp(data, file.read(_MOST_BYTES), ())[0].holds is not False


def stamp_package(package: bytes, *, stamping: Stamping, world: OpenWorld) -> dict[str, str] | None:
    """The time-stamp of a WACZ, for its list of hashes; None for one that gets none."""
    authority = stamping.authority
    found = ask_stamp(package, authority, world) if authority else None
    if authority is None or found is None:
        return None
    reply = b64encode(found.reply).decode()
    return {"authority": authority.name, "url": authority.url, "reply": reply}


def ask_stamp(data: bytes, authority: Authority, world: OpenWorld) -> Stamp | None:
    """The authority's word on some bytes; None, after a line on stderr, where it gives none."""
    from provenance.world.saved.timestamps import stamp

    try:
        return stamp(authority, data, world.web)
    except ProviderError as error:
        complain(f"not stamped: {error}")
        return None


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
