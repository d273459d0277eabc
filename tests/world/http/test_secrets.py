"""Keys that a service echoes are in nothing that is kept, shown or raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance.errors import ProviderError
from provenance.model import ProviderSpec, Query, Settings
from provenance.world import open_world
from provenance.world.http.secrets import Secrets
from tests.world.evil import NOON, EvilServer, reply

if TYPE_CHECKING:
    from pathlib import Path

KEY = "s3cret/+key&x"
SPELLINGS = (
    KEY,
    "s3cret%2F%2Bkey%26x",
    "s3cret/%2Bkey%26x",
    "s3cret\\/+key&x",
    "s3cret/+key&amp;x",
)
QUERY = Query(phrase="the second rope of the ferry broke")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_taken_out(spelling: str) -> None:
    assert Secrets(KEY).blot(f"not a key: {spelling}!") == "not a key: KEY!"


@pytest.mark.parametrize("short", ["", " ", "a", "press"])
def test_a_short_word_is_no_secret(short: str) -> None:
    assert Secrets(short).blot("a press release") == "a press release"


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    "status", ["200 OK", "401 No", "429 Busy", "400 Bad", "302 Found", "503 Down"]
)
def test_no_echo_is_kept_or_raised(
    spelling: str, status: str, tmp_path: Path, evil: EvilServer
) -> None:
    said = f'{{"message": "bad key {spelling}", "error": "{spelling}"}}'.encode()
    answer = reply(said, status, X_Key=spelling, Location=f"/login?key={spelling}")
    evil.first = answer
    spec = ProviderSpec(
        name="own",
        kind="json",
        base_url=f"{evil.base}/?q={{query}}",
        fields=(("key_header", "X-Token"),),
    )
    database = tmp_path / "kept.db"
    settings = Settings(
        archives=(), searches=(spec,), database=str(database), allow_private=True, pace=0.0
    )
    with open_world(settings, now=lambda: NOON, keys={"PROVENANCE_OWN_KEY": KEY}) as world:
        with pytest.raises(ProviderError) as caught:
            world.searches[0].search(QUERY)
        assert KEY in evil.requests[0]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for each in SPELLINGS:
        assert each not in str(caught.value)
        assert each not in repr(caught.value)
        assert each.encode() not in kept
    assert "s3cret" not in str(caught.value)
