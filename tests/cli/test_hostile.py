"""Hostile input through the command line: words or a clean verdict, never a traceback.

Whatever a page, a reply or a name holds, standard output carries no control code, the reports
carry nothing active, no file lands outside the output folder, and nobody private is connected to.
"""

from __future__ import annotations

import json
import re
import socket
import unicodedata
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from provenance.cli.main import main
from provenance.cli.options import FORMATS
from provenance.world.http.guard import judge
from tests.world.evil import EvilServer, reply
from tests.world.shared import jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STORY = """
<p>The ferryman of Hollin Ness has asked for a second rope, since the first one sings in the wind
and keeps the parish awake.</p>
<p>The parish replied that it would rather stay awake than pay for hemp, and has formed a choir.</p>
<p>Both are to be heard on Sunday, from either bank, weather permitting.</p>
"""
HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }} ${7*7} <%= 7 %>",
    "\x1b]0;owned\x07\x1b[2J",
    "\x9b31m\x85\x7f",
    "\u202egnp.exe\u2066",
    "\ud83d half a pair",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE fetches; --",
    "../../../../etc/passwd",
    "CON",
    "%s%s%n {0} \\x00 \u0000",
    "A" * 5000,
)
# Not among them: the pair U+2068, U+2069, which keeps a name from turning the words around it.
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
# A PDF is printed from the HTML by a browser, which not every machine has.
TEXTUAL = tuple(name for name in FORMATS if name != "pdf")
EXPECTED = ("kept.db", "page", "provenance.toml")
NAME = re.compile(r"[a-z0-9-]{1,69}\.(?:html|md|json|csv|prov\.json|jsonld)")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work happens in a folder of its own, without pace and with short deadlines."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    limits = "[limits]\npace = 0.0\ndeadline = 1.0\nread_timeout = 1.0\nbudget = 5.0\n"
    Path("provenance.toml").write_text(limits, "utf-8")
    return work


