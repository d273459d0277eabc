"""The table of refusals, on the socket: what must not come in, and what every answer carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route

from provenance.model import Settings
from provenance.web import api, audits, checks, incoming, reports, settings
from provenance.web.access import MOST_BODY, MOST_TEXT
from tests.servers.serving import multipart, serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.serving import Running

pytestmark = pytest.mark.slow
EVIL = "http://evil.example"
ROUTES: list[Route] = [
    route
    for part in (checks, reports, audits, settings, incoming, api)
    for route in part.ROUTES
    if isinstance(route, Route)
]


def paths(method: str, *, program: bool = False) -> list[str]:
    found = [r.path for r in ROUTES if method in (r.methods or ())]
    filled = [
        path.replace("{number:int}", "1").replace("{form}", "json").replace("{name}", "x")
        for path in found
    ]
    return sorted({p for p in filled if p.startswith("/api/") == program})


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "127.0.0.1:1"]
)
def test_another_host_name_is_refused(site: Running, host: str) -> None:
    reply = site.get("/", Host=host.format(port=site.port))
    assert reply.status == 421
    assert site.token not in reply.text


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_our_own_names_are_let_in(site: Running, name: str) -> None:
    assert site.get("/", Host=f"{name}:{site.port}").status == 200


@pytest.mark.parametrize("path", [p for p in paths("POST") if p != "/incoming"])
@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1"},
    ],
)
def test_a_form_of_another_site_is_refused_everywhere(
    site: Running, path: str, sent: dict[str, str]
) -> None:
    assert site.post(path, **sent).status == 403


@pytest.mark.parametrize("path", [p for p in paths("POST") if p != "/incoming"])
def test_every_form_wants_its_token(site: Running, path: str) -> None:
    assert site.post(path, {"token": ""}).status == 403
    assert site.post(path, {"token": site.token[:-1] + "?"}).status == 403


@pytest.mark.parametrize("path", paths("GET") + [p for p in paths("POST") if p != "/incoming"])
def test_without_a_key_nothing_is_shown_or_done(site: Running, path: str) -> None:
    if path == "/login":
        return
    method = "GET" if path in paths("GET") else "POST"
    for cookie in (None, site.cookie[:-2] + "xx", "provenance-1=" + site.cookie.partition("=")[2]):
        reply = site.send(method, path, Cookie=cookie)
        assert reply.status in {403, 405}
        assert site.token not in reply.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_program_needs_its_token_and_no_cookie_will_do(site: Running, method: str) -> None:
    for path in paths(method, program=True):
        assert site.send(method, path).status == 401
        assert site.send(method, path, Authorization="Bearer nothing").status == 401
        assert site.send(method, path, Authorization=f"Basic {site.token}").status == 401


def test_a_program_is_refused_from_another_site_too(site: Running) -> None:
    body, kind = multipart({"text": "https://paper.example/story"})
    sent = {"Origin": EVIL, "Content_Type": kind, "Cookie": None, **site.program}
    assert site.send("POST", "/api/checks", body, **sent).status == 403


def test_a_key_works_once(site: Running) -> None:
    address = site.key_address().removeprefix(site.base)
    assert site.get(address, Cookie=None).status == 303
    assert site.get(address, Cookie=None).status == 403
    assert site.get("/?key=guessed", Cookie=None).status == 403


def test_the_cookie_is_for_this_site_alone(site: Running) -> None:
    reply = site.get(site.key_address().removeprefix(site.base), Cookie=None)
    words = {part.strip().lower() for part in reply.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=strict", "path=/"} <= words


@pytest.mark.parametrize("path", [*paths("GET"), "/?url=https://paper.example/story"])
def test_looking_starts_nothing(site: Running, path: str) -> None:
    before = site.server.world.store.fetches.count()
    site.get(path)
    assert site.server.checks.open == []
    assert site.server.audits.stops == {}
    assert site.server.world.store.fetches.count() == before


def test_an_address_in_the_query_is_filled_in(site: Running) -> None:
    assert (
        "https://paper.example/story</textarea>"
        in site.get("/?url=https://paper.example/story").text
    )


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "../../etc/passwd",
        "etc/passwd.html",
        "javascript:alert(1)",
        "ftp://paper.example/x",
        "data:text/html,hello",
        "C:\\windows\\win.ini",
        "-",
        "page.html",
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/settings",
        "http://127.9.9.9:{port}/",
        "http://[::1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://user@127.0.0.1:{port}/",
        "",
    ],
)
def test_what_is_no_page_of_the_web_is_no_target(site: Running, target: str) -> None:
    text = target.format(port=site.port)
    for sent in (site.post("/checks", {"text": text}), site.ask("/checks", {"text": text})):
        assert sent.status == 400
    assert site.post("/audits", {"url": text}).status == 400
    assert site.server.checks.open == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(site: Running, method: str) -> None:
    assert site.send(method, "/checks").status == 405


def test_a_body_has_its_bounds(site: Running) -> None:
    assert site.post("/checks", {"text": "word " * (MOST_TEXT // 5 + 1)}).status == 413
    body, kind = multipart({"token": site.token, "file": ("a.html", b"x" * MOST_BODY)})
    assert site.send("POST", "/checks", body, Content_Type=kind).status == 413
    assert site.send("POST", "/checks", b"{", Content_Type="application/json").status == 400
    deep = "[" * 100_000
    assert site.send("POST", "/checks", deep, Content_Type="application/json").status == 400


def test_a_body_without_a_length_is_bounded_too(site: Running) -> None:
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    head = b'--e\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    parts = (head, *[b"x" * 500_000] * 18, b"\r\n--e--\r\n")
    kind = {"Content-Type": "multipart/form-data; boundary=e", "Cookie": site.cookie}
    line.request("POST", "/checks", iter(parts), kind, encode_chunked=True)
    assert line.getresponse().status == 413
    line.close()


@pytest.mark.parametrize(
    "path", ["/", "/reports", "/settings", "/nothing", "/openapi.json", "/api/reports", "/login"]
)
def test_every_answer_carries_the_headers_of_safety(site: Running, path: str) -> None:
    reply = site.get(path)
    held = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    assert {name: reply.headers[name] for name in held} == held
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "server" not in reply.headers


def test_refusals_carry_them_too(site: Running) -> None:
    for reply in (site.get("/", Host="evil.example"), site.get("/", Cookie=None)):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


def test_private_addresses_are_never_asked_for_the_web(tmp_path: Path, site: Running) -> None:
    """The plain settings: whatever a form says, a private address is refused when it is asked."""
    with serving(Settings(database=str(tmp_path / "kept.db"), archives=())) as plain:
        for target in ("http://127.0.0.1/", "http://[::1]:8080/", "http://10.1.2.3/a"):
            sent = {"text": target, "allow_private": "1", "follow_private": "1"}
            path = plain.post("/checks", sent).headers["location"]
            events = plain.follow(f"{path}/events")
            assert events[-1][2]["go"] == path
            check = plain.ask(path).json
            assert check["state"] == "failed"
            assert re.search("is this machine|is a private", check["why"])


def test_guests_may_check_but_neither_forget_nor_set(tmp_path: Path) -> None:
    kept = Settings(database=str(tmp_path / "kept.db"), archives=(), offline=True)
    with serving(kept, password="a long enough one") as plain:
        wrong, kind = multipart({"password": "a wrong one"})
        assert plain.send("POST", "/login", wrong, Cookie=None, Content_Type=kind).status == 403
        right, kind = multipart({"password": "a long enough one"})
        sent = {"Content_Type": kind, "Cookie": None}
        assert plain.send("POST", "/login", right, Origin=EVIL, **sent).status == 403
        let_in = plain.send("POST", "/login", right, **sent)
        plain.cookie = let_in.headers["set-cookie"].partition(";")[0]
        home = plain.get("/").text
        [plain.token] = set(re.findall(r'name="token" value="([^"]+)"', home))
        for path in ("doctor", "search", "partners", "contact", "key"):
            assert plain.post(f"/settings/{path}").status == 403
        assert plain.post("/reports/1/forget").status == 403
        assert "Bearer" not in plain.get("/settings").text
        assert plain.post("/checks", {"text": "https://paper.example/x"}).status == 303


def test_twenty_streams_and_no_more(site: Running) -> None:
    import http.client
    from threading import Event

    from tests.servers.loopback import Answer, serve

    free, lines = Event(), []

    def answer(_: str) -> Answer:
        free.wait(60)
        return Answer(b"<p>late</p>")

    with serve(answer) as slow:
        path = site.post("/checks", {"text": f"{slow.base}/story"}).headers["location"]
        for _ in range(20):
            line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
            line.request("GET", f"{path}/events", headers={"Cookie": site.cookie})
            assert line.getresponse().status == 200
            lines.append(line)
        assert site.get(f"{path}/events").status == 429
        assert site.post(f"{path}/stop").status == 303
        free.set()
        for line in lines:
            line.close()
    assert site.get(f"{path}/events").status == 200
