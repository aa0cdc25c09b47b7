"""The browser that the tests drive: `python tests/chromium.py` prints its path, fetching one where there is none.

The browser of the machine comes first, then Playwright's own. Where neither is there, Playwright is asked
to fetch its own, then apt where that can be done without asking. Every step has an end, so that
a machine without a network loses a few minutes at most; nothing is printed then, and browser tests are skipped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

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
FETCH_SECONDS, APT_SECONDS = 180, 240
APT = ["apt-get", "-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=15"]


def find() -> str | None:
    """Path of a browser that is here already."""
    named = os.environ.get(NAMED)
    if named:
        return named if os.access(named, os.X_OK) else None
    there = next(filter(None, map(shutil.which, NAMES)), None)
    return there or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def fetch() -> str | None:
    """Path of a browser, after having tried to get one."""
    found = find()
    if found or os.environ.get(NAMED):
        return found
    _try([sys.executable, "-m", "playwright", "install", "chromium"], FETCH_SECONDS)
    found = find()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        _try([*APT, "update"], APT_SECONDS)
        _try([*APT, "install", "-y", "chromium"], APT_SECONDS)
        found = find()
    return found


def _try(command: list[str], seconds: int) -> None:
    """Run a command that may fail, for no longer than it is given."""
    print(f"no browser yet: {' '.join(command[-3:])} (at most {seconds} s)", file=sys.stderr)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            command,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )


if __name__ == "__main__":
    print(fetch() or "")
