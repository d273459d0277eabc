"""What the page alone tells, measured on the labelled data beside the project.

``python -m tests.bench.detect`` prints how many reposts are declared, by language, and for every
rule how often it counted on a repost (right), on another page (wrong), did either alone and on how
many sites, and was silenced. ``--split A`` or ``--split B`` takes the pages of one half of the
sites only (by the parity of the SHA-256 of the registrable domain), so that rules can be written
on one half and tried on the other.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import time
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.detect import detect_signals
from provenance.judge.declared import declare
from provenance.model import Attribution, Declaration, Derivation, Document, Family, Signal
from provenance.read import read_capture
from provenance.text.urls import normalise, registrable
from tests.bench.read import capture_of, document_of, fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
GRADES = {
    "none": Attribution.NONE,
    "source-link": Attribution.BARE_LINK,
    "named": Attribution.NAMED,
    "named+linked": Attribution.CREDITED,
    "byline": Attribution.NAMED,
    "agency": Attribution.NAMED,
    "license": Attribution.NAMED,
}
Row = dict[str, Any]
Stored = tuple[Row, bytes, "str | None", str]
SETS = ("html-dev", "html-dev-2", "extraction-dev", "pages-dev")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One labelled page with what was found on it."""

    row: Row
    document: Document
    signals: tuple[Signal, ...]
    declaration: Declaration

    @property
    def wholly(self) -> bool:
        return self.declaration.derivation is Derivation.WHOLLY


@dataclass(slots=True)
class Tally:
    """Shares as counts: hits of tries, by name."""

    hits: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, *, hit: bool) -> None:
        self.hits[name] += hit
        self.tries[name] += 1

    def share(self, name: str) -> float:
        return self.hits[name] / self.tries[name] if self.tries[name] else 1.0


def folder(name: str) -> Path:
    return SHARED / name


def digest(name: str) -> str:
    """SHA-256 over every file of a data set, by name, so that figures belong to one state of it."""
    total = hashlib.sha256()
    for path in sorted(folder(name).rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder(name)).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def html_pages(name: str = "html-dev") -> Iterator[Stored]:
    for line in (folder(name) / "labels.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((folder(name) / row["file"]).read_bytes())
        yield row, body, row["url"], "text/html"


def text_pages() -> Iterator[Stored]:
    data = gzip.decompress((folder("pages-dev") / "pages.jsonl.gz").read_bytes())
    for line in data.decode("utf-8").splitlines():
        row = json.loads(line)
        yield row, row["text"].encode("utf-8", "replace"), row["url"] or None, "text/plain"


def attribution_pages() -> Iterator[Stored]:
    top = folder("extraction-dev")
    for line in (top / "attribution.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        stored = top / "pages" / row["set"] / f"{row['id']}.html.gz"
        text = gzip.decompress(stored.read_bytes()).decode(
            row.get("encoding") or "utf-8", "replace"
        )
        yield row, text.encode("utf-8", "replace"), row["url"], "text/html"


def seen(pages: Iterable[Stored]) -> list[Page]:
    found = []
    for row, body, url, kind in pages:
        document = read_capture(capture_of(body, url, kind))
        signals = detect_signals(document)
        declaration = declare(document, signals)
        found.append(Page(row=row, document=document, signals=signals, declaration=declaration))
    return found


def all_pages() -> list[Page]:
    """Every labelled page of every set, read and declared."""
    sources = (html_pages(), html_pages("html-dev-2"), attribution_pages(), text_pages())
    return [page for source in sources for page in seen(source)]


def site_of(row: Row) -> str:
    """The registrable domain of a page; the name of its site where that is none."""
    site = row.get("site") or row.get("url") or row["id"]
    return registrable(site if "://" in site else f"https://{site}/") or site


def half_of(row: Row) -> str:
    """Which half of the sites a page belongs to, "A" or "B"."""
    return "AB"[int(hashlib.sha256(site_of(row).encode()).hexdigest(), 16) % 2]


def truth_of(row: Row) -> bool | None:
    """Whether a page is a repost, in whole or in part; None where its label does not say."""
    if "is_repost" in row:
        return row["is_repost"] in {True, "partial"} or "mixed" in (row.get("trap") or "")
    if "kind" in row:
        return bool(row["kind"] != "none")
    if _declared(row):
        return True
    return False if row["role"] in {"clean", "original"} else None


def extract(html: str, url: str) -> Row:
    """For a measuring script: the fields of ``tests.bench.read`` and the origin declared."""
    document = document_of(html, url)
    origin = declare(document, detect_signals(document)).origin
    given = {"origin_url": origin.url, "origin_name": origin.publisher} if origin else {}
    return {**fields(document), **given}


def is_repost(row: Row) -> bool:
    return row["is_repost"] is True if "is_repost" in row else _declared(row)


def _declared(row: Row) -> bool:
    """Whether a text says that it is a repost: it has a mark, and not only its own brand."""
    attribution = row["attribution"] or {"kind": "none"}
    own = attribution.get("own_brand")
    return row["role"] == "repost" and attribution["kind"] != "none" and not own


def html_figures(pages: Iterable[Page]) -> Tally:
    """Precision and recall of "repost", partial pages told apart, grades."""
    tally = Tally()
    for page in pages:
        truth = page.row["is_repost"]
        if page.wholly and truth != "partial":
            tally.add("precision", hit=truth is True)
        if truth is True:
            tally.add("recall", hit=page.wholly)
            right = page.declaration.attribution is GRADES[page.row["attribution"]]
            tally.add("grade", hit=right)
        if truth == "partial":
            partial = page.declaration.derivation is Derivation.PARTIALLY
            tally.add("partial", hit=partial)
    return tally


def text_figures(pages: Iterable[Page]) -> Tally:
    """Declared reposts found, clean and original texts called reposts, grades."""
    tally = Tally()
    for page in pages:
        if _declared(page.row):
            tally.add("recall", hit=page.wholly)
            right = page.declaration.attribution is GRADES[page.row["attribution"]["kind"]]
            tally.add("grade", hit=right)
        elif page.row["role"] in {"clean", "original"}:
            tally.add("false", hit=page.wholly)
    return tally


def origin_figures(pages: Iterable[Page]) -> Tally:
    """Origin named or its domain right, by kind; its address right; origins invented."""
    tally = Tally()
    for page in pages:
        row, origin = page.row, page.declaration.origin
        if row["kind"] == "none":
            tally.add("invented", hit=origin is not None)
            continue
        hit = origin is not None and _names(row, origin.url, origin.publisher)
        tally.add("origin", hit=hit)
        tally.add(row["kind"], hit=hit)
        if url := row.get("origin_url"):
            given = origin.url if origin else None
            tally.add("address", hit=given is not None and normalise(given) == normalise(url))
    return tally


def _names(row: Row, url: str | None, name: str | None) -> bool:
    domains = {registrable(f"https://{domain}/") for domain in row.get("origin_domains", ())}
    if url and registrable(url) in domains:
        return True
    said = _plain(name or "")
    return any(
        said == known or (min(len(said), len(known)) >= 4 and (said in known or known in said))
        for known in map(_plain, row.get("origin_names", ()))
        if said and known
    )


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded)).removeprefix("the ")


