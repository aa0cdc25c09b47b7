"""Pages in a browser that has no Chinese font: the site's own draws every Chinese character."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from playwright.sync_api import Browser, CDPSession, Page

from psanalysis.site.font import NAME, characters

from .conftest import running
from .test_site import KINDS, LANGUAGES, example, trouble

WESTERN = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf")
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def poor_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser on a machine whose only fonts are Western."""
    folder = tmp_path_factory.mktemp("fonts")
    for name in WESTERN:
        shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / name, folder)
    configuration = folder / "fonts.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder))
    with running(env=os.environ | {"FONTCONFIG_FILE": str(configuration)}) as browser:
        yield browser


def leaves(node: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Id and Chinese characters of every element that holds text of its own."""
    children = node.get("children", [])
    text = "".join(child["nodeValue"] for child in children if child["nodeType"] == 3)
    if characters(text.encode()) and node["nodeName"] not in ("SCRIPT", "STYLE", "TITLE", "title"):
        yield node["nodeId"], text
    for child in children:
        yield from leaves(child)


def boxes(page: Page) -> list[str]:
    """Texts that have Chinese characters which another font than the site's would have to draw."""
    page.evaluate("document.fonts.ready.then(() => 0)")
    session: CDPSession = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    found = []
    for node, text in leaves(session.send("DOM.getDocument", {"depth": -1})["root"]):
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        own = sum(font["glyphCount"] for font in fonts if font["isCustomFont"])
        needed = sum(1 for one in text if characters(one.encode()))
        if fonts and own < needed:
            found.append(f"{text.strip()[:60]}: {own} of {needed}")
    return found


def looked_at(poor_browser: Browser, path: Path, scheme: str) -> tuple[list[str], list[str]]:
    page = poor_browser.new_page(color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda one: None if one.is_navigation_request() else asked.append(one.url))
    page.goto(path.as_uri(), wait_until="load")
    try:
        return boxes(page), asked
    finally:
        page.close()


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_boxes_where_the_reader_has_no_chinese_font(
    site: Path, poor_browser: Browser, kind: str, lang: str, scheme: str
) -> None:
    found, asked = looked_at(poor_browser, example(site, kind, lang), scheme)
    assert found == []
    assert set(asked) <= {(site / NAME).as_uri()}, "nothing but the site's font is asked for"


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("kind", trouble(Path()))
def test_no_boxes_after_a_troubled_night(troubled: Path, poor_browser: Browser, kind: str) -> None:
    found, _ = looked_at(poor_browser, trouble(troubled)[kind], "light")
    assert found == []


@pytest.mark.needs("chromium")
def test_without_the_font_there_are_boxes(
    site: Path, poor_browser: Browser, tmp_path: Path
) -> None:
    alone = Path(shutil.copy(site / "index.html", tmp_path))
    found, _ = looked_at(poor_browser, alone, "light")
    assert found
