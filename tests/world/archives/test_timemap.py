from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Capture, ProviderSpec, Sighting
from provenance.world.archives import build
from provenance.world.archives.links import read_links, told_by_replay
from tests.world.archives.build import NOW, FakeWeb, answer, memento
from tests.world.archives.recorded import FOLDER, here

URL = "http://harbourpost.example/road"
ROOT = "https://archive.example"
SPEC = ProviderSpec(name="national", kind="timemap", base_url=ROOT)
QUESTION = f"{ROOT}/timemap/link/{URL}"
HEAD = (
    f'<{URL}>; rel="original",\n<{QUESTION}>; rel="self"; type="application/link-format"; '
    'from="Fri, 20 Feb 2026 09:00:00 GMT"; until="Tue, 24 Feb 2026 08:15:00 GMT",\n'
)
FIRST = (
    f'<{ROOT}/20260220090000/{URL}>; rel="first memento"; datetime="Fri, 20 Feb 2026 09:00:00 GMT"'
)
LAST = (
    f'<{ROOT}/20260224081500/{URL}>; rel="last memento"; datetime="Tue, 24 Feb 2026 08:15:00 GMT"'
)


def said(
    body: str, status: int = 200, kind: str = "application/link-format", **more: str
) -> Capture:
    return answer(body, status, kind, **more)


def ask(capture: Capture | ProviderError, spec: ProviderSpec = SPEC) -> tuple[Sighting, ...]:
    return build(spec, FakeWeb({"": capture}), lambda: NOW).sightings(URL).items


def test_mementos_come_oldest_first_with_their_replay_addresses() -> None:
    first, last = ask(said(f"{HEAD}{LAST},\n{FIRST}\n"))
    assert first.at == datetime(2026, 2, 20, 9, tzinfo=UTC)
    assert last.memento == f"{ROOT}/20260224081500id_/{URL}"
    assert first.url == URL
    assert first.status is None
    assert first.basis == "national timemap"


@pytest.mark.parametrize(
    ("base", "asked"),
    [
        (ROOT, QUESTION),
        (f"{ROOT}/awa", f"{ROOT}/awa/timemap/link/{URL}"),
        (f"{ROOT}/timemap/json/", f"{ROOT}/timemap/json/{URL}"),
        (f"{ROOT}/timemap", f"{ROOT}/timemap/{URL}"),
    ],
)
def test_the_question_follows_from_the_base_address(base: str, asked: str) -> None:
    web = FakeWeb({"": said(HEAD + FIRST)})
    build(ProviderSpec(name="a", kind="timemap", base_url=base), web, lambda: NOW).sightings(URL)
    assert web.asked == [asked]


def test_commas_and_relative_addresses_and_joined_rels_are_read() -> None:
    odd = f"{URL}#a=&b=new=0,1&open="
    text = (
        f'{HEAD}</20260220090000/{odd}>;rel="first last memento";'
        'datetime="Fri, 20 Feb 2026 09:00:00 GMT"'
    )
    (found,) = ask(said(text))
    assert found.memento is not None
    assert found.memento.startswith(f"{ROOT}/20260220090000id_/{URL}%23a=")


def test_entries_that_make_no_sense_are_counted_and_the_rest_stays() -> None:
    entries = [
        FIRST,
        f'<{ROOT}/20990101000000/{URL}>; rel="memento"; datetime="Thu, 01 Jan 2099 00:00:00 GMT"',
        f'<{ROOT}/20260221000000/{URL}>; rel="memento"; datetime="soon"',
        f'<{ROOT}/20260221000000/http://elsewhere.example/>; rel="memento"; '
        'datetime="Sat, 21 Feb 2026 00:00:00 GMT"',
        f"<{ROOT}/2026",
    ]
    web = FakeWeb({"": said(HEAD + ",\n".join(entries))})
    reply = build(SPEC, web, lambda: NOW).sightings(URL)
    assert len(reply.items) == 1
    assert reply.notes == ("4 entries of the list could not be used",)


@pytest.mark.parametrize(
    "capture",
    [
        said('{"mementos": {"list": []}}', 200, "application/json"),
        said("", 404),
        said("404 page not found\n", 404, "text/plain", x_memento_count="0"),
        said(
            "<html>not here</html>",
            404,
            "text/html",
            x_archive_wayback_runtime_error="ResourceNotInArchiveException: not in archive",
        ),
        said("[]", 200, "application/json"),
    ],
)
def test_only_a_timemap_without_mementos_is_none(capture: Capture) -> None:
    assert ask(capture) == ()


