"""The text of a PDF, read by pypdf in a process of its own: a PDF can be made to fill any machine.

``python -m provenance.world.formats.pdf_text`` reads the file on standard input.
"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

SECONDS = 60.0
_MOST_PAGES = 1000
_MEMORY = 1_500_000_000
_MISSING, _LOCKED, _NO_TEXT = 3, 4, 5
_WHYS = {
    _MISSING: "is a PDF document; to read its text: pip install 'provenance-check[files]'",
    _LOCKED: "is a PDF document that wants a password",
    _NO_TEXT: "is a PDF document without text: scanned pages, perhaps",
}


def pdf_text(body: bytes, limit: int, *, seconds: float = SECONDS) -> str:
    """The text, at most ``limit`` bytes of it; ValueError, one clause, where it cannot be had."""
    command = [sys.executable, "-m", __name__, str(limit)]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and a module of our own
            command, input=body, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        why = f"is a PDF document that takes longer than {seconds:g} s to read"
        raise ValueError(why) from error
    if done.returncode:
        raise ValueError(_WHYS.get(done.returncode, "is a PDF document that cannot be read"))
    return done.stdout.decode("utf-8", "replace")


def _main(limit: int) -> int:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        import pypdf
    except ImportError:
        return _MISSING
    reader = pypdf.PdfReader(BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        return _LOCKED
    left, written = limit, False
    for page in reader.pages[:_MOST_PAGES]:
        data = f"{page.extract_text()}\n\n".encode("utf-8", "replace")[:left]
        sys.stdout.buffer.write(data)
        left -= len(data)
        written = written or bool(data.strip())
    return 0 if written else _NO_TEXT


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1])))
