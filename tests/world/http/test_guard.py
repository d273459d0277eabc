"""Which addresses may be connected to; nothing here opens a socket beyond loopback."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import connection as urllib3_connection

from provenance.errors import Refused, Unavailable
from provenance.model import Settings
from provenance.world.http.address import web_address
from provenance.world.http.guard import ForbiddenAddress, Guard, Unresolved, guarded, judge
from tests.world.evil import EvilServer, asking, redirect, reply
from tests.world.shared import jsonl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BARRED_TEXT = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.7 192.88.99.1 192.168.0.1 198.18.0.1
198.19.255.255 198.51.100.9 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1
5f00::1 fc00::1 fdff::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
ALLOWED_TEXT = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1
169.253.1.1 172.15.0.1 172.32.0.1 192.167.0.1 192.169.0.1 198.17.0.1 198.20.0.1 223.255.255.1
2606:4700:4700::1111 2a00:1450::1 ::ffff:8.8.8.8
"""


@pytest.mark.parametrize("address", BARRED_TEXT.split())
def test_private_addresses_are_barred(address: str) -> None:
    assert judge(address) is not None


@pytest.mark.parametrize("address", ALLOWED_TEXT.split())
def test_public_addresses_are_not(address: str) -> None:
    assert judge(address) is None


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "1.2.3.4.5", "::g", "0x7f.1"])
def test_what_is_no_address_is_barred(text: str) -> None:
    assert judge(text) is not None


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.8.8.8", "is this machine"),
        ("0.0.0.0", "is this machine"),
        ("::", "is this machine"),
        ("::ffff:127.0.0.1", "is this machine"),
        ("10.0.0.1", "is a private or reserved address"),
        ("ff0e::1", "is a private or reserved address"),
        ("64:ff9b::8.8.8.8", "is a private or reserved address"),
        ("fe80::1%eth0", "is a private or reserved address"),
        ("localhost", "is not an internet address"),
    ],
)
def test_the_reason_is_told(address: str, why: str) -> None:
    assert judge(address) == why


@given(st.ip_addresses(network="127.0.0.0/8") | st.ip_addresses(network="fc00::/7"))
def test_no_address_of_a_private_network_passes(address: object) -> None:
    assert judge(str(address)) is not None


@given(st.ip_addresses(v=4))
def test_an_address_inside_ipv6_is_judged_as_itself(address: object) -> None:
    assert (judge(f"::ffff:{address}") is None) == (judge(str(address)) is None)


def answering(*addresses: str) -> Guard:
    """A guard whose resolver knows one answer."""

    def resolve(host: str, port: int) -> list[Any]:
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, 1, 6, "", (each, port))
            for each in addresses
        ]

    return Guard(resolve=resolve)


@pytest.mark.parametrize(
    "addresses",
    [("8.8.8.8", "127.0.0.1"), ("127.0.0.1", "8.8.8.8"), ("8.8.8.8", "1.1.1.1", "::1")],
)
def test_one_private_answer_among_public_ones_bars_the_host(addresses: tuple[str, ...]) -> None:
    with pytest.raises(ForbiddenAddress, match="this machine"):
        answering(*addresses).addresses("two-faced.example", 80, 1.0)


def test_all_public_answers_are_given_in_order() -> None:
    found = answering("8.8.8.8", "1.1.1.1").addresses("open.example", 443, 1.0)
    assert [place for *_, place in found] == [("8.8.8.8", 443), ("1.1.1.1", 443)]


@pytest.mark.parametrize("port", [22, 25, 81, 6379, 8000, 9200, 65535])
def test_only_the_ports_of_the_web(port: int) -> None:
    with pytest.raises(ForbiddenAddress) as raised:
        answering("8.8.8.8").addresses("open.example", port, 1.0)
    assert (
        str(raised.value) == f"port {port} is not one of the web's; allow it with --allow-private"
    )


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_the_ports_of_the_web(port: int) -> None:
    [found] = answering("8.8.8.8").addresses("open.example", port, 1.0)
    assert found[-1] == ("8.8.8.8", port)


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("127.0.0.1", "^127.0.0.1 is this machine; allow it with --allow-private$"),
        ("odd.example", r"^odd.example \(127.0.0.1\) is this machine"),
    ],
)
def test_who_is_barred_is_told_by_name_and_address(host: str, words: str) -> None:
    with pytest.raises(ForbiddenAddress, match=words):
        answering("127.0.0.1").addresses(host, 80, 1.0)


