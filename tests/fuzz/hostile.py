"""What strangers write: texts, addresses, JSON and bytes made to hurt."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from provenance.model import Capture, Via
from provenance.model.plain import values

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_SCRAPS = (
    "", " ", "\0", "\x1b[31m", "\ud800", "\udfff", "\ufeff", "\u202e", "①", "²", "٣", "９", "[",
    "]", "://", "http://[", "https://a]b/", "http://[x]/", "http://a℀b/", "//", "@", "#", "?",
    "%", "%zz", "%00", ":99999", ":-1", "é", "ß", "💩", "。", "xn--", "xn--a", "..", "\\", "'", '"',
    "<", ">", "&", "https://web.archive.org/web/2020/", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "Fri, 31 Dec 9999 23:00:00 -1400", "20260301120000",
    "00000000000000", "2026-02-30", "1e999", "-1", "9" * 40, "9" * 5000, "nan", "null", "a" * 300,
    "http://127.0.0.1/", "javascript:x", "https://paper.example/news/ferry", "paper.example",
    "{searchTerms}", "warc/revisit", "-",
)  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(_SCRAPS), st.text(max_size=8)), max_size=6).map("".join)
addresses = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(("http://", "https://", "HTTP://", "ftp://", "//", "", "http:/", "data:")),
        texts,
        st.sampled_from(("", "/", "/a?b=c&b=d#e", ":80/", ":x", "/" * 50)),
        texts,
    ),
)
numbers = st.one_of(
    st.integers(), st.floats(), st.sampled_from((10**400, -(10**20), 2**63, 1e308, -0.0, True))
)


def documents(names: tuple[str, ...], words: tuple[str, ...] = ()) -> st.SearchStrategy[Any]:
    """Values as JSON holds them, with the field names and words that a format knows."""
    leaves = st.one_of(
        st.none(), numbers, texts, addresses, st.sampled_from(words) if words else st.none()
    )
    keys = st.one_of(st.sampled_from(names), texts)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=5), st.dictionaries(keys, inner, max_size=6)
        ),
        max_leaves=20,
    )


def json_bytes(found: Any) -> bytes:
    """A JSON text of it, with lone surrogates as escapes and NaN as Python writes it."""
    return json.dumps(found).encode()


def mangled(*seeds: bytes) -> st.SearchStrategy[bytes]:
    """The seeds with a stretch cut out, replaced, doubled or said again and again."""
    return st.builds(
        _mangle,
        st.sampled_from(seeds),
        st.lists(
            st.tuples(
                st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12), st.integers(0, 3)
            ),
            max_size=6,
        ),
    )


def _mangle(seed: bytes, changes: list[tuple[float, int, bytes, int]]) -> bytes:
    for place, length, new, kind in changes:
        at = int(place * len(seed))
        stretch = seed[at : at + length]
        put = (b"", new, stretch * 2, stretch * 50)[kind]
        seed = seed[:at] + put + seed[at + length :]
    return seed


def answer(body: bytes, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Capture:
    """A reply as the web session gives it."""
    return Capture(
        body=body,
        url="https://service.example/",
        responded_url="https://service.example/",
        status=status,
        headers=headers,
        media_type="application/json",
        captured_at=NOON,
        via=Via.LIVE,
    )


def assert_clean(noun: object) -> None:
    """A value that can be kept, shown and sent: no surrogate, NUL or number that is none."""
    text = json.dumps(values(noun), allow_nan=False, ensure_ascii=False)
    text.encode()
    assert "\\u0000" not in text
