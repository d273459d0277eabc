"""What the kind of a page is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.read.dom.layout import Layout
    from provenance.read.dom.markup_facts import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page as far as it is read; ``linked`` counts the characters of the story that are links."""

    capture: Capture
    found: Sources
    raw: str
    title: str
    story: str
    around: str
    linked: int
    layout: Layout
