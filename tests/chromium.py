"""The browser that the tests drive: `python tests/chromium.py` prints its path, fetching one where
there is none.

The browser of the machine comes first, then Playwright's own. Where neither is there, Playwright is
asked to fetch its own, then apt where that can be done without asking. Every step has an end, so
that a machine without a network loses a few minutes at most; nothing is printed then, and browser
tests are skipped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys

from psanalysis.site.chromium import NAMED, find

__all__ = ["NAMED", "fetch", "find"]

FETCH_SECONDS, APT_SECONDS = 180, 240
APT = ["apt-get", "-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=15"]


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
