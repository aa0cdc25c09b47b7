"""The browser that prints: Chromium, Chrome or Edge of this machine, or Playwright's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from psanalysis.site.errors import SiteError

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
NAMED = "PSANALYSIS_CHROMIUM"
SECONDS = 120
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
)
# the time at which it was printed, which no second run repeats; as long as what it stands for
PRINTED = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
DAY = b"19800101000000"


def find() -> str | None:
    """Path of a browser that is here already."""
    named = os.environ.get(NAMED)
    if named:
        return named if os.access(named, os.X_OK) else None
    there = next(filter(None, map(shutil.which, NAMES)), None)
    return there or _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def require_browser() -> str:
    """Path of the browser.

    Raises
    ------
    SiteError
        If there is none; it says what to install.
    """
    found = find()
    if found is None:
        named = os.environ.get(NAMED)
        what = f"{NAMED}={named}: cannot be run" if named else f"no browser ({', '.join(NAMES)})"
        raise SiteError(
            f"--pdf: {what} -> install chromium, or set {NAMED} to a Chromium, Chrome or Edge"
        )
    return found


def print_page(browser: str, page: Path) -> bytes:
    """A page as PDF, as the style sheet of the site prints it; the same page gives the same bytes.

    Raises
    ------
    SiteError
        If the browser does not print it.
    """
    with tempfile.TemporaryDirectory(prefix="psanalysis-") as folder:
        out = Path(folder) / "printed.pdf"
        sandbox = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [browser, *QUIET, *sandbox, f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri()]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SiteError(f"{page.name}: {browser} does not print it: {error}") from None
        if not out.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise SiteError(f"{page.name}: {browser} does not print it: {' '.join(said)}")
        return PRINTED.sub(rb"\g<1>" + DAY, out.read_bytes())
