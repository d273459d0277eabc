from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.world.formats.coding import (
    CutShort,
    TooLarge,
    Undecodable,
    codings,
    dechunk,
    decode,
)

PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}


@pytest.mark.parametrize(
    ("header", "applied"),
    [
        (None, ()),
        ("", ()),
        ("identity", ()),
        (" GZIP ", ("gzip",)),
        ("gzip, identity,deflate", ("gzip", "deflate")),
        (",,", ()),
    ],
)
def test_codings_in_the_order_applied(header: str | None, applied: tuple[str, ...]) -> None:
    assert codings(header) == applied


@given(st.binary(max_size=3000), st.lists(st.sampled_from(sorted(PACKERS)), max_size=4))
def test_whatever_was_packed_comes_back(body: bytes, applied: list[str]) -> None:
    packed = body
    for name in applied:
        packed = PACKERS[name](packed)
    assert decode(packed, tuple(applied), 10_000) == body


@given(st.binary(max_size=300), st.sampled_from(sorted(PACKERS)))
def test_any_bytes_are_decoded_or_refused(body: bytes, name: str) -> None:
    try:
        found = decode(body, (name,), 10_000)
    except (TooLarge, Undecodable):
        return
    assert len(found) <= 10_000


@pytest.mark.parametrize("name", sorted(PACKERS))
@pytest.mark.parametrize("over", [0, 1])
def test_the_limit_is_exact(name: str, over: int) -> None:
    packed = PACKERS[name](b"a" * (5000 + over))
    if over:
        with pytest.raises(TooLarge):
            decode(packed, (name,), 5000)
    else:
        assert len(decode(packed, (name,), 5000)) == 5000


@pytest.mark.timeout(20)
@pytest.mark.parametrize("body", [b"", b"x"])
def test_senselessly_many_members_are_refused(body: bytes) -> None:
    with pytest.raises(Undecodable, match="many pieces"):
        decode(gzip.compress(body) * 200_000, ("gzip",), 5_000_000)


def test_zeros_between_members_are_skipped() -> None:
    packed = gzip.compress(b"a" * 99) + b"\0" * 200_000 + gzip.compress(b"b") + b"\0"
    assert decode(packed, ("gzip",), 5000) == b"a" * 99 + b"b"


@pytest.mark.parametrize("name", sorted(PACKERS))
def test_cut_is_told_from_damaged(name: str) -> None:
    packed = PACKERS[name](bytes(range(256)) * 8)
    with pytest.raises(CutShort):
        decode(packed[:-10], (name,), 10_000)
    with pytest.raises(Undecodable) as caught:
        decode(packed[:20] + b"\xff" * 40 + packed[60:], (name,), 10_000)
    assert type(caught.value) is Undecodable


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"", b""),
        (b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: a\r\n\r\n", b"hello"),
        (b"000005\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"5\nhello\n0\n\n", b"hello"),
        (b"5\r\nhel", b"hel"),
        (b"5\r\nhello\r\nnot a size\r\n", b"hello"),
        (b"<p>never chunked</p>", b"<p>never chunked</p>"),
        (b"+5\r\nhello\r\n", b"+5\r\nhello\r\n"),
        (b"0x5\r\nhello\r\n", b"0x5\r\nhello\r\n"),
        (b"f" * 5000 + b"\r\nhello", b"f" * 5000 + b"\r\nhello"),
    ],
)
def test_chunks_are_joined(body: bytes, whole: bytes) -> None:
    assert dechunk(body) == whole


@given(st.lists(st.binary(min_size=1, max_size=99)))
def test_chunks_of_any_bytes_are_joined(parts: list[bytes]) -> None:
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    assert dechunk(body) == b"".join(parts)
