"""The local page, served on loopback in a thread, and a client that sends what it is told to."""

from __future__ import annotations

import http.client
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from provenance.cli.serve import Place, listen, make_listener, open_server
from provenance.model import Settings
from provenance.web.access import LOOPBACK, Access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from provenance.demo.sites import DemoWorld
    from provenance.web.pages import Server

_EVENT = re.compile(r"id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Running:
    """A server that runs; ``cookie`` is that of a browser that was let in."""

    server: Server
    port: int
    cookie: str = ""
    token: str = ""
    statuses: list[int] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def program(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.server.access.program.token}"}

    def key_address(self) -> str:
        return f"{self.base}/?key={self.server.access.make_key()}"

    def send(self, method: str, path: str, body: bytes | str = b"", **headers: str | None) -> Reply:
        """One request, with the browser's cookie unless ``Cookie`` says otherwise."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Cookie": self.cookie, **named}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(
                method,
                path,
                body.encode() if isinstance(body, str) else body or None,
                {name: value for name, value in given.items() if value is not None},
            )
            reply = line.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        finally:
            line.close()

    def get(self, path: str, **headers: str | None) -> Reply:
        return self.send("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: Any) -> Reply:
        """A form of one of our own pages, with its token."""
        given = {"token": self.token, **(fields or {})}
        body, kind = multipart(given)
        return self.send("POST", path, body, Content_Type=kind, **headers)

    def ask(self, path: str, fields: Mapping[str, str] | None = None) -> Reply:
        """What a program sends: GET, or POST of JSON where there are fields."""
        method = "GET" if fields is None else "POST"
        body = "" if fields is None else json.dumps(fields)
        return self.send(
            method,
            f"/api{path}",
            body,
            Cookie=None,
            Content_Type="application/json",
            **self.program,
        )

    def ask_document(self) -> Any:
        return self.send("GET", "/openapi.json", Cookie=None, **self.program).json

    def follow_until(self, path: str, words: str) -> None:
        """Reads a stream until it has said something, then leaves it."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", path, headers={"Cookie": self.cookie})
        reply, said = line.getresponse(), b""
        while words.encode() not in said:
            piece = reply.read1()
            assert piece, said
            said += piece
        line.close()

    def follow(self, path: str, **headers: str) -> list[tuple[int, str, Any]]:
        """The events of a stream, to its end."""
        text = self.get(path, **headers).text
        return [(int(n), name, json.loads(data)) for n, name, data in _EVENT.findall(text)]


def multipart(fields: Mapping[str, str | bytes | tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form's body and its media type; a pair is a file's name and its bytes."""
    edge, parts = "edge-of-a-part", []
    for name, value in fields.items():
        told, content = "", value
        if isinstance(value, tuple):
            quoted = value[0]
            for letter in '\r\n"':  # as browsers do
                quoted = quoted.replace(letter, f"%{ord(letter):02X}")
            told, content = f'; filename="{quoted}"', value[1]
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{told}\r\n\r\n'
        assert not isinstance(data, tuple)
        parts += [head.encode("utf-8", "replace"), data, b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


@contextmanager
def serving(settings: Settings, *, password: str | None = None, port: int = 0) -> Iterator[Running]:
    """The local page with these settings, until the block ends; one browser was let in."""
    line = listen(Place(host="127.0.0.1", port=port, names=(), password_file=None))
    access = Access(port=line.getsockname()[1], hosts=LOOPBACK, password=password)
    with open_server(settings, access) as server:
        running = make_listener(server)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [line]})
        thread.start()
        found = Running(server=server, port=access.port)
        try:
            let_in = found.get(f"/?key={access.make_key()}", Cookie=None)
            found.cookie = let_in.headers["set-cookie"].partition(";")[0]
            home = found.get("/").text
            found.token = re.findall(r'name="token" value="([^"]+)"', home)[0]
            yield found
        finally:
            running.should_exit = True
            thread.join()


def demo_settings(demo: DemoWorld, folder: Path) -> Settings:
    """Settings of the invented world, kept in a folder."""
    return Settings(
        archives=(demo.archive,),
        searches=(demo.search,),
        allow_private=True,
        follow_private=True,
        pace=0.0,
        database=str(folder / "kept.db"),
    )
