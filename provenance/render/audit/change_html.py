"""What changed between two audits, as one HTML file that stands alone."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from provenance.render.audit import change, figures
from provenance.render.audit.charts import whisker
from provenance.render.report.html import pieces
from provenance.render.text.wording import VERDICT
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit_change import AuditComparison, PageChange, ShareChange

MOST_PAGES = 5000
_MOST_SOURCES = 30


def render(comparison: AuditComparison, **bar: Any) -> Iterator[str]:
    """The whole page in pieces; the same comparison gives the same bytes.

    ``bar`` is what stands above a page that is served; none for a file.
    """
    return pieces(
        "audit_change.html.j2",
        styles=("audit.css",),
        script="table.js",
        comparison=comparison,
        headline=change.headline(comparison),
        then=change.head(comparison.old),
        now=change.head(comparison.new),
        twice=change.twice(comparison),
        reused=_share(comparison.reused),
        kinds=[
            (kind.value, VERDICT[kind], _share(each))
            for kind, each in comparison.shares
            if each.old.count or each.new.count
        ],
        sources=[
            (source.name or figures.NOT_NAMED, _share(source.share))
            for source in comparison.sources[:_MOST_SOURCES]
        ],
        counts=[(c.value, change.CHANGES[c], n) for c, n in comparison.counts if n],
        pages=map(_row, islice(comparison.pages, MOST_PAGES)),
        more=max(comparison.changed - MOST_PAGES, 0),
        **bar,
    )


def _share(found: ShareChange) -> dict[str, object]:
    """A share then and now, in words and drawn."""
    return {
        "then": percent(found.old.value),
        "now": percent(found.new.value),
        "pages": f"{found.old.count:,} → {found.new.count:,}",
        "moved": change.difference(found),
        "beyond": change.BEYOND if change.beyond(found) else "",
        "marks": (whisker(found.old), whisker(found.new)),
    }


def _row(page: PageChange) -> dict[str, object]:
    return {
        "url": page.url,
        "title": change.title(page),
        "changes": change.changes(page),
        "every": " ".join(page.changes),
        "then": change.state(page.old),
        "now": change.state(page.new),
        "reports": [
            (row.result.report, row.result.file)
            for row in (page.old, page.new)
            if row is not None and row.result is not None
        ],
    }