@dataclass(slots=True)
class Fired:
    """How often a rule counted, by what the page is: in company, and alone on how many sites."""

    counts: Counter[str] = field(default_factory=Counter)
    alone: Counter[bool] = field(default_factory=Counter)
    sites: dict[bool, set[str]] = field(default_factory=lambda: {True: set(), False: set()})


def by_rule(pages: Iterable[Page]) -> dict[str, Fired]:
    """For every rule: counted on a repost, counted on another page, silenced and by which trap."""
    rules: dict[str, Fired] = defaultdict(Fired)
    for page in pages:
        truth = truth_of(page.row)
        if truth is None:
            continue
        claiming = {(s.rule, s.silenced_by) for s in page.signals if _claims(s)}
        counting = {rule for rule, trap in claiming if trap is None}
        for rule, trap in claiming:
            how = f"silenced: {trap}" if trap else "right" if truth else "wrong"
            rules[rule].counts[how] += 1
        for rule in counting:
            rules[rule].sites[truth].add(site_of(page.row))
            rules[rule].alone[truth] += len(counting) == 1
    return rules


def _claims(signal: Signal) -> bool:
    claiming = signal.claims in {Derivation.WHOLLY, Derivation.PARTIALLY}
    return claiming and signal.family is not Family.FURNITURE


def _print(title: str, tally: Tally) -> None:
    print(f"\n{title}")
    for name in tally.tries:
        print(f"  {name:12}{tally.share(name):6.3f}  ({tally.hits[name]} of {tally.tries[name]})")


def _print_rules(pages: Iterable[Page]) -> None:
    head = f"{'right':>6}{'wrong':>6}{'alone':>10}{'sites':>10}"
    print(f"\n{'rule':24}{head}  silenced")
    for rule, fired in sorted(by_rule(pages).items()):
        silenced = {k[len("silenced: ") :]: n for k, n in fired.counts.items() if ": " in k}
        alone, sites = fired.alone, fired.sites
        print(f"{rule:24}{fired.counts['right']:6}{fired.counts['wrong']:6}", end="")
        print(
            f"{alone[True]:6} +{alone[False]:2}{len(sites[True]):6} +{len(sites[False]):2}", end=""
        )
        print(f"  {silenced or ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("A", "B"), help="one half of the sites only")
    half = parser.parse_args().split
    sets = {}
    sources = (html_pages(), html_pages("html-dev-2"), attribution_pages(), text_pages())
    for name, source in zip(SETS, sources, strict=True):
        sets[name] = seen(page for page in source if half in {None, half_of(page[0])})
    html, html_2, attributed, text = sets.values()
    started = time.process_time()
    for page in html:
        detect_signals(page.document)
    spent = (time.process_time() - started) / max(1, len(html)) * 1000
    _print("html-dev", html_figures(html))
    _print("html-dev-2", html_figures(html_2))
    _print("html-dev-2, sure labels", html_figures(p for p in html_2 if p.row["sure"]))
    _print("pages-dev", text_figures(text))
    _print("extraction-dev", origin_figures(attributed))
    print(f"\nall signals of a page: {spent:.1f} ms")
    languages = Tally()
    for page in (*html, *html_2, *text):
        if is_repost(page.row):
            languages.add(page.row.get("lang") or "?", hit=page.wholly)
    _print("declared reposts found, by language", languages)
    _print_rules([*html, *html_2, *attributed, *text])


if __name__ == "__main__":
    main()
