"""Deadlines, and what is left behind when they pass: nothing."""

from __future__ import annotations

import os
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import ProviderError, Unavailable
from provenance.world.http.deadline import Deadline
from provenance.world.http.guard import Guard
from tests.world.evil import asking, dripping, hanging, redirect, reply

if TYPE_CHECKING:
    from tests.world.evil import EvilServer


def test_a_watched_socket_is_shut_when_the_time_is_up() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, Deadline(0.05) as watch:
        watch.opened(ours)
        assert ours.recv(1) == b""
        assert watch.expired


def test_a_socket_that_moved_into_tls_is_shut_too() -> None:
    """wrap_socket detaches the socket it is given; the watch holds a second handle."""
    ours, theirs = socket.socketpair()
    with theirs, Deadline(0.05) as watch:
        watch.opened(ours)
        with socket.socket(fileno=ours.detach()) as moved:
            assert moved.recv(1) == b""


def test_nothing_is_opened_after_the_time_is_up() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, Deadline(0.05) as watch:
        watch.opened(ours)
        assert ours.recv(1) == b""
        with pytest.raises(TimeoutError):
            watch.opened(theirs)


def test_a_shorter_watch_that_began_later_ends_first() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, Deadline(60.0) as long, Deadline(0.05) as short:
        short.opened(ours)
        assert ours.recv(1) == b""
        assert short.expired
        assert not long.expired


def test_however_many_watches_there_were_one_thread_minds_them() -> None:
    before = threading.active_count()
    for _ in range(20):
        with Deadline(60.0):
            pass
    assert threading.active_count() <= before + 1


@pytest.mark.timeout(20)
def test_many_dead_addresses_are_not_tried_beyond_the_deadline(evil: EvilServer) -> None:
    """A queue that is full takes no more connections: each address waits for its time-out."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(8)]
        for line in waiting:
            line.settimeout(0)
            line.connect_ex(("127.0.0.1", port))
        places: list[Any] = [(2, 1, 6, "", ("127.0.0.1", port))] * 200
        guard = Guard(allow_private=True, resolve=lambda host, port: places)
        with (
            asking(guard=guard, deadline=0.5, connect_timeout=0.2) as web,
            pytest.raises(Unavailable),
        ):
            web.fetch(f"http://many.example:{port}/")
        for line in waiting:
            line.close()


def test_no_fetch_leaves_a_file_open(evil: EvilServer) -> None:
    urls = [
        evil.on("/ok", reply(b"ok")),
        evil.on("/moved", redirect("/ok")),
        evil.on("/none", reply(b"", "404 None")),
        evil.on("/cut", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"),
        evil.on("/junk", b"\0\0\0"),
        evil.on("/slow", dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x")),
        evil.on("/hang", hanging()),
    ]
    with asking(deadline=0.1) as web:

        def fetch_all() -> int:
            for url in urls:
                try:
                    web.ask("archive-x", url, max_age=0)
                except ProviderError as error:
                    assert error.provider == "archive-x"  # noqa: PT017
            for thread in evil._threads:
                thread.join(5)
            return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

        first = fetch_all()
        assert fetch_all() <= first
