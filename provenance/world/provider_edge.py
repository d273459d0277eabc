"""The edge where a provider's answer becomes values: whatever goes wrong there is Garbled.

Each parser raises for the faults it knows. A stranger writes the answers, and may find a fault that
no parser knows: it ends here, as one answer that could not be read, and not as the end of a check.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from provenance.errors import Garbled, ProvenanceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


@contextmanager
def reading_answer(provider: str, asked: str) -> Iterator[None]:
    """Turns every error that is none of ours into Garbled, in the name of ``provider``."""
    try:
        yield
    except ProvenanceError:
        raise
    except Exception as error:
        why = f"its answer cannot be read ({type(error).__name__})"
        raise Garbled(provider, asked, why) from error


def provider_edge(method: Callable[[Any, Any], T]) -> Callable[[Any, Any], T]:
    """A method of a provider, which takes what is asked, behind ``reading_answer``."""

    @wraps(method)
    def run(self: Any, asked: Any) -> T:
        with reading_answer(self.name, _words(asked)):
            return method(self, asked)

    return run


def _words(asked: Any) -> str:
    """What is asked, in the words of a report: an address, a capture's address, or a phrase."""
    if isinstance(asked, str):
        return asked
    return str(getattr(asked, "memento", None) or getattr(asked, "phrase", None) or "")
