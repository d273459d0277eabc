"""An archive, with the captures that it made because it was asked to from here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import ProviderError
from provenance.model import Reply
from provenance.text.urls import split

if TYPE_CHECKING:
    from provenance.model import Capture, ProviderSpec, Sighting
    from provenance.model.ports import Archive
    from provenance.world.store.saved import Saved


class WithSaved:
    """Adds what was saved to what the archive lists; satisfies ``model.ports.Archive``.

    An index lists a new capture hours later, and a kept answer of the index does not have it.
    """

    def __init__(self, archive: Archive, spec: ProviderSpec, saved: Saved) -> None:
        self._archive = archive
        self._place = split(spec.base_url).netloc
        self._saved = saved

    @property
    def name(self) -> str:
        """The name reports use."""
        return self._archive.name

    def sightings(self, url: str) -> Reply[Sighting]:
        """The archive's own list and what was saved, oldest first; its error where nothing was."""
        saved = [s for s in self._saved.of(url) if split(s.memento or "").netloc == self._place]
        try:
            reply = self._archive.sightings(url)
        except ProviderError as error:
            if not saved:
                raise
            note = (
                f"its index could not be asked ({error.why}); these captures were saved from here"
            )
            return Reply(items=tuple(saved), at=max(s.at for s in saved), notes=(note,))
        listed = {s.memento for s in reply.items}
        added = [s for s in saved if s.memento not in listed]
        items = sorted((*reply.items, *added), key=lambda s: s.at)
        return replace(reply, items=tuple(items)) if added else reply

    def replay(self, sighting: Sighting) -> Capture:
        """The archived bytes of a sighting, as they were captured."""
        return self._archive.replay(sighting)
