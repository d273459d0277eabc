from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

# The way out of the machine that the tests run on is none of theirs.
_WAY_OUT = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}
_WAY_OUT |= {"requests_ca_bundle", "ssl_cert_file"}
for _name in [name for name in os.environ if name.lower() in _WAY_OUT]:
    del os.environ[_name]

# A busy machine is slow now and then; how long a test may take, pytest-timeout says.
# The same examples in every run of the suite; ``make fuzz`` draws new ones for longer.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=5_000)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--strict-skips",
        action="store_true",
        help="fail when a test is skipped for another reason than absent labelled data",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first: the workers that get them are not the last ones to end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Says how many tests were skipped, apart from those that want the labelled data."""
    skipped, other = (
        len(terminalreporter.stats.get("skipped", [])),
        len(unexcused(terminalreporter)),
    )
    said = f"skipped: {skipped - other} for want of labelled data, {other} for other reasons"
    strict = other > 0 and config.getoption("--strict-skips")
    terminalreporter.write_line(f"{said}, which is an error here" if strict else said, red=strict)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Makes a skip that is not excused a failure, where that is wanted."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    strict = session.config.getoption("--strict-skips") and reporter is not None
    if strict and session.exitstatus == pytest.ExitCode.OK and unexcused(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def unexcused(reporter: TerminalReporter) -> list[pytest.TestReport]:
    """The tests that were skipped though they want no labelled data."""
    return [each for each in reporter.stats.get("skipped", []) if "shared" not in each.keywords]


@pytest.fixture(autouse=True)
def no_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names other than localhost lead nowhere, so that no resolver is asked beyond this machine."""
    resolve = socket.getaddrinfo

    def known(host: Any, *rest: Any, **more: Any) -> Any:
        flags = 0 if host == "localhost" else socket.AI_NUMERICHOST
        return resolve(host, *rest, **{**more, "flags": flags})

    monkeypatch.setattr(socket, "getaddrinfo", known)


@pytest.fixture(scope="session")
def badinput() -> Path:
    """The folder of hostile inputs beside the project."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("PROVENANCE_SHARED", beside)) / "badinput-dev"
    if not folder.is_dir():
        pytest.skip(f"{folder}: the shared hostile inputs are not here")
    return folder
