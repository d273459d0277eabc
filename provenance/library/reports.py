"""Reports as a program or a notebook holds them: they name and draw themselves.

The fields are those of the model; what is added is how they are shown, which the model knows
nothing of.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape
from typing import TYPE_CHECKING, Any

from provenance.model import audit as audits
from provenance.model import report as reports
from provenance.model.plain import values
from provenance.render.sharing import shareable, shareable_audit

if TYPE_CHECKING:
    from provenance.model.audit import AuditRow


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(reports.Report):
    """One page checked; the fields are those of ``provenance.model.Report``.

    ``print(report)`` shows what the command line does, and a notebook the whole report.
    """

    def __repr__(self) -> str:
        from provenance.render.report.verdicts import label, page_name
        from provenance.render.text.plain import plain

        sure = self.verdict.confidence.value
        return f"<Report: {label(self)} (confidence: {sure}), {plain(page_name(self))}>"

    def __str__(self) -> str:
        from provenance.render.report.terminal import render

        return render(shareable(self)).rstrip("\n")

    def _repr_html_(self) -> str:
        return _framed(self.to_html(), repr(self))

    def to_html(self) -> str:
        """The whole report as one HTML document that loads nothing."""
        from provenance.render.report.html import render

        return render(shareable(self))

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dicts, lists, strings and numbers: what its JSON form holds."""
        plain: dict[str, Any] = values(shareable(self))
        return plain


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AuditReport(audits.AuditReport):
    """A site, or a list of pages, audited; ``rows`` are all there, in the order of addresses."""

    listed: tuple[AuditRow, ...] | None = None
    rows: tuple[AuditRow, ...]

    def __repr__(self) -> str:
        shown = self.reused
        return f"<AuditReport: {shown.count} of {shown.of} pages from elsewhere, {self.target}>"

    def __str__(self) -> str:
        from provenance.render.audit.terminal import render

        return render(shareable_audit(self)).rstrip("\n")

    def _repr_html_(self) -> str:
        return _framed(self.to_html(), repr(self), scripts=True)

    def to_html(self) -> str:
        """The dashboard as one HTML document that loads nothing; it sorts and sifts by a script."""
        from provenance.render.audit.html import render

        return "".join(render(shareable_audit(self)))

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dicts, lists, strings and numbers: what its JSON form holds."""
        plain: dict[str, Any] = values(shareable_audit(self))
        return plain


def own_report(report: reports.Report) -> Report:
    """The report of a job, as the library gives it."""
    return Report(**{field.name: getattr(report, field.name) for field in fields(report)})


def own_audit(report: audits.AuditReport) -> AuditReport:
    """Likewise; the rows are read, because what they are read from is about to be closed."""
    found = {field.name: getattr(report, field.name) for field in fields(report)}
    return AuditReport(**{**found, "rows": tuple(report.every_row), "listed": None})


def _framed(document: str, title: str, *, scripts: bool = False) -> str:
    """A document inside a frame, so that its styles and those of a notebook leave each other be."""
    allowed = "allow-popups allow-popups-to-escape-sandbox" + (" allow-scripts" if scripts else "")
    return (
        f'<iframe title="{escape(title)}" sandbox="{allowed}" srcdoc="{escape(document)}" '
        'style="width:100%;height:42em;border:1px solid #888"></iframe>'
    )
