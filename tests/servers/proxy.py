"""A real HTTP proxy on loopback, run as a process; it asks for a user name and a password."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "desk", "s3cret-word"
_START_SECONDS = 30.0


@contextmanager
def serve_proxy(folder: Path) -> Iterator[int]:
    """The port of a proxy that serves until the block ends."""
    file = folder / "proxy.port"
    words = ["--hostname", "127.0.0.1", "--port", "0", "--port-file", str(file)]
    words += ["--num-workers", "1", "--num-acceptors", "1", "--basic-auth", f"{USER}:{PASSWORD}"]
    words += ["--data-dir", str(folder / "proxy")]
    with (folder / "proxy.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "proxy", *words], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield _port(process, file, folder / "proxy.log")
    finally:
        process.terminate()
        process.wait(timeout=20)


def _port(process: subprocess.Popen[bytes], file: Path, log: Path) -> int:
    pause = threading.Event()
    for _ in range(int(_START_SECONDS / 0.05)):
        if process.poll() is not None:
            break
        if file.exists() and (text := file.read_text("ascii").strip()):
            return int(text)
        pause.wait(0.05)
    raise RuntimeError(f"the proxy did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
