"""Names of authors as styles print them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.render.citation.titles import marked

if TYPE_CHECKING:
    from provenance.model import Author

_PARTS = re.compile(r"([-–]|[\s.]+)")

_PARTICLES = re.compile(r"(?:(?:de|la|le|los|las|der|den|van|von|zu|du|di|da|dos|del)\s+)+|d['’]")


def inverted(author: Author, initial: str | None = None) -> str:
    """Family name first: "Doe, Jane", or with ``initial`` ". " between initials "Doe, J. A."."""
    if author.literal or not author.family:
        return marked(author.literal or author.given)
    given = _given(author, initial)
    return f"{marked(author.family)}, {given}" if given else marked(author.family)


def demoted(author: Author) -> str:
    """Family name first with its particles last: "Gaulle, Charles de"."""
    particles = _PARTICLES.match(author.family)
    if author.literal or not particles:
        return inverted(author)
    family = author.family[particles.end() :]
    return f"{marked(family)}, {marked(author.given)} {marked(particles.group().strip())}"


def straight(author: Author, initial: str | None = None) -> str:
    """Given name first: "Jane Doe", or with ``initial`` "J. A. Doe"."""
    if author.literal or not author.family:
        return marked(author.literal or author.given)
    given = _given(author, initial)
    return f"{given} {marked(author.family)}" if given else marked(author.family)


def _given(author: Author, initial: str | None) -> str:
    given = marked(author.given)
    return given if initial is None else initials(given, initial)


def initials(given: str, mark: str = ". ") -> str:
    """The initials of given names: "Jean-Luc Marie" gives "J.-L. M."; particles stay whole."""
    found: list[str] = []
    for part in _PARTS.split(given):
        if part in {"-", "–"}:
            if found:
                found[-1] = found[-1].rstrip() + "-"
        elif part and not _PARTS.fullmatch(part):
            whole = not part[0].isalpha() or (part[0].islower() and len(part) > 1)
            found.append(f" {part} " if whole else part[0] + mark)
    return " ".join("".join(found).split())


def listed(names: list[str], conjunction: str, *, serial: bool = True) -> str:
    """Names in a row: "A", "A and B", "A, B, and C"; without ``serial`` "A, B and C"."""
    comma = "," if serial and len(names) > 2 else ""
    return _row(names, f"{comma} {conjunction} ")


def filed(names: list[str], conjunction: str) -> str:
    """Names of which the first stands inverted: a comma ends it, "Doe, Jane, and John Roe"."""
    comma = "," if len(names) > 2 or ", " in names[0] else ""
    return _row(names, f"{comma} {conjunction} ")


def _row(names: list[str], last: str) -> str:
    return last.join(filter(None, (", ".join(names[:-1]), "".join(names[-1:]))))
