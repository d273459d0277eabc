"""The data sheet of a service: all that must be known of one before it is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One service, or one kind of service where ``base_url`` is empty.

    ``index`` names the holdings underneath: two services over one are one witness. ``terms`` is
    where its rules of use stand; ``note`` what a reader of its evidence must know.
    """

    name: str
    kind: str
    base_url: str = ""
    index: str
    terms: str = ""
    note: str = ""
