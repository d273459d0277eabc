"""Floors of what is told of translations, on a part of the labelled data."""

from __future__ import annotations

import pytest

from tests.bench import translated as bench
from tests.bench.compare import SHARED, folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(
        not folder("translated-dev").is_dir(), reason=f"no labelled data at {SHARED}"
    ),
]
NEAR, FAR = ("zh", "ru", "de", "fr", "es", "pt", "ar"), ("ja", "ko")


@pytest.mark.timeout(1200)  # some 600 pairs at a third of a second
def test_translations_are_told_and_other_reports_are_not() -> None:
    found = bench.shares(bench.sample(12))
    assert min(found["translated", language][1] for language in NEAR) >= 0.9
    assert min(found["translated", language][1] for language in FAR) >= 0.8
    negatives = [row for (label, _), row in found.items() if label in {"same-event", "unrelated"}]
    false = sum(number * share for number, share in negatives)
    assert false <= 0.02 * sum(number for number, _ in negatives)