@pytest.mark.parametrize(
    ("capture", "error", "why"),
    [
        (said("<!doctype html><p>Offline", 200, "text/html"), Garbled, "web page"),
        (said("<html><h1>Not Found</h1>", 404, "text/html"), Garbled, "no TimeMap"),
        (said("404", 404, "text/plain"), Garbled, "no TimeMap"),
        (said(""), Garbled, "nothing at all"),
        (said(HEAD), Garbled, "cut off"),
        (said(HEAD.rstrip(",\n")), Garbled, "cut off"),
        (said(f'<{URL}>; rel="original"\n'), Garbled, "cut off"),
        (said(f'<{URL}>; rel="original"\n<{ROOT}/2026'), Garbled, "none of its 1 entries"),
        (said('{"mementos": {"list": [', 200, "application/json"), Garbled, "cut off"),
        (said("[[", 200, "application/json"), Garbled, "cut off"),
        (said("slow down", 429, "text/plain"), Unavailable, "429"),
        (said("", 503), Unavailable, "503"),
        (said("", 451), Refused, "law"),
        (said("", 302, location="https://elsewhere.example/"), Garbled, "elsewhere"),
        (Unavailable("national", URL, "no answer in time"), Unavailable, "in time"),
    ],
)
def test_what_is_no_timemap_is_never_none(
    capture: Capture | ProviderError, error: type[ProviderError], why: str
) -> None:
    with pytest.raises(error, match=why):
        ask(capture)


def test_no_cut_makes_a_list_of_captures_none() -> None:
    entry = {"datetime": "2026-02-20T09:00:00Z", "uri": f"{ROOT}/20260220090000/{URL}"}
    bodies = (f"{HEAD}{FIRST},\n{LAST}\n", json.dumps({"mementos": {"list": [entry]}}))
    for body in bodies:
        for end in range(len(body)):
            with suppress(ProviderError):
                assert ask(said(body[:end])) != ()


MEMGATOR = ProviderSpec(name="memgator", kind="memgator", base_url="https://memgator.example")
ELSEWHERE = f"https://web.archive.org/web/20260220090000id_/{URL}"
STRANGE = f"https://strange.example/20260220090000id_/{URL}"


def page_of(number: int, *more: str) -> str:
    """One page of a list of captures, a day each, leading to further pages."""
    day = f"2026010{number}090000"
    stamp = f"Thu, 0{number} Jan 2026 09:00:00 GMT"
    links = ",\n".join(
        f'<{other}>; rel="timemap"; type="application/link-format"' for other in more
    )
    memento = f'<{ROOT}/{day}/{URL}>; rel="memento"; datetime="{stamp}"'
    return f'<{URL}>; rel="original",\n{links}{"," if links else ""}\n{memento}\n'


def pages(**bodies: str | ProviderError) -> FakeWeb:
    answers = {
        f"{ROOT}/timemap/{name}/": body if isinstance(body, ProviderError) else said(body)
        for name, body in bodies.items()
    }
    return FakeWeb(answers)


def at(name: str) -> str:
    return f"{ROOT}/timemap/{name}/{URL}"


def test_all_pages_of_a_list_are_asked_each_once() -> None:
    web = pages(
        link=page_of(3, at("link"), at("2"), "https://stranger.example/timemap/link/x"),
        **{"2": page_of(2, at("1"), at("link")), "1": page_of(1, at("2"))},
    )
    reply = build(SPEC, web, lambda: NOW).sightings(URL)
    assert [seen.at.day for seen in reply.items] == [1, 2, 3]
    assert web.asked == [at("link"), at("2"), at("1")]
    assert reply.notes == ("1 further pages of the list were not read: it may hold more",)


def test_an_index_of_lists_is_followed_and_the_same_list_in_another_form_is_not() -> None:
    index = (
        f'<{URL}>; rel="original",\n<{at("1")}>; rel="timemap"; type="application/link-format",\n'
        f'<{at("json")}>; rel="timemap"; type="application/json"\n'
    )
    web = pages(link=index, **{"1": page_of(1)})
    assert [s.at.day for s in build(SPEC, web, lambda: NOW).sightings(URL).items] == [1]
    assert web.asked == [at("link"), at("1")]


