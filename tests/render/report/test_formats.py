from __future__ import annotations

import subprocess
import sys

import pytest

from provenance.render import FORMATS
from tests.render import frozen


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("answer", frozen.ALL)
def test_every_format_tells_every_answer_the_same_way_twice(name: str, answer: str) -> None:
    _, render = FORMATS[name]
    written = render(frozen.ALL[answer]())
    assert written == render(frozen.ALL[answer]())
    assert written.endswith("\n")


def test_no_format_overwrites_another() -> None:
    suffixes = [suffix for suffix, _ in FORMATS.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") for suffix in suffixes)


@pytest.mark.slow
def test_templates_are_loaded_only_when_a_page_is_written() -> None:
    script = "import sys, provenance.render; print('jinja2' in sys.modules, 'lxml' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert told.stdout.split() == [b"False", b"False"]
