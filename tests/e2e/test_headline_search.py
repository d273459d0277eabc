"""A search that gives headline and paper alone: the paper's own feed finds the article."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from tests.jobs.check.test_page import STORY, page
from tests.servers.loopback import Answer, serve
from tests.world.searches.test_news_feeds import OPAQUE

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "The road nobody mends"
RSS = {"Content-Type": "application/rss+xml"}


def listed(link: str) -> Answer:
    item = f"<item><title>{TITLE}</title><link>{escape(link)}</link></item>"
    feed = f'<rss version="2.0"><channel><title>S</title>{item}</channel></rss>'
    return Answer(feed.encode(), headers=RSS)


@pytest.mark.parametrize("answers", [True, False])
def test_the_paper_is_asked_and_an_empty_answer_is_no_answer(
    tmp_path: Path, *, answers: bool
) -> None:
    def paper(path: str) -> Answer:
        if path == "/feed":
            return listed(f"{post.base}/opinion/road")
        if path == "/opinion/road":
            return Answer(page(STORY, TITLE, published="2026-02-24").encode())
        if path == "/":
            feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
            return Answer(f"<html><head>{feed}<title>Post</title></head></html>".encode())
        return Answer(status=404)

    def news(_: str) -> Answer:
        source = f'<source url="{post.base}">Harbour Post</source>'
        item = f"<item><title>{TITLE} - Harbour Post</title><link>{OPAQUE}</link>{source}</item>"
        feed = f'<rss version="2.0"><channel><title>G</title>{item if answers else ""}'
        return Answer(f"{feed}</channel></rss>".encode(), headers=RSS)

    copied = tmp_path / "page.html"
    copied.write_text(page(STORY, TITLE), "utf-8")
    with serve(paper) as post, serve(news) as google:
        done = CliRunner().invoke(
            main,
            [
                *("check", str(copied), "--url=https://mirror-daily.example/road"),
                *("--allow-private", "--follow-private", f"--archive=a=cdx:{post.base}/none"),
                *(f"--search=news=googlenews:{google.base}", f"--db={tmp_path / 'kept.db'}"),
                f"--output={tmp_path / 'out'}",
            ],
        )
    words = " ".join(done.stdout.split())
    assert done.exit_code == 0, done.output
    if answers:
        assert f"{post.base}/opinion/road" in words, done.stdout
        assert "100% of this page's words" in words
    else:
        assert words.startswith("Could not tell")
        assert "news gave no answer" in words or "news was asked: it gave no results" in words
        assert post.asked.count("/") == 0
