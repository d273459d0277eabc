"""A manifest looked at again: its files, and its place in the chain of its database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Verification
from provenance.text.manifest import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.model.manifest import ChainLink, Manifest


def verify_files(
    manifest: Manifest, digest_of: Callable[[str], str | None]
) -> Iterator[Verification]:
    """Each file that is not as the manifest lists it, then how many are.

    ``digest_of`` gives the SHA-256 of a path, None where there is no such file.
    """
    good = 0
    for path, listed in manifest.files:
        found = digest_of(path)
        if found == listed:
            good += 1
            continue
        why = "it was altered" if found else "there is no such file beside the manifest"
        claim = f"{path} is the file with SHA-256 {listed[:12]}"
        yield Verification(claim=claim, holds=False if found else None, why=why)
    claim, whole = "each file that is listed has its SHA-256", good == len(manifest.files)
    why = f"{good:,} of {len(manifest.files):,}"
    yield Verification(claim=claim, holds=True if whole else None, why=why)


def verify_chain(
    text: str, manifest: Manifest, chain: Sequence[ChainLink], before: str | None
) -> Verification:
    """Whether the manifest stands in its chain as it was written.

    ``chain`` is that of the database; ``before`` the text of the manifest before, where it lies
    beside this one.
    """
    claim = f"it is manifest {manifest.number} of its chain, as written"
    if before is not None and sha256_of(before) != manifest.previous:
        why = "the manifest before it was altered, or is another"
        return Verification(claim=claim, holds=False, why=why)
    known = next((link for link in chain if link.number == manifest.number), None)
    same = known is not None and known.previous == manifest.previous != ""
    if known is None or (not same and known.sha256 != sha256_of(text)):
        beside = before is not None
        why = "the one before lies beside it" if beside else "this database did not write it (--db)"
        return Verification(claim=claim, holds=True if beside else None, why=why)
    if known.sha256 != sha256_of(text):
        why = "it was altered: the database noted another"
        return Verification(claim=claim, holds=False, why=why)
    if (gap := _broken(chain[: manifest.number])) is not None:
        why = f"manifest {gap} does not follow the one before it"
        return Verification(claim=claim, holds=False, why=why)
    return Verification(claim=claim, holds=True, why="each follows the one before")


def _broken(chain: Sequence[ChainLink]) -> int | None:
    """The number of the first manifest that does not follow the one before; None for none."""
    previous = ""
    for number, link in enumerate(chain, 1):
        if link.number != number or link.previous != previous:
            return number
        previous = link.sha256
    return None
