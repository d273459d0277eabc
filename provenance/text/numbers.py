"""Numbers as people write them."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share (0..1) in whole percent, never rounded up to all nor down to nothing: ``94%``."""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share:.0%}"
