"""A POST goes the same guarded way as every question, once, and leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.world.store import Store
from tests.world.evil import asking, flooding, hanging, redirect, reply, resetting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.world.evil import EvilServer

FORM = (("url", "https://post.example/a?b=1&c=\u00fc"), ("force", ""))
KEY = (("Authorization", "LOW a:s3cret"),)
OK = "HTTP/1.1 200 OK\r\n"


def test_the_form_and_the_headers_arrive_and_the_answer_is_given(evil: EvilServer) -> None:
    url = evil.on("/save", reply(b'{"job_id": "1"}'))
    with asking() as web:
        answer = web.post("service", url, FORM, headers=KEY)
    [head] = evil.requests
    assert head.startswith("POST /save HTTP/1.1\r\n")
    assert "Authorization: LOW a:s3cret\r\n" in head
    assert "Content-Type: application/x-www-form-urlencoded\r\n" in head
    assert (answer.status, answer.body, answer.url) == (200, b'{"job_id": "1"}', url)


def test_neither_question_nor_answer_is_kept(evil: EvilServer, tmp_path: Path) -> None:
    url, database = evil.on("/save", reply(b"1"), reply(b"2")), str(tmp_path / "kept.db")
    with asking(database=database) as web:
        assert [web.post("service", url, FORM).body for _ in range(2)] == [b"1", b"2"]
        with pytest.raises(Refused):
            web.fetch(f"{evil.base}/other")
    with Store.open(database) as store:
        assert store.fetches.latest(url, asked_by="service", failures=True) is None


@pytest.mark.parametrize(
    "behaviour",
    [
        reply(b"", "503 Busy", Retry_After="0"),
        reply(b"", "429 Slow", Retry_After="1"),
        redirect("/elsewhere"),
        redirect("http://10.0.0.1/"),
    ],
)
def test_whatever_it_answers_it_is_sent_once(evil: EvilServer, behaviour: bytes) -> None:
    url = evil.on("/save", behaviour)
    with asking() as web:
        answer = web.post("service", url, FORM, headers=KEY)
    assert answer.status in {302, 429, 503}
    assert evil.asked == ["/save"]


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (resetting(), Unavailable),
        (hanging(OK.encode()), Unavailable),
        (flooding(f"{OK}\r\n".encode(), b"a" * 65536), Garbled),
        (b"no http at all\r\n\r\n", ProviderError),
        (reply(b"\x1f\x8b broken", Content_Encoding="gzip"), Garbled),
    ],
)
def test_no_whole_answer_is_an_error_of_ours_and_not_a_second_try(
    evil: EvilServer, behaviour: object, error: type[ProviderError]
) -> None:
    url = evil.on("/save", behaviour)
    with asking(deadline=0.5, read_timeout=0.3) as web, pytest.raises(error) as caught:
        web.post("service", url, FORM, headers=KEY)
    assert caught.value.provider == "service"
    assert "s3cret" not in str(caught.value)
    assert evil.asked == ["/save"]


def test_a_private_address_is_not_asked(evil: EvilServer) -> None:
    with (
        asking(allow_private=False, follow_private=False) as web,
        pytest.raises(Refused, match="not asked"),
    ):
        web.post("service", f"{evil.base}/save", FORM)
    assert evil.asked == []


def test_offline_nothing_is_sent(evil: EvilServer) -> None:
    with asking(offline=True) as web, pytest.raises(Unavailable, match="offline"):
        web.post("service", f"{evil.base}/save", FORM)
    assert evil.asked == []
