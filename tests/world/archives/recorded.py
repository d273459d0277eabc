"""Real answers of archives, kept beside the project; tests skip where they are not."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from provenance.model import Capture, Via

FOLDER = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[4] / "shared")).joinpath(
    "recorded", "archives"
)
# Later than every recorded answer, so that no recorded capture lies in the future.
READ_AT = datetime(2026, 11, 24, tzinfo=UTC)
here = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"{FOLDER}: the recorded archive answers are not here"
)


@dataclass(frozen=True)
class Interaction:
    """One recorded question and its answer."""

    source: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def capture(self) -> Capture:
        """The answer as the web session would have handed it over."""
        declared = next((value for name, value in self.headers if name == "content-type"), "")
        return Capture(
            url=self.url,
            responded_url=self.url,
            status=self.status,
            headers=self.headers,
            body=self.body,
            media_type=declared.partition(";")[0].strip().lower(),
            captured_at=READ_AT,
            via=Via.LIVE,
            memento=None,
            digest=hashlib.sha256(self.body).hexdigest(),
        )


@cache
def interactions() -> tuple[Interaction, ...]:
    """All recorded interactions, in their order."""
    found = []
    with gzip.open(FOLDER / "interactions.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            body = (
                base64.b64decode(row["body_b64"])
                if row.get("body_b64")
                else (row.get("body") or "").encode()
            )
            headers = tuple((str(k).lower(), str(v)) for k, v in row["headers"].items())
            found.append(Interaction(row["source"], row["url"], row["status"], headers, body))
    return tuple(found)
