"""Source and attribution provenance checker.

``check`` says of a page whether it is a repost, of what, how much was copied, who was first,
whether the source is credited, and how sure it is; ``audit`` says it of a whole site, ``cite``
cites the original, ``find_network`` says who copies from whom in a collection. The other functions
are their parts, usable alone; ``frame`` makes rows for pandas and polars. Nothing heavy is imported
before it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.errors import (
        BadQuery,
        Garbled,
        InputError,
        ProvenanceError,
        ProviderError,
        Refused,
        SettingsError,
        StoreError,
        Unavailable,
    )
    from provenance.library.frame import frame
    from provenance.library.networks import find_network
    from provenance.library.pages import (
        check,
        cite,
        compare_documents,
        compare_texts,
        detect_signals,
        format_citation,
        read_document,
    )
    from provenance.library.reports import AuditReport, Report
    from provenance.library.settings import Settings
    from provenance.library.sites import audit
    from provenance.model import (
        Attribution,
        Basis,
        Capture,
        Citation,
        Confidence,
        Derivation,
        Direction,
        Document,
        Finding,
        Miss,
        Passage,
        ProviderSpec,
        Refusal,
        Reuse,
        Sighting,
        Signal,
        Span,
        Verdict,
        VerdictKind,
    )

    __version__: str

__all__ = [
    "Attribution",
    "AuditReport",
    "BadQuery",
    "Basis",
    "Capture",
    "Citation",
    "Confidence",
    "Derivation",
    "Direction",
    "Document",
    "Finding",
    "Garbled",
    "InputError",
    "Miss",
    "Passage",
    "ProvenanceError",
    "ProviderError",
    "ProviderSpec",
    "Refusal",
    "Refused",
    "Report",
    "Reuse",
    "Settings",
    "SettingsError",
    "Sighting",
    "Signal",
    "Span",
    "StoreError",
    "Unavailable",
    "Verdict",
    "VerdictKind",
    "audit",
    "check",
    "cite",
    "compare_documents",
    "compare_texts",
    "detect_signals",
    "find_network",
    "format_citation",
    "frame",
    "read_document",
]

_PAGES = ("check", "cite", "compare_documents", "compare_texts", "detect_signals",
          "format_citation", "read_document")  # fmt: skip
_LIBRARY = {
    **dict.fromkeys(_PAGES, "pages"),
    **dict.fromkeys(("AuditReport", "Report"), "reports"),
    "Settings": "settings",
    "audit": "sites",
    "find_network": "networks",
    "frame": "frame",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """A public name, imported when it is first asked for: a start needs none of them."""
        from importlib import import_module

        if name not in {*__all__, "__version__"}:
            raise AttributeError(f"module 'provenance' has no attribute {name!r}")
        if name in _LIBRARY:
            return getattr(import_module(f"provenance.library.{_LIBRARY[name]}"), name)
        model, errors = (import_module(f"provenance.{each}") for each in ("model", "errors"))
        wanted = "VERSION" if name == "__version__" else name
        return getattr(model if hasattr(model, wanted) else errors, wanted)

    def __dir__() -> list[str]:
        """The public names, and what every module has."""
        own = {name for name in globals() if name.startswith("__") and name.endswith("__")}
        return sorted({*own, *__all__, "__version__"})
