"""``provenance doctor``: what works here."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import click

from provenance.faces.config import settings_file
from provenance.faces.telling import now
from provenance.model import VERSION
from provenance.render.json import line
from provenance.render.plain import plain
from provenance.world import open_world
from provenance.world.doctor import examine
from provenance.world.searches import KEYS

if TYPE_CHECKING:
    from provenance.model import Settings
    from provenance.world.doctor import Health


def show_health(settings: Settings, *, as_json: bool) -> None:
    """Shows version, settings, database, providers and keys, one a line."""
    with open_world(settings, now=now) as world:
        health = examine(world, os.environ, KEYS)
    if as_json:
        click.echo(line({"version": VERSION, "health": health}))
    else:
        for name, value in _rows(health):
            click.echo(f"{name:<12}{plain(value)}")


def _rows(health: Health) -> list[tuple[str, str]]:
    database = health.database
    where = database.path or "in memory"
    rows = [
        ("version", f"provenance {VERSION}, Python {platform.python_version()}"),
        ("settings", str(settings_file() or "none (defaults)")),
        (
            "database",
            f"{where}: {database.check}, {database.fetches} kept, {database.size:,} bytes",
        ),
    ]
    rows += [
        (provider.role, f"{provider.name}: {provider.answer.value}{_because(provider.why)}")
        for provider in health.providers
    ]
    if not any(provider.role == "search" for provider in health.providers):
        rows.append(("search", "none configured (--search NAME=KIND:BASE_URL)"))
    rows += [("key", f"{name}: {'set' if is_set else 'not set'}") for name, is_set in health.keys]
    return rows


def _because(why: str) -> str:
    return f", {why}" if why else ""
