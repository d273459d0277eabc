"""The secrets of a run: the one place that knows them, and takes them out of what comes back.

A service may echo the key it was sent, in the body of an error, in a header or in an address. What
is kept, shown or raised is what came, with each secret replaced by a word.
"""

from __future__ import annotations

import html
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from provenance.errors import ProviderError
    from provenance.world.http.client import HttpAnswer

_WORD = "KEY"
# A shorter word is no secret, and taking it out would take words out of texts.
_SHORTEST = 6


class Secrets:
    """Keys and tokens, each in the spellings in which a service may give it back."""

    def __init__(self, *values: str) -> None:
        self._spellings: tuple[str, ...] = ()
        self.add(*values)

    def add(self, *values: str) -> None:
        """Adds secrets; values of fewer than six letters are none."""
        found = set(self._spellings)
        for value in (each.strip() for each in values if len(each.strip()) >= _SHORTEST):
            plain = json.dumps(value)[1:-1]
            found |= {value, quote(value, safe=""), quote(value), quote_plus(value), plain}
            found |= {html.escape(value), plain.replace("/", "\\/")}
        self._spellings = tuple(sorted(found, key=len, reverse=True))

    def blot(self, text: str) -> str:
        """The text without secrets."""
        for each in self._spellings:
            text = text.replace(each, _WORD)
        return text

    def blot_answer(self, answer: HttpAnswer) -> HttpAnswer:
        """An answer without secrets in address, headers and body."""
        if not self._spellings:
            return answer
        body = answer.body
        for each in self._spellings:
            body = body.replace(each.encode(), _WORD.encode())
        return replace(
            answer,
            url=self.blot(answer.url),
            headers=tuple((name, self.blot(value)) for name, value in answer.headers),
            location=None if answer.location is None else self.blot(answer.location),
            body=body,
        )

    def blot_error(self, error: ProviderError) -> None:
        """Takes the secrets out of what an error says."""
        error.why, error.asked = self.blot(error.why), self.blot(error.asked)
