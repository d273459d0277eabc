"""Frozen reports of networks: one with everything, one with nothing, one of hostile names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from provenance.compare import compare_texts
from provenance.model.network import (
    Furniture,
    NetworkDelay,
    NetworkPair,
    NetworkReport,
    NetworkSide,
    NetworkStory,
    SiteFlow,
    SiteShare,
)

SITES = tuple(
    f"{name}.example"
    for name in (
        *("ferry-echo", "harbour-gazette", "quay-post", "tidewater", "salt-market", "chandlers"),
        *("lighthouse", "north-pier", "lantern", "oakhanger", "millbrook", "weir-and-lock"),
        *("saltmarsh", "tollgate", "fernwick", "oxbow", "eastquay", "brackwater"),
    )
)
DAY = date(2025, 4, 2)
ORIGINAL = (
    "The night ferry has lost its licence after a winter of repairs.\n"
    "The harbour office measured the hull three times and found it forty centimetres short of what "
    "the insurers had signed for. Nobody at the yard wanted to say who had held the tape.\n"
    "Until the hearing in May the crossing is served by two barges and a great deal of patience."
)
COPY = (
    "A ferry without papers\n"
    "The harbour office measured the hull three times and found it forty centimetres short of what "
    "the insurers had signed for. Nobody at the yard wanted to say who held the tape.\n"
    "Passengers wait at the north pier, where tea is sold."
)


def _side(site: str, days: int, text: str, title: str) -> NetworkSide:
    return NetworkSide(
        name=f"{site}-{days}",
        url=f"https://{site}/story/{days}",
        title=title,
        site=site,
        date=DAY + timedelta(days=days),
        text=text,
    )


def _flows() -> tuple[SiteFlow, ...]:
    found = []
    for at, copy in enumerate(SITES):
        for step, source in enumerate(SITES):
            copies = (at * 7 + step * 13) % 41 - 24
            if copy != source and copies > 0:
                found.append(
                    SiteFlow(
                        copy_site=copy,
                        source_site=source,
                        copies=copies * (5 if step < 3 else 1),
                        common=copies % 3,
                        undetermined=copies % 2,
                    )
                )
    return tuple(found)


WHOLE = NetworkReport(
    version="0.1.0",
    make="1.6.16",
    engine="duckdb 2.0.1",
    given=("articles-2025.parquet", "crawl.warc.gz"),
    least=2,
    limit=200,
    texts=48_210,
    undated=312,
    sites=540,
    recrawls=1_204,
    failed=1,
    edges=9_120,
    copies=8_410,
    exact=1_900,
    passages=710,
    clusters=2_316,
    copied=6_122,
    common=840,
    undetermined=311,
    rows=(("docs", 48_210), ("marks", 3_988_010), ("pairs", 10_112), ("edges", 9_120)),
    earliest=DAY,
    latest=DAY + timedelta(days=300),
    stories=tuple(
        NetworkStory(
            cluster=number,
            size=412 // number,
            sites=300 // number,
            title=f"The night ferry loses its licence, part {number}",
            site=SITES[number],
            url=f"https://{SITES[number]}/ferry" if number != 3 else None,
            since=DAY + timedelta(days=number) if number != 4 else None,
            days=20 - number if number != 4 else None,
            first=number not in {2, 4},
        )
        for number in range(1, 9)
    ),
    flows=_flows(),
    shares=tuple(
        SiteShare(
            site=site,
            texts=900 - 30 * at,
            copied=max(400 - 37 * at, 0),
            common=at,
            undetermined=at % 4,
            words=0.95 - at / 40,
            lent=at * 21,
        )
        for at, site in enumerate(SITES)
    ),
    delays=(
        NetworkDelay(least=1, most=1, copies=2_800),
        NetworkDelay(least=2, most=3, copies=1_900),
        NetworkDelay(least=4, most=7, copies=800),
        NetworkDelay(least=91, most=None, copies=22),
    ),
    furniture=(
        Furniture(
            text="We value your time at sea: accept all biscuits or choose them.", texts=9_120
        ),
        Furniture(text="Reprinting needs the leave of the harbour board.", texts=411),
    ),
    pairs=(
        NetworkPair(
            copy=_side(SITES[3], 4, COPY, "A ferry without papers"),
            source=_side(SITES[0], 1, ORIGINAL, "The night ferry loses its licence"),
            kind="partly",
            reuse=compare_texts(COPY, ORIGINAL),
        ),
    ),
)
EMPTY = replace(
    WHOLE,
    **dict.fromkeys(("edges", "copies", "exact", "passages", "clusters", "copied", "common"), 0),
    **dict.fromkeys(("stories", "flows", "shares", "delays", "furniture", "pairs"), ()),
    texts=1,
    sites=1,
    undetermined=0,
    earliest=None,
    latest=None,
)
_BAD = "<script>alert(1)</script>\u202e\x1b[31m" + "w" * 300
HOSTILE = replace(
    WHOLE,
    given=(_BAD,),
    stories=tuple(
        replace(story, title=_BAD, site=_BAD, url="javascript:alert(1)") for story in WHOLE.stories
    ),
    flows=tuple(replace(flow, source_site=_BAD) for flow in WHOLE.flows[:4]),
    shares=tuple(replace(share, site=_BAD) for share in WHOLE.shares[:3]),
    furniture=(Furniture(text=_BAD, texts=1),),
    pairs=tuple(
        replace(pair, copy=replace(pair.copy, title=_BAD, site=_BAD, url="javascript:1"))
        for pair in WHOLE.pairs
    ),
)
REPORTS = {"whole": WHOLE, "empty": EMPTY, "hostile": HOSTILE}