def check(*words: str, formats: tuple[str, ...] = ()) -> Result:
    """One run of check, with whatever must hold of each run held."""
    chosen = [part for name in formats for part in ("-f", name)]
    options = [
        "--db",
        "kept.db",
        "--archive",
        "none=cdx:http://127.0.0.1:9",
        "--search",
        "none",
        *chosen,
    ]
    done = CliRunner().invoke(main, ["check", *options, *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert done.exit_code in {0, 1}, done.output
    assert all(line.startswith("provenance: ") for line in done.stderr.splitlines()), done.stderr
    assert bool(faults(done)) == (done.exit_code == 1), done.output
    assert not stray(done.output)
    assert done.output.count("\u2068") == done.output.count("\u2069")
    done.output.encode("utf-8")
    return done


def faults(done: Result) -> list[str]:
    """The lines that tell of one; that several pages fit into one table is only a hint."""
    return [line for line in done.stderr.splitlines() if "--table FILE" not in line]


def stray(text: str) -> set[str]:
    """The characters in it that could move a terminal's cursor or turn its text round."""
    return {c for c in text if (unicodedata.category(c) == "Cc" and c != "\n") or c in BIDI}


def page(text: str) -> bytes:
    """A page that has a text wherever a page can have one."""
    inside, outside = escape(text, quote=True), text.replace("\0", "")
    fields = {"@type": "NewsArticle", "headline": text, "author": text, "publisher": text}
    ld = json.dumps(fields).replace("</", "<\\/")
    return f"""<!doctype html><html lang="en"><head><title>{inside}</title>
<meta property="og:site_name" content="{inside}"><meta name="author" content="{inside}">
<link rel="canonical" href="{inside}"><script type="application/ld+json">{ld}</script></head>
<body><article><h1>{inside}</h1><p class="byline">By {inside}</p>{STORY}
<p>{inside}</p><p>{outside}</p>
<p>Source: <a href="{inside}">{inside}</a></p></article></body></html>""".encode(
        "utf-8", "surrogatepass"
    )


def active(markup: str) -> list[str]:
    """What a browser might act on in a report: scripts, handlers, addresses that are no web's."""
    found = []
    for element in html.fromstring(markup).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and element.get("type") == "application/json":
            continue  # the report for machines: data, which no browser runs
        if element.tag in {"script", "iframe", "object", "embed", "base", "form"}:
            found.append(element.tag)
        for name, value in element.attrib.items():
            foreign = name in {"href", "src", "action", "srcdoc"} and not re.match(
                r"https?://|#", value
            )
            if name.startswith("on") or foreign:
                found.append(f"{element.tag} {name}={value[:60]}")
    return found


def outside(work: Path) -> list[str]:
    """Every file that a run left where it should not have, or under a name it should not have."""
    left = [path for path in work.parent.rglob("*") if path.is_file()]
    return [
        str(path)
        for path in left
        if not (path.parent == work and path.name.startswith(EXPECTED))
        and not (path.parent == work / "reports" and NAME.fullmatch(path.name))
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_in_every_field_of_a_page_stays_a_text(text: str, folder: Path) -> None:
    Path("page.html").write_bytes(page(text))
    done = check("page.html", "--offline", "-v", formats=TEXTUAL)
    assert done.exit_code == 0
    assert outside(folder) == []
    [written] = Path("reports").glob("*.html")
    assert active(written.read_text("utf-8")) == []
    as_json = check("page.html", "--offline", "--json")
    assert isinstance(json.loads(as_json.stdout), dict)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_as_target_or_address_is_told_in_one_line(text: str, folder: Path) -> None:
    Path("page.html").write_bytes(page("plain"))
    done = check(text.replace("\0", ""), "page.html", "--offline")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert "\nReport" in done.stdout
    check("page.html", "--offline", "--url", f"https://post.example/{text}")
    assert outside(folder) == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"WARC/1.0\r\n"])
def test_a_page_of_a_few_bytes_is_told(body: bytes) -> None:
    Path("page.html").write_bytes(body)
    assert check("page.html", "--offline").exit_code == 1


def test_standard_input_may_hold_anything(folder: Path) -> None:
    for body in (b"", b"\0" * 5000, bytes(range(256)) * 8, page("plain")):
        done = CliRunner().invoke(main, ["-", "--offline", "--db", "kept.db"], input=body)
        assert done.exit_code == (0 if b"ferryman" in body else 1), done.output
        assert len(done.stderr.splitlines()) == done.exit_code
    assert outside(folder) == []


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str, int], bool]], None]:
    """Lets only the addresses (IP, port) through that a test allows; no name leads anywhere."""
    resolve = socket.getaddrinfo

    def only(allowed: Callable[[str, int], bool]) -> None:
        def known(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
            found = resolve(host, port, *rest, **{**more, "flags": socket.AI_NUMERICHOST})
            if all(allowed(place[0], int(port)) for *_, place in found):
                return found
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", known)

    return only


@pytest.fixture
def evil() -> Iterator[EvilServer]:
    server = EvilServer()
    yield server
    server.close()


@pytest.mark.slow
@pytest.mark.shared
def test_shared_addresses(
    badinput: Path, resolver: Callable[[Callable[[str, int], bool]], None]
) -> None:
    """A private address is known to the resolver, so that only the guard stands before it."""
    resolver(lambda address, _: judge(address) is not None)
    rows = jsonl(badinput / "ssrf-urls.jsonl")
    for row in rows:
        done = check("--", row["url"])
        assert done.exit_code == 1, row
        assert len(done.stderr.splitlines()) == 1
        assert ("not resolve" in done.stderr) == (row["want"] == "allow"), (row, done.stderr)
    assert len(rows) > 30


@pytest.mark.slow
@pytest.mark.shared
def test_shared_raw_replies(
    badinput: Path,
    evil: EvilServer,
    resolver: Callable[[Callable[[str, int], bool]], None],
) -> None:
    resolver(lambda address, port: (address, port) == ("127.0.0.1", evil.port))
    evil.on("/ok", reply(page("plain")))
    rows = jsonl(badinput / "http-raw.jsonl")
    for row in rows:
        url = evil.on("/raw", (badinput / row["file"]).read_bytes())
        done = check(url, "--allow-private", "--follow-private", "--refresh")
        if row["want"] in {"error", "error-size-cap", "bounded-wait"}:
            assert done.exit_code == 1, row
    assert len(rows) > 30


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["xss", "terminal", "prompt-like", "naughty-strings", "csv-cells", "fts-queries"]
)
def test_shared_texts_stay_texts(badinput: Path, name: str, folder: Path) -> None:
    rows = jsonl(badinput / f"{name}.jsonl")
    pages = {page(next(row[key] for key in ("text", "cell", "q") if key in row)) for row in rows}
    # Each of them goes through every reader and form elsewhere; here a part is enough.
    pages = set(sorted(pages)[:: max(1, len(pages) // 60)])
    for number, body in enumerate(sorted(pages)):
        Path(f"page{number}.html").write_bytes(body)
    done = check(*map(str, Path().glob("page*")), "--offline", formats=("html", "csv"))
    assert outside(folder) == []
    written = list(Path("reports").glob("*.html"))
    # A page full of control codes may be taken for a binary file, and is told as one.
    assert len(written) + len(faults(done)) == len(pages)
    assert [line for line in faults(done) if "binary" not in line] == []
    assert [fault for path in written for fault in active(path.read_text("utf-8"))] == []


@pytest.mark.slow
@pytest.mark.shared
def test_shared_file_names(badinput: Path, folder: Path) -> None:
    Path("page.html").write_bytes(page("plain"))
    rows = jsonl(badinput / "filenames.jsonl")
    for row in rows:
        check("page.html", "--offline", "--url", f"https://post.example/{row['name']}")
        check("--offline", "--", row["name"].replace("\0", ""))
    assert outside(folder) == []
    assert len(rows) > 10


@pytest.mark.slow
@pytest.mark.shared
def test_shared_bombs_end(badinput: Path) -> None:
    rows = jsonl(badinput / "html-bombs.jsonl")
    for row in rows:
        Path("page.html").write_text(
            row["prefix"] + row["repeat"] * row["count"] + row["suffix"], "utf-8"
        )
        check("page.html", "--offline", formats=("html", "json"))
    assert len(rows) > 5


@pytest.mark.slow
@pytest.mark.shared
def test_shared_damaged_files_are_told(badinput: Path) -> None:
    for path in sorted((badinput / "archives").iterdir()):
        check(str(path), "--offline")
    targets = sorted(
        str(path)
        for kind in ("xml-defusedxml", "xss-bleach", "sitemaps")
        for path in (badinput / kind).rglob("*")
        if path.is_file()
    )
    check(*targets, "--offline", "-q")
    assert len(targets) > 20


@pytest.mark.slow
@pytest.mark.shared
def test_shared_broken_markup_is_read_or_told(badinput: Path) -> None:
    targets = []
    for number, row in enumerate(jsonl(badinput / "feedparser.jsonl")):
        target = f"page{number}.html"
        Path(target).write_bytes(row["latin1"].encode("latin-1"))
        targets.append(target)
    done = check(*targets, "--offline", "--json")
    lines = done.stdout.splitlines()
    assert len(lines) + len(done.stderr.splitlines()) == len(targets)
    assert all(isinstance(json.loads(line), dict) for line in lines)
