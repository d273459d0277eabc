"""From targets to pages: the loop that every command over pages shares."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, TypeVar

from provenance.cli.console import complain
from provenance.errors import ProvenanceError
from provenance.world.files import captures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model import Capture
    from provenance.world import OpenWorld

T = TypeVar("T")


def _own_fault(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
    return f"a fault in provenance itself ({type(error).__name__} at {where}); please report it"


def each_page(
    target: str, url: str | None, world: OpenWorld, work: Callable[[Capture], T]
) -> Iterator[T | None]:
    """What ``work`` makes of each page of a target; None, after a line on stderr, for a failure."""
    pages = captures(target, url=url, world=world, stdin=sys.stdin.buffer)
    while True:
        try:
            capture = next(pages, None)
            if capture is None:
                return
            result = work(capture)
        except ProvenanceError as error:
            complain(str(error))
            yield None
        except Exception as error:
            # A fault of ours on one page must not cost the others; it is named, with its place.
            complain(f"{target}: {_own_fault(error)}")
            yield None
        else:
            yield result
