"""Who copies from whom, drawn: a matrix of sites, and the sites on a circle with what flows."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, log1p, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model.network import NetworkReport, SiteFlow

MATRIX, DRAWN, _CURVES = 12, 16, 40
_WIDTH, _HEIGHT, _RADIUS = 720, 560, 190
_LEVELS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Copies of one site from another: ``level`` is 0 for none, up to 5 for most."""

    copies: int
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A site on the circle, ``r`` by what it copied and lent; its name at (``tx``, ``ty``)."""

    site: str
    x: float
    y: float
    r: float
    tx: float
    ty: float
    anchor: str
    copied: int
    lent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A curve from the source to the copy, as wide as there are copies."""

    path: str
    width: float
    head: str
    about: str


def matrix(report: NetworkReport) -> tuple[list[str], list[str], list[list[Cell]]]:
    """The sites that copy most, the sources most copied, and the copies of each from each."""
    sources = _largest(report.flows, "source_site", MATRIX)
    copies = _largest([f for f in report.flows if f.source_site in sources], "copy_site", MATRIX)
    counts = {(flow.copy_site, flow.source_site): flow.copies for flow in report.flows}
    shown = [[counts.get((row, column), 0) for column in sources] for row in copies]
    most = max((count for row in shown for count in row), default=0)
    cells = [[Cell(copies=count, level=_level(count, most)) for count in row] for row in shown]
    return copies, sources, cells


def circle(report: NetworkReport) -> tuple[list[Node], list[Flow]]:
    """The sites with most copies among each other, and what was copied from whom."""
    totals: dict[str, int] = {}
    for flow in report.flows:
        for site in (flow.copy_site, flow.source_site):
            totals[site] = totals.get(site, 0) + flow.copies
    names = sorted((s for s in totals if totals[s]), key=lambda s: (-totals[s], s))[:DRAWN]
    inner = [f for f in report.flows if f.copies and {f.copy_site, f.source_site} <= set(names)]
    inner = sorted(inner, key=lambda f: (-f.copies, f.copy_site, f.source_site))[:_CURVES]
    linked = {site for flow in inner for site in (flow.copy_site, flow.source_site)}
    names = sorted(site for site in names if site in linked)
    nodes = {site: _node(site, at, len(names), inner) for at, site in enumerate(names)}
    most = max((flow.copies for flow in inner), default=1)
    flows = [
        _flow(flow, nodes[flow.source_site], nodes[flow.copy_site], most)
        for flow in sorted(inner, key=lambda flow: flow.copies)
    ]
    return list(nodes.values()), flows


def size() -> tuple[int, int]:
    """Width and height of the drawing."""
    return _WIDTH, _HEIGHT


def _largest(flows: Sequence[SiteFlow], side: str, most: int) -> list[str]:
    totals: dict[str, int] = {}
    for flow in flows:
        if flow.copies:
            site = getattr(flow, side)
            totals[site] = totals.get(site, 0) + flow.copies
    return sorted(totals, key=lambda site: (-totals[site], site))[:most]


def _level(count: int, most: int) -> int:
    return 0 if not count else max(1, round(_LEVELS * log1p(count) / log1p(most)))


def _node(site: str, at: int, count: int, flows: Sequence[SiteFlow]) -> Node:
    angle = 2 * pi * at / max(count, 1) - pi / 2
    copied = sum(flow.copies for flow in flows if flow.copy_site == site)
    lent = sum(flow.copies for flow in flows if flow.source_site == site)
    r = 4 + 2.2 * log1p(copied + lent)
    across, down = cos(angle), sin(angle)
    out = _RADIUS + r + 8
    return Node(
        site=site,
        x=_WIDTH / 2 + _RADIUS * across,
        y=_HEIGHT / 2 + _RADIUS * down,
        r=r,
        tx=_WIDTH / 2 + out * across,
        ty=_HEIGHT / 2 + out * down + 4 + (6 * down if abs(across) < 0.2 else 0),
        anchor="middle" if abs(across) < 0.2 else "start" if across > 0 else "end",
        copied=copied,
        lent=lent,
    )


def _flow(flow: SiteFlow, source: Node, copy: Node, most: int) -> Flow:
    """The curve bends towards the middle and a little to its right, so that both ways are seen."""
    middle_x, middle_y = (source.x + copy.x) / 2, (source.y + copy.y) / 2
    along_x, along_y = copy.x - source.x, copy.y - source.y
    bend_x = middle_x + 0.45 * (_WIDTH / 2 - middle_x) - 0.12 * along_y
    bend_y = middle_y + 0.45 * (_HEIGHT / 2 - middle_y) + 0.12 * along_x
    length = max(((copy.x - bend_x) ** 2 + (copy.y - bend_y) ** 2) ** 0.5, 1.0)
    to_x, to_y = (copy.x - bend_x) / length, (copy.y - bend_y) / length
    tip_x, tip_y = copy.x - to_x * (copy.r + 2), copy.y - to_y * (copy.r + 2)
    width = 0.8 + 5.2 * log1p(flow.copies) / log1p(most)
    wing = 2.5 + 0.6 * width
    foot_x, foot_y = tip_x - to_x * 2 * wing, tip_y - to_y * 2 * wing
    corners = (
        (tip_x, tip_y),
        (foot_x - to_y * wing, foot_y + to_x * wing),
        (foot_x + to_y * wing, foot_y - to_x * wing),
    )
    return Flow(
        path=f"M{source.x:.1f} {source.y:.1f}Q{bend_x:.1f} {bend_y:.1f} {foot_x:.1f} {foot_y:.1f}",
        width=width,
        head=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners),
        about=f"{flow.copy_site} from {flow.source_site}: {flow.copies:,}",
    )
