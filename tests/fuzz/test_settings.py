"""Settings of a careless operator: a file, variables and options give settings or one line."""

from __future__ import annotations

import dataclasses
import math
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.cli import settings_file
from provenance.cli.main import main
from provenance.errors import SettingsError
from tests.fuzz.hostile import addresses, mangled, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model import Settings

SEEDS = (
    b'db = "kept.db"\noffline = true\nallow-private = false\noutput = "reports"\n',
    b'archive = ["internet-archive", "own=cdx:https://a.example"]\nsearch = ["gdelt"]\n'
    b'format = ["html", "json"]\nproxy = "http://proxy.example:3128"\nca_bundle = "ca.pem"\n',
    b"[limits]\nhops = 2\npace = 1.0\nmax_bytes = 5_000_000\ndeadline = 1e3\ncontact = 'me'\n",
    b'[search.own]\nurl = "http://a.example/find?q={query}"\nresults = "hits"\nkey_header = "K"\n',
    b"[limits]\nbudget = nan\nread_timeout = inf\nmax_queries = -0x7f\nmax_age = 1979-05-27\n",
)


@contextmanager
def work(file: bytes) -> Iterator[None]:
    """A folder with a settings file, and none of the user's own."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("CONFIG", "DATA"):
            patch.setenv(f"XDG_{name}_HOME", str(Path(folder, name)))
        Path(settings_file.FILE_NAME).write_bytes(file)
        yield


def attempt(make: Callable[[], Any]) -> tuple[Any, str]:
    """What is made, else the line of the refusal."""
    try:
        return make(), ""
    except SettingsError as error:
        return None, str(error)


def assert_settings_or_one_line(make: Callable[[], Settings]) -> None:
    found, line = attempt(make)
    assert "\n" not in line
    if found is None:
        return
    for field in dataclasses.fields(found):
        value = getattr(found, field.name)
        assert not isinstance(value, float) or math.isfinite(value), field.name
        assert not isinstance(value, int | float) or 0 <= value < 10**10, field.name


@given(mangled(*SEEDS))
@example(b"a." * 500 + b"b = 1")
@example(b"x = " + b"[" * 5_000)
@example(b"x = " + b"{a=" * 5_000)
@example(b"#" * 100_001)
@example(b"db = '\\ud800'")
@example(b"[limits]\nhops = " + b"9" * 5000)
@example(b"\xff\xfe")
def test_a_settings_file(file: bytes) -> None:
    with work(file):
        assert_settings_or_one_line(lambda: settings_file.settings(database=None))
        known, line = attempt(settings_file.option_defaults)
        assert "\n" not in line
        assert all(isinstance(value, str | bool | list) for value in (known or {}).values())


specs = st.one_of(
    texts,
    addresses,
    st.builds(
        "{}={}:{}".format, texts, st.sampled_from(("cdx", "warc", "json", "searxng", "")), addresses
    ),
)


@given(
    archives=st.lists(specs, max_size=2).map(tuple),
    searches=st.lists(specs | st.just("none"), max_size=2).map(tuple),
    proxy=st.none() | addresses | texts,
)
@example(archives=(), searches=(), proxy="http://[")
@example(archives=(), searches=(), proxy="http://a:99999999999999999999")
@example(archives=("a=cdx:http://[",), searches=(), proxy=None)
def test_services_and_a_proxy(
    archives: tuple[str, ...], searches: tuple[str, ...], proxy: str | None
) -> None:
    with work(b""):
        assert_settings_or_one_line(
            lambda: settings_file.settings(
                database=None,
                archives=archives,
                searches=searches,
                way={"proxy": proxy, "ca_bundle": None},
            )
        )


variables = st.dictionaries(
    st.sampled_from(
        ("DB", "ARCHIVE", "SEARCH", "OUTPUT", "FORMAT", "OFFLINE", "URL", "PROXY", "CA_BUNDLE")
    ).map("PROVENANCE_{}".format)
    | st.sampled_from(("HTTPS_PROXY", "no_proxy", "SSL_CERT_FILE")),
    st.one_of(texts, addresses, specs).filter(lambda text: "\0" not in text),
    max_size=4,
)


@settings(max_examples=40)
@given(variables)
def test_variables_of_the_environment(given_: dict[str, str]) -> None:
    """Never a traceback, whatever they say; nobody is asked, since the target is no address."""
    told = {name: text.encode("utf-8", "replace").decode() for name, text in given_.items()}
    with work(b"offline = true\n"):
        done = CliRunner().invoke(main, ["check", "missing.html"], env=told)
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in {1, 2}
    assert "fault in provenance itself" not in done.stderr
