"""``provenance audit`` over real HTTP: polite, resumed after a kill, every fault a row."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from provenance.world.store import Store
from tests.scenarios import again, crawl, faults, kills, manners, stage, together
from tests.servers.loopback import Answer, serve
from tests.servers.magazine import FIRST_DAY, FURNITURE, Magazine, page, story

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

# Two workers are tested by the scenarios; here each test would start them for a few pages.
QUIET = ("--allow-private", "--follow-private", "--rate", "0", "--workers", "1")


def arguments(target: str, folder: Path, *more: str) -> list[str]:
    return [
        *("audit", target, *QUIET, "--db", str(folder / "a.db"), "-o", str(folder / "out")),
        *("--json", "-f", "csv", *more),
    ]


def audited(target: str, folder: Path, *more: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, arguments(target, folder, *more))
    assert done.exit_code == 0, done.output
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def ways(report: dict[str, Any]) -> dict[str, int]:
    return dict(Counter(row["fate"] for row in report["rows"]))


def account(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a run came to, without what may differ between two runs."""
    return sorted(
        (
            row["url"].partition("//")[2].partition("/")[2],
            row["fate"],
            (row["result"] or {}).get("kind", row["reason"]),
        )
        for row in report["rows"]
    )


def test_a_site_is_found_by_its_sitemap_and_counted(tmp_path: Path) -> None:
    magazine = Magazine(stories=12, reposts=frozenset({1, 5, 9}))
    with serve(magazine) as site:
        report = audited(f"{site.base}/", tmp_path)
    assert ways(report) == {"done": 12}
    shares = {kind: share["count"] for kind, share in report["shares"]}
    assert shares["declared"] == 3
    assert report["reused"]["count"] == 3
    assert set(FURNITURE) <= set(report["habits"])
    assert report["prefixes"] == ["QUAYSIDE:"]
    [table] = (tmp_path / "out").glob("audit-*.csv")
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert len(rows) == 12
    assert {row["other_url"] for row in rows if row["verdict"] == "declared"} == {
        f"https://paper.example/{n}" for n in (1, 5, 9)
    }
    named = [row["report_file"] for row in rows if row["report_file"]]
    assert len(named) == 3
    assert all((tmp_path / "out" / name).is_file() for name in named)


def test_disallowed_pages_are_not_asked_for(tmp_path: Path) -> None:
    magazine = Magazine(stories=6, robots="User-agent: *\nDisallow: /story/2\n")
    with serve(magazine) as site:
        report = audited(f"{site.base}/", tmp_path)
        assert "/story/2" not in site.asked
    assert ways(report) == {"done": 5, "refused": 1}


@pytest.mark.parametrize("status", [500, 503])
def test_a_site_whose_robots_fail_is_not_asked(status: int, tmp_path: Path) -> None:
    magazine = Magazine(stories=3, faults={"/robots.txt": Answer(b"", status=status)})
    with serve(magazine) as site:
        done = CliRunner().invoke(main, arguments(f"{site.base}/", tmp_path))
        assert set(site.asked) == {"/robots.txt"}
    assert done.exit_code == 1
    assert "robots.txt could not be asked" in done.stderr


def test_each_fault_is_a_row_with_its_reason(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 20_000_000)
    faults = {
        "/story/0": Answer(b"no", status=500),
        "/story/1": Answer(raw=b""),
        "/story/2": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>cut"),
        "/story/3": Answer(bomb, headers={"Content-Encoding": "gzip"}),
        "/story/4": Answer(status=302, headers={"Location": "/story/4"}),
        "/story/5": Answer(status=302, headers={"Location": "http://other.example/"}),
        "/story/6": Answer(
            b"\x89PNG\r\n\x1a\n" + bytes(500), headers={"Content-Type": "image/png"}
        ),
        "/story/7": Answer(b"", status=404),
    }
    with serve(Magazine(stories=12, faults=faults)) as site:
        report = audited(f"{site.base}/", tmp_path)
    reasons = {row["url"][-1]: row for row in report["rows"] if row["reason"]}
    assert ways(report)["done"] == 4
    assert len(report["rows"]) == 12
    for number, word in enumerate(
        ("HTTP 500", "without an answer", "cut", "limit for one page", "in a circle", "", "", "404")
    ):
        assert word in reasons[str(number)]["detail"]
    low, high = report["reused"]["low"], report["reused"]["high"]
    assert low < high


