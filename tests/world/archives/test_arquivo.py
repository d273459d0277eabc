from __future__ import annotations

import json

import pytest

from provenance.errors import Garbled, ProviderError, Unavailable
from provenance.model import Capture, ProviderSpec
from provenance.world.archives import build
from provenance.world.archives.arquivo import parse_history
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.archives.recorded import FOLDER, here

BASE = "https://arquivo.example"
SPEC = ProviderSpec(name="arquivo", kind="arquivo", base_url=BASE)
URL = "http://correiodoporto.example/estrada"
ROW = {"timestamp": "20240224081500", "url": URL, "mime": "text/html", "status": "200"}


def history(*stamps: str) -> Capture:
    return answer(json.dumps({"response_items": [{"tstamp": stamp} for stamp in stamps]}))


def ask(index: Capture, versions: Capture) -> object:
    web = FakeWeb(
        {
            f"{BASE}/wayback/cdx": index,
            f"{BASE}/textsearch": versions,
            f"{BASE}/noFrame/replay/19910101000000id_/{URL}": answer("not found", 404),
        }
    )
    return build(SPEC, web, lambda: NOW).sightings(URL).items


def test_its_raw_pages_lie_elsewhere() -> None:
    web = FakeWeb({f"{BASE}/wayback/cdx": answer(json.dumps(ROW) + "\n")})
    (seen,) = build(SPEC, web, lambda: NOW).sightings(URL).items
    assert seen.memento == f"{BASE}/noFrame/replay/20240224081500id_/{URL}"


def test_an_empty_index_and_an_empty_history_are_none() -> None:
    assert ask(answer(""), history()) == ()


@pytest.mark.parametrize(
    ("versions", "error", "why"),
    [
        (history("20240224081500"), Unavailable, "disagree"),
        (answer("", 503), Unavailable, "503"),
        (answer("<p>busy", 200), Garbled, "cannot be read"),
        (answer("", 404), Garbled, "cannot be read"),
    ],
)
def test_an_empty_index_alone_is_never_none(
    versions: Capture, error: type[ProviderError], why: str
) -> None:
    with pytest.raises(error, match=why):
        ask(answer(""), versions)


@pytest.mark.shared
@here
def test_recorded_answers() -> None:
    folder = FOLDER / "arquivo-wiki"
    body = (folder / "textsearch_versionhistory_expresso.json").read_bytes()
    assert len(parse_history("arquivo", URL, answer(body))) == 5
    line = (folder / "cdx_publico_first_line.cdxj").read_bytes()
    web = FakeWeb({f"{BASE}/wayback/cdx": answer(line)})
    (seen,) = build(SPEC, web, lambda: NOW).sightings("http://www.publico.pt/").items
    assert (seen.at.year, seen.status) == (1996, 200)
