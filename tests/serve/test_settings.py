"""Settings on the local page, and the file that they are written to."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from provenance.cli.settings_file import FILE_NAME, write_setting
from provenance.errors import SettingsError
from provenance.model import Settings
from tests.servers.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.serving import Running


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    kept = Settings(database=str(tmp_path / "kept.db"), archives=(), offline=True)
    with serving(kept) as running:
        yield running


def written(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "config/provenance" / FILE_NAME).read_text("utf-8"))


@pytest.mark.slow
def test_a_free_search_is_switched_on_and_off_by_one_click(site: Running, tmp_path: Path) -> None:
    assert site.post("/settings/search", {"kind": "gdelt", "on": "1"}).status == 303
    assert written(tmp_path) == {"search": ["gdelt"]}
    assert "gdelt</b> on" in site.get("/settings").text
    assert [spec.name for spec in site.server.settings.searches] == ["gdelt"]
    assert site.post("/settings/search", {"kind": "gdelt"}).status == 303
    assert written(tmp_path) == {"search": ["none"]}
    assert site.post("/settings/search", {"kind": "/etc/passwd", "on": "1"}).status == 400


@pytest.mark.slow
def test_partners_and_contact_are_set(site: Running, tmp_path: Path) -> None:
    assert (
        site.post("/settings/partners", {"licensed": "Paper.example\nhttps://b.example/x"}).status
        == 303
    )
    assert site.post("/settings/contact", {"contact": 'desk@paper.example "we"'}).status == 303
    assert written(tmp_path) == {
        "licensed": ["paper.example", "b.example"],
        "limits": {"contact": 'desk@paper.example "we"'},
    }
    assert site.server.settings.licensed == ("paper.example", "b.example")
    assert "paper.example" in site.get("/settings").text
    assert site.post("/settings/partners", {"licensed": "<script>"}).status == 400


@pytest.mark.slow
def test_the_doctor_is_asked_by_a_form_alone(site: Running) -> None:
    assert site.get("/settings/doctor").status == 405
    shown = site.post("/settings/doctor").text
    assert "database" in shown
    assert "bytes" in shown


@pytest.mark.slow
def test_another_browser_gets_an_address(site: Running) -> None:
    shown = site.post("/settings/key").text
    key = shown.partition("?key=")[2].partition("<")[0].strip()
    assert site.get(f"/?key={key}", Cookie=None).status == 303


@pytest.mark.parametrize(
    "before",
    [
        "",
        "offline = true\n",
        'search = ["bing"]\n',
        '# mine\nsearch = [\n  "bing",\n  "gdelt",\n]\ndb = "x.db"\n\n[limits]\npace = 2.0\n',
        "[limits]\npace = 2.0\n",
        'search="bing"\n',
    ],
)
def test_all_else_in_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(FILE_NAME).write_text(before, "utf-8")
    write_setting("search", ["gdelt"])
    write_setting("contact", "desk@paper.example", table="limits")
    found = tomllib.loads(Path(FILE_NAME).read_text("utf-8"))
    expected = tomllib.loads(before)
    expected["search"] = ["gdelt"]
    expected.setdefault("limits", {})["contact"] = "desk@paper.example"
    assert found == expected
    assert ("# mine" in before) == ("# mine" in Path(FILE_NAME).read_text("utf-8"))


@pytest.mark.parametrize(
    "before",
    [
        '[search.mine]\nurl = "https://a.example/"\n',
        "not toml",
        'limits = {pace = 2.0}\nsearch = """\n["x"]"""\n',
    ],
)
def test_a_file_that_is_better_changed_by_hand_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(FILE_NAME).write_text(before, "utf-8")
    with pytest.raises(SettingsError, match="by hand"):
        write_setting("search", ["gdelt"])
    assert Path(FILE_NAME).read_text("utf-8") == before
