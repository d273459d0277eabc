"""A page as it comes: tags that HTML lets be left out."""

from __future__ import annotations

import pytest

from tests.read.pages import STORY, paragraphs, read

HEAD = (
    "<meta charset=utf-8><title>A ferry & <goat></title><style>p > a{}</style>"
    "<script>'<body>'</script>"
)
COLUMN = f"<h1>A ferry</h1>{paragraphs()}"


@pytest.mark.parametrize(
    "markup",
    [
        "<!doctype html><html lang=en>{head}<article>{column}</article>",
        "<!doctype html>{head}<main>{column}</main>",
        "{head}<section>{column}</section>",
        "<html><head>{head}<article>{column}</article>",
        "<html><head>{head}</head><header>Gazette</header><main>{column}</main></html>",
        "<!-- <body> --><head>{head}</head><article>{column}</article>",
        "<article>{column}</article>",
        "<figure><img src=x></figure>{column}",
        "{head}<noscript><img src=x></noscript><aside>Menu</aside><article>{column}</article>",
        "<html><head>{head}</head><body><article>{column}</article></body></html>",
    ],
)
def test_a_body_that_is_not_written_is_read(markup: str) -> None:
    document = read(markup.replace("{head}", HEAD).replace("{column}", COLUMN))
    assert document.text == "\n\n".join(STORY)
    assert document.title == "A ferry"
