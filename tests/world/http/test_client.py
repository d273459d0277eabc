"""What hostile servers send, and how each fetch of it ends."""

from __future__ import annotations

import gzip
import socket
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from tests.world.evil import (
    EvilServer,
    asking,
    dripping,
    flooding,
    hanging,
    redirect,
    reply,
    resetting,
)
from tests.world.shared import jsonl

if TYPE_CHECKING:
    from pathlib import Path


PAGE = b"<html><p>The harbour wall was mended in spring.</p></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = b"\0" * 20_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


READABLE: dict[str, tuple[bytes, bytes]] = {
    "plain": (reply(PAGE), PAGE),
    "no-length": (OK + b"\r\n" + PAGE, PAGE),
    "no-type": (b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, PAGE),
    "length-too-short": (OK + b"Content-Length: 6\r\n\r\n" + PAGE, PAGE[:6]),
    "gzip": (reply(gzip.compress(PAGE), Content_Encoding="gzip"), PAGE),
    "x-gzip": (reply(gzip.compress(PAGE), Content_Encoding="X-GZIP"), PAGE),
    "gzip-members": (
        reply(gzip.compress(PAGE) + gzip.compress(PAGE), Content_Encoding="gzip"),
        PAGE + PAGE,
    ),
    "gzip-then-junk": (reply(gzip.compress(PAGE) + b"junk", Content_Encoding="gzip"), PAGE),
    "zlib": (reply(zlib.compress(PAGE), Content_Encoding="deflate"), PAGE),
    "raw-deflate": (reply(raw_deflate(PAGE), Content_Encoding="deflate"), PAGE),
    "twice": (
        reply(gzip.compress(zlib.compress(PAGE)), Content_Encoding="deflate, gzip"),
        PAGE,
    ),
    "identity": (reply(PAGE, Content_Encoding="identity"), PAGE),
    "chunked": (CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), PAGE),
    "chunk-size-lf": (CHUNKED + b"2\nok\r\n0\n\n", b"ok"),
    "chunk-extension": (CHUNKED + b"2;a=b\r\nok\r\n0\r\nX-Late: y\r\n\r\n", b"ok"),
    "continue-first": (b"HTTP/1.1 100 Continue\r\n\r\n" + reply(PAGE), PAGE),
    "early-hints-first": (
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 3 + reply(PAGE),
        PAGE,
    ),
    "folded-header": (OK + b"X: a\r\n b\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    "empty-body": (reply(b""), b""),
    "meta-refresh": (
        reply(b'<meta http-equiv=refresh content="0;url=file:///etc/hosts">x'),
        b'<meta http-equiv=refresh content="0;url=file:///etc/hosts">x',
    ),
    "duplicate-type": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Type: text/plain\r\n\r\nx",
        b"x",
    ),
    "header-bytes": (b"HTTP/1.1 200 OK\r\nX-\xff: \xff\xfe\r\n\r\nx", b"x"),
    "header-nul": (b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\nx", b"x"),
    "no-reason": (b"HTTP/1.1 200\r\n\r\nx", b"x"),
    "http-1.0": (b"HTTP/1.0 200 OK\r\n\r\nx", b"x"),
}


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read_is_read(name: str, evil: EvilServer) -> None:
    sent, wanted = READABLE[name]
    with asking() as web:
        assert web.fetch(evil.on("/", sent)).body == wanted


