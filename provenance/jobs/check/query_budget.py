"""The questions of one hunt to search services: few, each once, and none to who gave no answer."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from provenance.model import Answer, Match

if TYPE_CHECKING:
    from provenance.jobs.check.lookup_log import LookupLog
    from provenance.model import Lead, Query
    from provenance.model.ports import Search


class QueryBudget:
    """Puts queries to services as each takes them; at most ``limit`` in all.

    ``answers`` counts the questions that were answered, be it that nothing is known.
    """

    def __init__(self, inquiry: LookupLog, limit: int) -> None:
        self._inquiry = inquiry
        self._left = limit
        self.answers = 0
        self._put: set[tuple[str, Query]] = set()
        self._counts: Counter[str] = Counter()
        self._silent: set[str] = set()

    @property
    def over(self) -> bool:
        """Whether no further question may be put."""
        return self._left <= 0

    def answered(self, service: Search) -> bool:
        """Whether nothing that was asked of a service remained without an answer."""
        return service.name not in self._silent

    def _is_asked_enough(self, service: Search) -> bool:
        most = service.profile.most_questions
        return most is not None and self._counts[service.name] >= most

    def put(self, service: Search, query: Query) -> tuple[Lead, ...]:
        """The leads that a service gives; none where the question does not fit it, or was put.

        A service that gave no answer is not asked again; one that did not take this question is.
        """
        fitted = service.profile.adapt(query)
        if fitted is None or self.over or not self.answered(service):
            return ()
        if (service.name, fitted) in self._put or self._is_asked_enough(service):
            return ()
        self._counts[service.name] += 1
        self._put.add((service.name, fitted))
        self._left -= 1
        before = len(self._inquiry.lookups)
        found = self._inquiry.ask(service.name, _told(fitted), partial(service.search, fitted))
        if found is not None:
            self.answers += 1
            return found
        ended = self._inquiry.lookups[before:]
        if not ended or ended[-1].answer is not Answer.BAD_QUERY:
            self._silent.add(service.name)
        return ()


def _told(query: Query) -> str:
    """A query as a report shows it."""
    if query.match is Match.PHRASE:
        return f"“{query.phrase}”"
    return query.phrase if query.match is Match.ALL else f"any of: {query.phrase}"
