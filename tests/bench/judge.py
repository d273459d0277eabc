"""How often verdicts are right, measured on the labelled data beside the project.

``python -m tests.bench.judge`` prints, for each kind of verdict (its basis and its confidence), how
many of the labelled pages got it, how often it was right, and the probability that the tool gives
with it; then the Brier score of those probabilities, and the relation found for labelled pairs.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from provenance.compare import compare_documents
from provenance.judge import copied, judge, weigh
from provenance.model import (
    Basis,
    Candidate,
    Derivation,
    Direction,
    Event,
    Evidence,
    Finding,
    Likeness,
    Precision,
    Sighting,
    Verdict,
    Witness,
)
from tests.bench.detect import (
    Page,
    attribution_pages,
    folder,
    html_pages,
    is_repost,
    seen,
    text_pages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Document
    from tests.bench.detect import Row

COPIES = {"verbatim", "excerpt", "light-edit", "rewritten"}
NOWHERE = "https://unknown.example/"


def declared() -> Iterator[tuple[Verdict, bool]]:
    """Each labelled page's verdict on its own word, and whether it is a repost."""
    for page in (*seen(html_pages()), *seen(text_pages())):
        yield _alone(page), is_repost(page.row) or page.row.get("is_repost") == "partial"
    for page in seen(attribution_pages()):
        yield _alone(page), page.row["kind"] != "none"


def _alone(page: Page) -> Verdict:
    return judge(_evidence(page, page.document))


def _evidence(page: Page, dated: Document, *findings: Finding) -> Evidence:
    return Evidence(
        suspect=dated,
        signals=page.signals,
        declaration=page.declaration,
        sightings=dated.dates,
        findings=findings,
    )


def pairs() -> Iterator[tuple[Row, Finding, Verdict]]:
    """Each labelled pair as the one finding of a check, dated as the data say."""
    pages = {page.row["id"]: page for page in seen(text_pages())}
    lines = (folder("pages-dev") / "pairs.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        if row["relation"] != "translation":
            suspect, source = pages[row["suspect_id"]], pages[row["source_id"]]
            yield (row, *_checked(suspect, source))


def _checked(suspect: Page, source: Page) -> tuple[Finding, Verdict]:
    page = suspect.document
    found = Finding(
        candidate=Candidate(url=source.document.url or NOWHERE, leads=()),
        source=replace(source.document, dates=_dated(source)),
        sightings=_dated(source),
        reuse=compare_documents(page, source.document, suspect.signals),
        scores=(),
        declared=source.declaration,
    )
    dated = replace(page, dates=_dated(suspect))
    known = weigh(_evidence(suspect, dated, found))
    return known.findings[0], judge(known)


def _dated(page: Page) -> tuple[Sighting, ...]:
    try:
        at = datetime.fromisoformat(page.row.get("date") or "")
    except ValueError:
        return page.document.dates
    told = Sighting(
        url=page.document.url,
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        precision=Precision.DAY,
        witness=Witness.SELF,
        event=Event.PUBLISHED,
        basis="labelled",
    )
    return (told,)


def relation(finding: Finding, verdict: Verdict) -> str:
    """What the pair is, in the words of the labels; a verdict by the page's word is of no pair."""
    if copied(finding):
        if verdict.answer is None:
            return "undetermined"
        return {
            Direction.FROM_SOURCE: "copy of",
            Direction.TO_SOURCE: "copied by",
            Direction.COMMON_SOURCE: "common source",
        }.get(verdict.direction, "undetermined")
    same = finding.reuse is not None and finding.reuse.likeness is Likeness.SAME_EVENT
    return "same event" if same else "unrelated"


def right(row: Row, found: str) -> bool:
    """Whether a relation is the labelled one; a copy of unknown direction may be left open."""
    if row["relation"] in COPIES:
        known = row["direction_known"]
        return found == "copy of" if known else found in {"common source", "undetermined"}
    return found in {"same event", "unrelated"}


def main() -> None:
    kinds: dict[tuple[str, str], list[bool]] = defaultdict(list)
    squares: list[float] = []
    for verdict, repost in declared():
        says = verdict.derivation in {Derivation.WHOLLY, Derivation.PARTIALLY}
        if verdict.basis is Basis.DECLARED and says:
            kinds[verdict.basis.value, verdict.confidence.value].append(repost)
            if verdict.probability is not None:
                squares.append((verdict.probability - repost) ** 2)
    print(f"{'verdict':<22}{'pages':>8}{'right':>8}{'share':>9}")
    for (basis, confidence), truths in sorted(kinds.items()):
        share = sum(truths) / len(truths)
        print(f"{basis + ' ' + confidence:<22}{len(truths):>8}{sum(truths):>8}{share:>9.3f}")
    if squares:
        print(f"Brier score {sum(squares) / len(squares):.3f} over {len(squares)} pages")
    table: Counter[tuple[str, str]] = Counter()
    hits = false = total = 0
    for row, finding, verdict in pairs():
        found = relation(finding, verdict)
        table[row["relation"], found] += 1
        total, hits = total + 1, hits + right(row, found)
        false += found in {"copy of", "copied by"} and not row["direction_known"]
    print(f"\n{'labelled':<28}{'found':<18}{'pairs':>6}")
    for (label, found), count in sorted(table.items()):
        print(f"{label:<28}{found:<18}{count:>6}")
    print(f"relation right {hits / total:.3f} of {total}; said to be copied without cause: {false}")


if __name__ == "__main__":
    main()
