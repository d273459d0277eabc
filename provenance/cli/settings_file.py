"""Where settings come from: options, ``PROVENANCE_*``, ``provenance.toml``, defaults; first wins.

Keys of paid services are read from the environment only, by the service that needs them.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
import tomllib
from contextlib import suppress
from pathlib import Path
from ssl import SSLError
from typing import TYPE_CHECKING, Any

from provenance.errors import SettingsError
from provenance.model import ProviderSpec, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "provenance.toml"
_MOST_BYTES = 100_000
_NO_SEARCH = "none"
# Option names as in the settings file, and the parameters of the commands that they set.
_OPTIONS = {
    "offline": "offline",
    "refresh": "refresh",
    "db": "database",
    "archive": "archives",
    "search": "searches",
    "allow_private": "allow_private",
    "follow_private": "follow_private",
    "output": "directory",
    "format": "formats",
    "exit_code": "exit_code",
    "json": "as_json",
    "quiet": "quiet",
    "verbose": "verbose",
    "url": "url",
    "proxy": "proxy",
    "no_proxy": "no_proxy",
    "ca_bundle": "ca_bundle",
    "licensed": "licensed",
}
_TEXTS = frozenset({"db", "output", "url", "proxy", "no_proxy", "ca_bundle"})
_ROUTE = frozenset({"proxies", "no_proxy", "ca_bundle"})
_LISTS = frozenset({"archive", "search", "format", "licensed"})
_LIMITS = {
    field.name: field.default
    for field in dataclasses.fields(Settings)
    if field.name not in {*_OPTIONS.values(), *_ROUTE}
}
# A time-out of nothing is no time-out: the sockets underneath refuse it.
_ABOVE_NOTHING = frozenset({"connect_timeout", "read_timeout", "deadline", "max_bytes"})
# More than these are a slip of the pen: days of waiting, or more memory than there is.
_MOST = {
    "hops": 100,
    "max_queries": 10_000,
    "max_downloads": 10_000,
    "max_redirects": 100,
    "max_bytes": 2_000_000_000,
    "max_age": 3_153_600_000.0,
}
_MOST_SECONDS = 604_800.0


def option_defaults() -> dict[str, Any]:
    """What the settings file says, by the parameters of the commands; SettingsError for a fault."""
    return {
        _OPTIONS[name]: value
        for name, value in _file().items()
        if name != "limits" and not isinstance(value, dict)
    }


def settings(
    *,
    database: str | None,
    archives: tuple[str, ...] = (),
    searches: tuple[str, ...] = (),
    default_search: str | None = None,
    way: Mapping[str, str | None] | None = None,
    **switches: bool,
) -> Settings:
    """The settings of a run; archives that are named replace the built-in ones.

    ``default_search`` is asked where neither an option nor the file says anything of searches;
    the word ``none`` stands for no search at all. ``way`` is what ``find_way_out`` takes, None for
    a command that asks nobody.
    """
    file = _file()
    chosen: dict[str, Any] = {**file.get("limits", {}), **switches}
    if archives:
        chosen["archives"] = tuple(_archive(text) for text in archives)
    if _NO_SEARCH in searches and len(searches) > 1:
        raise SettingsError(f"search: {_NO_SEARCH!r} stands alone; leave it out, or the others")
    if not searches and default_search and "search" not in file:
        searches = (default_search,)
    chosen["searches"] = tuple(_search(text) for text in searches if text != _NO_SEARCH)
    if not searches and isinstance(file.get("search"), dict):
        chosen["searches"] = tuple(_described(*each) for each in file["search"].items())
    if way is not None:
        from provenance.world.http.way_out import find_way_out

        chosen |= find_way_out(os.environ, **way)
    if chosen.get("ca_bundle") and not switches.get("offline"):
        _check_bundle(chosen["ca_bundle"])
    return Settings(database=database or _default_database(), **chosen)


def sites(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The hosts of the sites that may reprint, each once; SettingsError for what is no site."""
    return tuple(dict.fromkeys(map(_site, texts)))


def _site(text: str) -> str:
    """The host of a site that is named by it or by an address; SettingsError for neither."""
    from provenance.text.urls import host

    found = host(text if "://" in text else f"https://{text}").removeprefix("www.")
    if "." not in found:
        raise SettingsError(f"licensed: {text[:80]!r} is no site; write it as paper.example")
    return found


def _check_bundle(path: str) -> None:
    """SettingsError for a file that holds no authorities."""
    from provenance.world.http.route import trusting

    try:
        trusting(path)
    except OSError as error:
        why = error.strerror if isinstance(error.errno, int) and error.strerror else ""
        why = "no certificates in it" if isinstance(error, SSLError) else why or str(error)
        raise SettingsError(f"ca-bundle: {path}: cannot be read: {why}") from error


def settings_file() -> Path | None:
    """The settings file in force: beside the work, else in the user's folder, else none."""
    from platformdirs import user_config_path

    for folder in (Path.cwd(), user_config_path("provenance")):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def write_setting(name: str, value: str | list[str], *, table: str = "") -> Path:
    """Writes one setting into the file in force, else into a new one; all else there stays.

    SettingsError where the file has it in a form that is better changed by hand.
    """
    from platformdirs import user_config_path

    from provenance.world.saved.writing import write

    path = settings_file() or user_config_path("provenance") / FILE_NAME
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    try:
        before = path.read_text("utf-8") if path.is_file() else ""
        wanted = tomllib.loads(before)
        (wanted.setdefault(table, {}) if table else wanted)[name] = value
        after = _with_line(before, name, line, table)
        if tomllib.loads(after) != wanted:
            raise SettingsError(f"{path}: write {line} there by hand")
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: write {line} there by hand: {error}") from error
    _checked(path, wanted)
    write(path, after)
    return path


