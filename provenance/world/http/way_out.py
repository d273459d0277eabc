"""The way out as a person or the usual variables say it: proxies, and whose certificates count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping


def find_way_out(
    environment: Mapping[str, str],
    *,
    proxy: str | None = None,
    no_proxy: str | None = None,
    ca_bundle: str | None = None,
) -> dict[str, Any]:
    """The fields of Settings that say it: as chosen, else by the variables that curl reads too.

    They are HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE and SSL_CERT_FILE, in
    capitals or small letters. SettingsError for a proxy that is no address.
    """
    told = {name.lower(): value.strip() for name, value in sorted(environment.items()) if value}
    common = proxy or told.get("all_proxy", "")
    found = [
        (scheme, each)
        for scheme in ("http", "https")
        if (each := proxy or told.get(f"{scheme}_proxy") or common)
    ]
    return {
        "proxies": tuple((scheme, _proxy(each)) for scheme, each in found),
        "no_proxy": told.get("no_proxy", "") if no_proxy is None else no_proxy,
        "ca_bundle": (
            ca_bundle or told.get("requests_ca_bundle") or told.get("ssl_cert_file") or ""
        ),
    }


def _proxy(text: str) -> str:
    """A proxy with its scheme; SettingsError for what is none, which does not show a password."""
    from provenance.text.urls import split

    address = text if "://" in text else f"http://{text}"
    parts = split(address)
    try:
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        shown = text.rpartition("@")[2][:80]
        raise SettingsError(f"proxy: {shown!r} is no proxy; write it as http://proxy.example:3128")
    return address
