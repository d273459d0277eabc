"""What is done with the texts, stage by stage: SQL that DuckDB and Spark both read.

Every stage is a table made of those before it and kept as Parquet: where a run goes on after it
was stopped, and what anybody can look into. A number of a text is the upper part of the numbers of
its pieces (``piece >> 6``). A day that is not known counts as the last.

The sums that decide are sums of whole numbers, so that they are the same in any order.
"""

from __future__ import annotations

from dataclasses import dataclass

from provenance.judge.weights import NEARLY_WHOLE, WHOLE
from provenance.text.shingles import COMMON, SHARED, STORY

LAST = 2**31 - 1
"""The day of what has none."""
# In how small a part of all texts a mark may stand and be looked at; in how few texts at least.
_PART, _FEWEST = 50, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A table by its name; ``work`` says which function its rows go through, '' for none.

    ``number`` is how many rows there are to work on, as SQL. ``share`` is about what part of the
    whole time it takes; ``ordered`` that its rows have an order to be kept.
    """

    name: str
    sql: str
    work: str = ""
    number: str = ""
    share: int = 1
    ordered: bool = False


DOCS = """
    SELECT id, name, url, title, site, site_key, day, agency, own, digest FROM (
        SELECT *, row_number() OVER (PARTITION BY address ORDER BY coalesce(day, {last}), id) AS n
        FROM texts WHERE part = 0
    ) AS numbered WHERE n = 1
"""
"""Of each address the earliest text; the others are recrawls."""
SAME = """
    SELECT id, first_value(id) OVER w AS first FROM docs
    WINDOW w AS (PARTITION BY digest ORDER BY coalesce(day, {last}), id)
"""
"""Each text with the first one of the very same letters."""
NODES = """
    SELECT s.first AS id, min(coalesce(d.day, {last})) AS day, count(*) AS copies,
        min(d.site_key) AS low, max(d.site_key) AS high
    FROM same AS s JOIN docs AS d ON d.id = s.id GROUP BY s.first
"""
"""Texts of different letters. ``low`` and ``high`` differ where more than one site printed it."""
MARKS = """
    SELECT t.piece, t.text FROM texts AS t JOIN nodes AS n ON n.id = t.id
    WHERE t.id >= {low} AND t.id < {high} AND n.id >= {low} AND n.id < {high}
"""
SIZES = """
    SELECT piece, count(*) AS size, max(words) AS words FROM marks GROUP BY piece
"""
HELD = """
    SELECT m.h, count(*) AS n FROM marks AS m JOIN nodes AS d ON d.id = m.piece >> 6
    GROUP BY m.h HAVING count(*) > 1 AND min(d.low) <> max(d.high)
"""
"""Marks that more than one text holds; what one site alone prints says nothing."""
POST = """
    SELECT m.h, m.piece, d.day, held.n FROM marks AS m
    JOIN held ON held.h = m.h JOIN nodes AS d ON d.id = m.piece >> 6
"""
FURNITURE = """
    WITH counted AS (
        SELECT piece, sum(CASE WHEN n > {shared} THEN 1 ELSE 0 END) AS many FROM post GROUP BY piece
    ), told AS (
        SELECT c.piece, CASE WHEN 100 * c.many >= {story} * s.size THEN 1 ELSE 0 END AS story
        FROM counted AS c JOIN sizes AS s ON s.piece = c.piece
    )
    SELECT p.h, max(p.n) AS n, min(p.piece) AS example FROM post AS p
    JOIN told AS t ON t.piece = p.piece WHERE p.n > {common}
    GROUP BY p.h HAVING 2 * sum(t.story) < count(*)
"""
"""Common marks of which less than half of the holders are stories that stand in many texts."""
PAIRS = """
    WITH kept AS (
        SELECT p.h, p.piece, p.day FROM post AS p LEFT JOIN furniture AS f ON f.h = p.h
        WHERE f.h IS NULL
    ), links AS (
        SELECT piece, first_value(piece) OVER w AS oldest, lag(piece) OVER w AS previous FROM kept
        WINDOW w AS (PARTITION BY h ORDER BY day, piece)
    ), both_ways AS (
        SELECT piece AS a, oldest AS b FROM links WHERE piece <> oldest
        UNION ALL SELECT piece AS a, previous AS b FROM links WHERE previous <> oldest
    )
    SELECT a, b, count(*) AS shared FROM both_ways WHERE (a >> 6) <> (b >> 6)
    GROUP BY a, b HAVING count(*) >= {least}
