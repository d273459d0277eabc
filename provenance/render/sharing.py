"""Reports as others may read them: of files on this machine the names, never where they lie."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

if TYPE_CHECKING:
    from provenance.model import Exhibit, Report, Settings, Sighting
    from provenance.model.audit import AuditReport
    from provenance.model.audit_change import AuditComparison

T = TypeVar("T", "Sighting", "Exhibit")
_FILE = "file:"
_OWN_FILES = "warc"


def shareable(report: Report) -> Report:
    """A report without the folders of its target, of the database and of archives of files."""
    named = replace(
        report, target=file_name(report.target), settings=_shareable_settings(report.settings)
    )
    if all(spec.kind != _OWN_FILES for spec in report.settings.archives):
        return named
    return replace(
        named,
        sightings=tuple(map(_shareable_memento, report.sightings)),
        evidence=tuple(map(_shareable_memento, report.evidence)),
        findings=tuple(
            replace(finding, sightings=tuple(map(_shareable_memento, finding.sightings)))
            for finding in report.findings
        ),
    )


def shareable_audit(report: AuditReport) -> AuditReport:
    """The report of a site without the folders of the file that named its pages."""
    listings = tuple(replace(each, url=file_name(each.url)) for each in report.listings)
    return replace(report, target=file_name(report.target), listings=listings)


def shareable_change(comparison: AuditComparison) -> AuditComparison:
    """The comparison of two audits without the folders of the file that named their pages."""
    old, new = (
        replace(head, target=file_name(head.target)) for head in (comparison.old, comparison.new)
    )
    return replace(comparison, old=old, new=new)


def file_name(target: str) -> str:
    """The name of a file without its folders; an address as it is."""
    return target if "://" in target and not target.startswith(_FILE) else PurePath(target).name


def _shareable_settings(settings: Settings) -> Settings:
    archives = tuple(
        replace(spec, base_url=file_name(spec.base_url)) if spec.kind == _OWN_FILES else spec
        for spec in settings.archives
    )
    database = None if settings.database is None else file_name(settings.database)
    return replace(settings, archives=archives, database=database)


def _shareable_memento(noun: T) -> T:
    if noun.memento is None or not noun.memento.startswith(_FILE):
        return noun
    return replace(noun, memento=unquote(noun.memento.rpartition("/")[2]))