def test_a_malformed_sitemap_is_told_and_what_stands_before_is_read(tmp_path: Path) -> None:
    magazine = Magazine(stories=5)
    cut = magazine.sitemap().encode().replace(b"</urlset>", b"<url><lo")
    magazine.faults["/sitemap.xml"] = Answer(cut, headers={"Content-Type": "text/xml"})
    with serve(magazine) as site:
        report = audited(f"{site.base}/", tmp_path)
    assert ways(report) == {"done": 5}
    assert "well-formed" in report["listings"][0]["why"]


def test_a_saved_index_of_sitemaps_is_followed(tmp_path: Path) -> None:
    with serve(Magazine(stories=3)) as site:
        index = (
            f"<sitemapindex><sitemap><loc>{site.base}/sitemap.xml</loc></sitemap></sitemapindex>"
        )
        (tmp_path / "index.xml").write_text(index, "utf-8")
        report = audited(str(tmp_path / "index.xml"), tmp_path)
    assert ways(report) == {"done": 3}
    assert [row["found"] for row in report["listings"]] == [1, 3]


def test_an_index_that_names_itself_ends(tmp_path: Path) -> None:
    index = b"<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"
    with serve(Magazine(stories=3, faults={"/sitemap.xml": Answer(index)})) as site:
        report = audited(f"{site.base}/", tmp_path)
        assert site.asked.count("/sitemap.xml") == 1
    assert ways(report) == {"done": 3, "skipped": 1}


def test_an_endless_trap_stops_by_rule(tmp_path: Path) -> None:
    magazine = Magazine(stories=3, links_only=True)

    def answer(path: str) -> Answer:
        if path == "/":
            extra = b"<a href='/calendar/1'>calendar</a><a href='/deep/'>deep</a>"
            return Answer(magazine(path).body.replace(b"</ul>", b"</ul>" + extra))
        if path.startswith("/calendar/"):
            day = int(path.rpartition("/")[2])
            return Answer(f"<p>Nothing on.</p><a href='/calendar/{day + 1}'>next</a>".encode())
        if path.startswith("/deep/"):
            return Answer(f"<p>down</p><a href='{path}x/'>more</a>".encode())
        return magazine(path)

    with serve(answer) as site:
        report = audited(f"{site.base}/", tmp_path)
        assert len(site.asked) < 60
    assert ways(report)["done"] == 3
    assert {"no_articles", "repeating_path"} <= {row["reason"] for row in report["rows"]}


def test_a_sample_is_drawn_and_has_an_interval(tmp_path: Path) -> None:
    with serve(Magazine(stories=30, reposts=frozenset(range(15)))) as site:
        report = audited(f"{site.base}/", tmp_path, "--sample", "10")
        asked = [path for path in site.asked if path.startswith("/story/")]
    assert ways(report) == {"done": 10, "skipped": 20}
    assert len(asked) == 10
    assert report["drawn"]
    assert 0 < report["reused"]["low"] < report["reused"]["high"] < 1


