"""What of a page, or of a report, can be put into files of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import InputError, ProviderError
from provenance.model import Event, Precision, Sighting, Witness
from provenance.read import read_capture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.model import Capture, Exhibit, Report
    from provenance.model.ports import Archive


def title(capture: Capture) -> str | None:
    """The title of a page, None where it has none or cannot be read."""
    try:
        return read_capture(capture).title
    except InputError:
        return None


def gathered(
    report: Report, kept: Callable[[Exhibit], Capture | None], archives: Iterable[Archive]
) -> Iterator[tuple[Exhibit, Capture | None]]:
    """Everything that was read for a report, in that order, with its bytes; None where it is lost.

    ``kept`` gives the bytes from the store. What was cut out of an archive's larger file is not
    kept page by page and is cut out again by the one of ``archives`` that has it.
    """
    archives = tuple(archives)
    for exhibit in report.evidence:
        yield exhibit, kept(exhibit) or _again(exhibit, archives)


def _again(exhibit: Exhibit, archives: tuple[Archive, ...]) -> Capture | None:
    if exhibit.memento is None:
        return None
    sighting = Sighting(
        url=exhibit.url,
        at=exhibit.captured_at,
        precision=Precision.SECOND,
        witness=Witness.ARCHIVE,
        event=Event.CAPTURED,
        basis="report",
        memento=exhibit.memento,
    )
    for archive in archives:
        try:
            capture = archive.replay(sighting)
        except ProviderError:
            continue
        if capture.digest == exhibit.digest:
            return capture
    return None