"""
"""Each holder of a mark with its first holder and with the one before it."""
ALIGNED = """
    SELECT p.a, p.b, p.shared, x.text AS text_a, y.text AS text_b FROM pairs AS p
    JOIN texts AS x ON x.piece = p.a JOIN texts AS y ON y.piece = p.b
    WHERE (p.b >> 6) % {parts} = {part} ORDER BY p.b, p.a
"""
BONDS = """
    WITH whole AS (
        SELECT piece >> 6 AS id, count(*) AS pieces, sum(words) AS words, sum(size) AS size
        FROM sizes GROUP BY piece >> 6
    ), found AS (
        SELECT a >> 6 AS a, b >> 6 AS b, sum(shared) AS shared, max(words_a) AS words_a,
            max(words_b) AS words_b, sum(in_a) AS in_a, sum(in_b) AS in_b,
            sum(verbatim) AS verbatim, max(longest) AS longest, max(score) AS score,
            max(CASE kind WHEN 'copied' THEN 3 WHEN 'rewritten' THEN 2
                WHEN 'partly' THEN 1 ELSE 0 END) AS grade
        FROM aligned GROUP BY a >> 6, b >> 6
    ), measured AS (
        SELECT m.id AS a, f.b, f.shared, f.longest, f.score, f.grade,
            CASE WHEN x.pieces = 1 THEN f.words_a ELSE x.words END AS words_a,
            CASE WHEN y.pieces = 1 THEN f.words_b ELSE y.words END AS words_b,
            f.in_a, f.in_b, f.verbatim, x.pieces + y.pieces AS pieces
        FROM found AS f JOIN whole AS x ON x.id = f.a JOIN whole AS y ON y.id = f.b
        JOIN same AS m ON m.first = f.a
    ), every AS (
        SELECT a, b, shared, least(in_a, words_a) AS in_a, words_a, least(in_b, words_b) AS in_b,
            words_b, least(verbatim, words_a) AS verbatim, longest, score,
            CASE WHEN grade = 3 AND pieces > 2 AND 100 * in_a < {whole} * words_a
                AND 100 * in_b < {whole} * words_b THEN 1 ELSE grade END AS grade, FALSE AS exact
        FROM measured
        UNION ALL
        SELECT s.id, s.first, w.size, w.words, w.words, w.words, w.words, w.words, w.words,
            CAST(1.0 AS DOUBLE), 3, TRUE
        FROM same AS s JOIN whole AS w ON w.id = s.first
        WHERE s.id <> s.first
    )
    SELECT a, b, shared, CAST(in_a AS DOUBLE) / words_a AS copy_share,
        CAST(in_b AS DOUBLE) / words_b AS source_share,
        CAST(verbatim AS DOUBLE) / words_a AS verbatim, longest, score, grade, exact
    FROM every WHERE words_a > 0 AND words_b > 0
"""
"""The copies by their texts: ``a`` has the later day, or the same, or none. Texts of the very same
letters have the sources of the first of them."""
LABELS = """
    SELECT a AS id, least(a, min(b)) AS label FROM (
        SELECT a, b FROM bonds WHERE {close}
        UNION ALL SELECT b AS a, a AS b FROM bonds WHERE {close}
    ) AS bound GROUP BY a
"""
"""The first round of clusters: each text with the least number among itself and its neighbours."""
NEXT_LABELS = """
    WITH near AS (
        SELECT id, min(label) AS label FROM (
            SELECT id, label FROM {before}
            UNION ALL SELECT e.a AS id, l.label FROM (
                SELECT a, b FROM bonds WHERE {close}
                UNION ALL SELECT b AS a, a AS b FROM bonds WHERE {close}
            ) AS e JOIN {before} AS l ON l.id = e.b
        ) AS every GROUP BY id
    )
    SELECT n.id, l.label FROM near AS n JOIN {before} AS l ON l.id = n.label
"""
"""The next round: the least label near by, and the label of that."""
CHANGED = """
    SELECT count(*) FROM {after} AS x JOIN {before} AS y ON y.id = x.id WHERE x.label <> y.label
