"""The public names as a program outside uses them: never run, checked by ``make types``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_type

import provenance
from provenance import (
    AuditReport,
    Citation,
    Confidence,
    Derivation,
    Document,
    Finding,
    InputError,
    Miss,
    Passage,
    ProvenanceError,
    ProviderError,
    ProviderSpec,
    Refusal,
    Report,
    Reuse,
    Settings,
    Signal,
    Verdict,
)

if TYPE_CHECKING:
    from pathlib import Path


def check_a_page(target: Path) -> Report:
    archive = ProviderSpec(name="own", kind="cdx", base_url="https://archive.example/cdx")
    settings = Settings(offline=True, archives=(archive,))
    try:
        report = provenance.check(target, url="https://feed.example/story", settings=settings)
    except InputError as error:
        raise SystemExit(str(error)) from error
    except ProvenanceError as error:
        raise SystemExit(2) from error
    assert_type(provenance.check(str(target)), Report)
    return report


def read_the_verdict(report: Report) -> str:
    verdict = assert_type(report.verdict, Verdict)
    assert_type(verdict.derivation, Derivation)
    assert_type(verdict.confidence, Confidence)
    assert_type(report.findings, tuple[Finding, ...])
    assert_type(report.misses, tuple[Miss, ...])
    if verdict.derivation is Derivation.WHOLLY and verdict.origin is not None:
        return verdict.origin.url or ""
    return ", ".join(f"{miss.provider}: {miss.why}" for miss in report.misses)


def use_the_parts(body: bytes) -> list[str]:
    document = assert_type(provenance.read_document(body), Document)
    signals = assert_type(provenance.detect_signals(document), tuple[Signal, ...])
    assert_type(provenance.compare_documents(document, document), Reuse)
    reuse = assert_type(provenance.compare_texts(document, "another text"), Reuse)
    passages: tuple[Passage, ...] = reuse.passages
    found = [document.text[each.suspect.start : each.suspect.end] for each in passages]
    return [*found, *(signal.quote for signal in signals)]


def tell_who_failed(error: ProviderError) -> str:
    return f"{error.provider} was asked {error.asked}: {error.why} ({error.status})"


def work_in_a_notebook(pages: list[Path | str | bytes]) -> str:
    reports = [provenance.check(page) for page in pages]
    rows = provenance.frame(reports)
    shares: list[float] = [
        share for row in rows if isinstance(share := row["share_of_page"], float)
    ]
    assert_type(reports[0].to_html(), str)
    assert_type(reports[0].to_dict(), dict[str, Any])
    return f"{sum(shares)} {reports[0]}"


def audit_a_site(site: str) -> list[str]:
    report = assert_type(provenance.audit(site, sample=200, lookups=True), AuditReport)
    rows = provenance.frame(report)
    return [str(row["page_url"]) for row in rows]


def cite_the_original(report: Report) -> str:
    found = assert_type(provenance.cite(report), Citation | Refusal)
    return found.why if isinstance(found, Refusal) else provenance.format_citation(found, "apa")


assert_type(provenance.__version__, str)