def test_pages_that_do_not_answer_are_told_and_never_make_a_none() -> None:
    down = Unavailable("national", at("1"), "no answer in time")
    reply = build(SPEC, pages(link=page_of(3, at("1")), **{"1": down}), lambda: NOW).sightings(URL)
    assert [seen.at.day for seen in reply.items] == [3]
    assert "1 further pages" in reply.notes[0]
    index = f'<{URL}>; rel="original",\n<{at("1")}>; rel="timemap"\n'
    with pytest.raises(Unavailable, match="no answer in time"):
        build(SPEC, pages(link=index, **{"1": down}), lambda: NOW).sightings(URL)
    stranger = f'<{URL}>; rel="original",\n<https://stranger.example/x>; rel="timemap"\n'
    with pytest.raises(Unavailable, match="1 of the TimeMaps that it leads to were not read"):
        build(SPEC, pages(link=stranger), lambda: NOW).sightings(URL)


def test_no_list_is_walked_without_end() -> None:
    web = pages(
        **{"link": page_of(1, at("0")), **{str(n): page_of(1, at(str(n + 1))) for n in range(30)}}
    )
    reply = build(SPEC, web, lambda: NOW).sightings(URL)
    assert len(web.asked) == 8
    assert "1 further pages" in reply.notes[0]


def test_an_aggregators_json_is_read_too() -> None:
    entry = {
        "datetime": "2026-02-20T09:00:00Z",
        "uri": f"https://web.archive.org/web/20260220090000/{URL}",
    }
    body = json.dumps({"original_uri": URL, "mementos": {"list": [entry], "first": entry}})
    (found,) = ask(said(body, 200, "application/json"), MEMGATOR)
    assert found.at == datetime(2026, 2, 20, 9, tzinfo=UTC)
    assert found.memento == ELSEWHERE


def test_only_archives_that_are_known_are_asked_for_its_mementos() -> None:
    web = FakeWeb({ELSEWHERE: memento("x", "Fri, 20 Feb 2026 09:00:00 GMT")})
    archive = build(MEMGATOR, web, lambda: NOW)
    (seen,) = ask(said(HEAD + FIRST))
    assert archive.replay(replace(seen, memento=ELSEWHERE)).body == b"x"
    for foreign in (
        STRANGE,
        f"https://web.archive.org@strange.example/20260220id_/{URL}",
        f"https://web.archive.org:8080/web/20260220id_/{URL}",
        f"http://127.0.0.1/20260220id_/{URL}",
    ):
        with pytest.raises(Refused, match="no archive that is configured or known"):
            archive.replay(replace(seen, memento=foreign))
    assert web.asked == [ELSEWHERE]


def test_an_untrusted_archive_is_listed_and_never_read() -> None:
    spec = ProviderSpec(name="today", kind="timemap", base_url="https://archive.today/timemap")
    archive = build(spec, FakeWeb({"": said(HEAD + FIRST)}), lambda: NOW)
    (seen,) = archive.sightings(URL).items
    with pytest.raises(Refused, match="no evidence"):
        archive.replay(seen)


def test_a_replayed_page_tells_of_the_first_and_the_last() -> None:
    header = f'<{URL}>; rel="original", {FIRST}, {LAST}'
    first, last = told_by_replay(header, "http://127.0.0.1:8089/news", "national")
    assert (first.at.day, last.at.day) == (20, 24)
    assert first.memento == f"http://127.0.0.1:8089/news/20260220090000id_/{URL}"


def test_a_sister_host_of_the_archive_is_the_archive() -> None:
    there = f"https://wayback.archive.example/all/20260220090000id_/{URL}"
    web = FakeWeb({there: memento("x", "Fri, 20 Feb 2026 09:00:00 GMT")})
    archive = build(SPEC, web, lambda: NOW)
    (seen,) = ask(said(HEAD + FIRST))
    assert archive.replay(replace(seen, memento=there)).body == b"x"


@given(st.text(max_size=300))
def test_any_text_is_read_as_links_or_not(text: str) -> None:
    assert sum(1 for _ in read_links(text, ROOT)) <= len(text)


@pytest.mark.shared
@here
def test_recorded_timemaps() -> None:
    quoted = json.loads((FOLDER / "quoted-in-issues" / "responses.json").read_text("utf-8"))
    told = {row["source"].rsplit("/", 1)[-1]: row["body"] for row in quoted if "imeMap" in str(row)}
    counts = {}
    for issue, body in told.items():
        if isinstance(body, str) and "memento" in body:
            links = list(read_links(body, ROOT))
            assert None not in links
            counts[issue] = sum("memento" in link.rel for link in links if link)
    assert counts == {"119": 3, "79": 2}
    five = (FOLDER / "ipwb" / "indexes" / "5mementos.link").read_text("utf-8")
    assert sum("memento" in link.rel for link in read_links(five, ROOT) if link) == 5
