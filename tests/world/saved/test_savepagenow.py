"""Save Page Now against a server that answers as it does; time passes only when it is told to."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import Garbled, ProviderError, Refused, SettingsError, Unavailable
from provenance.model import Event, Precision, Settings, Witness
from provenance.world import open_world
from provenance.world.saved.savepagenow import Keys, SavePageNow, keys_from
from tests.servers.savepagenow import (
    ACCESS,
    JOB,
    SECRET,
    Service,
    done,
    failed,
    pending,
    serve_saving,
)
from tests.world.archives.build import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.model import Sighting

URL = "https://post.example/lock?a=1&b=\u00fc"
KEYS = Keys(access=ACCESS, secret=SECRET)
SETTINGS = Settings(archives=(), allow_private=True, pace=0.0)


class Desk:
    """One who saves pages: the service, the pauses made, the clock that they move."""

    def __init__(self, service: Service, database: str | None = None) -> None:
        self.service = service
        self.database = database
        self.clock = Clock()
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.pass_(seconds)

    @contextmanager
    def asking(self, keys: Keys = KEYS) -> Iterator[SavePageNow]:
        from dataclasses import replace

        with open_world(replace(SETTINGS, database=self.database), now=self.clock) as world:
            yield SavePageNow(world, keys, base_url=self.service.base, sleep=self.sleep)

    def save(self, keys: Keys = KEYS, **terms: Any) -> Sighting:
        with self.asking(keys) as service:
            return service.save(URL, **{"budget": 60.0, **terms})


@pytest.fixture
def desk() -> Iterator[Desk]:
    with serve_saving(Service()) as service:
        yield Desk(service)


def test_a_capture_is_asked_for_waited_for_and_told(desk: Desk) -> None:
    desk.service.told = [pending(), pending(), done(URL)]
    seen = desk.save(unless_within="3d")
    assert desk.service.asked == ["POST /save", *[f"GET /save/status/{JOB}"] * 3]
    assert desk.service.forms == [
        {"url": URL, "skip_first_archive": "1", "if_not_archived_within": "3d"}
    ]
    assert seen.at == datetime(2026, 3, 1, 12, 0, 41, tzinfo=UTC)
    assert (seen.url, seen.precision) == (URL, Precision.SECOND)
    assert (seen.witness, seen.event) == (Witness.ARCHIVE, Event.CAPTURED)
    assert seen.memento is not None
    assert seen.memento.startswith(f"{desk.service.base}/web/20260301120041id_/https://post.")
    assert seen.holds_text is None


def test_every_question_carries_the_keys_and_asks_for_json(desk: Desk) -> None:
    desk.service.told = [done(URL)]
    desk.save()
    assert {head["authorization"] for head in desk.service.heads} == {f"LOW {ACCESS}:{SECRET}"}
    assert {head["accept"] for head in desk.service.heads} == {"application/json"}
    assert all(head["user-agent"].startswith("provenance/") for head in desk.service.heads)
    assert "if_not_archived_within" not in desk.service.forms[0]


def test_it_is_asked_after_ever_more_slowly_and_not_beyond_the_budget(desk: Desk) -> None:
    desk.service.told = [pending()]
    with pytest.raises(Unavailable, match=rf"not done within 60 s.*{JOB}"):
        desk.save()
    assert desk.pauses[:5] == [2.0, 3.0, 4.5, 6.75, 10.0]
    assert max(desk.pauses) == 10.0
    assert sum(desk.pauses) <= 60.0


def test_a_question_that_fails_on_the_way_is_asked_again(desk: Desk) -> None:
    desk.service.told = [(503, b"", {}), (429, b"", {}), done(URL)]
    assert desk.save(budget=200.0).url == URL
    assert desk.pauses == [2.0, 3.0, 60.0]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("error:blocked-url", Refused),
        ("error:invalid-url-syntax", Refused),
        ("error:no-access", Refused),
        ("error:not-found", Refused),
        ("error:too-many-requests", Unavailable),
        ("error:too-many-daily-captures", Unavailable),
        ("error:user-session-limit", Unavailable),
        ("error:service-unavailable", Unavailable),
        ("error:soft-time-limit-exceeded", Unavailable),
        ("error:not-known-yet", Unavailable),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_failures_inside_a_good_status_are_failures(
    desk: Desk, kind: str, error: type[ProviderError], first: bool
) -> None:
    said = failed(kind, "This host has had \n enough.")
    if first:
        desk.service.taken = said | {"job_id": None}
    else:
        desk.service.told = [pending(), said]
    with pytest.raises(error, match=r"This host has had enough\.") as caught:
        desk.save()
    assert caught.value.provider == "save-page-now"


@pytest.mark.parametrize(
    ("taken", "error", "why"),
    [
        ((429, b"", {"Retry-After": "33"}), Unavailable, "too often"),
        ((502, b"<h1>Bad gateway</h1>", {}), Unavailable, "cannot answer now"),
        ((302, b"", {"Location": "https://elsewhere.example/"}), Garbled, "sends the question"),
        ((200, b"<h1>Save Page Now</h1>", {}), Garbled, "not well-formed"),
        ((200, b'{"job_id": "spn2', {}), Garbled, "not well-formed"),
        ((200, b"[" * 100_000, {}), Garbled, "not well-formed"),
        ([1], Garbled, "no JSON object"),
        ({}, Garbled, "neither a job nor a reason"),
        ({"job_id": "../../elsewhere"}, Garbled, "neither a job nor a reason"),
        ({"job_id": 7, "message": "Same snapshot"}, Unavailable, "Same snapshot"),
    ],
)
def test_an_answer_that_is_no_job_is_no_capture(
    desk: Desk, taken: Any, error: type[ProviderError], why: str
) -> None:
    desk.service.taken = taken
    with pytest.raises(error, match=why):
        desk.save()
    assert desk.service.asked == ["POST /save"]


@pytest.mark.parametrize("stamp", ["", "2026", "20261301120041", "2026030112004x", None])
def test_a_capture_without_a_time_is_none(desk: Desk, stamp: Any) -> None:
    desk.service.told = [done(URL, stamp)]
    with pytest.raises(Garbled, match="when it captured"):
        desk.save()


def test_an_address_that_is_none_is_not_believed(desk: Desk) -> None:
    desk.service.told = [done("javascript:alert(1)")]
    assert desk.save().url == URL


def test_wrong_keys_are_refused_and_in_no_message(desk: Desk) -> None:
    wrong = Keys(access="wr0ng", secret="als0-wr0ng")
    with pytest.raises(Refused, match="does not accept the keys") as caught:
        desk.save(wrong)
    assert "wr0ng" not in f"{caught.value!r}{caught.value}{wrong!r}"


def test_keys_are_nowhere_in_what_is_kept(tmp_path: Path) -> None:
    database = tmp_path / "kept.db"
    with serve_saving(Service(told=[pending(), done(URL)])) as service:
        Desk(service, str(database)).save()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert JOB.encode() in kept
    assert ACCESS.encode() not in kept
    assert SECRET.encode() not in kept


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"IA_ACCESS_KEY": "a"},
        {"IA_SECRET_KEY": "b"},
        {"IA_ACCESS_KEY": " ", "IA_SECRET_KEY": "b"},
    ],
)
def test_without_both_keys_nothing_is_saved(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"IA_ACCESS_KEY and IA_SECRET_KEY.*never"):
        keys_from(environment)


def test_a_key_with_a_line_end_is_refused_and_not_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        keys_from({"IA_ACCESS_KEY": "ab\r\nX-Evil: 1", "IA_SECRET_KEY": "b"})
    assert "X-Evil" not in str(caught.value)


def test_keys_are_not_sent_in_the_clear() -> None:
    with (
        open_world(SETTINGS, now=Clock()) as world,
        pytest.raises(SettingsError, match="https only"),
    ):
        SavePageNow(world, KEYS, base_url="http://archive.example")
