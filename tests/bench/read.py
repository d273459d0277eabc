"""Measures reading on the labelled pages: main text, title, authors, date, canonical, speed.

``python -m tests.bench.read`` prints our figures beside trafilatura's, in one process and in CPU
time. The formulas are those of the sets: 4-word shingles (scrapinghub's benchmark), wanted and
unwanted snippets (trafilatura's), names and days exactly. ``extract`` is the adapter by which an
outside script can call the reader: markup in, one dict of fields out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from provenance.model import Capture, Document, Via
from provenance.read import read_capture
from provenance.text.dates import published_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
DATA = SHARED / "extraction-dev"
_TOKEN = re.compile(r"\w+")
_BY = re.compile(
    r"^\s*(?:by|von|par|por|di|door|av|af|od|autor(?:a|es)?|author)[\s:]+", re.IGNORECASE
)
_AND = re.compile(r"\s*[;,|/]\s*|\s+(?:and|und|et|y|e|og|och|en|&)\s+")

_COLUMNS = (
    ("title", 8), ("author", 8), ("author invented", 10), ("date", 8), ("canonical", 11),
)  # fmt: skip

Row = dict[str, Any]


def capture_of(body: bytes, url: str | None, media_type: str = "text/html") -> Capture:
    return Capture(
        url=url or None,
        responded_url=url or None,
        status=200,
        headers=(("content-type", f"{media_type}; charset=utf-8"),),
        body=body,
        media_type=media_type,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        via=Via.FILE,
        memento=None,
        digest=hashlib.sha256(body).hexdigest(),
    )


def document_of(html: str, url: str) -> Document:
    return read_capture(capture_of(html.encode("utf-8", "replace"), url))


def fields(document: Document) -> dict[str, Any]:
    day = published_day(document.dates)
    return {
        "text": document.text,
        "title": document.title,
        "author": _authors(document),
        "date": day.isoformat() if day else None,
        "canonical": document.canonical,
    }


def _authors(document: Document) -> list[str]:
    """Persons and the agency of the byline; where neither, the desk.

    An agency that only the dateline names filed the text, but is no author beside a person.
    """
    filed = bool(document.byline and document.dateline)
    named = [*document.byline, *([document.agency] if document.agency and not filed else [])]
    return named or list(document.desks)


def extract(html: str, url: str) -> dict[str, Any]:
    return fields(document_of(html, url))


@dataclass(slots=True)
class Figures:
    """Counts of one reader over the pages, and the shares made of them."""

    hits: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    pages: int = 0

    def add(self, name: str, hit: float) -> None:
        self.hits[name] += hit  # type: ignore[assignment]
        self.tries[name] += 1

    def share(self, name: str) -> float:
        return self.hits[name] / self.tries[name] if self.tries[name] else 0.0

    @property
    def snippet_f1(self) -> float:
        """2 hits of wanted snippets over wanted and found ones (trafilatura's formula)."""
        wanted, unwanted = self.hits["wanted"], self.hits["unwanted"]
        return 2 * wanted / (self.tries["wanted"] + wanted + unwanted)

    @property
    def shingle_f1(self) -> float:
        precision, recall = self.share("precision"), self.share("recall")
        return 2 * precision * recall / (precision + recall)

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds if self.seconds else 0.0


@cache
def rows() -> tuple[Row, ...]:
    data = gzip.decompress((DATA / "truth.jsonl.gz").read_bytes()).decode("utf-8")
    return tuple(json.loads(line) for line in data.splitlines())


def pages() -> Iterator[tuple[Row, str]]:
    for row in rows():
        stored = DATA / "pages" / row["set"] / f"{row['id']}.html.gz"
        text = gzip.decompress(stored.read_bytes())
        yield row, text.decode(row.get("encoding") or "utf-8", "replace")


def measure(reader: Callable[[str, str], dict[str, Any]]) -> Figures:
    """The figures of one reader over all pages; time is CPU time, decoding not counted."""
    figures = Figures()
    for row, html in pages():
        start = time.process_time()
        found = reader(html, row.get("url") or "")
        figures.seconds += time.process_time() - start
        figures.pages += 1
        _score_text(figures, row, found.get("text") or "")
        _score_fields(figures, row, found)
    return figures


def _score_text(figures: Figures, row: Row, text: str) -> None:
    if row.get("text"):
        true, ours = _shingles(row["text"]), _shingles(text)
        both = sum((true & ours).values())
        if ours:
            figures.add("precision", both / sum(ours.values()))
        figures.add("recall", both / sum(true.values()))
    spaced = " ".join(text.split())
    for name, key in (("wanted", "with"), ("unwanted", "without")):
        for snippet in row.get(key) or []:
            figures.add(name, " ".join(snippet.split()) in spaced)


def _score_fields(figures: Figures, row: Row, found: Row) -> None:
    if row.get("title"):
        figures.add("title", _same_title(row["title"], found.get("title") or ""))
    given = _names(found.get("author"))
    if row.get("author"):
        figures.add("author", _names(row["author"]) == given)
    elif "author" in row.get("none", []):
        figures.add("author invented", bool(given))
    if row.get("date"):
        figures.add("date", (found.get("date") or "")[:10] == row["date"][:10])
    if row.get("canonical"):
        figures.add("canonical", _address(row["canonical"]) == _address(found.get("canonical")))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return Counter(
        shingle for i in range(max(1, len(words) - 3)) if (shingle := tuple(words[i : i + 4]))
    )


def _plain(text: str) -> str:
    return " ".join(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def _same_title(true: str, ours: str) -> bool:
    short, long = sorted((_plain(true), _plain(ours)), key=len)
    return bool(short) and (short == long or (short in long and len(short) >= 0.75 * len(long)))


def _names(given: str | list[str] | None) -> frozenset[str]:
    listed = _AND.split(given) if isinstance(given, str) else given or []
    return frozenset(filter(None, (_plain(_BY.sub("", name)) for name in listed)))


def _address(url: str | None) -> tuple[str, str, str] | None:
    if not url:
        return None
    parts = urlsplit(url.strip())
    host = parts.netloc.lower().removeprefix("www.").split(":")[0]
    return host, (parts.path or "/").rstrip("/"), parts.query


def trafilatura(html: str, url: str) -> dict[str, Any]:
    """The anchor, as its users call it."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return {}
    given = found.as_dict()  # type: ignore[union-attr]
    return {**given, "canonical": given.get("url")}


def main() -> None:
    for reader in (extract, trafilatura):
        for _, (row, html) in zip(range(5), pages(), strict=False):
            reader(html, row.get("url") or "")
    print(f"{'':14}{'shingle':>9}{'snippet':>9}{'title':>8}{'author':>8}{'invented':>10}", end="")
    print(f"{'date':>8}{'canonical':>11}{'pages/s':>9}")
    for name, reader in (("provenance", extract), ("trafilatura", trafilatura)):
        figures = measure(reader)
        shares = [
            figures.share(n) for n in ("title", "author", "author invented", "date", "canonical")
        ]
        widths = (8, 8, 10, 8, 11)
        print(f"{name:14}{figures.shingle_f1:9.3f}{figures.snippet_f1:9.3f}", end="")
        print("".join(f"{s:{w}.3f}" for s, w in zip(shares, widths, strict=True)), end="")
        print(f"{figures.pages_per_second:9.1f}")


if __name__ == "__main__":
    main()
