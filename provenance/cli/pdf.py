"""Reports as files: text by its renderer, PDF by a Chromium on the machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import SettingsError
from provenance.render import FORMATS
from provenance.render.sharing import shareable
from provenance.render.text.filenames import report_name
from provenance.world.saved.writing import write, written

if TYPE_CHECKING:
    from provenance.model import Report

PDF = "pdf"
_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
_SECONDS = 90.0
# The file loads nothing; these keep the browser itself from asking anybody.
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


def write_report(report: Report, directory: str, name: str) -> Path:
    """Writes a report in a format of ``FORMATS`` or as ``pdf``; the path of the file."""
    if name == PDF:
        path = Path(directory) / f"{report_name(report)}.pdf"
        body = pdf(FORMATS["html"][1](shareable(report)))
        with written(path) as file:
            file.write(body)
        return path
    suffix, rendered = FORMATS[name]
    path = Path(directory) / f"{report_name(report)}{suffix}"
    write(path, rendered(shareable(report)))
    return path


def pdf(html: str, *, seconds: float = _SECONDS) -> bytes:
    """A page as a PDF file. SettingsError where no Chromium is installed, or it does not print."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise SettingsError("-f pdf needs Chromium or Chrome on PATH (Debian: chromium)")
    with tempfile.TemporaryDirectory(prefix="provenance-", ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html, "utf-8")
        options = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium's own does not start for root
        _run([browser, *_QUIET, *options, page.as_uri()], seconds, folder)
        if not printed.exists():
            raise SettingsError(f"{browser} did not print the report; -f html still works")
        return printed.read_bytes()


def _run(command: list[str], seconds: float, home: str) -> None:
    """Runs the browser in a group of its own, so that all of it can be ended in time."""
    environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    with subprocess.Popen(  # noqa: S603 - a fixed program on files of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as browser:
        try:
            browser.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise SettingsError(f"{command[0]} did not print within {seconds:g} s") from error
        finally:
            if browser.poll() is None:
                os.killpg(browser.pid, signal.SIGKILL)
