"""What changed between two audits: in words, for a terminal, as Markdown, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.model import VerdictKind
from provenance.model.audit_change import AuditComparison, Change
from provenance.model.plain import values
from provenance.render.audit import figures
from provenance.render.audit.markdown import table
from provenance.render.audit.reasons import why_not
from provenance.render.audit.table import lines, share
from provenance.render.audit.terminal import fact_lines, named
from provenance.render.report.markdown import escape, link
from provenance.render.text.plain import plain, short
from provenance.render.text.wording import counted, day, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditRow
    from provenance.model.audit_change import AuditHead, PageChange, ShareChange

CHANGES = {
    Change.NEW: "new",
    Change.GONE: "no longer listed",
    Change.KIND: "another kind",
    Change.ATTRIBUTION: "another credit",
    Change.ORIGIN: "another origin",
    Change.CHECKED: "checked only now",
    Change.UNCHECKED: "not checked again",
}
BEYOND = "larger than its uncertainty"
_WIDTH, _MOST, _MOST_SOURCES, _MOST_PAGES = 80, 5, 30, 500
_COLUMNS = (
    *("url", "title", "changes", "ended_then", "ended_now", "kind_then", "kind_now"),
    *("original_then", "original_now", "attribution_then", "attribution_now"),
    *("share_then", "share_now", "report_then", "report_now"),
)


def headline(comparison: AuditComparison) -> str:
    """The whole change in one sentence."""
    change = comparison.reused
    if not change.old.of or not change.new.of:
        return "The audits cannot be compared: one of them checked no page."
    then, now = percent(change.old.value), percent(change.new.value)
    opening = "The share of pages with text of somebody else"
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
        f"of {counted(comparison.both, 'page')} checked both times, {comparison.became:,} now with "
        f"text of somebody else and not before, {comparison.ceased:,} the other way"
    )


def terminal(comparison: AuditComparison, *, width: int = _WIDTH) -> str:
    """The change in a score of lines, ending in a line end."""
    return fact_lines(headline(comparison), _facts(comparison), width)


def _facts(comparison: AuditComparison) -> Iterator[tuple[str, str]]:
    yield "then", head(comparison.old)
    yield "now", head(comparison.new)
    yield "both", twice(comparison)
    yield from named("kinds", (
        f"{figures.KINDS[kind]}: {_then_now(change)}"
        for kind, change in comparison.shares
        if change.old.count or change.new.count
    ))  # fmt: skip
    for name, sign in (("risen", 1), ("fallen", -1)):
        moved = [s for s in comparison.sources if s.share.value * sign > 0][:_MOST]
        yield from named(
            name, (f"{short(s.name, 40) or figures.NOT_NAMED}: {_then_now(s.share)}" for s in moved)
        )
    yield from named(
        "pages",
        (f"{count:>6,}  {CHANGES[change]}" for change, count in comparison.counts if count),
    )
    yield from named("beware", map(plain, comparison.notes))


def markdown(comparison: AuditComparison) -> Iterator[str]:
    """The change as Markdown, a line at a time."""
    return (f"{line}\n" for line in _markdown(comparison))


def _markdown(comparison: AuditComparison) -> Iterator[str]:
    yield f"# Audits {comparison.old.number} and {comparison.new.number} compared"
    yield ""
    yield f"**{escape(headline(comparison))}**"
    yield ""
    yield f"- Then: {escape(head(comparison.old))}"
    yield f"- Now: {escape(head(comparison.new))}"
    yield f"- Both: {escape(twice(comparison))}"
    yield from (f"- Beware: {escape(note)}" for note in comparison.notes)
    yield ""
    kinds = [
        (figures.KINDS[kind], *_cells(change))
        for kind, change in comparison.shares
        if change.old.count or change.new.count
    ]
    yield from table("Kinds", ("VerdictKind", "Then", "Now", "Difference"), kinds)
    sources = [
        (escape(s.name or figures.NOT_NAMED), *_cells(s.share))
        for s in comparison.sources[:_MOST_SOURCES]
    ]
    yield from table("Sources", ("Source", "Then", "Now", "Difference"), sources)
    counts = [(CHANGES[change], f"{n:,}") for change, n in comparison.counts if n]
    yield from table("Pages that differ", ("Change", "Pages"), counts)
    shown = [page for _, page in zip(range(_MOST_PAGES), comparison.pages, strict=False)]
    yield from table("Each of them", ("Page", "Change", "Then", "Now"), map(_page, shown))
    if comparison.changed > len(shown):
        yield f"{comparison.changed - len(shown):,} more stand in the CSV file."


def _page(page: PageChange) -> tuple[str, ...]:
    return (
        link(page.url, title(page)),
        changes(page),
        escape(state(page.old)),
        escape(state(page.new)),
    )


def csv(comparison: AuditComparison) -> Iterator[str]:
    """A row for each address that differs; every cell quoted, none live."""
    return lines(_COLUMNS, map(_row, comparison.pages))


def _row(page: PageChange) -> dict[str, Any]:
    cells: dict[str, Any] = {"url": page.url, "title": title(page), "changes": changes(page)}
    for when, row in (("then", page.old), ("now", page.new)):
        if row is None:
            continue
        cells[f"ended_{when}"] = f"{row.fate}: {why_not(row)}" if row.reason else row.fate.value
        result = row.result
        if result is not None:
            cells |= {
                f"kind_{when}": result.kind.value,
                f"original_{when}": values(result.origin.url) if result.origin else None,
                f"attribution_{when}": result.attribution.value,
                f"share_{when}": share(result.share),
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
        return f"{figures.FATES[row.fate]}: {why_not(row)}"
    parts = [figures.KINDS[result.kind]]
    if result.origin is not None:
        also = "also at" if result.kind in {VerdictKind.FIRST, VerdictKind.ELSEWHERE} else "of"
        parts.append(f"{also} {figures.source_name(result)}")
    if result.share is not None:
        parts.append(percent(result.share))
    if result.kind.reused:
        parts.append(figures.SHORT_CREDITS[result.attribution])
    return ", ".join(parts)


def _then_now(change: ShareChange) -> str:
    then, now, moved = _cells(change)
    return f"{then} to {now}, {moved}" + (f", {BEYOND}" if beyond(change) else "")


def beyond(change: ShareChange) -> bool:
    """Whether a change that is not exactly known is certain all the same."""
    return change.certain and change.low < change.high


def _cells(change: ShareChange) -> tuple[str, str, str]:
    return percent(change.old.value), percent(change.new.value), difference(change)


def _signed(value: float) -> str:
    tenths = round(1000 * value)
    if not tenths:
        return "0"
    return (
        f"{tenths / 10:+.1f}" if abs(tenths) < 100 and tenths % 10 else f"{round(tenths / 10):+d}"
    )
