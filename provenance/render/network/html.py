"""A network as one HTML file that stands alone, in the style of the pages' own reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.network import drawing, words
from provenance.render.report.html import pairing, pieces
from provenance.render.text.plain import isolated
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.network import NetworkPair, NetworkReport, NetworkSide
    from provenance.render.report.html import Pairing

_FIRST_SITES, _MOST_SITES = 15, 100


def render(report: NetworkReport) -> Iterator[str]:
    """The whole page in pieces; the same report gives the same bytes."""
    nodes, flows = drawing.circle(report)
    rows, columns, cells = drawing.matrix(report)
    shares = [share for share in report.shares if share.copied or share.lent][:_MOST_SITES]
    return pieces(
        "network.html.j2",
        styles=("audit.css", "network.css"),
        report=report,
        about=words.ABOUT,
        caveat=words.DATES,
        copied=percent(report.copied / report.texts) if report.texts else "–",
        headline=words.headline(report),
        dates=words.span_of_dates(report),
        first_of=words.first_of,
        largest=max((story.size for story in report.stories), default=1),
        nodes=nodes,
        flows=flows,
        drawn=drawing.size(),
        copy_sites=rows,
        source_sites=columns,
        cells=list(zip(rows, cells, strict=True)),
        delays=[(words.delay_of(each), each.copies) for each in report.delays if each.copies],
        longest=max((each.copies for each in report.delays), default=1),
        shares=shares[:_FIRST_SITES],
        more_shares=shares[_FIRST_SITES:],
        part=percent,
        pairings=[
            (words.KIND[pair.kind], pair, _pairing(pair, f"p{number}"))
            for number, pair in enumerate(report.pairs, 1)
        ],
        stage=words.STAGE,
    )


def _pairing(pair: NetworkPair, key: str) -> Pairing:
    names = (_name(pair.copy), _name(pair.source))
    return pairing(pair.copy.text, pair.source.text, pair.reuse, key=key, names=names)


def _name(side: NetworkSide) -> str:
    return isolated(f"{side.site}, {side.date}")
