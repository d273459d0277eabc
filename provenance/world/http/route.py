"""The way out: through a proxy or not, and whose certificates are trusted."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from provenance.text.urls import split

if TYPE_CHECKING:
    import ssl

    from provenance.model import Settings


def proxy_for(url: str, settings: Settings) -> str | None:
    """The proxy that an address is asked through; None where it is asked directly."""
    parts = split(url)
    proxy = dict(settings.proxies).get(parts.scheme)
    return None if proxy is None or _is_exempt(parts.hostname or "", settings.no_proxy) else proxy


def proxy_secrets(settings: Settings) -> tuple[str, ...]:
    """The passwords of proxies, which no report and no error may show."""
    found = (split(proxy).password for _, proxy in settings.proxies)
    return tuple(word for each in found if each for word in (each, unquote(each)))


def _is_exempt(host: str, no_proxy: str) -> bool:
    """Whether NO_PROXY names a host: itself, a domain above it, a network, or ``*`` for all."""
    for name in (each.strip().lower() for each in no_proxy.split(",")):
        bare = name.lstrip("*.").partition(":")[0]
        if name == "*" or (bare and (host == bare or host.endswith(f".{bare}"))):
            return True
        try:
            if name and ipaddress.ip_address(host) in ipaddress.ip_network(name, strict=False):
                return True
        except ValueError:
            continue
    return False


@cache
def trusting(ca_bundle: str) -> ssl.SSLContext:
    """Trusts a bundle of authorities; without one the system's and those that requests brings.

    OSError, which ssl.SSLError is too, for a bundle that cannot be read.
    """
    import ssl

    if ca_bundle:
        return ssl.create_default_context(cafile=ca_bundle)
    import requests.utils
    import truststore

    context: Any = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=requests.utils.DEFAULT_CA_BUNDLE_PATH)
    trusted: ssl.SSLContext = context
    return trusted
