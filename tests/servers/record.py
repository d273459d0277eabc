"""Records ``cassettes/`` anew from real servers on loopback: ``make cassettes``.

pywb and WordPress are started here and asked through the product's own providers; what goes over
the wire is kept, with the servers' addresses replaced by the invented hosts of the scenarios.
WordPress cassettes are left as they are where WordPress is not installed.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vcr

from provenance.world import archives, searches
from tests.servers import newsroom
from tests.servers.pywb import block, fill, serve_pywb
from tests.servers.scenarios import ARCHIVE_HOST, SCENARIOS, SITE_HOSTS, Scenario
from tests.servers.wordpress import missing, serve_wordpress
from tests.world.archives import pages
from tests.world.evil import NOON, asking

if TYPE_CHECKING:
    from collections.abc import Mapping

CASSETTES = Path(__file__).parents[2] / "cassettes"
# Keys never reach a cassette, and what differs at every recording says nothing.
SECRET_HEADERS = ("authorization", "cookie", "x-subscription-token", "api-key", "x-api-key")
SECRET_PARAMETERS = ("key", "api_key", "apikey", "token", "apiToken")
MATCH_ON = ("method", "scheme", "host", "port", "path", "query")
_IDLE = frozenset({"date", "server", "x-powered-by", "set-cookie", "host", "etag", "last-modified"})


def recorder(places: Mapping[str, str]) -> Any:
    """A recorder that writes ``places`` (server address to invented host) into its cassettes."""

    def public(text: str) -> str:
        for real, invented in places.items():
            text = text.replace(real, invented).replace(real.replace(":", "%3A"), invented)
        return text

    def asked(request: Any) -> Any:
        request.uri = public(request.uri)
        request.headers.pop("User-Agent", None)
        request.headers.pop("Host", None)
        return request

    def answered(response: Any) -> Any:
        headers = response["headers"]
        response["headers"] = {
            name: [public(value) for value in values]
            for name, values in headers.items()
            if name.lower() not in _IDLE
        }
        body = response["body"]["string"]
        changed = public(body.decode("utf-8", "surrogateescape"))
        response["body"]["string"] = changed.encode("utf-8", "surrogateescape")
        if "Content-Length" in response["headers"]:
            response["headers"]["Content-Length"] = [str(len(response["body"]["string"]))]
        return response

    return vcr.VCR(
        before_record_request=asked,
        before_record_response=answered,
        filter_headers=list(SECRET_HEADERS),
        filter_query_parameters=list(SECRET_PARAMETERS),
        decode_compressed_response=True,
        match_on=MATCH_ON,
    )


def record(scenario: Scenario, places: Mapping[str, str]) -> None:
    """Writes one cassette; RuntimeError when the server did not answer as it must."""
    path = CASSETTES / scenario.path
    path.unlink(missing_ok=True)
    base = scenario.spec.base_url
    for real, invented in places.items():
        base = base.replace(invented, real)
    build: Any = archives.build if scenario.provider == "pywb" else searches.build
    with asking(deadline=60.0, read_timeout=30.0) as web:
        provider = build(replace(scenario.spec, base_url=base), web, lambda: NOON)
        with recorder(places).use_cassette(str(path), record_mode="all"):
            found = scenario.ask(provider)
    if found != scenario.expected:
        raise RuntimeError(f"{scenario.path}: {found!r} instead of {scenario.expected!r}")


def main() -> int:
    """Records everything; says what was left out."""
    absent = missing()
    with ExitStack() as stack, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fill(folder / "pywb", {"news": pages.NEWS})
        block(folder / "pywb", "news", pages.TAKEN_DOWN)
        running = stack.enter_context(serve_pywb(folder / "pywb"))
        places = {running.base.removeprefix("http://"): ARCHIVE_HOST}
        if absent is None:
            bases = stack.enter_context(serve_wordpress(folder / "sites", newsroom.SITES))
            for key, base in bases.items():
                places[base.removeprefix("http://")] = SITE_HOSTS[key]
        for scenario in SCENARIOS:
            if scenario.provider == "wordpress" and absent is not None:
                continue
            record(scenario, places)
            print(f"cassettes/{scenario.path}")
        stack.close()
    if absent is not None:
        print(f"WordPress cassettes are left as they were: {absent}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
