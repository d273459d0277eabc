"""Which texts of the corpus hold the passages asked for, most first.

A passage that few texts hold points at all of them. One that many hold is a story that was
printed everywhere, or boilerplate. Its holders tell: of a text that is such a story nearly all
stands in many others; of a text with boilerplate on it, only the boilerplate does.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from provenance.text.shingles import COMMON, MARK_WINDOW, SHARED, STORY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from sqlite_utils import Database

    Marks = NDArray[np.int64]

# Of a mark that more texts hold, so many are looked at: those that were added first.
_FEW = 16
# Marks held by more texts that are looked at, spread over the text; each stands for its neighbours.
_LOOKED_AT = 12
# Texts from all over the corpus that are asked what a common mark is; all texts that are asked.
_WITNESSES, _MOST_WITNESSES = 5, 8

_COUNTED = """
    SELECT value, (
        SELECT count(*) FROM (SELECT 1 FROM fingerprints AS f WHERE f.hash = asked.value LIMIT ?2)
    ) FROM json_each(?1) AS asked
"""
# Of marks that many hold: the last text to look at; whether too many hold it; the first text that
# does from each of some numbers on.
_MANY = """
    SELECT mark.value, (
        SELECT document_id FROM fingerprints AS f WHERE f.hash = mark.value LIMIT 1 OFFSET ?2
    ), EXISTS (
        SELECT 1 FROM fingerprints AS f WHERE f.hash = mark.value LIMIT 1 OFFSET ?3
    ), (
        SELECT json_group_array((
            SELECT document_id FROM fingerprints AS f
            WHERE f.hash = mark.value AND f.document_id >= start.value LIMIT 1
        )) FROM json_each(?4) AS start
    ) FROM json_each(?1) AS mark
"""
# The marks by which a text is judged: a quarter, the same in every text that holds them.
_SAMPLES = """
    SELECT document_id, hash FROM json_each(?) CROSS JOIN fingerprints
    INDEXED BY fingerprints_sampled ON document_id = value AND (hash & 3) = 0
"""
_CONTAINING = """
    WITH telling(mark, texts, last, weight) AS MATERIALIZED (
        SELECT CAST(key AS INTEGER), value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)
    ), best(id, shared, rarity) AS (
        SELECT document_id, sum(weight), sum(1.0 / texts)
        FROM telling CROSS JOIN fingerprints ON hash = mark AND document_id <= last
        GROUP BY document_id ORDER BY 2 DESC, 3 DESC, 1 LIMIT ?
    )
    SELECT d.digest, d.url, d.title, best.shared, d.digest IN (SELECT digest FROM given)
    FROM best JOIN documents AS d USING (id) ORDER BY best.shared DESC, best.rarity DESC, d.id
"""
_LAST = 2**63 - 1


def find_holders(
    db: Database, asked: Marks, limit: int
) -> list[tuple[str, str | None, str, int, int]]:
    """The texts that hold most of these marks: (digest, url, title, marks shared, given).

    Of texts that hold as many, the one whose marks the fewest texts hold comes first.
    """
    marks = asked.tolist()
    texts = _count(db, marks)
    many = [mark for mark in dict.fromkeys(marks) if texts[mark] > _FEW]
    step = max(-(-len(many) // _LOOKED_AT), 1)
    looked_at = many[::step]
    last, furniture = _look_at_many(db, looked_at, texts)
    dull = {mark for at, mark in enumerate(many) if looked_at[at // step] in furniture}
    telling = {
        mark: (min(texts[mark], _FEW + 1), last.get(mark, _LAST), step if mark in last else 1)
        for mark in _leave_out(asked, dull)
        if 0 < texts[mark] <= _FEW or mark in last
    }
    return db.execute(_CONTAINING, (json.dumps(telling), limit)).fetchall()


def _count(db: Database, marks: Iterable[int]) -> dict[int, int]:
    """How many texts hold each mark: beyond ``SHARED``, one more than that."""
    return dict(db.execute(_COUNTED, (json.dumps([*set(marks)]), SHARED + 1)).fetchall())


def _look_at_many(
    db: Database, many: list[int], texts: dict[int, int]
) -> tuple[dict[int, int], set[int]]:
    """Of marks that many texts hold: the last text to look at, and which are boilerplate.

    ``texts`` are the counts of all marks asked for.
    """
    if not many:
        return {}, set()
    newest = db.execute("SELECT max(id) FROM documents").fetchone()[0] or 0
    starts = [newest * number // _WITNESSES for number in range(_WITNESSES)]
    rows = db.execute(_MANY, (json.dumps(many), _FEW - 1, COMMON, json.dumps(starts))).fetchall()
    common = {
        mark: set(json.loads(held)) - {None} for mark, _, is_common, held in rows if is_common
    }
    asked = Counter(text for held in common.values() for text in sorted(held))
    witnesses = [text for text, _ in asked.most_common(_MOST_WITNESSES)]
    stories, told = _tell_stories(db, witnesses, texts)
    dull = {
        mark
        for mark, held in common.items()
        if not held & told or 2 * len(held & stories) < len(held & told)
    }
    return {mark: last for mark, last, _, _ in rows}, dull


def _tell_stories(
    db: Database, witnesses: list[int], texts: dict[int, int]
) -> tuple[set[int], set[int]]:
    """The witnesses of which much stands in many others; all that this can be said of."""
    samples: dict[int, list[int]] = {}
    for witness, mark in db.execute(_SAMPLES, (json.dumps(witnesses),)):
        samples.setdefault(witness, []).append(mark)
    others = {mark for sample in samples.values() for mark in sample if mark not in texts}
    held = texts | _count(db, others)
    stories = {
        witness
        for witness, sample in samples.items()
        if sum(held[mark] > SHARED for mark in sample) >= STORY * len(sample)
    }
    return stories, set(samples)


def _leave_out(asked: Marks, dull: set[int]) -> list[int]:
    """The marks without boilerplate, and without what stands within a window of it.

    Where boilerplate begins and ends, its neighbours decide which of its marks a text keeps, so
    that few texts keep the same.
    """
    near = np.isin(asked, np.array(list(dull), np.int64))
    for at in np.flatnonzero(near).tolist():
        near[max(at - MARK_WINDOW + 1, 0) : at + MARK_WINDOW] = True
    kept: list[int] = asked[~near].tolist()
    return kept
