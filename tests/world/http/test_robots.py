"""What a site lets be asked: what allows, what forbids, what slows, and how far it is followed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import Garbled, Refused, Unavailable
from provenance.world.http import robots
from provenance.world.http.robots import Robots, Rules, parse
from tests.fuzz.hostile import answer

if TYPE_CHECKING:
    from provenance.model import Capture

SITE = "https://paper.example"
TXT = f"{SITE}/robots.txt"
PAGE = f"{SITE}/news/ferry"
CLOSED = b"User-agent: *\nDisallow: /news/\n"


class Host:
    """A session that answers by address, and notes what was asked and which gaps were set."""

    def __init__(self, given: dict[str, Capture | Exception]) -> None:
        self._given = given
        self.asked: list[tuple[str, str, float]] = []
        self.gaps: list[tuple[str, float]] = []

    def ask(self, provider: str, url: str, *, max_age: float) -> Capture:
        self.asked.append((provider, url, max_age))
        found = self._given[url]
        if isinstance(found, Exception):
            raise found
        return found

    def set_gap(self, url: str, gap: float) -> None:
        self.gaps.append((url, gap))


def robots_of(
    given: dict[str, Capture | Exception], *, offline: bool = False
) -> tuple[Robots, Host]:
    host: Any = Host(given)
    return Robots(host, offline=offline), host


def moved(to: str | None, status: int = 301) -> Capture:
    return answer(b"", status, (("location", to),) if to is not None else ())


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (None, ""),
        (199, ""),
        (200, "robots.txt asks not to"),
        (206, "robots.txt asks not to"),
        (299, "robots.txt asks not to"),
        (300, ""),
        (304, ""),
        (401, ""),
        (404, ""),
        (499, ""),
        (500, "its robots.txt could not be asked (HTTP 500)"),
        (503, "its robots.txt could not be asked (HTTP 503)"),
    ],
)
def test_the_status_decides_whether_the_rules_are_read(status: int | None, why: str) -> None:
    found, _ = robots_of({TXT: replace(answer(CLOSED), status=status)})
    assert found.refusal(PAGE) == why


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (Unavailable("web", TXT, "no answer"), "its robots.txt could not be asked: no answer"),
        (Refused("web", TXT, "too large"), "its robots.txt could not be read: too large"),
        (Garbled("web", TXT, "half sent"), "its robots.txt could not be read: half sent"),
    ],
)
def test_no_answer_forbids_all(error: Exception, why: str) -> None:
    found, host = robots_of({TXT: error})
    assert found.refusal(PAGE) == why
    assert host.gaps == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_robots_txt_that_moved_is_followed(status: int) -> None:
    found, host = robots_of({TXT: moved("/r.txt", status), f"{SITE}/r.txt": answer(CLOSED)})
    assert found.refusal(PAGE) == "robots.txt asks not to"
    assert [url for _, url, _ in host.asked] == [TXT, f"{SITE}/r.txt"]


@pytest.mark.parametrize("status", [300, 304])
def test_another_answer_with_a_place_is_not_followed(status: int) -> None:
    found, host = robots_of({TXT: moved("/r.txt", status)})
    assert found.refusal(PAGE) == ""
    assert len(host.asked) == 1


@pytest.mark.parametrize(("steps", "why"), [(5, "robots.txt asks not to"), (6, "")])
def test_five_moves_are_followed_as_the_standard_asks(steps: int, why: str) -> None:
    places = [TXT, *(f"{SITE}/{n}" for n in range(steps))]
    given: dict[str, Capture | Exception] = {here: moved(there) for here, there in pairwise(places)}
    found, host = robots_of({**given, places[-1]: answer(CLOSED)})
    assert found.refusal(PAGE) == why
    assert len(host.asked) == 6


def test_a_move_to_no_address_forbids_and_one_to_nowhere_allows() -> None:
    why = "its robots.txt leads to an address that cannot be read"
    assert robots_of({TXT: moved("http://[")})[0].refusal(PAGE) == why
    assert robots_of({TXT: moved(None)})[0].refusal(PAGE) == ""


def test_a_host_is_asked_once_a_run_with_a_day_of_trust_and_without_a_login() -> None:
    other = "http://paper.example:8080"
    found, host = robots_of({TXT: answer(CLOSED), f"{other}/robots.txt": answer(b"", 404)})
    for url in (PAGE, f"{SITE}/", "https://me:secret@paper.example/x", f"{other}/news/x"):
        found.of(url)
    assert host.asked == [("robots", TXT, 86400.0), ("robots", f"{other}/robots.txt", 86400.0)]
    assert host.gaps == [(SITE, 0.0), (other, 0.0)]


def test_offline_nobody_is_asked_and_nothing_is_forbidden() -> None:
    found, host = robots_of({}, offline=True)
    assert found.of(PAGE) == Rules()
    assert found.refusal(PAGE) == ""
    assert host.asked == []


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        (b"", None),
        (b"Crawl-delay: 2.5", 2.5),
        (b"Crawl-delay: 0", 0.0),
        (b"Crawl-delay: -4", None),
        (b"Crawl-delay: 30", 30.0),
        (b"Crawl-delay: 86400", 30.0),
        (b"Crawl-delay: soon", None),
    ],
)
def test_the_delay_is_the_gap_of_its_host(line: bytes, delay: float | None) -> None:
    found, host = robots_of({TXT: answer(b"User-agent: *\n" + line)})
    assert found.of(PAGE).delay == delay
    assert host.gaps == [(SITE, delay or 0.0)]


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/ferry", True),
        ("User-agent: provenance\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: provenance\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /ne\0ws/", False),
        ("<html>no rules</html>", True),
        ("", True),
    ],
)
def test_the_rules_for_this_program_decide(lines: str, allowed: bool) -> None:
    assert (parse(lines.encode()).refusal(PAGE) == "") is allowed


def test_letters_that_are_none_hide_no_rule() -> None:
    assert parse(b"# \xff\n" + CLOSED).refusal(PAGE) == "robots.txt asks not to"


def test_the_first_half_million_bytes_are_read() -> None:
    padding = b"#" * (512_000 - len(CLOSED) - 1) + b"\n"
    assert parse(padding + CLOSED).refusal(PAGE)
    assert not parse(b"#" * 20 + padding + CLOSED).refusal(PAGE)


def test_sitemaps_are_whole_addresses_each_once_and_at_most_fifty() -> None:
    lines = ["Sitemap: /relative", "Sitemap: http://[", "Sitemap: ftp://a.example/x"]
    named = [f"{SITE}/{n}.xml" for n in range(60)]
    body = "\n".join([f"Sitemap: {url}" for url in (*named[:2], *named)]).encode()
    assert parse("\n".join(lines).encode()).sitemaps == ()
    assert parse(body).sitemaps == tuple(named[:48])
    assert robots.LONGEST_DELAY == 30.0
