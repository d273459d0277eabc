"""Behind a proxy, and with a certificate authority of one's own: a real proxy on loopback."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from provenance.errors import ProviderError, Refused, Unavailable
from provenance.model import Settings
from provenance.world.http.guard import ForbiddenAddress, Guard
from provenance.world.http.route import proxy_for
from tests.servers.loopback import Answer, Loopback, serve
from tests.servers.proxy import PASSWORD, USER, serve_proxy
from tests.world.evil import asking, reply
from tests.world.http.test_tls import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (
    "<html><title>Wall</title><p>The wall was mended in spring, and it held all winter.</p></html>"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serve_proxy(tmp_path_factory.mktemp("proxy")) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(port: int) -> str:
    return f"http://{USER}:{PASSWORD}@127.0.0.1:{port}"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serve(_answer) as running:
        yield running


def _answer(path: str) -> Answer:
    if path == "/away":
        return Answer(status=302, headers={"Location": "http://10.1.2.3/inside"})
    return Answer(PAGE.encode())


def through(proxy: str) -> tuple[tuple[str, str], ...]:
    return (("http", proxy), ("https", proxy))


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """A TLS server on loopback, its port and the file of the authority that signed it."""
    papers = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*papers)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(20)

        def answer() -> None:
            try:
                line, _ = listener.accept()
                with line, context.wrap_socket(line, server_side=True) as wrapped:
                    wrapped.recv(1000)
                    wrapped.sendall(reply(b"secure"))
            except OSError:
                return

        thread = threading.Thread(target=answer)
        thread.start()
        yield listener.getsockname()[1], papers[0]
        thread.join(20)


def test_a_page_is_asked_for_through_the_proxy(proxy: str, site: Loopback) -> None:
    with asking(proxies=through(proxy)) as web:
        assert web.fetch(f"{site.base}/wall").body == PAGE.encode()
    assert site.asked == ["/wall"]


def test_a_proxy_that_wants_a_password_is_told_as_such(port: int, site: Loopback) -> None:
    refused = pytest.raises(Unavailable, match="the proxy wants a user name and a password")
    with asking(proxies=through(f"http://127.0.0.1:{port}")) as web, refused:
        web.fetch(f"{site.base}/wall")
    assert site.asked == []


def test_no_error_shows_the_password_of_a_proxy_that_is_down(site: Loopback) -> None:
    down = f"http://{USER}:{PASSWORD}@127.0.0.1:9"
    for url in (f"{site.base}/wall", "https://localhost/wall"):
        with asking(proxies=through(down)) as web:
            with pytest.raises(Unavailable, match="the proxy cannot be reached") as caught:
                web.fetch(url)
            assert PASSWORD not in str(caught.value)
    assert site.asked == []


def test_a_host_that_is_exempt_is_asked_directly(site: Loopback) -> None:
    with asking(proxies=through("http://127.0.0.1:9"), no_proxy="x.example,127.0.0.0/8") as web:
        assert web.fetch(f"{site.base}/wall").status == 200


def test_an_authority_of_ones_own_is_trusted_through_the_proxy(
    proxy: str, secure: tuple[int, str]
) -> None:
    port, bundle = secure
    with asking(proxies=through(proxy), ca_bundle=bundle) as web:
        assert web.fetch(f"https://localhost:{port}/").body == b"secure"


def test_without_it_the_certificate_is_refused_through_the_proxy_too(
    proxy: str, secure: tuple[int, str]
) -> None:
    refused = pytest.raises(Refused, match="its certificate cannot be trusted")
    with asking(proxies=through(proxy)) as web, refused:
        web.fetch(f"https://localhost:{secure[0]}/")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://10.1.2.3/", "private or reserved"),
        ("http://localhost/", "is this machine"),
        ("http://[::1]/", "is this machine"),
        ("http://2130706433/", "is this machine"),
        ("http://93.184.216.34:22/", "port 22"),
    ],
)
def test_private_addresses_are_refused_before_a_proxy_is_asked(
    url: str, why: str, proxy: str
) -> None:
    closed = {"allow_private": False, "follow_private": False}
    with asking(proxies=through(proxy), **closed) as web, pytest.raises(Refused, match=why):
        web.fetch(url)


def test_a_redirect_into_the_private_network_is_refused_through_a_proxy(
    proxy: str, site: Loopback
) -> None:
    with asking(proxies=through(proxy), follow_private=False) as web:
        web.name_target(f"{site.base}/away")
        with pytest.raises(ProviderError, match="private or reserved"):
            web.fetch(f"{site.base}/away")


def test_a_name_that_only_the_proxy_knows_is_let_pass() -> None:
    def lost(host: str, port: int) -> list[object]:
        raise OSError(f"{host} {port}")

    Guard(resolve=lost).judge_unseen("inside.example", 443, 1.0)  # type: ignore[arg-type]
    with pytest.raises(ForbiddenAddress):
        Guard(resolve=lost).judge_unseen("inside.example", 25, 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "exempt"),
    [
        ("http://post.example/", "post.example"),
        ("http://www.post.example/", ".post.example"),
        ("http://www.post.example/", "*.post.example, x"),
        ("http://www.post.example/", "post.example:80"),
        ("http://anything.example/", "*"),
        ("http://10.1.2.3/", "10.0.0.0/8"),
    ],
)
def test_what_no_proxy_names(url: str, exempt: str) -> None:
    chosen = Settings(proxies=through("http://p.example:1"), no_proxy=exempt)
    assert proxy_for(url, chosen) is None
    assert proxy_for("http://compost.example/", chosen) == (
        None if exempt == "*" else "http://p.example:1"
    )


def run(folder: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    names = ("CONFIG", "DATA")
    home = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in names}
    done = CliRunner().invoke(
        main, [*words, f"--db={folder / 'kept.db'}"], env={**home, **environment}
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.stdout, done.stderr


def test_the_usual_variables_are_heard_and_no_report_shows_the_way(
    proxy: str, site: Loopback, tmp_path: Path
) -> None:
    words = [f"{site.base}/wall", "--allow-private", "--search=none", "--json"]
    words += [f"--archive=a=cdx:{site.base}"]
    code, out, _ = run(tmp_path, "check", *words, HTTP_PROXY=proxy)
    assert (code, PASSWORD in out) == (0, False)
    assert PASSWORD.encode() not in (tmp_path / "kept.db").read_bytes()
    code, _, said = run(tmp_path, "check", *words, "--refresh", http_proxy="http://127.0.0.1:9")
    assert code == 1
    assert "the proxy cannot be reached" in said
    for more, variables in (
        ((), {"NO_PROXY": "127.0.0.1"}),
        (("--no-proxy", "127.0.0.1"), {"NO_PROXY": "x.example"}),
        ((), {"PROVENANCE_NO_PROXY": "127.0.0.1"}),
    ):
        code, *_ = run(
            tmp_path,
            "check",
            *(*words, "--refresh", *more),
            http_proxy="http://127.0.0.1:9",
            **variables,
        )
        assert code == 0


def test_doctor_shows_the_way_without_the_password(
    proxy: str, secure: tuple[int, str], tmp_path: Path
) -> None:
    words = ["doctor", "--archive=a=cdx:http://127.0.0.1:9", "--search=none", "--json"]
    assert run(tmp_path, *words)[0] == 0
    code, out, _ = run(
        tmp_path, *words[:-1], "--proxy", proxy, NO_PROXY="x.example", SSL_CERT_FILE=secure[1]
    )
    assert code == 0
    assert f"proxy        {proxy.rpartition('@')[2]}, but not for x.example" in out
    assert f"certificates {secure[1]}" in out
    assert PASSWORD not in out


def test_doctor_shows_the_way_offline_and_as_json(proxy: str, tmp_path: Path) -> None:
    words = ["doctor", "--offline", "--proxy", proxy, "--no-proxy=.lan", "--ca-bundle=not-read.pem"]
    _, out, _ = run(tmp_path, *words)
    assert f"proxy        {proxy.rpartition('@')[2]}, but not for .lan" in out
    assert "certificates not-read.pem" in out
    _, plain, _ = run(tmp_path, *words, "--json")
    assert json.loads(plain)["way_out"] == {
        "proxies": [proxy.rpartition("@")[2]],
        "no_proxy": ".lan",
        "ca_bundle": "not-read.pem",
    }
    assert PASSWORD not in out + plain


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--proxy", "socks5://u:hidden-word@p.example:1"), "is no proxy; write it as http://"),
        (("--proxy", "http://u:hidden-word@p.example:99999"), "is no proxy; write it as http://"),
        (("--proxy", "http://"), "is no proxy; write it as http://"),
        (("--ca-bundle", "no-such.pem"), "ca-bundle: no-such.pem: cannot be read: No such file"),
        (("--ca-bundle", __file__), "no certificates in it"),
    ],
)
def test_a_way_that_is_none_is_one_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, _, told = run(tmp_path, "check", "https://post.example/x", *words)
    assert code == 1
    assert said in told
    assert told.count("\n") == 1
    assert "hidden-word" not in told
