"""Services behind a real connection: whatever a server does, it is never taken for "none"."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from provenance.errors import ProviderError
from provenance.model import ProviderSpec, Query, Settings
from provenance.world.http.web import PoliteWeb
from provenance.world.searches import KEYS, SEARCHES, build
from provenance.world.store import Store
from tests.servers.loopback import Answer, serve
from tests.world.evil import NOON

if TYPE_CHECKING:
    from pathlib import Path

QUERY = Query(phrase="forty metres of drain")
JSON = {"Content-Type": "application/json"}
FAULTS = {
    "hangs up": Answer(raw=b""),
    "not HTTP": Answer(raw=b"hello\r\n\r\n"),
    "cut short": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"),
    "empty": Answer(),
    "a page": Answer(body=b"<html><body>Welcome</body></html>"),
    "cut JSON": Answer(body=b'{"results": [', headers=JSON),
    "other JSON": Answer(body=b'{"ok": true}', headers=JSON),
    "deep JSON": Answer(body=b"[" * 200_000, headers=JSON),
    "no text": Answer(body=bytes(range(256)), headers=JSON),
    "packed wrongly": Answer(body=b"{}", headers={**JSON, "Content-Encoding": "gzip"}),
    "a bomb": Answer(
        body=gzip.compress(b" " * 40_000_000), headers={**JSON, "Content-Encoding": "gzip"}
    ),
    **{
        f"HTTP {status}": Answer(status=status, headers=JSON, body=b"[]")
        for status in (202, 204, 302, 400, 401, 403, 404, 406, 410, 422, 429, 451, 500, 502, 503)
    },
}


def settings(**chosen: object) -> Settings:
    return Settings(
        allow_private=True, follow_private=True, pace=0.0, deadline=5.0, archives=(), **chosen
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", SEARCHES)
def test_no_fault_is_none(kind: str) -> None:
    for name, fault in FAULTS.items():
        with serve(lambda path, fault=fault: fault) as server, Store.open(None) as store:  # type: ignore[misc]
            web = PoliteWeb(settings(), store, lambda: NOON)
            base = f"{server.base}/?q={{query}}" if kind == "json" else f"{server.base}/x"
            spec = ProviderSpec(name="s", kind=kind, base_url=base)
            service = build(spec, web, lambda: NOON, keys=dict.fromkeys(KEYS, "s3cret"))
            with pytest.raises(ProviderError):
                raise AssertionError(f"{name}: {service.search(QUERY)}")
            assert server.asked


@pytest.mark.parametrize("kind", ["brave", "mojeek", "marginalia", "mediacloud"])
@pytest.mark.parametrize("status", [200, 403, 500])
def test_a_key_is_sent_and_neither_kept_nor_told(kind: str, status: int, tmp_path: Path) -> None:
    heads: list[str] = []

    def answer(path: str) -> Answer:
        heads.append(path)
        return Answer(status=status, headers=JSON, body=f'{{"echo": "{path}"}}'.encode())

    path = tmp_path / "kept.db"
    with serve(answer) as server, Store.open(str(path)) as store:
        web = PoliteWeb(settings(), store, lambda: NOON)
        spec = ProviderSpec(name="s", kind=kind, base_url=server.base)
        service = build(spec, web, lambda: NOON, keys=dict.fromkeys(KEYS, "s3cret"))
        with pytest.raises(ProviderError) as caught:
            service.search(QUERY)
    assert ("s3cret" in heads[0]) is (kind == "mojeek")
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in repr(vars(caught.value))
    assert all(b"s3cret" not in file.read_bytes() for file in tmp_path.iterdir())


def test_what_was_answered_once_is_answered_offline_without_the_key() -> None:
    body = b'{"type": "search", "web": {"results": [{"url": "https://a.example/x", "title": "A"}]}}'
    with serve(lambda path: Answer(body=body, headers=JSON)) as server, Store.open(None) as store:
        spec = ProviderSpec(name="s", kind="brave", base_url=server.base)
        live = PoliteWeb(settings(), store, lambda: NOON)
        first = build(spec, live, lambda: NOON, keys=dict.fromkeys(KEYS, "k")).search(QUERY)
        offline = PoliteWeb(settings(offline=True), store, lambda: NOON)
        again = build(spec, offline, lambda: NOON).search(QUERY)
        assert (again, len(server.asked)) == (first, 1)
        assert len(again.items) == 1