def test_no_answer_is_not_an_address() -> None:
    with pytest.raises(Unresolved, match=r"^the host name 'nobody.example' has no address$"):
        answering().addresses("nobody.example", 80, 1.0)


def test_a_resolver_that_hangs_is_not_waited_for(evil: EvilServer) -> None:
    over = threading.Event()

    def resolve(host: str, port: int) -> list[Any]:
        over.wait(20)
        return []

    try:
        with pytest.raises(Unresolved) as raised:
            Guard(resolve=resolve).addresses("slow.example", 80, 0.05)
    finally:
        over.set()
    assert str(raised.value) == "the host name 'slow.example' was not resolved within 0.05 s"


def test_a_number_is_resolved_on_the_spot_and_a_name_beside_the_caller() -> None:
    """No resolver can be interrupted: one that hangs must not keep the program from ending."""
    threads: list[threading.Thread] = []

    def resolve(host: str, port: int) -> list[Any]:
        threads.append(threading.current_thread())
        return [(2, 1, 6, "", ("8.8.8.8", port))]

    for host in ("8.8.8.8", "open.example"):
        Guard(resolve=resolve).addresses(host, 80, 1.0)
    assert threads[0] is threading.current_thread()
    assert threads[1] is not threads[0]
    assert threads[1].daemon


@pytest.mark.parametrize("error", [OSError(), UnicodeError("label too long")])
def test_a_name_that_no_resolver_knows_is_told(error: Exception) -> None:
    def resolve(host: str, port: int) -> list[Any]:
        raise error

    with pytest.raises(Unresolved, match=r"^the host name 'nobody.example' does not resolve$"):
        Guard(resolve=resolve).addresses("nobody.example", 80, 1.0)


def test_what_a_proxy_is_asked_for_is_judged_as_far_as_it_is_known_here() -> None:
    with pytest.raises(ForbiddenAddress, match="this machine"):
        answering("127.0.0.1").judge_unseen("inside.example", 80, 1.0)
    answering("8.8.8.8").judge_unseen("open.example", 80, 1.0)
    answering().judge_unseen("unknown.example", 80, 1.0)


def connect(port: int, opened: Callable[[socket.socket], None], *hosts: str) -> socket.socket:
    """What urllib3 does to connect, with every name on this machine."""
    places = [(2, 1, 6, "", (host, port)) for host in hosts or ("127.0.0.1",)]
    guard = Guard(allow_private=True, resolve=lambda host, at: places)
    with guarded(guard, opened):
        return urllib3_connection.create_connection(("[some.example]", port), timeout=4.5)


def test_a_connection_is_handed_over_before_it_is_made_with_its_time(evil: EvilServer) -> None:
    seen: list[tuple[float | None, bool]] = []

    def opened(line: socket.socket) -> None:
        with pytest.raises(OSError, match="not connected"):
            line.getpeername()
        seen.append((line.gettimeout(), line.fileno() >= 0))

    with connect(evil.port, opened) as line:
        assert line.getpeername() == ("127.0.0.1", evil.port)
    assert seen == [(4.5, True)]


def test_what_was_opened_in_vain_is_closed(unused_port: int) -> None:
    lines: list[socket.socket] = []
    with pytest.raises(ConnectionRefusedError):
        connect(unused_port, lines.append, "127.0.0.1", "127.0.0.1")
    assert [line.fileno() for line in lines] == [-1, -1]

    def stop(line: socket.socket) -> None:
        lines.append(line)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        connect(unused_port, stop)
    assert lines[-1].fileno() == -1


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def test_rebinding_finds_no_second_resolution(evil: EvilServer) -> None:
    """The address that was judged is the one connected to: the name is resolved once."""
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", evil.port))]])
    url = evil.on("/", reply(b"hello")).replace("127.0.0.1", "flip.example")
    guard = Guard(allow_private=True, resolve=lambda host, port: next(answers))
    with asking(guard=guard) as web:
        assert web.fetch(url).body == b"hello"
    assert f"Host: flip.example:{evil.port}" in evil.requests[0]


