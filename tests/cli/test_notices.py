"""An audit's notices: a folder for each owner of originals, a letter of the person's own."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from provenance.world.saved.evidence import Evidence
from tests.build import capture
from tests.servers.magazine import FIRST_DAY, page, story
from tests.servers.timestamps import serve_timestamps

pytestmark = pytest.mark.slow

ORIGINALS = {
    1: "https://paper.example/story/1",
    2: "https://paper.example/story/2",
    3: "https://post.example/story/3",
}
HOSTILE = "{{ 7*7 }} &lt;script&gt;x&lt;/script&gt; \u202e \x1b[31m \\input{x} [a](b)"
LETTER = """\
{{ owner }}: {{ count }} pages of {{ site }}
{% for page in pages %}
{{ page.url }} {{ page.words_copied }} {{ page.share }}
<{{ page.original.title }}>
{{ page.original.author }} {{ page.original.published }} {{ page.file }}
{% endfor %}
"""


def article(number: int, title: str, day: int, *extra: str) -> bytes:
    return page(title, story(number), FIRST_DAY + timedelta(days=day), *extra)


def signed(html: bytes, day: int) -> bytes:
    """An article with its author and, as its title breaks its structured data, its day."""
    at = (FIRST_DAY + timedelta(days=day)).isoformat()
    tag = f'<meta property="article:published_time" content="{at}">'
    byline = b'</h1><p class="byline">By <a rel="author" href="/lark">Ines Lark</a></p>'
    return html.replace(b"</head>", f"{tag}</head>".encode()).replace(b"</h1>", byline)


def write_warc(name: str, pages: dict[str, bytes]) -> None:
    with Evidence() as evidence:
        for url, body in pages.items():
            evidence.add(capture(body.decode(), url))
        evidence.save(Path(name))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which three copies of one's own originals were audited."""
    folder = tmp_path_factory.mktemp("notices")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_warc(
            "originals",
            {
                url: signed(article(n, f"Original {n} {HOSTILE}", n), n)
                for n, url in ORIGINALS.items()
            },
        )
        copies = {
            f"https://feed.example/{n}": article(
                n, f"Copy {n}", n + 2, f'<p>Source: <a href="{url}">link</a></p>'
            )
            for n, url in ORIGINALS.items()
        }
        own = {f"https://feed.example/{n}": article(n, f"Own {n}", n) for n in (10, 11)}
        write_warc("crawl", {**copies, **own})
        run("corpus", "add", "originals.warc.gz")
        assert run("audit", "crawl.warc.gz", "--workers", "1").exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def here(audited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(audited)


def run(*words: str) -> Result:
    done = CliRunner().invoke(main, [*words, "--db", "kept.db"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def notices(folder: str, *words: str) -> Result:
    return run("audit", "--again", "1", "--notices", folder, *words)


def table(folder: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(folder, "table.csv").read_text("utf-8"))))


def numbers(folder: str) -> list[str]:
    return [row["report"] for row in table(folder)]


def test_each_owner_gets_table_reports_evidence_and_letter() -> None:
    Path("letter.txt").write_text(LETTER, "utf-8")
    done = notices("all", "--letter", "letter.txt")
    assert done.exit_code == 0, done.output
    assert sorted(each.name for each in Path("all").iterdir()) == ["paper.example", "post.example"]
    rows = table("all/paper.example")
    assert [row["page_url"] for row in rows] == ["https://feed.example/1", "https://feed.example/2"]
    assert {row["other_author"] for row in rows} == {"Ines Lark"}
    for row in rows:
        assert Path("all/paper.example", row["report_file"]).is_file()
    with zipfile.ZipFile("all/paper.example/evidence.wacz") as packed:
        lines = packed.read("pages/pages.jsonl").decode().splitlines()[1:]
    assert {json.loads(line)["url"] for line in lines} == {
        *(f"https://feed.example/{n}" for n in (1, 2)),
        *(ORIGINALS[n] for n in (1, 2)),
    }
    letter = Path("all/paper.example/letter.txt").read_text("utf-8")
    assert letter.startswith("paper.example: 2 pages of feed.example\n")
    assert f"https://feed.example/1 {rows[0]['words_copied']} 100%\n" in letter
    assert "Ines Lark 6 Jan 2026 reports/" in letter
    assert f"provenance review {' '.join(numbers('all/paper.example'))}" in done.stderr


@pytest.mark.parametrize(
    ("suffix", "shown", "never"),
    [
        (".txt", "{{ 7*7 }} <script>x</script> \\u202e", ["\x1b", "\u202e", "49 "]),
        (".html", "&lt;script&gt;", ["<script>", "\x1b", "\u202e"]),
        (".md", "\\<script\\>", ["<script>", "[a](b)", "\x1b"]),
        (".tex", r"\textbackslash{}input\textbraceleft{}x", [r"\input{x}", "\x1b"]),
    ],
)
def test_nothing_of_a_page_is_live_in_a_letter(suffix: str, shown: str, never: list[str]) -> None:
    Path(f"letter{suffix}").write_text(
        LETTER.replace("{{ page.original.title }}", "{{ page.original.title | safe }}"), "utf-8"
    )
    assert notices(f"kind{suffix}", "--letter", f"letter{suffix}").exit_code == 0
    letter = Path(f"kind{suffix}/post.example/letter{suffix}").read_text("utf-8")
    assert shown in letter
    assert not [each for each in never if each in letter]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ ownr }}", "'ownr' is undefined; the fields are owner, owner_site"),
        ("{{ pages[0].ttle }}", "there is no field 'ttle'"),
        ("{% if pages[0].ttle %}{% endif %}", "there is no field 'ttle'"),
        ("\n\n{% for %}", "letter.txt: line 3: "),
        ("{{ ().__class__.__base__.__subclasses__() }}", "'__class__' of 'tuple' object is unsafe"),
        ("{% include '/etc/passwd' %}", "no loader"),
        ("{{ count / 0 }}", "division by zero"),
        ("{{ pages.clear() }}", "unsafe"),
        ("{% for n in range(999999) %}x{% endfor %}", "Range too big"),
        ("{{ 'x' * 6000000 }}", "longer than 5,000,000 letters"),
    ],
)
def test_a_letter_that_cannot_be_written_is_one_line_before_anything_is(
    template: str, said: str
) -> None:
    Path("letter.txt").write_text(template, "utf-8")
    done = run("audit", "crawl.warc.gz", "--notices", "never", "--letter", "letter.txt")
    assert done.exit_code == 1
    [line] = done.stderr.splitlines()
    assert said in line
    assert not Path("never").exists()
    assert "crawl" not in run("audit", "--status").stdout.partition("\n")[2]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--notices", "n", "--letter", "nosuch.txt"), 1, "cannot be read as a letter"),
        (("--notices", "n", "--letter", "crawl.warc.gz"), 1, "it is no text in UTF-8"),
        (("--notices", "n", "--letter", "letter.docx"), 1, "a file of .txt, .md, .html, .tex"),
        (
            (
                "--notices",
                ".",
            ),
            1,
            "holds files already",
        ),
        (("--notices", "crawl.warc.gz"), 1, "Not a directory"),
        (("--only", "1"), 2, "go with --notices"),
    ],
)
def test_what_cannot_be_used_is_one_line(words: tuple[str, ...], code: int, said: str) -> None:
    Path("letter.docx").write_text("x")
    done = run("audit", "--again", "1", *words)
    assert (done.exit_code, done.stderr.count("\n")) == (code, 1)
    assert said in done.stderr


