"""The tables of a run counted: what its report shows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from provenance.compare import compare_texts
from provenance.model import VERSION
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
from provenance.network.batches import Align, find_furniture
from provenance.network.stages import STAGES, values
from provenance.text.shingles import MAKE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.network.run import Engine

_STORIES, _FLOWS, _SITES, _FURNITURE, _EXAMPLES = 25, 4_000, 200, 20, 400
_PAIRS_OF_A_KIND, _LONGEST_PAIR = 2, 12_000
_DELAYS = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 14), (15, 30), (31, 90), (91, None))

_COUNTS = """
    SELECT count(*), coalesce(sum(CASE WHEN kind = 'passage' THEN 0 ELSE 1 END), 0),
        coalesce(sum(CASE WHEN exact THEN 1 ELSE 0 END), 0) FROM edges
"""
_TEXTS = """
    SELECT coalesce(sum(CASE WHEN direction = 'from_source' THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN direction = 'common_source' THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN direction = 'undetermined' THEN 1 ELSE 0 END), 0)
    FROM edges WHERE best AND copy_site <> source_site
"""
_ABOUT = """
    SELECT count(*), coalesce(sum(CASE WHEN day IS NULL THEN 1 ELSE 0 END), 0),
        count(DISTINCT site), DATE '1970-01-01' + min(day), DATE '1970-01-01' + max(day) FROM docs
"""
_STORY = """
    WITH placed AS (
        SELECT *, row_number() OVER (
            PARTITION BY cluster ORDER BY coalesce(days, {last}), document) AS n
        FROM clusters WHERE cluster <= {most}
    ), spans AS (SELECT cluster, max(days) AS days FROM placed GROUP BY cluster)
    SELECT p.cluster, p.size, p.sites, p.title, p.site, p.url, p.date, s.days, p.first
    FROM placed AS p JOIN spans AS s ON s.cluster = p.cluster WHERE p.n = 1 ORDER BY p.cluster
"""
_FLOW = """
    SELECT copy_site, source_site,
        sum(CASE WHEN direction = 'from_source' THEN 1 ELSE 0 END) AS copies,
        sum(CASE WHEN direction = 'common_source' THEN 1 ELSE 0 END) AS common,
        sum(CASE WHEN direction = 'undetermined' THEN 1 ELSE 0 END) AS undetermined
    FROM edges WHERE best AND copy_site <> source_site GROUP BY copy_site, source_site
    ORDER BY count(*) DESC, copy_site, source_site LIMIT {most}
"""
_SHARE = """
    WITH taken AS (
        SELECT copy_site AS site,
            sum(CASE WHEN direction = 'from_source' THEN 1 ELSE 0 END) AS copied,
            sum(CASE WHEN direction = 'common_source' THEN 1 ELSE 0 END) AS common,
            sum(CASE WHEN direction = 'undetermined' THEN 1 ELSE 0 END) AS undetermined,
            sum(CASE WHEN direction = 'from_source'
                THEN CAST(floor(1000000 * copy_share) AS BIGINT) ELSE 0 END) AS words
        FROM edges WHERE best AND copy_site <> source_site GROUP BY copy_site
    ), lent AS (
        SELECT source_site AS site, count(*) AS lent FROM edges
        WHERE best AND copy_site <> source_site AND direction = 'from_source' GROUP BY source_site
    ), own AS (SELECT site, count(*) AS texts FROM docs GROUP BY site)
    SELECT o.site, o.texts, coalesce(t.copied, 0), coalesce(t.common, 0),
        coalesce(t.undetermined, 0), coalesce(t.words, 0), coalesce(l.lent, 0)
    FROM own AS o LEFT JOIN taken AS t ON t.site = o.site LEFT JOIN lent AS l ON l.site = o.site
    WHERE t.site IS NOT NULL OR l.site IS NOT NULL
    ORDER BY coalesce(t.copied, 0) DESC, coalesce(l.lent, 0) DESC, o.site LIMIT {most}
"""
_DELAY = """
    SELECT days, count(*) FROM edges
    WHERE best AND direction = 'from_source' AND copy_site <> source_site GROUP BY days
"""
_FOUND = """
    SELECT f.n, t.text FROM (SELECT example, max(n) AS n FROM furniture GROUP BY example) AS f
    JOIN texts AS t ON t.piece = f.example ORDER BY f.n DESC, f.example LIMIT {most}
"""
_PAIR = """
    WITH chosen AS (
        SELECT b.a, b.b, b.grade, row_number() OVER (
            PARTITION BY b.grade ORDER BY (b.a % 10007 * 7919 + b.b % 10007) % 10007, b.a, b.b) AS n
        FROM bonds AS b JOIN same AS x ON x.id = b.a AND x.first = b.a
        JOIN docs AS c ON c.id = b.a JOIN docs AS s ON s.id = b.b
        WHERE b.grade > 0 AND NOT b.exact AND c.site <> s.site AND c.day > s.day
    )
    SELECT p.grade, c.name, c.url, c.title, c.site, DATE '1970-01-01' + c.day, x.text,
        s.name, s.url, s.title, s.site, DATE '1970-01-01' + s.day, y.text
    FROM chosen AS p JOIN docs AS c ON c.id = p.a JOIN docs AS s ON s.id = p.b
    JOIN texts AS x ON x.id = p.a AND x.part = 0 JOIN texts AS y ON y.id = p.b AND y.part = 0
    WHERE p.n <= {most} ORDER BY p.grade DESC, p.n