UNREADABLE: dict[str, tuple[object, type[ProviderError], str]] = {
    "empty": (b"", Unavailable, "without an answer"),
    "garbage": (b"\0\xff\xfe\r\n\r\n", Garbled, "not well-formed HTTP"),
    "ssh": (b"SSH-2.0-OpenSSH_9.2\r\n", Garbled, "not well-formed HTTP"),
    "status-text": (b"HTTP/1.1 two OK\r\n\r\n", Garbled, "not well-formed HTTP"),
    "status-9": (b"HTTP/1.1 9 OK\r\n\r\n", Garbled, "not well-formed HTTP"),
    "status-long": (b"HTTP/1.1 200 " + b"x" * 70_000, Garbled, "not well-formed HTTP"),
    "header-long": (OK + b"X: " + b"x" * 70_000, Garbled, "not well-formed HTTP"),
    "headers-many": (OK + b"X: y\r\n" * 150 + b"\r\n", Garbled, "not well-formed HTTP"),
    "chunk-size": (CHUNKED + b"ZZ\r\nhello\r\n0\r\n\r\n", Unavailable, "cut off"),
    "chunk-endless": (CHUNKED + b"ffffffffffffffff\r\nx", Unavailable, "cut off"),
    "chunk-line-long": (CHUNKED + b"1" * 70_000, Garbled, "not well-formed HTTP"),
    "cut": (OK + b"Content-Length: 500\r\n\r\n" + PAGE, Unavailable, "cut off"),
    "cut-chunks": (CHUNKED + b"500\r\n" + PAGE, Unavailable, "cut off"),
    "cut-gzip": (
        reply(gzip.compress(PAGE)[:-12], Content_Encoding="gzip"),
        Unavailable,
        "cut off before its end",
    ),
    "not-gzip": (reply(PAGE, Content_Encoding="gzip"), Garbled, "not packed the way it says"),
    "not-deflate": (reply(PAGE, Content_Encoding="deflate"), Garbled, "not packed the way"),
    "br-unasked": (reply(b"\x0b\x02\x80abc\x03", Content_Encoding="br"), Garbled, "not asked for"),
    "zstd-unasked": (reply(b"(\xb5/\xfd", Content_Encoding="zstd"), Garbled, "not asked for"),
    "transfer-gzip": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\nx", Garbled, "not asked for"),
    "two-lengths": (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", Garbled, ""),
    "length-of-digits": (OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nx", Garbled, ""),
    "coding-unknown": (reply(PAGE, Content_Encoding="rot13"), Garbled, "not asked for"),
    "six-layers": (reply(b"x", Content_Encoding=", ".join(["gzip"] * 6)), Garbled, "6 times"),
    "bomb-gzip": (
        reply(gzip.compress(BOMB), Content_Encoding="gzip"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "bomb-deflate": (
        reply(zlib.compress(BOMB), Content_Encoding="deflate"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "bomb-raw-deflate": (
        reply(raw_deflate(BOMB), Content_Encoding="deflate"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "bomb-twice": (
        reply(gzip.compress(gzip.compress(BOMB)), Content_Encoding="gzip,gzip"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "bomb-members": (
        reply(gzip.compress(BOMB[:4_000_000]) * 3, Content_Encoding="gzip"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "bomb-on-404": (
        reply(gzip.compress(BOMB), "404 Not Found", Content_Encoding="gzip"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "announced-large": (
        OK + b"Content-Length: 200000000\r\n\r\nx",
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "endless-body": (flooding(OK + b"\r\n", b"x" * 65536), Garbled, "more than 5,000,000 bytes"),
    "endless-chunks": (
        flooding(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        Garbled,
        "more than 5,000,000 bytes",
    ),
    "reset": (resetting(), Unavailable, "connection broke"),
    "reset-in-body": (resetting(OK + b"Content-Length: 99\r\n\r\nx"), Unavailable, ""),
    "no-content": (b"HTTP/1.1 204 No Content\r\n\r\n", Garbled, "without a page"),
    "reset-content": (reply(b"", "205 Reset Content"), Garbled, "without a page"),
    "hints-only": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * 30, Garbled, "not well-formed HTTP"),
    "not-modified": (b"HTTP/1.1 304 Not Modified\r\n\r\n", Garbled, "HTTP 304"),
    "moved-nowhere": (b"HTTP/1.1 302 Found\r\n\r\n", Garbled, "HTTP 302"),
    "status-999": (reply(PAGE, "999 Denied"), Unavailable, "HTTP 999"),
    "unauthorised": (reply(PAGE, "401 No"), Refused, "log-in"),
    "forbidden": (reply(PAGE, "403 No"), Refused, "forbids"),
    "missing": (reply(PAGE, "404 No"), Refused, "no such page"),
    "gone": (reply(PAGE, "410 No"), Refused, "no such page"),
    "legal": (reply(PAGE, "451 No"), Refused, "by law"),
    "teapot": (reply(PAGE, "418 No"), Refused, "HTTP 418"),
    "busy": (reply(PAGE, "429 No"), Unavailable, "HTTP 429"),
    "broken": (reply(PAGE, "500 No"), Unavailable, "HTTP 500"),
    "down": (reply(PAGE, "503 No"), Unavailable, "HTTP 503"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why(name: str, evil: EvilServer) -> None:
    sent, kind, words = UNREADABLE[name]
    url = evil.on("/page", sent)
    with asking() as web, pytest.raises(kind) as caught:
        web.fetch(url)
    assert type(caught.value) is kind
    assert words in caught.value.why
    assert (caught.value.provider, caught.value.asked) == ("web", url)
    assert "\n" not in str(caught.value)


SLOW: dict[str, object] = {
    "hang": hanging(),
    "hang-in-head": hanging(b"HTTP/1.1 200 OK\r\nX: "),
    "hang-in-body": hanging(OK + b"\r\n<p>"),
    "drip-head": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.02),
    "drip-head-bytes": dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.02),
    "drip-status": dripping(b"HTTP/1.1 200 ", b"y", 0.02),
    "drip-body": dripping(OK + b"\r\n", b"x", 0.02),
    "drip-chunks": dripping(CHUNKED, b"1\r\nx\r\n", 0.02),
    "drip-chunk-size": dripping(CHUNKED, b"0", 0.02),
    "drip-trailers": dripping(CHUNKED + b"0\r\n", b"X: y\r\n", 0.02),
    "drip-gzip": dripping(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"x"), 0.02),
    "endless-100": flooding(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless-100-headers": flooding(b"HTTP/1.1 100 Continue\r\n", b"X: y\r\n"),
    "endless-103": dripping(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 0.02),
    "endless-trailers": flooding(CHUNKED + b"0\r\n", b"X: y\r\n"),
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", SLOW)
def test_no_server_outlasts_the_deadline(name: str, evil: EvilServer) -> None:
    url = evil.on("/", SLOW[name])
    with asking(deadline=0.3) as web, pytest.raises(ProviderError) as caught:
        web.fetch(url)
    assert isinstance(caught.value, Unavailable | Garbled)


def test_the_deadline_covers_all_hops_together(evil: EvilServer) -> None:
    for hop in range(5):
        evil.on(
            f"/{hop}", dripping(f"HTTP/1.1 302 Found\r\nLocation: /{hop + 1}\r\n".encode(), b"")
        )
    with asking(deadline=0.3) as web, pytest.raises(Unavailable, match=r"within 0\.3 s"):
        web.fetch(evil.base + "/0")
    assert len(evil.asked) == 1


def test_the_page_it_was_redirected_to_is_named(evil: EvilServer) -> None:
    evil.on("/b", reply(PAGE))
    url = evil.on("/a", redirect("/b#top"))
    with asking() as web:
        capture = web.fetch(url + "#here")
    assert (capture.url, capture.responded_url, capture.body) == (url, evil.base + "/b", PAGE)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(status: int, evil: EvilServer) -> None:
    evil.on("/b", reply(PAGE))
    url = evil.on("/a", reply(b"", f"{status} Moved", Location="/b"))
    with asking() as web:
        assert web.fetch(url).body == PAGE


def test_the_body_of_a_redirect_is_never_read(evil: EvilServer) -> None:
    evil.on("/b", reply(PAGE))
    bomb = redirect("/b", gzip.compress(BOMB), Content_Encoding="gzip")
    endless = flooding(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", b"x" * 65536)
    with asking() as web:
        assert web.fetch(evil.on("/bomb", bomb)).body == PAGE
        assert web.fetch(evil.on("/endless", endless)).body == PAGE


@pytest.mark.parametrize(
    ("location", "kind", "words"),
    [
        ("/loop", Garbled, "circle"),
        ("", Garbled, "circle"),
        ("?", Garbled, "circle"),
        ("\xff\xfe", Garbled, "cannot be read"),
        ("http://[::1", Garbled, "cannot be read"),
        ("file:///etc/passwd", Refused, "only http and https"),
        ("gopher://127.0.0.1:70/", Refused, "only http and https"),
        ("data:text/html,x", Refused, "only http and https"),
        ("javascript:alert(1)", Refused, "only http and https"),
        ("http://:80/", Refused, "no host"),
        ("http://127.0.0.1\\@public.example/", Refused, "hides where it leads"),
        ("http://a%40b@public.example/", Refused, "hides where it leads"),
        ("http://x:99999/", Refused, "not a usable"),
        ("/" + "a" * 60_000, Refused, "too long"),
    ],
)
def test_redirects_to_nowhere(
    location: str, kind: type[ProviderError], words: str, evil: EvilServer
) -> None:
    url = evil.on("/loop", redirect(location))
    with asking() as web, pytest.raises(kind, match=words):
        web.fetch(url)
    assert evil.asked == ["/loop"]


def test_redirects_end_after_ten_hops(evil: EvilServer) -> None:
    for hop in range(20):
        evil.on(f"/{hop}", redirect(f"/{hop + 1}"))
    with asking() as web, pytest.raises(Garbled, match="more than 10 redirects"):
        web.fetch(evil.base + "/0")
    assert len(evil.asked) == 11


def test_a_cookie_set_on_the_way_opens_the_page_and_is_then_forgotten(evil: EvilServer) -> None:
    wall = redirect("/page", Set_Cookie="seen=1")
    url = evil.on("/page", wall, reply(PAGE))
    evil.on("/other", reply(PAGE))
    with asking() as web:
        assert web.fetch(url).body == PAGE
        web.fetch(evil.base + "/other")
    cookies = ["Cookie: seen=1" in head for head in evil.requests]
    assert cookies == [False, True, False]


@pytest.mark.timeout(60)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_reply_escapes(data: st.DataObject, evil: EvilServer) -> None:
    sent = bytearray(data.draw(st.sampled_from([whole for whole, _ in READABLE.values()])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(sent) - 1))
        sent[at : at + 1] = data.draw(st.binary(max_size=3))
    evil.on("/", bytes(sent))
    with asking(deadline=2.0) as web, suppress(ProviderError):
        assert web.fetch(evil.base).body is not None


def test_ipv6(evil: EvilServer) -> None:
    six = EvilServer(socket.AF_INET6, "::1")
    try:
        url = f"http://[::1]:{six.port}/"
        six.on("/", reply(PAGE))
        with asking() as web:
            assert web.fetch(url).body == PAGE
    finally:
        six.close()


def test_who_asks_says_so(evil: EvilServer) -> None:
    with asking(contact="desk@paper.example") as web:
        web.fetch(evil.on("/", reply(PAGE)))
    head = evil.requests[0]
    assert "User-Agent: provenance/" in head
    assert "(+desk@paper.example)" in head
    assert "Accept-Encoding: gzip, deflate\r\n" in head


def test_the_environment_has_no_say(evil: EvilServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with asking() as web:
        assert web.fetch(evil.on("/", reply(PAGE))).body == PAGE


def test_a_user_name_in_an_address_is_not_sent(evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE)).replace("http://", "http://me:secret@")
    with asking() as web:
        assert "secret" not in (web.fetch(url).responded_url or "")
    assert "uthorization" not in evil.requests[0]


# What ``want`` in the shared list means here: the body read, or one of these errors.
SHARED_ENDS: dict[str, tuple[type[ProviderError], ...]] = {
    "ok": (),
    "ok-valid-unicode": (),
    "ok-not-followed": (),
    "ok-or-clean-error": (),
    "ok-or-error": (Unavailable, Garbled),
    "error": (Unavailable, Garbled, Refused),
    "error-size-cap": (Garbled,),
    "follow-without-decoding": (),
    "see-ssrf-rule": (Refused, Unavailable, Garbled),
    "bounded-wait": (Unavailable,),
}


@pytest.mark.shared
def test_shared_raw_replies(badinput: Path, evil: EvilServer) -> None:
    rows = jsonl(badinput / "http-raw.jsonl")
    evil.on("/ok", reply(PAGE))
    assert rows
    faults = []
    for row in rows:
        url = evil.on("/raw", (badinput / row["file"]).read_bytes())
        # Redirects may lead anywhere on this list: private addresses stay barred but for our own.
        ended = _ended(url, allowed={evil.port})
        if ended is not None and not isinstance(ended, SHARED_ENDS[row["want"]]):
            faults.append((row["id"], ended))
        if ended is None and row["want"] in {"error", "error-size-cap", "bounded-wait"}:
            faults.append((row["id"], "was read"))
    assert faults == []


def _ended(url: str, allowed: set[int]) -> ProviderError | None:
    from provenance.world.http.guard import Guard, resolve

    def only_ours(host: str, port: int) -> list[Any]:
        if port not in allowed:
            return [(2, 1, 6, "", ("8.8.8.8", port))]
        return resolve(host, port)

    class Ours(Guard):
        def addresses(self, host: str, port: int, timeout: float | None) -> list[Any]:
            if port not in allowed:
                return Guard(resolve=_nobody).addresses(host, port, timeout)
            return Guard(allow_private=True).addresses(host, port, timeout)

    with asking(guard=Ours(resolve=only_ours), deadline=2.0) as web:
        try:
            web.fetch(url)
        except ProviderError as error:
            return error
    return None


def _nobody(host: str, port: int) -> list[Any]:
    """Numbers are themselves, as every resolver has it; names are not known."""
    import socket

    return [tuple(found) for found in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]