def test_a_second_audit_asks_whether_pages_changed(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "provenance.toml").write_text("[limits]\nmax_age = 0.0\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    with serve(Magazine(stories=5)) as site:
        first = audited(f"{site.base}/", tmp_path)
        assert site.unchanged == []
        second = audited(f"{site.base}/", tmp_path)
        assert sorted(site.unchanged) == [f"/story/{number}" for number in range(5)]
    assert account(first) == account(second)


def command(site: str, folder: Path, *more: str) -> list[str]:
    run = "from provenance.cli.main import main; main()"
    return [sys.executable, "-c", run, *arguments(site, folder, *more)]


def test_killed_at_any_moment_it_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    magazine = Magazine(stories=14, reposts=frozenset({2, 3}))
    running: list[subprocess.Popen[bytes]] = []
    kills = [1, 5, 14, 16]

    def answer(path: str) -> Answer:
        if running and kills and len(site.asked) >= kills[0]:
            kills.pop(0)
            os.kill(running.pop().pid, signal.SIGKILL)
            return Answer(raw=b"")
        return magazine(path)

    (tmp_path / "killed").mkdir()
    with serve(answer) as site:
        for _ in range(8):
            process = subprocess.Popen(
                command(f"{site.base}/", tmp_path / "killed"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            running[:] = [process]
            out, err = process.communicate(timeout=120)
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL, err
        report = json.loads(out)
        asked = Counter(path for path in site.asked if path.startswith("/story/"))
    assert kills == []
    (tmp_path / "whole").mkdir()
    with serve(magazine) as other:
        whole = audited(f"{other.base}/", tmp_path / "whole")
    assert account(report) == account(whole)
    assert len(asked) == 14
    assert sum(asked.values()) <= 14 + 4
    with Store.open(str(tmp_path / "killed" / "a.db")) as store:
        assert store.connection.check() == "ok"


def test_killed_while_it_checks_it_goes_on(tmp_path: Path) -> None:
    magazine = Magazine(stories=4)
    running: list[subprocess.Popen[bytes]] = []

    def answer(path: str) -> Answer:
        if path.startswith("/source/"):
            if running:
                os.kill(running.pop().pid, signal.SIGKILL)
            return Answer(page("Elsewhere", story(900), FIRST_DAY))
        text = magazine(path)
        there = f"{site.base.replace('127.0.0.1', 'localhost')}/source/{path[7:]}"
        link = f"<p>Source: <a href='{there}'>The Echo</a></p>"
        return Answer(text.body.replace(b"</article>", link.encode() + b"</article>"), text.status)

    with serve(answer) as site:
        more = ("--lookups", "--archive", "none=cdx:http://127.0.0.1:9/")
        for again in range(2):
            process = subprocess.Popen(
                command(f"{site.base}/", tmp_path, *more),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            running[:] = [] if again else [process]
            out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert ways(json.loads(out)) == {"done": 4}


def test_status_and_resume_say_where_it_stands(tmp_path: Path) -> None:
    with serve(Magazine(stories=3)) as site:
        audited(f"{site.base}/", tmp_path)
        base = site.base
    where = ["--db", str(tmp_path / "a.db")]
    shown = CliRunner().invoke(main, ["audit", "--status", *where])
    assert f"{base}/  3 addresses: 3 checked" in shown.stdout
    none = CliRunner().invoke(main, ["audit", "--resume", *where])
    assert (none.exit_code, "unfinished" in none.stderr) == (1, True)


def test_a_list_needs_no_start_page(tmp_path: Path) -> None:
    with serve(Magazine(stories=3)) as site:
        urls = tmp_path / "urls.txt"
        urls.write_text(f"{site.base}/story/0\nno address\n{site.base}/story/2\n", "utf-8")
        report = audited(str(urls), tmp_path)
    assert ways(report) == {"done": 2, "skipped": 1}
    assert dict(report["fates"])["skipped"] == 0


def record(url: str, answer: Answer) -> bytes:
    """One response as a WARC record."""
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + answer.body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2026-03-01T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(reply)}\r\n\r\n"
    )
    return head.encode() + reply + b"\r\n\r\n"


def test_the_pages_of_a_warc_are_audited_and_nobody_is_asked(tmp_path: Path) -> None:
    magazine, crawl = Magazine(stories=4, reposts=frozenset({2})), tmp_path / "crawl.warc.gz"
    records = [record(f"https://lantern.example/story/{n}", magazine.story(n)) for n in range(4)]
    crawl.write_bytes(b"".join(map(gzip.compress, records)))
    report = audited(str(crawl), tmp_path)
    assert ways(report) == {"done": 4}
    assert report["reused"]["count"] == 1


def test_a_feed_and_wordpress_name_pages(tmp_path: Path) -> None:
    items = "".join(f"<item><link>/story/{n}</link></item>" for n in range(3))
    rss = Answer(f"<rss><channel>{items}</channel></rss>".encode())
    posts = [{"link": f"BASE/story/{n}", "date_gmt": "2026-03-01T10:00:00"} for n in range(4)]

    def answer(path: str) -> Answer:
        if path == "/" and "feed" in where:
            return Answer(
                b"<html><head><link rel=alternate type='application/rss+xml'"
                b" href='/feed'></head><body><p>hello</p></body></html>"
            )
        if path == "/":
            return Answer(b"<html><body><img src='/wp-content/a.png'><p>hello</p></body></html>")
        if path == "/feed":
            return rss
        if path.startswith("/wp-json/"):
            return Answer(json.dumps(posts).replace("BASE", site.base).encode())
        return Magazine(stories=4, links_only=True)(path)

    where = ["feed"]
    for name in ("feed", "wordpress"):
        where[:] = [name]
        (tmp_path / name).mkdir()
        with serve(answer) as site:
            report = audited(f"{site.base}/", tmp_path / name)
        assert ways(report)["done"] == (3 if name == "feed" else 4)
        assert any(row["kind"] == name and row["found"] for row in report["listings"])


def test_every_form_is_written(tmp_path: Path) -> None:
    with serve(Magazine(stories=4, reposts=frozenset({1}))) as site:
        forms = [part for form in ("html", "md", "json") for part in ("-f", form)]
        audited(f"{site.base}/", tmp_path, *forms)
    out = tmp_path / "out"
    written = {path.suffix: path.read_text("utf-8") for path in out.glob("audit-*")}
    assert set(written) == {".html", ".md", ".json", ".csv"}
    assert "Declared repost" in written[".html"]
    assert written[".html"].count("<script") == 1
    assert json.loads(written[".json"])["reused"]["count"] == 1
    assert "The Ferry Echo" in written[".md"]


def test_killed_at_random_it_comes_to_the_same_account(tmp_path: Path) -> None:
    dice = random.Random(5)
    begun = time.monotonic()
    _, wanted = kills.one_round(tmp_path / "whole", 24, 0, 600.0, dice)
    found, report = kills.one_round(tmp_path / "killed", 24, 6, time.monotonic() - begun, dice)
    assert found.kills
    assert found.right
    assert stage.account(report) == stage.account(wanted)
    assert stage.figures(report) == stage.figures(wanted)


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_says_so_in_one_line_and_goes_on_later(which: int, tmp_path: Path) -> None:
    magazine = Magazine(stories=8)
    running: list[subprocess.Popen[bytes]] = []

    def answer(path: str) -> Answer:
        if running and path == "/story/3":
            os.killpg(running.pop().pid, which)
        return magazine(path)

    with stage.logged(answer) as site:
        process = stage.started(f"{site.base}/", tmp_path, "--rate", "50")
        running.append(process)
        out, err = process.communicate(timeout=120)
        assert (process.returncode, out) == (130, b"")
        last = err.decode().splitlines()[-1]
        assert last == "provenance: stopped; the same command goes on where it was"
        assert kills.left_over(process.pid) == 0
        report = stage.audited(f"{site.base}/", tmp_path)
        asked = site.counts("/story/")
    assert ways(report) == {"done": 8}
    assert sum(asked.values()) <= 9


def test_every_kind_of_fault_in_one_run(tmp_path: Path) -> None:
    report, site, asked, _, stored = faults.run(24, tmp_path)
    assert faults.wrong(report, site, asked, stored) == []


def test_a_second_visit_is_light(tmp_path: Path) -> None:
    first, second, same = again.visits(60, tmp_path)
    assert same
    assert again.right(first, second)


def test_four_programs_share_one_audit(tmp_path: Path) -> None:
    site = Magazine(stories=12, reposts=frozenset({2, 3}))
    found, reports = together.together([site], 4, tmp_path / "together")
    assert found.right, found
    assert found.audits == 1
    assert ways(reports[0]) == {"done": 12}
    assert together.same(reports, [together.alone(site, tmp_path / "alone")] * 4)


CASES = {case.name: case for case in manners.cases(6, 20.0)}


@pytest.mark.parametrize(
    "name",
    [
        *("index, redirects to what is disallowed", "WordPress listing", "crawl-delay of 0.4 s"),
        *("503, Retry-After: 4", "two programs, crawl-delay", "two programs, 429, Retry-After: 5"),
    ],
)
def test_a_site_is_asked_as_it_wants(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    there, wrong = manners.asked(case, tmp_path)
    assert manners.rude(case, there) == ""
    assert wrong == []


def test_a_crawl_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    with path.open("wb") as file:
        crawl.write_crawl(file, 9, 500_000)
    report = audited(str(path), tmp_path, "--max", "6")
    assert ways(report) == {"done": 6, "skipped": 3}
    [listing] = report["listings"]
    assert "cut off before its end" in listing["why"]


def served(tmp_path: Path, answer: Any, *more: str) -> tuple[dict[str, Any], list[str]]:
    with serve(answer) as site:
        return audited(f"{site.base}/", tmp_path, *more), site.asked


def test_an_index_of_packed_sitemaps_with_dates_of_news(tmp_path: Path) -> None:
    magazine = Magazine(stories=6)
    news = "http://www.google.com/schemas/sitemap-news/0.9"

    def entry(number: int) -> str:
        day = (FIRST_DAY + timedelta(hours=7 * number)).date()
        return (
            f"<url><loc>/story/{number}</loc><n:news><n:publication_date>{day}"
            f"</n:publication_date></n:news></url>"
        )

    def answer(path: str) -> Answer:
        if path == "/sitemap.xml":
            rows = "".join(f"<sitemap><loc>/part-{n}.xml.gz</loc></sitemap>" for n in range(3))
            return Answer(f"<sitemapindex>{rows}</sitemapindex>".encode())
        if path.startswith("/part-"):
            first = 2 * int(path[6])
            rows = "".join(entry(number) for number in (first, first + 1))
            return Answer(gzip.compress(f"<urlset xmlns:n='{news}'>{rows}</urlset>".encode()))
        return magazine(path)

    since = f"{FIRST_DAY + timedelta(days=1):%Y-%m-%d}"
    report, asked = served(tmp_path, answer, "--since", since)
    assert ways(report) == {"done": 3, "skipped": 3}
    assert sorted(path for path in asked if path.startswith("/story")) == [
        f"/story/{number}" for number in (3, 4, 5)
    ]
    assert [row["found"] for row in report["listings"]] == [2, 2, 2, 3]


def test_wordpress_is_asked_page_by_page(tmp_path: Path) -> None:
    magazine = Magazine(stories=130, links_only=True)

    def answer(path: str) -> Answer:
        if path == "/":
            return Answer(b"<html><body><img src='/wp-content/a.png'><p>hello</p></body></html>")
        if path.startswith("/wp-json/"):
            first = 100 * (int(path.partition("&page=")[2].partition("&")[0]) - 1)
            links = [f"{site.base}/story/{n}" for n in range(first, min(first + 100, 130))]
            return Answer(json.dumps([{"link": link} for link in links]).encode())
        return magazine(path)

    with serve(answer) as site:
        report = audited(f"{site.base}/", tmp_path, "--max", "5")
        listed = [path for path in site.asked if path.startswith("/wp-json/")]
    assert len(listed) == 2
    assert ways(report) == {"done": 5, "skipped": 125}


def test_one_text_under_several_addresses_is_counted_once(tmp_path: Path) -> None:
    magazine = Magazine(stories=4)

    def answer(path: str) -> Answer:
        if path == "/sitemap.xml":
            paths = [f"/story/{n}{end}" for n in range(4) for end in ("", "?print=1", "?amp=1")]
            rows = "".join(f"<url><loc>{each}</loc></url>" for each in paths)
            return Answer(f"<urlset>{rows}</urlset>".encode())
        return magazine(path.partition("?")[0])

    report, _ = served(tmp_path, answer)
    assert ways(report) == {"done": 4, "skipped": 8}
    left_out = [row for row in report["rows"] if row["fate"] == "skipped"]
    assert all(row["reason"] == "same_text" for row in left_out)
    assert all(row["detail"].startswith("http") for row in left_out)
