"""Where settings come from: options, ``PROVENANCE_*``, ``provenance.toml``, defaults; first wins.

Keys of paid services are read from the environment only, by the service that needs them.
"""

from __future__ import annotations

import dataclasses
import os
import tomllib
from pathlib import Path
from typing import Any

from provenance.errors import SettingsError
from provenance.model import ProviderSpec, Settings

FILE_NAME = "provenance.toml"
# Option names as in the settings file, and the parameters of the commands that they set.
_OPTIONS = {
    "offline": "offline",
    "refresh": "refresh",
    "db": "database",
    "archive": "archives",
    "search": "searches",
    "allow_private": "allow_private",
    "output": "directory",
    "format": "formats",
    "exit_code": "exit_code",
    "json": "as_json",
    "quiet": "quiet",
    "verbose": "verbose",
    "url": "url",
}
_COMMANDS = ("check", "read", "detect", "compare", "doctor")
_LIMITS = {
    field.name for field in dataclasses.fields(Settings) if field.name not in set(_OPTIONS.values())
}


def defaults() -> dict[str, dict[str, Any]]:
    """What the settings file says, as click's default map; SettingsError when it cannot be read."""
    values = {_OPTIONS[name]: value for name, value in _file().items() if name != "limits"}
    return dict.fromkeys(_COMMANDS, values)


def settings(
    *,
    database: str | None,
    archives: tuple[str, ...] = (),
    searches: tuple[str, ...] = (),
    **switches: bool,
) -> Settings:
    """The settings of a run; archives that are named replace the built-in ones."""
    chosen: dict[str, Any] = {**_file().get("limits", {}), **switches}
    if archives:
        chosen["archives"] = tuple(_spec(text) for text in archives)
    chosen["searches"] = tuple(_spec(text) for text in searches)
    return Settings(database=database or _default_database(), **chosen)


def settings_file() -> Path | None:
    """The settings file in force: beside the work, else in the user's folder, else none."""
    from platformdirs import user_config_path

    for folder in (Path.cwd(), user_config_path("provenance")):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def _file() -> dict[str, Any]:
    path = settings_file()
    if path is None:
        return {}
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as settings: {error}") from error
    return _checked(path, {key.replace("-", "_"): value for key, value in content.items()})


def _checked(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    limits = content.get("limits", {})
    if not isinstance(limits, dict):
        raise SettingsError(f"{path}: [limits] must be a table")
    unknown = sorted((set(content) - set(_OPTIONS) - {"limits"}) | (set(limits) - _LIMITS))
    if unknown:
        known = ", ".join(sorted(_OPTIONS))
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; known are {known}, [limits]")
    for name, value in limits.items():
        wanted = str if name == "contact" else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted):
            raise SettingsError(f"{path}: [limits] {name} has the wrong type")
    return content


def _spec(text: str) -> ProviderSpec:
    name, equals, rest = text.partition("=")
    kind, colon, base_url = rest.partition(":")
    if not (name and equals and kind and colon and base_url):
        raise SettingsError(
            f"{text!r} is not NAME=KIND:BASE_URL (as in ia=cdx:https://example.org)"
        )
    return ProviderSpec(name=name.strip(), kind=kind.strip(), base_url=base_url.strip())


def _default_database() -> str:
    from platformdirs import user_data_path

    folder = user_data_path("provenance")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{folder}: {os.strerror(error.errno or 0)}; name a file with --db"
        ) from error
    return str(folder / "provenance.db")