"""
EDGES = """
    SELECT c.name AS copy, s.name AS source, c.url AS copy_url, s.url AS source_url,
        c.title AS copy_title, s.title AS source_title, c.site AS copy_site, s.site AS source_site,
        DATE '1970-01-01' + c.day AS copy_date, DATE '1970-01-01' + s.day AS source_date,
        c.day - s.day AS days,
        CASE WHEN {agency} THEN 'common_source'
            WHEN c.day > s.day AND b.grade > 0 THEN 'from_source'
            ELSE 'undetermined' END AS direction,
        CASE WHEN NOT ({agency}) THEN NULL WHEN c.agency = s.agency OR s.agency = '' THEN c.agency
            WHEN c.agency = '' THEN s.agency ELSE 'a news agency' END AS agency,
        CASE b.grade WHEN 3 THEN 'copied' WHEN 2 THEN 'rewritten' WHEN 1 THEN 'partly'
            ELSE 'passage' END AS kind,
        b.copy_share, b.source_share, b.verbatim, CAST(b.longest AS BIGINT) AS longest,
        CAST(b.shared AS BIGINT) AS shared, b.score, b.exact,
        row_number() OVER (
            PARTITION BY b.a ORDER BY least(b.grade, 1) DESC, b.copy_share DESC,
                coalesce(s.day, {last}), b.b
        ) = 1 AND b.grade > 0 AS best
    FROM bonds AS b JOIN docs AS c ON c.id = b.a JOIN docs AS s ON s.id = b.b
    ORDER BY copy, source, b.a, b.b
"""
CLUSTERS = """
    WITH member AS (
        SELECT l.label, d.id, d.name, d.url, d.title, d.site, d.day FROM labels AS l
        JOIN docs AS d ON d.id = l.id
    ), whole AS (
        SELECT label, count(*) AS size, count(DISTINCT site) AS sites, min(day) AS since,
            sum(CASE WHEN day IS NULL THEN 1 ELSE 0 END) AS undated
        FROM member GROUP BY label
    ), numbered AS (
        SELECT *, row_number() OVER (ORDER BY size DESC, coalesce(since, {last}), label) AS cluster
        FROM whole
    ), earliest AS (
        SELECT m.label, count(*) AS many FROM member AS m JOIN whole AS w ON w.label = m.label
        WHERE m.day = w.since GROUP BY m.label
    )
    SELECT CAST(n.cluster AS BIGINT) AS cluster, m.name AS document, m.url, m.title, m.site,
        DATE '1970-01-01' + m.day AS date,
        coalesce(m.day = n.since AND e.many = 1 AND n.undated = 0, FALSE) AS first,
        m.day - n.since AS days, n.size, n.sites
    FROM member AS m JOIN numbered AS n ON n.label = m.label
    LEFT JOIN earliest AS e ON e.label = m.label
    ORDER BY cluster, coalesce(m.day, {last}), document, m.id
"""
SHOWN = """
    SELECT d.name AS document, d.url, d.title, d.site, DATE '1970-01-01' + d.day AS date, t.text
    FROM docs AS d JOIN nodes AS n ON n.id = d.id JOIN texts AS t ON t.id = d.id AND t.part = 0
    WHERE d.id IN (SELECT a FROM bonds UNION SELECT b FROM bonds) ORDER BY d.id
"""
"""The texts of what is linked, to be looked at; of those of the very same letters the first."""
# As in a check: one name on both pages, or a nearly whole copy and the mark of one page.
AGENCY = f"""NOT c.own AND NOT s.own AND ((c.agency = s.agency AND c.agency <> '') OR (
    (c.agency <> '' OR s.agency <> '') AND greatest(b.copy_share, b.source_share) >= {NEARLY_WHOLE}
))"""
CLOSE = "copy_share >= 0.5 AND source_share >= 0.5"

STAGES = (
    Stage(name="docs", sql=DOCS),
    Stage(name="same", sql=SAME),
    Stage(name="nodes", sql=NODES),
    Stage(name="marks", sql=MARKS, work="marks", number="SELECT count(*) FROM nodes", share=40),
    Stage(name="sizes", sql=SIZES),
    Stage(name="held", sql=HELD, share=4),
    Stage(name="post", sql=POST, share=4),
    Stage(name="furniture", sql=FURNITURE, share=2),
    Stage(name="pairs", sql=PAIRS, share=3),
    Stage(name="aligned", sql=ALIGNED, work="align", number="SELECT count(*) FROM pairs", share=40),
    Stage(name="bonds", sql=BONDS),
    Stage(name="labels", sql=LABELS, work="labels"),
    Stage(name="edges", sql=EDGES, ordered=True),
    Stage(name="clusters", sql=CLUSTERS, ordered=True),
    Stage(name="shown", sql=SHOWN, ordered=True),
)
"""In the order they are made in; the first is made of ``texts``."""


def values(texts: int, least: int) -> dict[str, object]:
    """What stands in the SQL for the names in braces: ``texts`` there are, ``least`` marks shared.

    In a small collection fewer texts make a mark common.
    """
    common = min(max(texts // _PART, _FEWEST), COMMON)
    return {
        "last": LAST,
        "common": common,
        "shared": common * SHARED // COMMON,
        "story": round(100 * STORY),
        "whole": round(100 * WHOLE),
        "least": least,
        "agency": AGENCY,
        "close": CLOSE,
    }
