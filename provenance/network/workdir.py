"""The folder that a run works in: begun anew, or gone on with where the run is the same."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from provenance.errors import InputError
from provenance.network.stages import STAGES

if TYPE_CHECKING:
    from pathlib import Path

_PLAN = "plan.json"
_OURS = ("texts", "spill", *(stage.name for stage in STAGES))


def open_workdir(folder: Path, plan: dict[str, Any], *, resume: bool) -> bool:
    """Makes ``folder`` ready for a run; whether it goes on with one that was stopped.

    ``plan`` is what the tables depend on. InputError for a folder with other things in it, and
    where another run is to be gone on with.
    """
    note = folder / _PLAN
    if not note.exists():
        if folder.exists() and any(folder.iterdir()):
            raise InputError(f"{folder}: holds other files; name an empty folder with --workdir")
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps(plan), "utf-8")
        return False
    if not resume:
        clear(folder)
        note.write_text(json.dumps(plan), "utf-8")
        return False
    try:
        before = json.loads(note.read_text("utf-8"))
    except ValueError:
        before = None
    if before != json.loads(json.dumps(plan)):
        raise InputError(
            f"{folder}: its run had other texts, options or another version; leave out --resume"
        )
    return True


def clear(folder: Path) -> None:
    """Removes what runs have put into the folder, and nothing else."""
    for each in folder.iterdir():
        name = each.name.removesuffix(".begun")
        if each.is_dir() and (name in _OURS or name.startswith("labels_")):
            shutil.rmtree(each)
    (folder / _PLAN).unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Clears the folder and removes it where nothing else is in it."""
    clear(folder)
    if not any(folder.iterdir()):
        folder.rmdir()
