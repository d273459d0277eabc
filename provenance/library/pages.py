"""One page read, compared, checked or cited."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from os import PathLike, fspath
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.library.settings import world_of

if TYPE_CHECKING:
    from provenance.library.reports import Report
    from provenance.model import Capture, Citation, Document, Refusal, Reuse, Signal
    from provenance.model import Report as AnyReport
    from provenance.model.settings import Settings
    from provenance.world import OpenWorld

Page = str | PathLike[str] | bytes
"""An address, the name of a file, or the bytes of a page."""


def check(page: Page, *, url: str | None = None, settings: Settings | None = None) -> Report:
    """The report on one page: an address, a file, or bytes; of a file of pages the first.

    ``url`` says where a saved page came from. Of a page that is gone the newest capture in an
    archive is checked (``stand_in``). Whoever could not be asked is a Miss in the report;
    InputError is raised for a page that cannot be read, StoreError for an unusable database.
    Without ``settings`` nothing is kept beyond the call, and the Internet Archive and GDELT's
    news are asked as the command line does.
    """
    from provenance.jobs.check.page import check as run
    from provenance.library.reports import own_report

    with world_of(settings) as world:
        return own_report(run(_name(page), _first(page, url, world), world, world.settings))


def read_document(
    page: Page, *, url: str | None = None, settings: Settings | None = None
) -> Document:
    """A page as it is read; ``page``, ``url`` and the errors are those of ``check``.

    Nobody is asked but for the page where it is an address, and archives where it is gone.
    """
    from provenance.read import read_capture

    with world_of(settings) as world:
        return read_capture(_first(page, url, world))


def detect_signals(document: Document) -> tuple[Signal, ...]:
    """Every sign of syndication on the page, silenced ones too (``silenced_by`` names the trap)."""
    from provenance.detect import detect_signals as run

    return run(document)


def compare_texts(suspect: str | Document, source: str | Document) -> Reuse:
    """How much of ``suspect`` stands in ``source``, and where; spans index the texts as given.

    Of a Document its story is compared.
    """
    from provenance.compare import compare_texts as run

    texts = [text if isinstance(text, str) else text.text for text in (suspect, source)]
    return run(texts[0], texts[1])


def compare_documents(suspect: Document, source: Document) -> Reuse:
    """How much of one story stands in another, and where.

    The furniture and the attribution that are found on the suspect are left out.
    """
    from provenance.compare import compare_documents as run

    return run(suspect, source, detect_signals(suspect))


def cite(
    page: Page | AnyReport,
    *,
    url: str | None = None,
    anyway: bool = False,
    settings: Settings | None = None,
) -> Citation | Refusal:
    """The citation of a page's original, or why it is not sure enough to be cited.

    A report that was made is not made again, but what the original shows by now is looked at.
    ``anyway`` cites the page itself where the original is not sure, and says so in a note.
    """
    from provenance.jobs.cite import cite_anyway, cite_origin
    from provenance.model import Report as AnyReport

    report = page if isinstance(page, AnyReport) else check(page, url=url, settings=settings)
    with world_of(settings) as world:
        return (cite_anyway if anyway else cite_origin)(report, world.web)


def format_citation(citation: Citation, form: str = "wikipedia") -> str:
    """A citation as text: ``wikipedia``, ``apa``, ``bibtex`` or another form of ``cite --format``.

    InputError for a form that is none.
    """
    from provenance.render.citation import FORMS, cited

    if form not in FORMS:
        raise InputError(f"{form!r} is no form of a citation; there are {', '.join(FORMS)}")
    return cited(form, citation)


def _name(page: Page) -> str:
    """What a page is called; bytes are read as standard input is."""
    return "-" if isinstance(page, bytes) else fspath(page)


def _first(page: Page, url: str | None, world: OpenWorld) -> Capture:
    """The page, or the first of a file that holds several; a page that is gone by its capture."""
    from provenance.jobs.check.stand_in import fetch_or_newest
    from provenance.world.files import captures

    name = _name(page)
    if isinstance(page, str) and ("\n" in page or page.lstrip().startswith("<")):
        raise InputError("a text is no name of a page; give its bytes, as in page.encode()")
    fetch = partial(fetch_or_newest, world=world, settings=world.settings)
    stream = BytesIO(page if isinstance(page, bytes) else b"")
    found = next(captures(name, url=url, world=world, stdin=stream, fetch=fetch), None)
    if found is None:
        raise InputError(f"{name}: no page in it")
    return found
