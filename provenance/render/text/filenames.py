"""File names of reports: readable, safe on every file system, the same for the same page."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from provenance.text.urls import host, split

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Report

_LONGEST = 60


def report_name(report: Report) -> str:
    """``2026-03-05-daily-mirror-example-harbour-1f0c2a9b``: day, page, short hash; no suffix.

    Lower-case ASCII letters, digits and hyphens only, at most 69 characters, so that no target
    can lead out of the output folder or hit a reserved name. The hash is of address and content.
    """
    page = report.suspect
    return file_name(page.url, report.target, page.digest, report.checked_at)


def file_name(url: str | None, target: str, digest: str, at: datetime) -> str:
    """The name of a file about one page: of its address, else of what the person named."""
    key = "\0".join((url or target, digest))
    short = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    slug = _slug(f"{at:%Y-%m-%d} {_words(url, target)}")[:_LONGEST].strip("-")
    return f"{slug}-{short}"


def _words(url: str | None, target: str) -> str:
    if url and host(url):
        path = PurePosixPath(split(url).path)
        return f"{host(url).removeprefix('www.')} {path.parent.name} {path.stem}"
    return PurePosixPath(target.replace("\\", "/")).stem or "page"


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
