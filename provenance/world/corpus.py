"""The corpus as a port: what was read is kept, and found again by its passages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import Refused
from provenance.model import Event, Lead, Witness
from provenance.text.page_facts import page_facts
from provenance.text.publishers import same_house
from provenance.text.shingles import marks_of
from provenance.text.urls import is_web_url, same_site, unwrap_archived
from provenance.world.store.corpus import CorpusText
from provenance.world.store.facts import hash_fact
from provenance.world.store.fetches import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from provenance.model import Capture, Document, Fact
    from provenance.text.words import Words
    from provenance.world.store import Store
from provenance.world.store.corpus import Hit, Marked

NAME = "corpus"
# The address of a kept text that has none of its own: its digest.
_KEPT = "kept:"
# One shingle in common may be chance; the best text is worth a look for it, the others are not.
_LEAST = 2
# So many texts are leads by their passages; so many are looked through for them, and by facts.
_MOST, _READ = 10, 40
# Facts that a text must share to be a lead by them, their share of all by weight, and how many
# such texts are looked at.
_LEAST_FACTS, _LEAST_SHARE, _MOST_BY_FACTS = 3, 0.1, 3


class KeptCorpus:
    """The texts in one store; satisfies ``model.ports.Corpus``."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    @property
    def name(self) -> str:
        """The name reports use."""
        return NAME

    def add(self, *documents: Document) -> int:
        """Keeps the stories of documents to be found again, each once; the number added."""
        entries = [_entry(document) for document in documents if document.text.strip()]
        return self._store.corpus.add(entries, self._now()) if entries else 0

    def add_given(self, *documents: Document) -> int:
        """Keeps documents as ``add`` does, as texts that a person put here to be found."""
        added = self.add(*documents)
        self._store.corpus.mark_given(document.digest for document in documents)
        return added

    def add_filed(self, texts: Iterable[Marked]) -> int:
        """Keeps stories that ``filed`` made ready, each once; the number added."""
        return self._store.corpus.add_marked(texts, self._now())

    def replace(self, batches: Iterable[Iterable[Document]]) -> int:
        """Forgets every text and keeps these stories, all or nothing; the number kept."""
        entries = (
            [_entry(document) for document in batch if document.text.strip()] for batch in batches
        )
        return self._store.corpus.replace(entries, self._now())

    def find(self, document: Document) -> tuple[Lead, ...]:
        """Leads to other kept texts that hold passages of this one, those with most first.

        The very same bytes are another text where they stand on another site too, or where a
        person put them here without an address.
        """
        found = [
            other
            for match in _choose(self._store.corpus.containing(document.text, _READ), document)
            for other in self._others(match, document)
        ]
        return tuple(
            _lead(match, rank)
            for rank, match in enumerate(found)
            if match.shared >= _LEAST or not rank
        )

    def find_by_facts(self, document: Document, facts: Sequence[Fact]) -> tuple[Lead, ...]:
        """Leads to kept texts that state these facts of a page, in any words, likely first.

        Those of its own site are left out: they tell of the same matters.
        """
        own = document.url or ""
        found = [
            alike
            for alike in self._store.facts.stating(facts, _READ)
            if alike.shared >= _LEAST_FACTS
            and alike.share >= _LEAST_SHARE
            and alike.digest != document.digest
            and not (alike.url and own and same_site(alike.url, own))
        ]
        return tuple(
            Lead(
                url=alike.url or f"{_KEPT}{alike.digest}",
                found_by=NAME,
                reason=f"among your own kept pages; {alike.shared} facts are the same",
                rank=rank,
                title=alike.title,
            )
            for rank, alike in enumerate(found[:_MOST_BY_FACTS])
        )

    def vectors(self, digest: str, make: str) -> bytes | None:
        """The kept vectors of the sentences of a text, by the digest of its page; None for none."""
        return self._store.facts.vectors(digest, make)

    def keep_vectors(self, digest: str, make: str, vectors: bytes) -> None:
        """Keeps the vectors of the sentences of a kept text."""
        self._store.facts.keep_vectors(digest, make, vectors)

    def _others(self, match: Hit, document: Document) -> list[Hit]:
        """The text that was found, as far as it is not the document itself."""
        if match.digest != document.digest:
            return [match]
        own = document.url or ""
        elsewhere = [
            url
            for url in self._store.fetches.addresses(match.digest)
            if is_web_url(url) and not same_site(unwrap_archived(url), own)
        ]
        if elsewhere:
            return [replace(match, url=elsewhere[0])]
        return [match] if match.given and not match.url else []

    def read(self, url: str) -> Capture:
        """The kept bytes that a lead points at; Refused when they are not kept any more."""
        fetches = self._store.fetches
        digest = self._store.corpus.digest_of(url) or url.removeprefix(_KEPT)
        capture = (
            fetches.of_digest(digest, at=url)
            or fetches.latest(url)
            or fetches.latest(url, asked_by=FILE, failures=True)
        )
        if capture is None:
            raise Refused(NAME, url, "its bytes are not kept")
        return capture if capture.url else replace(capture, url=url, responded_url=url)


def _choose(matches: Sequence[Hit], document: Document) -> Iterator[Hit]:
    """The first matches; those of the document's own house take no place from the others.

    On a site that prints one series, they would fill all places.
    """
    others = 0
    for at, match in enumerate(matches):
        is_own = match.url is not None and same_house(match.url, document.url or "")
        if others < _MOST and (at < _MOST or not is_own):
            yield match
        others += not is_own


class ReadCorpus(KeptCorpus):
    """The same texts in a process that only reads them: who keeps the store adds what is new."""

    def add(self, *documents: Document) -> int:  # noqa: ARG002 - as inherited
        """Adds none."""
        return 0

    def keep_vectors(self, digest: str, make: str, vectors: bytes) -> None:
        """Keeps none."""


def filed(document: Document, read: Words, facts: Iterable[Fact]) -> Marked | None:
    """A story made ready to be kept, which any process can do; None where there is no text.

    ``read`` are the words of its text, ``facts`` what its page states.
    """
    return (_entry(document, facts), marks_of(read)) if document.text.strip() else None


def _entry(document: Document, facts: Iterable[Fact] | None = None) -> CorpusText:
    stated = page_facts(document) if facts is None else facts
    claimed = [
        sighting.at
        for sighting in document.dates
        if sighting.witness is Witness.SELF and sighting.event is Event.PUBLISHED
    ]
    return CorpusText(
        digest=document.digest,
        url=document.url,
        title=document.title or "",
        text=document.text,
        published_at=min(claimed, default=None),
        facts=tuple(dict.fromkeys(hash_fact(fact) for fact in stated)),
    )


def _lead(match: Hit, rank: int) -> Lead:
    return Lead(
        url=match.url or f"{_KEPT}{match.digest}",
        found_by=NAME,
        reason=f"among your own kept pages; it shares {match.share:.0%} of the passages",
        rank=rank,
        title=match.title,
    )
