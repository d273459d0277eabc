"""``provenance doctor`` and ``history``: what works here, and what archives know of an address."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import click

from provenance.cli.console import now, progress
from provenance.cli.settings_file import settings_file
from provenance.errors import InputError
from provenance.jobs.history import history
from provenance.model import VERSION
from provenance.render.report.json import line
from provenance.render.text.plain import plain
from provenance.text.urls import is_web_url
from provenance.world import open_world
from provenance.world.doctor import examine
from provenance.world.saved.savepagenow import KEYS as SAVING_KEYS
from provenance.world.searches import KEYS, described_keys

if TYPE_CHECKING:
    from provenance.model import Settings
    from provenance.world.doctor import Health, ProviderHealth


def show_health(settings: Settings, *, as_json: bool) -> None:
    """Shows version, settings, database, providers and keys, one a line."""
    keys = (*KEYS, *described_keys(settings.searches), *SAVING_KEYS)
    with open_world(settings, now=now, keys=os.environ) as world:
        health = examine(world, os.environ, keys)
    if as_json:
        click.echo(line({"version": VERSION, "health": health}))
    else:
        for name, value in _rows(health):
            click.echo(f"{name:<12}{plain(value)}")


def show_history(url: str, settings: Settings, form: str) -> None:
    """Shows the archived states of an address; ``form`` is terminal, json or html."""
    from provenance.render.history import html, terminal

    if not is_web_url(url):
        raise InputError(f"{url}: not a web address; write it with https:// before it")
    with open_world(settings, now=now) as world, progress() as tell:
        found = history(url, world, settings, tell=tell)
    if form == "json":
        click.echo(line(found))
    else:
        click.echo(html(found) if form == "html" else terminal(found), nl=False)


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
        (provider.role, f"{_called(provider)}: {provider.answer.value}{_because(provider.why)}")
        for provider in health.providers
    ]
    if not any(provider.role == "search" for provider in health.providers):
        rows.append(("search", "none configured (--search gdelt, or NAME=KIND:BASE_URL)"))
    rows += [("key", f"{name}: {'set' if is_set else 'not set'}") for name, is_set in health.keys]
    return rows


def _called(provider: ProviderHealth) -> str:
    return f"{provider.name} ({provider.trust})" if provider.trust else provider.name


def _because(why: str) -> str:
    return f", {why}" if why else ""
