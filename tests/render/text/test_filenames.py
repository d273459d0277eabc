from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.render.text.filenames import report_name
from tests.render import frozen

if TYPE_CHECKING:
    from pathlib import Path

SAFE = re.compile(r"2026-03-05(?:-[a-z0-9]+)*-[0-9a-f]{8}")


@pytest.mark.parametrize(
    "target",
    ["../../etc/cron.d/x", "..\\..\\x", ".", "", "\x00", "a\x00.html", "CON", "com1.txt", "a ",
     "．．／x", "x\u202egpj.html", "n" * 400, "-rf", "~", "%2e%2e%2f", "\ud800"],
)  # fmt: skip
def test_no_target_leads_out_of_the_folder(target: str, tmp_path: Path) -> None:
    name = report_name(replace(frozen.declared(), target=target))
    assert SAFE.fullmatch(name)
    assert (tmp_path / f"{name}.html").resolve().parent == tmp_path.resolve()


@given(st.text(st.characters(categories=None)))
def test_any_address_gives_a_safe_name(url: str) -> None:
    report = frozen.measured()
    name = report_name(replace(report, suspect=replace(report.suspect, url=url), target=url))
    assert SAFE.fullmatch(name)
    assert len(name) <= 69


def test_a_name_says_which_page() -> None:
    assert report_name(frozen.measured()).startswith("2026-03-05-tidewire-example-03-ferry-back")
    assert report_name(frozen.declared()).startswith("2026-03-05-lamp-")


def test_the_same_page_keeps_its_name_and_another_text_gets_another() -> None:
    report = frozen.measured()
    changed = replace(report, suspect=replace(report.suspect, digest="f" * 64))
    assert report_name(report) == report_name(frozen.measured())
    assert report_name(report) != report_name(changed)
