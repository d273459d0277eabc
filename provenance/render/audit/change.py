"""What changed between two audits: in words, for a terminal, as Markdown, as a table."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from provenance.model import VerdictKind
from provenance.model.audit_change import AuditComparison, Change
from provenance.model.plain import values
from provenance.render.audit import figures
from provenance.render.audit.reasons import why_not
from provenance.render.text.csv import lines, share
from provenance.render.text.markdown import escape, table_lines
from provenance.render.text.markdown import fact_lines as markdown_facts
from provenance.render.text.plain import plain, wrapped
from provenance.render.text.tables import Fact, Link, Table
from provenance.render.text.terminal import WIDTH, table_facts
from provenance.render.text.terminal import fact_lines as terminal_facts
from provenance.render.text.wording import CREDIT, VERDICT, counted, day
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditRow
    from provenance.model.audit_change import AuditHead, PageChange, ShareChange, SourceChange

CHANGES = {
    Change.NEW: "new address",
    Change.GONE: "not found now",
    Change.KIND: "another verdict",
    Change.ATTRIBUTION: "another credit",
    Change.ORIGIN: "another source",
    Change.CHECKED: "checked now, not before",
    Change.UNCHECKED: "checked before, not now",
}
BEYOND = "more than the uncertainty"
_THEN_NOW = ("Before", "Now", "Difference")
_MOST, _MOST_SOURCES, _MOST_PAGES = 5, 30, 500
_COLUMNS = (
    *(
        "page_url",
        "page_title",
        "changes",
        "outcome_before",
        "outcome_now",
        "verdict_before",
        "verdict_now",
    ),
    *("other_url_before", "other_url_now", "attribution_before", "attribution_now"),
    *("share_of_page_before", "share_of_page_now", "report_before", "report_now"),
)


def headline(comparison: AuditComparison) -> str:
    """The whole change in one sentence."""
    change = comparison.reused
    if not change.old.of or not change.new.of:
        return "The audits cannot be compared: one of them checked no page."
    then, now = percent(change.old.value), percent(change.new.value)
    opening = "The share of pages with text from another source"
    if not change.value and change.low == change.high:
        return f"{opening} is {now}, as it was."
    return f"{opening} went from {then} to {now}: {difference(change)}; {sureness(comparison)}."


def difference(change: ShareChange) -> str:
    """``+8 points (-1 to +17)``, in hundredths of the pages."""
    sure = f" ({_signed(change.low)} to {_signed(change.high)})" if change.low < change.high else ""
    shown = _signed(change.value)
    return f"{shown} {'point' if shown in {'+1', '-1'} else 'points'}{sure}"


def sureness(comparison: AuditComparison) -> str:
    """Whether the change is larger than what may be behind it."""
    change = comparison.reused
    if comparison.old.drawn and comparison.new.drawn:
        return f"{'more' if change.certain else 'no more'} than chance accounts for"
    if change.low == change.high:
        return "every page was checked both times"
    uncertain = "the pages that failed account for"
    if comparison.old.drawn or comparison.new.drawn:
        uncertain = "the sample and the pages that failed account for"
    return f"{'more' if change.certain else 'no more'} than {uncertain}"


def head(audit: AuditHead) -> str:
    """Which audit, in a line."""
    drawn = ", drawn at random" if audit.drawn else ""
    return (
        f"audit {audit.number} of {plain(audit.target)}, {day(audit.checked_at)}: "
        f"{counted(audit.checked, 'page')} checked of "
        f"{counted(audit.found, 'address', 'addresses')}{drawn}"
    )


def twice(comparison: AuditComparison) -> str:
    """What became of the pages that were checked both times."""
    if not comparison.both:
        return "no page was checked both times"
    return (
        f"of {counted(comparison.both, 'page')} checked both times, {comparison.became:,} carry "
        f"text from another source now but not before, {comparison.ceased:,} before but not now"
    )


def terminal(comparison: AuditComparison, *, width: int = WIDTH) -> str:
    """The change in a score of lines, ending in a line end."""
    facts = [
        *_facts(comparison),
        *table_facts("verdicts", kinds(comparison)),
        *table_facts("more from", _moved(comparison, 1), _MOST),
        *table_facts("less from", _moved(comparison, -1), _MOST),
        *table_facts("pages", _counts(comparison)),
        *(Fact("note", plain(note)) for note in comparison.notes),
    ]
    lines_ = wrapped(headline(comparison), width) + terminal_facts(facts, width)
    return "\n".join(lines_) + "\n"


def _facts(comparison: AuditComparison) -> list[Fact]:
    return [
        Fact("before", head(comparison.old)),
        Fact("now", head(comparison.new)),
        Fact("in both", twice(comparison)),
    ]


def kinds(comparison: AuditComparison) -> Table:
    """The share of each verdict, before and now."""
    rows = [
        (VERDICT[kind], *_cells(change))
        for kind, change in comparison.shares
        if change.old.count or change.new.count
    ]
    return Table(title="Pages by verdict", columns=("Verdict", *_THEN_NOW), rows=rows)


def _sources(found: Iterable[SourceChange]) -> Table:
    rows = [(source.name or figures.NOT_NAMED, *_cells(source.share)) for source in found]
    return Table(title="Sources", columns=("Source", *_THEN_NOW), rows=rows)


def _moved(comparison: AuditComparison, sign: int) -> Table:
    """The sources whose share rose, or fell."""
    return _sources([s for s in comparison.sources if s.share.value * sign > 0])


def _counts(comparison: AuditComparison) -> Table:
    rows = [(CHANGES[change], n) for change, n in comparison.counts if n]
    return Table(title="Pages that differ", columns=("Change", "Pages"), rows=rows)


def markdown(comparison: AuditComparison) -> Iterator[str]:
    """The change as Markdown, a line at a time."""
    return (f"{line}\n" for line in _markdown(comparison))


def _markdown(comparison: AuditComparison) -> Iterator[str]:
    yield f"# Audits {comparison.old.number} and {comparison.new.number} compared"
    yield ""
    yield f"**{escape(headline(comparison))}**"
    yield ""
    notes = [Fact("note", note) for note in comparison.notes]
    yield from markdown_facts([*_facts(comparison), *notes])
    yield from table_lines(kinds(comparison))
    yield from table_lines(_sources(comparison.sources[:_MOST_SOURCES]))
    yield from table_lines(_counts(comparison))
    pages = (
        (Link(page.url, title(page)), changes(page), state(page.old), state(page.new))
        for page in islice(comparison.pages, _MOST_PAGES)
    )
    columns = ("Page", "Change", "Before", "Now")
    yield from table_lines(Table(title="Each of these pages", columns=columns, rows=pages))
    if comparison.changed > _MOST_PAGES:
        yield f"{comparison.changed - _MOST_PAGES:,} more: see the CSV file."


def csv(comparison: AuditComparison) -> Iterator[str]:
    """A row for each address that differs; every cell quoted, none live."""
    return lines(_COLUMNS, map(_row, comparison.pages))


def _row(page: PageChange) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "page_url": page.url,
        "page_title": title(page),
        "changes": changes(page),
    }
    for when, row in (("before", page.old), ("now", page.new)):
        if row is None:
            continue
        cells[f"outcome_{when}"] = f"{row.fate}: {why_not(row)}" if row.reason else row.fate.value
        result = row.result
        if result is not None:
            cells |= {
                f"verdict_{when}": result.kind.value,
                f"other_url_{when}": values(result.origin.url) if result.origin else None,
                f"attribution_{when}": result.attribution.value,
                f"share_of_page_{when}": share(result.share),
                f"report_{when}": result.report,
            }
    return cells


def title(page: PageChange) -> str | None:
    """The newer title of a page."""
    for row in (page.new, page.old):
        if row is not None and row.result is not None and row.result.page.title:
            return row.result.page.title
    return None


def changes(page: PageChange) -> str:
    """What changed of a page, in words."""
    return ", ".join(CHANGES[change] for change in page.changes)


def state(row: AuditRow | None) -> str:
    """What a page was in an audit, in a few words."""
    if row is None:
        return "not found"
    result = row.result
    if result is None:
        return f"{figures.OUTCOME[row.fate]}: {why_not(row)}"
    parts = [VERDICT[result.kind]]
    if result.origin is not None:
        also = "also at" if result.kind in {VerdictKind.FIRST, VerdictKind.ELSEWHERE} else "of"
        parts.append(f"{also} {figures.source_name(result)}")
    if result.share is not None:
        parts.append(percent(result.share))
    if result.kind.reused:
        parts.append(CREDIT[result.attribution])
    return ", ".join(parts)


def beyond(change: ShareChange) -> bool:
    """Whether a change that is not exactly known is certain all the same."""
    return change.certain and change.low < change.high


def _cells(change: ShareChange) -> tuple[str, str, str]:
    more = f", {BEYOND}" if beyond(change) else ""
    return percent(change.old.value), percent(change.new.value), difference(change) + more


def _signed(value: float) -> str:
    tenths = round(1000 * value)
    if not tenths:
        return "0"
    return (
        f"{tenths / 10:+.1f}" if abs(tenths) < 100 and tenths % 10 else f"{round(tenths / 10):+d}"
    )
