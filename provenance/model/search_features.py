"""What a search service can be asked, and a query cut to that."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from provenance.model.evidence import Match, Query

_WORD = re.compile(r"[^\W_]+")
_PLAIN_RUN = re.compile(r"[^\W_]+(?:\s+[^\W_]+)*")
_UNSENDABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# The least that means anything, and the least of a phrase that is written without spaces.
_FEWEST_CHARACTERS = 5
_FEWEST_WORDS, _FEWEST_UNSPACED = 3, 8
# A service that wants all words is asked for so many of those of which any would do.
_ALL_OF_ANY = 4
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})
# " OR " between two words, brackets or quotes around all, "site:" before a host.
_JOINT, _AROUND, _SITE = 4, 2, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a search service takes.

    ``phrases``: it holds quoted words together. ``joins``: how it can be asked for loose words.
    ``longest`` is in characters and ``most_words`` in words, both of a whole query; ``shortest``
    the letters of a loose word. ``forbidden`` are characters that it does not take, ``plain`` says
    that it takes, or matches, letters and digits only. ``dates``: it can be asked for pages before
    a time. ``snippets``: its results come with text. ``site`` is the one host that it searches.
    ``most_questions`` is how many it may be asked for one page, None for as many as there are;
    ``reach`` how many days back the pages that it knows go, None for all.
    """

    phrases: bool = True
    joins: tuple[Match, ...] = (Match.ALL,)
    longest: int = 400
    most_words: int = 32
    shortest: int = 1
    forbidden: str = '"()+:~*?|-'
    plain: bool = False
    dates: bool = False
    snippets: bool = True
    site: str = ""
    most_questions: int | None = None
    reach: int | None = None

    def adapt(self, query: Query) -> Query | None:
        """The query as the service takes it; None where too little of it would be left.

        A phrase keeps its longest stretch without forbidden characters, or becomes words that
        must all occur where quotes mean nothing. Words of which any would do become the first few
        of them, all wanted, where the service knows no OR. What it gives is given back unchanged.
        """
        if query.site and self.site and not _below(query.site, self.site):
            return None
        match = self._match(query.match)
        text = _UNSENDABLE.sub(" ", query.phrase)
        words = self._stretch(text) if query.match is Match.PHRASE else self._loose(text)
        if match is not Match.PHRASE:
            words = list(dict.fromkeys(word for word in words if len(word) >= self.shortest))
        if query.match is Match.ANY and match is Match.ALL:
            words = words[:_ALL_OF_ANY]
        words = self._fitting(words, match, query.site)
        if _too_little(words, match):
            return None
        before = query.before if self.dates else None
        return replace(query, phrase=" ".join(words), match=match, before=before)

    def _match(self, match: Match) -> Match:
        if match is Match.PHRASE and self.phrases:
            return match
        wanted = Match.ALL if match is Match.PHRASE else match
        return wanted if wanted in self.joins else self.joins[0]

    def _stretch(self, text: str) -> list[str]:
        """The words of the longest stretch that holds nothing forbidden."""
        if self.plain:
            runs = _PLAIN_RUN.findall(text)
        else:
            runs = re.split(f"[{re.escape(self.forbidden)}]", text) if self.forbidden else [text]
        stretches = [run.split() for run in runs]
        return max(stretches, key=lambda run: (len(run), sum(map(len, run))), default=[])

    def _loose(self, text: str) -> list[str]:
        if self.plain:
            found = _WORD.findall(text)
        else:
            found = text.translate(dict.fromkeys(map(ord, self.forbidden), " ")).split()
        return [word for word in found if word not in _OPERATORS]

    def _fitting(self, words: list[str], match: Match, site: str | None) -> list[str]:
        """As many of the first words as fit; a phrase without spaces is cut."""
        left = self.longest - _AROUND - (len(site) + _SITE if site else 0)
        fitting: list[str] = []
        for word in words[: self.most_words]:
            cost = len(word) + (_JOINT if match is Match.ANY else 1) * bool(fitting)
            if cost > left and match is Match.PHRASE:
                return fitting or [word[: max(left, 0)]]
            if cost <= left:
                fitting.append(word)
                left -= cost
        return fitting


def _too_little(words: list[str], match: Match) -> bool:
    text = " ".join(words)
    if match is Match.PHRASE and len(words) < _FEWEST_WORDS:
        return text.isascii() or len(text) < _FEWEST_UNSPACED
    return len(text) < _FEWEST_CHARACTERS


def _below(host: str, site: str) -> bool:
    """Whether a host is the site's own or lies below it, or the site below the host."""
    one, other = (name.casefold().removeprefix("www.") for name in (host, site))
    return f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}")