def _with_line(text: str, name: str, line: str, table: str) -> str:
    """A settings file in which one line is put, or takes the place of the one of that name."""
    head = rf"(?m)^[ \t]*\[{re.escape(table)}\][^\n]*\n?" if table else r"\A"
    found = re.search(head, text)
    if found is None:
        return f"{text.rstrip()}\n\n[{table}]\n{line}\n".lstrip()
    begin = found.end()
    further = re.search(r"(?m)^[ \t]*\[", text[begin:])
    end = begin + further.start() if further else len(text)
    own = rf"(?m)^[ \t]*{re.escape(name)}[ \t]*=[ \t]*(?:\[[^\]]*\]|[^\n]*)"
    part, known = re.subn(own, lambda _: line, text[begin:end], count=1)
    part = part if known else f"{line}\n{part}"
    return f"{text[:begin]}{part}{text[end:]}"


def _file() -> dict[str, Any]:
    path = settings_file()
    if path is None:
        return {}
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise SettingsError(f"{path}: more than {_MOST_BYTES:,} bytes, so no settings file")
        content = tomllib.loads(data.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: cannot be read as settings: {error}") from error
    return _checked(path, {key.replace("-", "_"): value for key, value in content.items()})


def _checked(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    limits = content.get("limits", {})
    if not isinstance(limits, dict):
        raise SettingsError(f"{path}: [limits] must be a table")
    unknown = sorted((set(content) - set(_OPTIONS) - {"limits"}) | (set(limits) - set(_LIMITS)))
    if unknown:
        known = ", ".join(sorted(_OPTIONS))
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; known are {known}, [limits]")
    faults = [
        *(f"{name} must be {wanted}" for name in content if (wanted := _wanted(name, content))),
        *(
            f"[limits] {name} must be {wanted}"
            for name, value in limits.items()
            if (wanted := _limit_wanted(name, value))
        ),
    ]
    if faults:
        raise SettingsError(f"{path}: {faults[0]}")
    return content


def _wanted(name: str, content: dict[str, Any]) -> str | None:
    """What the value of an option must be, where it is something else."""
    value = content[name]
    if name == "limits":
        return None
    if name in _TEXTS:
        return None if isinstance(value, str) else "a text"
    if name == "search" and isinstance(value, dict):
        tables = [table for table in value.values() if isinstance(table, dict)]
        texts = all(isinstance(item, str) for table in tables for item in table.values())
        whole = texts and len(tables) == len(value)
        return None if whole else "a list of texts, or tables [search.NAME] of texts"
    if name in _LISTS:
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if texts else "a list of texts"
    return None if isinstance(value, bool) else "true or false"


def _limit_wanted(name: str, value: object) -> str | None:
    """What a limit must be, where it is something else."""
    if isinstance(_LIMITS[name], str):
        one_line = isinstance(value, str) and value.isprintable()
        return None if one_line else "a text of one line"
    kind, word = (int, "a whole number") if isinstance(_LIMITS[name], int) else (float, "a number")
    number = value if isinstance(value, int | kind) and not isinstance(value, bool) else math.nan
    most = _MOST.get(name, _MOST_SECONDS)
    above = name in _ABOVE_NOTHING
    least = "above 0" if above else "0 or more"
    fits = (number > 0 if above else number >= 0) and number <= most
    return None if fits else f"{word}, {least} and at most {most:,.0f}"


def _archive(text: str) -> ProviderSpec:
    """An archive spelled out, or one of those that are known by name."""
    if "=" in text:
        return _spec(text)
    from provenance.world.archives.builtin import known_spec

    return known_spec(text)


def _search(text: str) -> ProviderSpec:
    """A search service spelled out, or one that is known by name."""
    if "=" in text:
        return _spec(text)
    from provenance.world.searches import known_spec

    return known_spec(text)


def _described(name: str, table: dict[str, str]) -> ProviderSpec:
    """A service that the settings file describes as [search.NAME]; JSON where no kind is named."""
    rest = {key: value for key, value in table.items() if key not in {"kind", "url"}}
    if not table.get("url"):
        raise SettingsError(f"[search.{name}]: url is missing")
    return _without_login(
        ProviderSpec(
            name=name,
            kind=table.get("kind", "json"),
            base_url=table["url"],
            fields=tuple(sorted(rest.items())),
        )
    )


def _spec(text: str) -> ProviderSpec:
    """A service as NAME=KIND:BASE_URL."""
    name, equals, rest = text.partition("=")
    kind, colon, base_url = rest.partition(":")
    if not (name and equals and kind and colon and base_url):
        raise SettingsError(
            f"{text!r} is not NAME=KIND:BASE_URL (as in ia=cdx:https://example.org)"
        )
    return _without_login(
        ProviderSpec(name=name.strip(), kind=kind.strip(), base_url=base_url.strip())
    )


def _without_login(spec: ProviderSpec) -> ProviderSpec:
    """The service; SettingsError where its address holds a password, which is never sent."""
    from provenance.text.urls import without_login

    if without_login(spec.base_url) != spec.base_url:
        raise SettingsError(
            f"{spec.name}: its address holds a user name or a password; they are never sent,"
            " leave them out"
        )
    return spec


def _default_database() -> str:
    from platformdirs import user_data_path

    folder = user_data_path("provenance")
    with suppress(OSError):  # named where the database cannot be opened
        folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "provenance.db")
