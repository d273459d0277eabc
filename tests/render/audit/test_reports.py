"""A site report in every form: whole, in pieces, the same bytes, and nothing of a page is live."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from provenance.jobs.audit.site_change import compare_audits
from provenance.model import NoticeState, Stance, VerdictKind
from provenance.render.audit import CHANGE_FORMATS, FORMATS, change, html
from provenance.render.audit.charts import columns
from provenance.render.audit.figures import FINDINGS, headline, span
from provenance.render.audit.terminal import render as terminal
from tests.jobs.audit.test_site_report import PAGE, done
from tests.render.audit import site
from tests.render.hostile import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model.audit import AuditReport

WHOLE = site.whole()
CHANGED = compare_audits(WHOLE, site.later())


def written(form: str, report: AuditReport) -> str:
    return "".join(FORMATS[form][1](report))


def compared(form: str, found: Any = CHANGED) -> str:
    return "".join(CHANGE_FORMATS[form][1](found))


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    assert written(form, site.whole()) == written(form, WHOLE)
    assert written(form, WHOLE).endswith("\n")


@pytest.mark.parametrize("form", CHANGE_FORMATS)
def test_the_same_comparison_gives_the_same_bytes(form: str) -> None:
    assert compared(form) == compared(form)
    assert compared(form).endswith("\n")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("html", "notice sent, confirmed"),
        ("md", "notice sent"),
        ("csv", '"agree","sent"'),
        ("json", '"notice": "sent"'),
    ],
)
def test_every_form_shows_how_far_a_matter_is(form: str, told: str) -> None:
    rows = tuple(
        replace(row, notice=NoticeState.SENT, reviewed=Stance.AGREE)
        if row.result and row.result.kind is VerdictKind.REPOST
        else row
        for row in site.Made(40)
    )
    assert told in written(form, site.report_of(rows))
    assert told not in written(form, WHOLE)


def test_the_table_has_a_row_an_address_with_what_a_notice_needs() -> None:
    rows = table(written("csv", WHOLE))
    assert [row["page_url"] for row in rows] == [row.url for row in WHOLE.rows]
    first = next(row for row in rows if row["verdict"] == "repost")
    assert first["other_url"].startswith("https://")
    assert first["other_snapshot"].endswith(first["other_url"])
    assert first["page_first_seen"] > first["page_published"]
    assert first["other_seen_by"] == "kept-web cdx"
    assert first["other_published_by"] == "json_ld datePublished"
    assert 0.9 <= float(first["share_of_page"]) <= 1
    assert first["basis"] == "measured"
    assert first["checked_at"] == "2026-03-20T14:05:00Z"
    assert first["other_author"] == "Ines Lark; Ambrose Teal"
    assert len(first["other_sha256"]) == 64
    copied = float(first["share_of_page"]) * int(first["words"])
    assert abs(int(first["words_copied"]) - copied) < 1
    says = next(row for row in rows if row["verdict"] == "declared")
    assert says["page_says"].startswith("Originally published in")


def test_the_object_holds_figures_and_every_row() -> None:
    found = json.loads(written("json", WHOLE))
    assert len(found["rows"]) == len(WHOLE.rows)
    assert found["reused"]["count"] == WHOLE.reused.count
    assert [source["name"] for source in found["sources"]] == [s.name for s in WHOLE.sources]
    assert written("json", WHOLE).count("\n{") == len(WHOLE.rows)


def test_markdown_names_the_findings() -> None:
    text = written("md", WHOLE)
    findings = sum(s.count for kind, s in WHOLE.shares if kind in FINDINGS)
    [section] = re.findall(r"## Pages with a finding\n\n.*?\n\n(.*?)\n\n", text, re.DOTALL)
    assert section.count("\n") == findings + 1


def test_markdown_says_how_many_findings_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.render.audit.markdown._MOST_PAGES", 10)
    findings = sum(s.count for kind, s in WHOLE.shares if kind in FINDINGS)
    assert f"{findings - 10} further pages with a finding" in written("md", WHOLE)


def test_the_dashboard_holds_the_findings_first_and_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(html, "MOST_PAGES", 30)
    text = written("html", WHOLE)
    kinds = re.findall(r'<tr class="\w+" data-kind="(\w+)"', text)
    assert kinds == ["repost"] * 30
    checked = sum(share.count for _, share in WHOLE.shares)
    assert f"{checked - 30} further pages: see the CSV and JSON files" in text


def test_every_page_leads_to_its_report_or_says_how() -> None:
    text = written("html", WHOLE)
    rows = re.findall(r"<tr class=.*?</tr>", text)
    for row in rows:
        assert ('<a href="2026-03-20-' in row) or re.search(r"<code>report \d+</code>", row)
    assert "<code>provenance report NUMBER</code>" in text


@pytest.mark.parametrize("build", [site.whole, site.drawn, site.empty])
@pytest.mark.parametrize("form", FORMATS)
def test_every_kind_of_site_is_written(form: str, build: Callable[[], AuditReport]) -> None:
    report = build()
    assert report.target in written(form, report) or form in {"csv", "md"}
    assert terminal(report).startswith(headline(report)[:40])


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_of_a_page_is_live(name: str) -> None:
    report = site.hostile(TEXTS[name])
    text = written("html", report)
    assert text.count("<script") == 1
    assert not re.search(r"<[^>]+\son\w+=", text)
    assert not re.search(r'href="(?!https?://|#|2026-03-20-)', text)
    for row in csv.reader(io.StringIO(written("csv", report))):
        assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r"} or number(cell) for cell in row)
    json.loads(written("json", report))
    for form in FORMATS:
        written(form, report).encode("utf-8")
    assert "\x1b" not in terminal(report) + "".join(written(form, report) for form in FORMATS)


def number(cell: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", cell))


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_of_a_page_is_live_in_a_comparison(name: str) -> None:
    found = compare_audits(site.hostile(TEXTS[name]), WHOLE)
    text = compared("html", found)
    assert text.count("<script") == 1
    assert not re.search(r"<[^>]+\son\w+=", text)
    for row in csv.reader(io.StringIO(compared("csv", found))):
        assert all(cell[:1] not in {"=", "+", "-", "@"} or number(cell) for cell in row)
    assert "\x1b" not in change.terminal(found)


def test_a_comparison_lists_each_page_that_differs() -> None:
    rows = table(compared("csv"))
    assert len(rows) == CHANGED.changed
    found = json.loads(compared("json"))
    assert [page["url"] for page in found["pages"]] == [row["page_url"] for row in rows]
    gone = next(row for row in rows if row["changes"] == "not found now")
    assert gone["outcome_now"] == ""
    assert gone["outcome_before"] == "done"
    assert compared("html").count("<tr data-change=") == CHANGED.changed


def test_a_difference_says_whether_chance_accounts_for_it() -> None:
    same = compare_audits(site.drawn(), site.drawn(1200, 300))
    assert "no more than chance accounts for" in change.headline(same)
    other = site.report_of(tuple(done(n, PAGE) for n in range(200)), number=9)
    far = compare_audits(site.whole(), other)
    assert "more than the pages that failed account for" in change.headline(far)
    assert change.BEYOND in " ".join(change.terminal(far).split())
    assert change.headline(compare_audits(other, other)).endswith("is 100%, as it was.")
    assert "cannot be compared" in change.headline(compare_audits(site.empty(), other))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_memory_does_not_grow_with_the_pages(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_PAGES", 100)
    monkeypatch.setattr(html, "MOST_UNREAD", 50)
    monkeypatch.setattr("provenance.render.audit.markdown._MOST_PAGES", 100)
    few, many = peak(form, 400), peak(form, 1200)
    assert many < 1.2 * few + 50_000


def peak(form: str, count: int) -> int:
    """The most bytes that writing a report of so many pages held at once."""
    consumed(FORMATS[form][1](site.whole(5)))
    return held(FORMATS[form][1](site.whole(count)))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "csv"])
def test_memory_of_a_comparison_does_not_grow_with_the_pages(form: str) -> None:
    def most(count: int) -> int:
        found = compare_audits(site.whole(count), site.later(count))
        return held(CHANGE_FORMATS[form][1](found))

    # The hosts of the last 4,096 addresses are remembered: 1 MB; the rows would be 4 MB.
    assert most(2000) < most(1000) + 2_000_000


def held(pieces: Iterator[str]) -> int:
    """The most bytes held at once while the pieces go by."""
    tracemalloc.start()
    try:
        consumed(pieces)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def consumed(pieces: Iterator[str]) -> None:
    for _ in pieces:
        pass


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "0 min"), (0.02, "29 min"), (-0.02, "-29 min"), (0.5, "12 h"), (1.2, "1 day"),
     (-3, "-3 days"), (1500, "1,500 days")],
)  # fmt: skip
def test_a_span_of_time_in_words(days: float, said: str) -> None:
    assert span(days) == said


def test_months_without_a_page_have_their_place() -> None:
    from provenance.model.audit import Month

    found = columns(
        [Month(month="2019-01", pages=9, taken=9), Month(month="2025-11", pages=4, taken=1),
         Month(month="2026-02", pages=2, taken=2)]
    )  # fmt: skip
    assert len(found) == 36
    assert [(c.month, c.pages) for c in found[-4:]] == [
        ("2025-11", 4), ("2025-12", 0), ("2026-01", 0), ("2026-02", 2),
    ]  # fmt: skip
    assert (found[-4].height, found[-4].taken) == (100, 25)
    assert [c.year for c in found if c.year] == ["2023", "2024", "2025", "2026"]


def test_kinds_that_are_findings() -> None:
    assert VerdictKind.UNKNOWN not in FINDINGS
    assert VerdictKind.NONE_FOUND not in FINDINGS
    assert VerdictKind.FIRST in FINDINGS