def test_the_next_address_is_tried_when_one_does_not_answer(evil: EvilServer) -> None:
    url = evil.on("/", reply(b"hello"))
    places = [(2, 1, 6, "", ("127.0.0.1", 1)), (2, 1, 6, "", ("127.0.0.1", evil.port))]
    guard = Guard(allow_private=True, resolve=lambda host, port: places)
    with asking(guard=guard) as web:
        assert web.fetch(url).body == b"hello"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://localhost/",
        "http://localhost./",
        "http://127\u30020\u30020\u30021/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://%31%32%37.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://public.example@127.0.0.1/",
        "http://127.0.0.1#@public.example/",
        "http://127.0.0.1?@public.example/",
        "http://127.0.0.1\\@public.example/",
        "http://127.0.0.1%2f@public.example/",
        "http:\\\\127.0.0.1\\",
        "http:/127.0.0.1/",
        "http:///127.0.0.1/",
        "http://127.0.0.1:-1/",
        "http://127.0.0.1:080/",
        "http://[::127.0.0.1]/",
        "HTTP://127.0.0.1/",
        " http://127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://[127.0.0.1]/",
        "http://[v1.a]/",
        "//127.0.0.1/",
        "127.0.0.1",
    ],
)
def test_no_spelling_of_this_machine_is_asked(url: str) -> None:
    """Loopback is what pytest-socket lets through, so only the guard stands before it."""
    with (
        asking(allow_private=False, follow_private=False) as web,
        pytest.raises((Refused, Unavailable)) as caught,
    ):
        web.fetch(url)
    assert isinstance(caught.value, Refused) or "does not resolve" in caught.value.why


def test_a_redirect_to_this_machine_is_refused(evil: EvilServer) -> None:
    inner = EvilServer()
    try:
        secret = inner.on("/secret", reply(b"secret"))
        url = evil.on("/", redirect(secret))

        class OnlyEvil(Guard):
            def addresses(self, host: str, port: int, timeout: float | None) -> list[Any]:
                private = port == evil.port
                return Guard(allow_private=private).addresses(host, port, timeout)

        with asking(guard=OnlyEvil()) as web, pytest.raises(Refused, match=r"port \d+"):
            web.fetch(url)
        assert inner.asked == []
    finally:
        inner.close()


def test_others_who_use_urllib3_are_not_judged(evil: EvilServer) -> None:
    import urllib3

    evil.on("/", reply(b"hello"))
    with asking(allow_private=False, follow_private=False) as web, pytest.raises(Refused):
        web.fetch(evil.base)
    with urllib3.PoolManager(retries=False) as pool:
        assert pool.request("GET", evil.base + "/").data == b"hello"


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://a.example", "http://a.example/"),
        (" HTTPS://a.example/b?c=d#e ", "https://a.example/b?c=d"),
        ("http://me:pw@a.example/", "http://a.example/"),
        ("http://a.example:8080/x y", "http://a.example:8080/x y"),
        ("http://a\t.\nexample/", "http://a.example/"),
        ("https://m\u00fcnchen.example/x", "https://xn--mnchen-3ya.example/x"),
    ],
)
def test_how_an_address_is_asked(url: str, asked: str) -> None:
    assert web_address("web", url) == asked


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: "http://" + text))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        asked = web_address("web", text)
    except Refused:
        return
    assert asked.startswith(("http://", "https://"))
    assert web_address("web", asked) == asked


def judged(url: str) -> str:
    """What becomes of an address when names resolve to a public one and numbers to themselves."""

    def resolve(host: str, port: int) -> list[Any]:
        try:
            found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
            return [tuple(each) for each in found]
        except OSError:
            return [(2, 1, 6, "", ("93.184.216.34", port))]

    class Stopping(Guard):
        def addresses(self, host: str, port: int, timeout: float | None) -> list[Any]:
            Guard(resolve=resolve).addresses(host, port, timeout)
            raise Unresolved("would connect")

    with (
        asking(guard=Stopping()) as web,
        pytest.raises((Unavailable, Refused)) as caught,
    ):
        web.fetch(url)
    return "allow" if caught.value.why == "would connect" else caught.value.why


@pytest.mark.shared
def test_shared_addresses(badinput: Path) -> None:
    rows = jsonl(badinput / "ssrf-urls.jsonl")
    ends = {row["url"]: (row["want"] == "allow", judged(row["url"])) for row in rows}
    assert len(ends) > 30
    assert {url: end for url, (wanted, end) in ends.items() if wanted != (end == "allow")} == {}


@pytest.mark.shared
def test_shared_standard_addresses_end_in_words(badinput: Path) -> None:
    rows = jsonl(badinput / "whatwg-urls.jsonl")
    for row in rows:
        case = row["case"]
        text = case["input"] if isinstance(case, dict) else str(case)
        judged(text)
    assert len(rows) > 100


def test_private_addresses_are_off_by_default() -> None:
    assert not Settings().allow_private
