"""Words of a page cut to a length, for a reason or a lead that quotes them."""

from __future__ import annotations


def shorten(quote: str, longest: int) -> str:
    """A quote on one line, of at most ``longest`` characters; an ellipsis stands for the rest."""
    words = " ".join(quote.split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
