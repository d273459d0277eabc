"""What a site puts before and after its own headlines: POLITICS:, [VIDEO], | The Lantern Post.

An opening or ending that several different headlines have is the site's, unless it is what the
stories are of: then nearly all of those stories name it ("Ukraine: what we know").
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    _Find = Callable[[str], tuple[str, str] | None]

_LEAST_TITLES, _LEAST_SHARE, _LEAST = 5, 0.02, 3
# On half of all headlines it is the site's; else it is a subject where so many of the stories name
# it, and of the others so many fewer.
_MOSTLY, _NAMED, _RATHER = 0.5, 0.8, 0.3
_LOOKED_AT = 40
_TAGS = frozenset("[【(（〔［<《｢「")
_OPENING = re.compile(
    r"\s{0,9}(?:(?P<tag>[\[【(（〔［<《｢「][^\]】)）〕］>》｣」\n]{1,30}[\]】)）〕］>》｣」])\s{0,9}[:：|-]?\s*(?=\S)"
    r"|(?P<label>[#*]?[^\W_][^:：|»–—\n]{0,38}?)\s{0,3}(?:[:|»]\s+|：\s*|\s[–—-]\s+)(?=\S))"
)
_TAGGED = re.compile(r"\s{0,9}[\[【(（〔［<][^\[\]【】()（）〔〕［］<>\n]{1,30}[\]】)）〕］>]\s*$")
_SEAM = re.compile(r"\s[-–—|»·•:]\s|\s?[|_｜]\s?")
_LONGEST_ENDING = 80
_TURNS = 2


def learn_openings(titles: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """What several of the headlines open with, as ``split_headline`` knows it."""
    return _learn(titles, texts, _split_opening)


def learn_endings(titles: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """What several of the headlines end with."""
    return _learn(titles, texts, _split_ending)


def split_headline(
    title: str, prefixes: Sequence[str], suffixes: Sequence[str]
) -> tuple[str, str, str]:
    """A headline as what the site put before it, the headline, and what was put after it."""
    start, end = 0, len(title)
    for _ in range(_TURNS):
        opened = _split_opening(title[start:end])
        if opened and opened[0] in prefixes and words(opened[1]):
            start = end - len(opened[1])
        closed = _split_ending(title[start:end])
        if closed and closed[0] in suffixes and words(closed[1]):
            end = start + len(closed[1])
    return title[:start].strip(), title[start:end], title[end:].strip()


def _split_opening(title: str) -> tuple[str, str] | None:
    """The opening as it is known, and the rest."""
    found = _OPENING.match(title)
    if not found:
        return None
    return title[: found.end()].strip(), title[found.end() :]


def _split_ending(title: str) -> tuple[str, str] | None:
    """The ending as it is known, and what stands before it."""
    cut = max(0, len(title) - _LONGEST_ENDING)
    found = _TAGGED.search(title, cut)
    if not found:
        seams = [seam for seam in _SEAM.finditer(title, cut) if title[seam.end() :].strip()]
        found = seams[-1] if seams else None
    if not found:
        return None
    return title[found.start() :].strip(), title[: found.start()].rstrip()


def _learn(titles: Sequence[str], texts: Sequence[str], find: _Find) -> tuple[str, ...]:
    """What ``find`` finds on several different headlines, then again on what is left of them."""
    stories = dict(zip(titles, texts, strict=True))
    stories.pop("", None)
    if len(stories) < _LEAST_TITLES:
        return ()
    least = max(_LEAST, round(_LEAST_SHARE * len(stories)))
    left = {title: title for title in stories}
    learned: set[str] = set()
    for _ in range(_TURNS):
        having = defaultdict[str, list[str]](list)
        for title, rest in left.items():
            if (found := find(rest)) and words(found[0]) and words(found[1]):
                having[found[0]].append(title)
        new = {
            key
            for key, those in having.items()
            if len({find(left[title]) for title in those}) >= least
            and not _is_subject(key, those, stories)
        }
        for key in new:
            left |= {title: (find(left[title]) or ("", ""))[1] for title in having[key]}
        learned |= new
    return tuple(sorted(learned))


def _is_subject(key: str, having: Sequence[str], stories: Mapping[str, str]) -> bool:
    """Whether the stories under these headlines name it, and the others do not."""
    others = [title for title in stories if title not in set(having)]
    if key[:1] in _TAGS or len(having) >= _MOSTLY * len(stories) or not others:
        return False
    label = [word for word in words(key).keys if not word.isdigit()]
    if not label:
        return True
    here, there = (
        sum(_is_named(label, title, stories[title]) for title in some[:_LOOKED_AT])
        / min(len(some), _LOOKED_AT)
        for some in (having, others)
    )
    return here >= _NAMED and here - there >= _RATHER


def _is_named(label: Sequence[str], title: str, text: str) -> bool:
    """Whether a text names the words, headline aside."""
    low = text.casefold().replace(title.casefold(), "")
    return all(word in low for word in label)
