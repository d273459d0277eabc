"""Servers that speak TLS badly; the certificates are made for each run."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import ProviderError, Refused, Unavailable
from provenance.world.http import route
from tests.world.evil import asking, dripping, hanging, reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.world.evil import EvilServer

x509 = pytest.importorskip("cryptography.x509")


def certificate(folder: Path) -> tuple[str, str]:
    """A self-signed certificate for localhost and its key, as files."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(paths[0]), str(paths[1])


@pytest.fixture
def papers(tmp_path: Path) -> tuple[str, str]:
    return certificate(tmp_path)


@pytest.fixture
def port(papers: tuple[str, str]) -> Iterator[int]:
    """A TLS server on loopback whose certificate nobody signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*papers)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                try:
                    with context.wrap_socket(line, server_side=True) as secure:
                        secure.recv(1000)
                        secure.sendall(reply(b"secret"))
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def test_a_certificate_nobody_signed_is_refused(port: int) -> None:
    with asking() as web, pytest.raises(Refused, match="certificate cannot be trusted") as caught:
        web.fetch(f"https://localhost:{port}/")
    assert "self-signed" in caught.value.why


@pytest.fixture
def trusted(papers: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The certificate of the server among the authorities."""
    route.trusting.cache_clear()
    monkeypatch.setattr("requests.utils.DEFAULT_CA_BUNDLE_PATH", papers[0])
    yield
    route.trusting.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_a_certificate_that_is_trusted_opens_the_page(port: int) -> None:
    with asking() as web:
        assert web.fetch(f"https://localhost:{port}/").body == b"secret"


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_host_is_refused(port: int) -> None:
    with asking() as web, pytest.raises(Refused, match="certificate cannot be trusted") as caught:
        web.fetch(f"https://127.0.0.1:{port}/")
    assert "127.0.0.1" in caught.value.why


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "behaviour",
    [
        reply(b"<p>plain</p>"),
        b"",
        b"\x15\x03\x01\x00\x02\x02\x28",
        b"\x16\x03\x03\xff\xff" + b"x" * 70_000,
        hanging(b"\x16\x03\x03\x00\x7a"),
        dripping(b"\x16\x03\x03\x40\x00", b"\x02", 0.02),
    ],
    ids=["plain-http", "nothing", "alert", "oversize", "hang", "drip"],
)
def test_what_is_no_tls_is_no_page(behaviour: object, evil: EvilServer) -> None:
    url = evil.base.replace("http:", "https:") + "/"
    evil.first = behaviour
    with asking(deadline=0.5) as web, pytest.raises(ProviderError) as caught:
        web.fetch(url)
    assert isinstance(caught.value, Unavailable)
    assert evil.asked == []
