"""The pages that a list of addresses names, as an audit takes them: each was named by a person."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from provenance.model.audit import FoundAddress, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture
    from provenance.model.ending import Ending
    from provenance.world.formats.address_list import AddressList
    from provenance.world.http.robots import Robots
    from provenance.world.http.web import PoliteWeb

_AT_ONCE = 500


class ListedPages:
    """Satisfies ``model.ports.SitePort``; None of a list whose rows are all entered already."""

    def __init__(self, found: AddressList | None, web: PoliteWeb, robots: Robots) -> None:
        self._found = found
        self._web = web
        self._robots = robots

    def addresses(self) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        """The addresses of the rows, some hundred at a time."""
        found = self._found
        if found is None:
            return
        count = found.rows - found.unnamed
        rows = "1 row names" if found.unnamed == 1 else f"{found.unnamed:,} rows name"
        why = f"{rows} no web address" if found.unnamed else ""
        listing = Listing(url=found.name, kind="list", found=count, why=why, columns=found.columns)
        each = (FoundAddress(url=url, by="list", row=row) for url, row in found.each())
        while batch := tuple(islice(each, _AT_ONCE)):
            yield listing, batch

    def refusal(self, found: FoundAddress) -> Ending | None:  # noqa: ARG002 - as the port has it
        """None: a person named the address, whatever it looks like."""
        return None

    def links(self, capture: Capture, depth: int) -> tuple[FoundAddress, ...]:  # noqa: ARG002
        """None: no link is followed."""
        return ()

    def forbidden(self, url: str) -> str:
        """Why robots.txt does not let an address be asked, '' where it does."""
        self._web.name_target(url)
        return self._robots.refusal(url)