"""
_GRADES = {3: "copied", 2: "rewritten", 1: "partly"}
_LAST = 2**31 - 1


def tally(engine: Engine, given: Sequence[str], least: int) -> NetworkReport:
    """The report of the tables that ``run_stages`` opened; ``given`` names the collections."""
    [[all_texts]] = engine.rows("SELECT count(*) FROM texts WHERE part = 0")
    [[texts, undated, sites, earliest, latest]] = engine.rows(_ABOUT)
    [[edges, copies, exact]] = engine.rows(_COUNTS)
    [[copied, common, unknown]] = engine.rows(_TEXTS)
    [[clusters]] = engine.rows("SELECT coalesce(max(cluster), 0) FROM clusters")
    furniture = tuple(h for (h,) in engine.rows("SELECT h FROM furniture ORDER BY h"))
    return NetworkReport(
        version=VERSION,
        make=MAKE,
        engine=engine.version,
        given=tuple(given),
        least=least,
        limit=int(str(values(all_texts, least)["common"])),
        texts=texts,
        undated=int(undated),
        sites=sites,
        recrawls=all_texts - texts,
        failed=engine.failed,
        edges=edges,
        copies=int(copies),
        exact=int(exact),
        passages=edges - int(copies),
        clusters=clusters,
        copied=int(copied),
        common=int(common),
        undetermined=int(unknown),
        rows=tuple((stage.name, _count(engine, stage.name)) for stage in STAGES),
        earliest=earliest,
        latest=latest,
        stories=_stories(engine),
        flows=_flows(engine),
        shares=_shares(engine),
        delays=_delays(engine),
        furniture=_furniture(engine, furniture),
        pairs=_pairs(engine, Align(furniture)),
    )


def _count(engine: Engine, name: str) -> int:
    [[count]] = engine.rows(f"SELECT count(*) FROM {name}")  # noqa: S608 - the name of a stage
    return int(count)


def _flows(engine: Engine) -> tuple[SiteFlow, ...]:
    return tuple(
        SiteFlow(
            copy_site=copy,
            source_site=source,
            copies=int(copies),
            common=int(common),
            undetermined=int(unknown),
        )
        for copy, source, copies, common, unknown in engine.rows(_FLOW.format(most=_FLOWS))
    )


def _stories(engine: Engine) -> tuple[NetworkStory, ...]:
    rows = engine.rows(_STORY.format(last=_LAST, most=_STORIES))
    names = ("cluster", "size", "sites", "title", "site", "url", "since", "days", "first")
    return tuple(NetworkStory(**dict(zip(names, row, strict=True))) for row in rows)


def _shares(engine: Engine) -> tuple[SiteShare, ...]:
    return tuple(
        SiteShare(
            site=site,
            texts=texts,
            copied=int(copied),
            common=int(common),
            undetermined=int(unknown),
            words=int(words) / 1e6 / copied if copied else 0.0,
            lent=lent,
        )
        for site, texts, copied, common, unknown, words, lent in engine.rows(
            _SHARE.format(most=_SITES)
        )
    )


def _delays(engine: Engine) -> tuple[NetworkDelay, ...]:
    counts: dict[tuple[int, int | None], int] = defaultdict(int)
    for days, copies in engine.rows(_DELAY):
        step = next((s for s in _DELAYS if s[1] is None or days <= s[1]), _DELAYS[-1])
        counts[step] += copies
    return tuple(
        NetworkDelay(least=least, most=most, copies=counts[least, most])
        for least, most in _DELAYS
        if least  # a source of the same day is none
    )


def _furniture(engine: Engine, marks: tuple[int, ...]) -> tuple[Furniture, ...]:
    """The stretches that most texts print, each once."""
    known = np.array(marks, np.int64)
    found: dict[str, int] = {}
    for count, text in engine.rows(_FOUND.format(most=_EXAMPLES)):
        for start, end in find_furniture(text, known):
            found.setdefault(" ".join(text[start:end].split()), count)
    told: list[str] = []
    for stretch in sorted(found, key=lambda each: (-found[each], -len(each), each)):
        if not any(stretch in longer or longer in stretch for longer in told):
            told.append(stretch)
    return tuple(Furniture(text=each, texts=found[each]) for each in told[:_FURNITURE])


def _pairs(engine: Engine, align: Align) -> tuple[NetworkPair, ...]:
    """Some pairs of each kind; of long texts the beginning."""
    found = []
    for row in engine.rows(_PAIR.format(most=_PAIRS_OF_A_KIND)):
        copy, source = _side(row[1:7], align), _side(row[7:13], align)
        reuse = compare_texts(copy.text, source.text)
        found.append(NetworkPair(copy=copy, source=source, kind=_GRADES[int(row[0])], reuse=reuse))
    return tuple(found)


def _side(cells: Sequence[Any], align: Align) -> NetworkSide:
    name, url, title, site, day, text = cells
    cut = align.cut(text)[:_LONGEST_PAIR]
    return NetworkSide(name=name, url=url, title=title, site=site, date=day, text=cut)
