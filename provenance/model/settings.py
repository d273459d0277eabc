"""How a run is set up: one frozen value, handed in, never read from the environment below faces."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSpec:
    """One archive or search service: ``name`` for reports, ``kind`` of protocol, base address.

    ``fields`` are what a service that is described by the person needs besides, as pairs of name
    and value.
    """

    name: str
    kind: str
    base_url: str
    fields: tuple[tuple[str, str], ...] = ()


INTERNET_ARCHIVE = ProviderSpec(
    name="internet-archive", kind="cdx", base_url="https://web.archive.org"
)
GDELT = ProviderSpec(name="gdelt", kind="gdelt", base_url="https://api.gdeltproject.org")
"""What a check asks where nothing is said of searches: free, without a key, news alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every limit and choice of a run. Times in seconds, sizes in bytes.

    ``database`` is a path, or None for one in memory. ``hops`` bounds the chain of reposts of
    reposts; ``pace`` is the least time between two requests to one host; ``budget`` what all
    look-ups of one page may take together; ``max_age`` how old a kept live page may be before
    it is asked for again (kept archive captures never age). ``allow_private`` lets targets and
    services that the person named lie on this machine or in a private network,
    ``follow_private`` also what pages, feeds, redirects and answers name.

    ``proxies`` are pairs of scheme and proxy, ``no_proxy`` names the hosts that are asked directly,
    ``ca_bundle`` is a file of authorities to trust instead of the system's; '' for none.
    ``licensed`` are the hosts of sites that may reprint: their pages owe no credit.
    """

    archives: tuple[ProviderSpec, ...] = (INTERNET_ARCHIVE,)
    searches: tuple[ProviderSpec, ...] = ()
    database: str | None = None
    offline: bool = False
    refresh: bool = False
    allow_private: bool = False
    follow_private: bool = False
    contact: str = "https://pypi.org/project/provenance-check/"
    hops: int = 2
    max_queries: int = 8
    max_downloads: int = 10
    max_redirects: int = 10
    max_bytes: int = 5_000_000
    connect_timeout: float = 5.0
    read_timeout: float = 30.0
    deadline: float = 45.0
    budget: float = 60.0
    pace: float = 1.0
    max_age: float = 3600.0
    proxies: tuple[tuple[str, str], ...] = ()
    no_proxy: str = ""
    ca_bundle: str = ""
    licensed: tuple[str, ...] = ()

    @property
    def shown(self) -> Settings:
        """The settings as a report shows them.

        Not by which way somebody reaches the web, and not with whom there are contracts.
        """
        return replace(self, proxies=(), no_proxy="", ca_bundle="", licensed=())