def test_who_is_licensed_chosen_or_under_way_decides_who_is_written_to() -> None:
    licensed = notices("licensed", "--licensed", "feed.example")
    assert "3 pages licensed" in licensed.stderr
    assert not Path("licensed").exists()
    whole = next(Path("reports").glob("*.csv")).read_text("utf-8")
    rows = csv.DictReader(io.StringIO(whole))
    [first, second, third] = (row["report"] for row in rows if row["verdict"] == "repost")
    notices("only", "--only", second)
    assert [each.name for each in Path("only").iterdir()] == ["paper.example"]
    assert numbers("only/paper.example") == [second]
    run("review", first, "--state", "sent")
    run("review", third, "--disagree")
    left = notices("left")
    assert numbers("left/paper.example") == [second]
    assert not Path("left/post.example").exists()
    assert "1 page not confirmed by review" in left.stderr
    assert "1 page under way already" in left.stderr
    dashboard = next(Path("reports").glob("audit-*.html")).read_text("utf-8")
    assert '<td data-name="State">notice sent</td>' in dashboard
    run("review", first, "--state", "new")
    run("review", third, "--agree")
    assert numbers_of(notices("anew")) == 3


def numbers_of(done: Result) -> int:
    return sum(int(line.split()[-2]) for line in done.stderr.splitlines() if "Notice" in line)


def test_the_folder_of_an_owner_can_be_stamped() -> None:
    with serve_timestamps() as tsa:
        words = ("--timestamp", f"own={tsa.url}", "--allow-private", "-o", "stamped-site")
        done = notices("stamped", *words)
        assert done.exit_code == 0, done.output
        [path] = Path("stamped/post.example").glob("manifest-*.txt")
        listed = path.read_text("utf-8")
        assert all(name in listed for name in ("evidence.wacz", "reports/", "table.csv"))
        for each in (path, Path("stamped/post.example/evidence.wacz")):
            said = run("verify", str(each), "--tsa-root", str(tsa.root)).stdout
            assert "existed in this form on 20" in said
            assert "FAILS" not in said
