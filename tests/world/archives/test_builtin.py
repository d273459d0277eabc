from __future__ import annotations

import pytest

from provenance.errors import SettingsError
from provenance.model import ProviderSpec
from provenance.world.archives import build
from provenance.world.archives.builtin import KNOWN, absence_note, known_spec, mark_untrusted, trust
from provenance.world.archives.sheet import Trust
from tests.build import sighting
from tests.world.archives.build import NOW, FakeWeb, answer


@pytest.mark.parametrize("sheet", KNOWN, ids=lambda sheet: sheet.name)
def test_each_known_archive_can_be_had_by_its_name(sheet: object) -> None:
    spec = known_spec(f" {sheet.name} ")  # type: ignore[attr-defined]
    assert build(spec, FakeWeb({}), lambda: NOW).name == spec.name


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="internet-archive, arquivo"):
        known_spec("nosuch")


@pytest.mark.parametrize(
    ("address", "worth"),
    [
        ("https://web.archive.org", Trust.EVIDENCE),
        ("https://web.archive.org/web/20260101000000id_/https://archive.today/", Trust.EVIDENCE),
        ("https://archive.today/timemap", Trust.UNTRUSTED),
        ("http://archive.ph/20260101000000/https://post.example/a", Trust.UNTRUSTED),
        ("https://archive.md:443/abc12", Trust.UNTRUSTED),
        ("https://archive.today.example/", Trust.EVIDENCE),
        ("http://127.0.0.1:8080/news", Trust.EVIDENCE),
        ("file:///evidence/a.warc.gz#0", Trust.EVIDENCE),
        ("", Trust.EVIDENCE),
    ],
)
def test_what_an_archive_is_worth_is_told_by_its_address(address: str, worth: Trust) -> None:
    assert trust(address) is worth
    assert mark_untrusted([sighting(1, memento=address)])[0].trusted is (worth is Trust.EVIDENCE)


def test_an_archive_that_is_not_trusted_says_so_in_each_sighting() -> None:
    url = "https://post.example/a"
    question = f"https://archive.today/timemap/{url}"
    said = answer(
        f'<{url}>; rel="original",\n'
        f'<http://archive.ph/20260101000000/{url}>; rel="memento"; '
        'datetime="Thu, 01 Jan 2026 00:00:00 GMT"\n',
        media_type="application/link-format",
    )
    spec = ProviderSpec(name="today", kind="timemap", base_url="https://archive.today/timemap")
    [seen] = build(spec, FakeWeb({question: said}), lambda: NOW).sightings(url).items
    assert not seen.trusted


@pytest.mark.parametrize("host", ["www.theguardian.com", "nationalpost.com", "www.freep.com"])
def test_a_publisher_that_keeps_itself_out_is_named(host: str) -> None:
    said = absence_note("https://web.archive.org", f"https://{host}/world/2026/a")
    assert said is not None
    assert "says nothing" in said
    assert absence_note("https://web.archive.org", "https://post.example/") is None
    assert absence_note("http://127.0.0.1:8080/news", "https://www.theguardian.com/a") is None
