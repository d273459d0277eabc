"""Manifests as text: what ``sha256sum --check`` reads, under two lines of our own."""

from __future__ import annotations

import hashlib
import re

from provenance.model.manifest import Manifest

MARK = "# provenance manifest "
_HEAD = re.compile(rf"{MARK}(\d{{1,18}})\n# previous (none|[0-9a-f]{{64}})\n")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n\r\0\\]{1,4000})\n")


def manifest_text(manifest: Manifest) -> str:
    """The manifest, ending in a line end; the same manifest gives the same text."""
    head = f"{MARK}{manifest.number}\n# previous {manifest.previous or 'none'}\n"
    return head + "".join(f"{digest}  {path}\n" for path, digest in manifest.files)


def read_manifest(text: str) -> Manifest:
    """The manifest of a text; ValueError for one that ``manifest_text`` would not write."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError("its first two lines are not those of a manifest")
    at, files = head.end(), []
    while line := _LINE.match(text, at):
        files.append((line[2], line[1]))
        at = line.end()
    if at != len(text):
        raise ValueError(f"line {text.count(chr(10), 0, at) + 1} names no file and SHA-256")
    if files != sorted(set(files)):
        raise ValueError("its files are not in the order of their paths")
    previous = "" if head[2] == "none" else head[2]
    return Manifest(number=int(head[1]), previous=previous, files=tuple(files))


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
