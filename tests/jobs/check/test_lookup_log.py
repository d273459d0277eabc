from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import pytest

from provenance.errors import Unavailable
from provenance.jobs.check.lookup_log import LookupLog
from provenance.model import ProviderSpec, Reply, Settings, Sighting
from tests.build import NOON, capture, sighting
from tests.jobs.world import FakeArchive, FakeWorld

BODY = "<html><body>The lock is shut.</body></html>"
LISTED = base64.b32encode(hashlib.sha1(BODY.encode()).digest()).decode()


def inquiry(*searches: str) -> LookupLog:
    specs = tuple(ProviderSpec(name=name, kind="searxng", base_url="") for name in searches)
    return LookupLog(FakeWorld(), Settings(searches=specs), NOON, lambda _: None)


def test_the_notes_of_an_answer_stand_in_the_report() -> None:
    asking = inquiry()
    notes = ("3 rows were left out", "the list ends")
    reply: Reply[Sighting] = Reply(items=(), at=NOON, notes=notes)
    asking.ask("ia", "captures of x", lambda: reply)
    assert [lookup.why for lookup in asking.lookups] == ["3 rows were left out; the list ends"]


@pytest.mark.parametrize(
    ("digest", "said"),
    [
        (LISTED, "its bytes have the SHA-1 that the index lists"),
        ("A" * 32, "its bytes do not have the SHA-1 that the index lists"),
        (None, ""),
        ("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ7777", ""),
        ("d41d8cd98f00b204e9800998ecf8427e", ""),
    ],
)
def test_replayed_bytes_are_set_against_the_digest_of_the_index(
    digest: str | None, said: str
) -> None:
    asking, seen = inquiry(), sighting(1, memento="m1", digest=digest)
    archive = FakeArchive(mementos={"m1": capture(BODY, memento="m1")})
    assert asking.replay(archive, seen) is not None
    assert asking.lookups[0].why.partition(" (")[0] == said
    assert [exhibit.memento for exhibit in asking.exhibits] == ["m1"]


def test_another_capture_than_the_one_listed_is_not_held_against_it() -> None:
    asking, seen = inquiry(), sighting(1, memento="m1", digest="A" * 32)
    archive = FakeArchive(mementos={"m1": replace(capture(BODY), memento="m2")})
    asking.replay(archive, seen)
    assert asking.lookups[0].why == ""


def answered(asking: LookupLog, *providers: str) -> LookupLog:
    for provider in providers:
        asking.ask(provider, "x", lambda: Reply(items=(), at=NOON))
    return asking


def silent() -> Reply[Sighting]:
    raise Unavailable("archive", "x", "the archive answered 503")


@pytest.mark.parametrize(
    ("searches", "providers", "exhausted"),
    [
        (("search",), ("search",), True),
        (("search",), ("search", "archive"), True),
        (("search",), ("archive",), False),
        (("search",), (), False),
        ((), ("archive",), False),
    ],
)
def test_what_could_be_asked_is_exhausted_once_a_search_answered(
    searches: tuple[str, ...], providers: tuple[str, ...], exhausted: bool
) -> None:
    assert answered(inquiry(*searches), *providers).exhausted is exhausted


def test_one_silence_leaves_it_open() -> None:
    asking = answered(inquiry("search"), "search")
    asking.ask("archive", "x", silent)
    assert asking.misses
    assert not asking.exhausted
