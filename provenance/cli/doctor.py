"""``provenance doctor``: what works here."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now
from provenance.cli.options import FAILED, examples, json_option, service_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Settings
    from provenance.world.doctor import Health, ProviderHealth

# By the values of ``model.Answer``: a service that knows nothing of the test question works.
_WORDS = {
    "found": "works",
    "none": "works",
    "refused": "refused",
    "bad_query": "does not take the test question",
    "unavailable": "no answer",
    "garbled": "answer not understood",
}


@click.command(
    epilog=examples(
        "doctor",
        "doctor --search gdelt --archive arquivo",
        "doctor --db kept.db --offline --json",
    )
)
@json_option("Print the findings as one JSON object.")
@service_settings
def doctor(*, as_json: bool, settings: Settings) -> None:
    """Show what works here: database, archives, searches, keys.

    Asks each service one question. Exits 1 where the database is damaged.
    """
    from provenance.model import VERSION
    from provenance.render.report.json import line
    from provenance.render.text.plain import plain
    from provenance.world import open_world
    from provenance.world.doctor import examine
    from provenance.world.saved.savepagenow import KEYS as SAVING_KEYS
    from provenance.world.searches import KEYS, described_keys

    keys = (*KEYS, *described_keys(settings.searches), *SAVING_KEYS)
    with open_world(settings, now=now, keys=os.environ) as world:
        health = examine(world, os.environ, keys)
    if as_json:
        way = _way_out(settings)
        click.echo(line({"version": VERSION, "health": health, "way_out": way}))
    else:
        for name, value in rows(health, settings):
            click.echo(f"{name:<13}{plain(value)}")
    if not health.database.works:
        complain(f"the database is damaged: {health.database.check}")
        sys.exit(FAILED)


def rows(health: Health, settings: Settings) -> Iterator[tuple[str, str]]:
    """What ``examine`` found, as lines: what each is about, and what is to be said."""
    from provenance.cli.settings_file import settings_file
    from provenance.model import VERSION
    from provenance.world.searches import KEYLESS

    asked = {spec.kind for spec in settings.searches}
    database, where = health.database, health.database.path or "in memory"
    yield "version", f"provenance {VERSION}, Python {platform.python_version()}"
    yield "settings", str(settings_file() or "no file (defaults)")
    yield (
        "database",
        f"{where}: {database.check}, {database.size:,} bytes, kept replies: {database.fetches:,}",
    )
    yield from _way_rows(_way_out(settings))
    for provider in health.providers:
        yield provider.role, _describe(provider, offline=settings.offline)
    if not any(provider.role == "search" for provider in health.providers):
        yield "search", "none (--search none)"
    more = [f"--search {kind}" for kind in KEYLESS if kind not in asked]
    if more:
        yield "search", f"more without a key: {', '.join(more)}"
    for name, is_set in health.keys:
        yield "key", f"{name}: {'set' if is_set else 'not set'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """By which way the web is asked; passwords of proxies are left out, '' is the system's own."""

    proxies: tuple[str, ...]
    no_proxy: str
    ca_bundle: str


def _way_out(settings: Settings) -> WayOut:
    proxies = dict.fromkeys(proxy.rpartition("@")[2] for _, proxy in settings.proxies)
    return WayOut(proxies=tuple(proxies), no_proxy=settings.no_proxy, ca_bundle=settings.ca_bundle)


def _way_rows(way: WayOut) -> Iterator[tuple[str, str]]:
    exempt = f", but not for {way.no_proxy}" if way.proxies and way.no_proxy else ""
    unseen = "; where the names lead that it alone resolves cannot be judged" if way.proxies else ""
    yield "proxy", f"{', '.join(way.proxies) or 'none'}{exempt}{unseen}"
    yield "certificates", way.ca_bundle or "the system's, and those that come with requests"


def _describe(provider: ProviderHealth, *, offline: bool) -> str:
    name = f"{provider.name} ({provider.trust})" if provider.trust else provider.name
    if offline and provider.answer == "unavailable":
        return f"{name}: not asked (--offline)"
    because = f", {provider.why}" if provider.why else ""
    return f"{name}: {_WORDS[provider.answer]}{because}"
