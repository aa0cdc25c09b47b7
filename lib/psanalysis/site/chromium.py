"""Finds and runs a browser for printing: Chromium, Chrome or Edge, or Playwright's own."""

from __future__ import annotations

import io
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
# replaces the time of printing, which differs in each run, by a text of the same length
PRINTED = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
DAY = b"19800101000000"
# a window shows a little less than its height; a picture has twice the pixels of the page
AROUND, SHARP = 200, 2
PICTURE = (
    '<!doctype html><meta charset="utf-8">'
    "<style>html,body{{margin:0;background:#fff}}svg{{display:block;width:{wide}px;height:{high}px}}</style>{svg}"
)


def find() -> str | None:
    """Path of an installed browser."""
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


def require_browser(asked: str = "--pdf") -> str:
    """Path of a browser, which a command needs.

    Raises
    ------
    SiteError
        If there is none; the message says what to install.
    """
    found = find()
    if found is None:
        named = os.environ.get(NAMED)
        what = f"{NAMED}={named}: cannot be run" if named else f"no browser ({', '.join(NAMES)})"
        raise SiteError(
            f"{asked}: {what} -> install chromium, or set {NAMED} to a Chromium, Chrome or Edge"
        )
    return found


def print_page(browser: str, page: Path) -> bytes:
    """A page as PDF, as the style sheet of the site prints it; the same page gives the same bytes.

    Raises
    ------
    SiteError
        If the browser does not print it.
    """
    return PRINTED.sub(rb"\g<1>" + DAY, _made(browser, page, "printed.pdf", "--print-to-pdf"))


def picture(browser: str, svg: str, wide: int, high: int) -> bytes:
    """An SVG as PNG on white, at a resolution that is sharp in print.

    Raises
    ------
    SiteError
        If the browser does not draw it.
    """
    with tempfile.TemporaryDirectory(prefix="psanalysis-") as folder:
        page = Path(folder) / "picture.html"
        page.write_text(PICTURE.format(wide=wide, high=high, svg=svg), encoding="utf-8")
        size = f"--window-size={wide + AROUND},{high + AROUND}"
        scale = f"--force-device-scale-factor={SHARP}"
        png = _made(browser, page, "picture.png", "--screenshot", size, scale)
    return cropped(png, wide * SHARP, high * SHARP)


def _made(browser: str, page: Path, name: str, what: str, *more: str) -> bytes:
    """The file that a headless browser makes of a page."""
    with tempfile.TemporaryDirectory(prefix="psanalysis-") as folder:
        out = Path(folder) / name
        sandbox = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [
            browser,
            *QUIET,
            *sandbox,
            *more,
            f"--user-data-dir={folder}/profile",
            f"{what}={out}",
            page.as_uri(),
        ]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SiteError(f"{page.name}: {browser} does not print it: {error}") from None
        if not out.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise SiteError(f"{page.name}: {browser} does not print it: {' '.join(said)}")
        return out.read_bytes()


def cropped(png: bytes, wide: int, high: int) -> bytes:
    """The upper left part of a picture."""
    from PIL import Image

    made = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").crop((0, 0, wide, high)).save(made, "png")
    return made.getvalue()
