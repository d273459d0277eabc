"""A real time-stamping authority on loopback: ``openssl ts`` behind a small HTTP wrapper."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Without ``certs``: OpenSSL 3.0 writes a chain in an order that strict readers of DER refuse.
_CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


class TimestampServer:
    """An authority in a folder of its own; ``asked`` are the queries as they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[bytes] = []
        self.url = ""
        self.answer: tuple[int, bytes] | None = None
        config = folder / "ts.cnf"
        config.write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self.root = folder / "root.pem"
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        self._run(
            *("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "2"),
            *("-subj", "/CN=Invented Root", "-config", "ts.cnf", "-extensions", "ca"),
        )
        self._run(
            *("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr"),
            *("-subj", "/CN=Invented Authority", "-config", "ts.cnf"),
        )
        self._run(
            *("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-out", "tsa.pem", "-days", "2", "-extfile", "ts.cnf", "-extensions", "stamping"),
        )

    def stamp(self, query: bytes) -> bytes:
        """The reply of OpenSSL to a query."""
        (self.folder / "query.tsq").write_bytes(query)
        self._run(
            *("ts", "-reply", "-config", "ts.cnf", "-section", "own"),
            *("-queryfile", "query.tsq", "-out", "reply.tsr"),
        )
        return (self.folder / "reply.tsr").read_bytes()

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)


@contextmanager
def serve_timestamps() -> Iterator[TimestampServer]:
    """Serves an authority on a free port of loopback until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        authority = TimestampServer(Path(folder))

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                authority.asked.append(query)
                status, body = authority.answer or (200, authority.stamp(query))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        authority.url = f"http://127.0.0.1:{server.server_port}/tsa"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield authority
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
