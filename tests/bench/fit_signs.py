"""Fits the weights of a page's own signs, and says how well they were told on unseen sites.

``python -m tests.bench.fit_signs`` prints, from the labelled data beside the project, a table of
reliability and the Brier score in site-wise cross-validation, beside the rules alone; with
``--write`` it fits on all pages and writes ``provenance/judge/data/signs.toml``. One line and
nothing else where the data are absent.

The model is a logistic regression with a ridge towards a prior belief: every kind of sign tells, a
label under an own text does not. Pages of one site together weigh as much as three; a label that
its reader was not sure of weighs half.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.judge import signs
from provenance.model import Derivation
from tests.bench import detect as bench

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

OUT = Path(signs.__file__).parent / "data" / "signs.toml"
RIDGE = 1.0
START, SIGN = -0.5, 1.5
BELIEFS = {"label": 1.0, "more_rules": 0.5, "label_by_author": -2.0, "label_cited": -1.5}
BELIEFS |= {"label_unspaced": 1.0, "label_above": -2.0}
"""The prior belief, in log-odds: of a page, of a kind of sign on it, and where it is another.

A label such as "Source:" under a text that has an author here, or that cites whom it names, gives
what an own text rests on; in scripts without spaces it names whom the page copied. Above a
story, without an address, it is mostly a picture's.
"""
THRESHOLD = 0.72
"""Above one half: a wrong word of a repost accuses, a missed one is still a lead."""
FOLDS = 10
_FEW_PAGES = 3
_STEPS = 50


class Row(NamedTuple):
    """One labelled page with a sign that counts: its site, its features, whether it is a repost."""

    site: str
    values: list[float]
    repost: bool
    weight: float


def rows() -> Iterator[Row]:
    """The labelled pages on which a sign counts."""
    for page in bench.all_pages():
        truth = bench.truth_of(page.row)
        counting = [s for s in page.declaration.signals if s.claims is not Derivation.UNKNOWN]
        if truth is None or not counting:
            continue
        values = signs.features_of(page.document, counting)
        weight = 0.5 if page.row.get("sure") is False else 1.0
        yield Row(bench.site_of(page.row), [values[n] for n in signs.FEATURES], truth, weight)


def prior() -> Array:
    """The weights believed before any page is seen, the start first."""
    kinds = dict.fromkeys(signs.FEATURES, 0.0) | dict.fromkeys(signs.KINDS, SIGN) | BELIEFS
    return np.array([START, *(kinds[name] for name in signs.FEATURES)])


def matrices(given: Sequence[Row]) -> tuple[Array, Array, Array]:
    """Features with a column of ones first, labels, and weights: a site's pages count as three."""
    sites = Counter(row.site for row in given)
    features = np.array([[1.0, *row.values] for row in given])
    labels = np.array([float(row.repost) for row in given])
    weights = [row.weight * min(1.0, _FEW_PAGES / sites[row.site]) for row in given]
    return features, labels, np.array(weights)


def fit(given: Sequence[Row]) -> Array:
    """The weights by Newton's method on the penalised likelihood."""
    features, labels, weights = matrices(given)
    believed = prior()
    found = believed.copy()
    ridge = np.eye(len(believed)) * RIDGE
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-features @ found))
        slope = features.T @ (weights * (told - labels)) + ridge @ (found - believed)
        curve = (features * (weights * told * (1 - told))[:, None]).T @ features + ridge
        found = found - np.linalg.solve(curve, slope)
    return found


def crossed(given: Sequence[Row]) -> Array:
    """The probability of each page by a model that saw no page of its site."""
    fold = [int(hashlib.sha256(row.site.encode()).hexdigest(), 16) % FOLDS for row in given]
    features, _, _ = matrices(given)
    told = np.zeros(len(given))
    for number in range(FOLDS):
        found = fit([row for row, f in zip(given, fold, strict=True) if f != number])
        unseen = np.array(fold) == number
        told[unseen] = 1 / (1 + np.exp(-features[unseen] @ found))
    return told


def report(given: Sequence[Row], told: Array) -> None:
    """The table of reliability, the Brier score, and what the threshold tells right."""
    labels = np.array([row.repost for row in given])
    print(f"{len(given)} pages with a sign, {len({row.site for row in given})} sites, ", end="")
    print(f"{int(labels.sum())} reposts; each told by a model that saw no page of its site")
    print(f"{'told':>12}{'pages':>7}{'mean':>7}{'true':>7}")
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        inside = (told >= low) & (told < high)
        if inside.any():
            print(f"{low:6.2f}-{min(high, 1):.2f} {int(inside.sum()):6}", end="")
            print(f"{told[inside].mean():7.2f}{labels[inside].mean():7.2f}")
    print(f"Brier score {np.mean((told - labels) ** 2):.4f}; ", end="")
    print(f"rules alone (every sign is true) {np.mean((1 - labels) ** 2):.4f}")
    tried = ((f"model {at}", told >= at) for at in (0.5, THRESHOLD))
    for name, said in (*tried, ("rules alone", told >= 0)):
        right = int((said & labels).sum())
        print(f"{name:12} right {right}, wrong {int((said & ~labels).sum())}, ", end="")
        print(f"lost {int((~said & labels).sum())}")


def write(given: Sequence[Row], found: Array) -> None:
    """The table of weights with where it comes from."""
    sets = " ".join(bench.SETS)
    today = datetime.now(UTC).date().isoformat()
    lines = [
        "# How much a page's own signs count, in log-odds. Fitted, not written: run",
        "# `python -m tests.bench.fit_signs --write` to fit it anew.",
        f"# {today}, from {len(given)} labelled pages with a sign on",
        f"# {len({row.site for row in given})} sites of {sets};",
        f"# ridge {RIDGE} towards the beliefs of the command: start {START}, kind of sign {SIGN},",
        f"# {', '.join(f'{name} {value}' for name, value in BELIEFS.items())}.",
        "",
        f"start = {found[0]:.3f}",
        f"threshold = {THRESHOLD}",
        "",
        "[weights]",
        *(f"{name} = {w:.3f}" for name, w in zip(signs.FEATURES, found[1:], strict=True)),
    ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table of the package")
    options = parser.parse_args()
    absent = [name for name in bench.SETS if not bench.folder(name).is_dir()]
    if absent:
        print(f"no labelled data at {bench.SHARED}: {', '.join(absent)}")
        return
    given = list(rows())
    report(given, crossed(given))
    if options.write:
        write(given, fit(given))


if __name__ == "__main__":
    main()
