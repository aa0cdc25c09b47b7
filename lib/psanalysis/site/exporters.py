"""Further formats for `jupyter nbconvert`: Word, and PDF by an installed browser."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from psanalysis.extras import require
from psanalysis.site.chromium import picture, print_page, require_browser
from psanalysis.site.word_of_html import add_html
from psanalysis.tables.office import same_bytes
from psanalysis.tables.word import base_document


class BrowserPdfExporter(HTMLExporter):
    """`--to browserpdf`: the page of the notebook, printed by Chromium, Chrome or Edge, with
    closed sections opened.

    nbconvert's own webpdf only takes a browser that Playwright has fetched.
    """

    export_from_notebook = "PDF by the browser of this machine"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def _template_extension_default(self) -> str:
        return ".html.j2"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **settings: Any
    ) -> tuple[Any, Any]:
        browser = require_browser("--to browserpdf")
        page, resources = super().from_notebook_node(nb, resources, **settings)  # type: ignore[no-untyped-call]
        with tempfile.TemporaryDirectory(prefix="psanalysis-") as folder:
            file = Path(folder) / "page.html"
            # sections cannot be opened on paper
            file.write_bytes(opened(page))
            return print_page(browser, file), resources


class WordExporter(HTMLExporter):
    """`--to docx`: headings, words and lists, tables as tables, charts as pictures that the browser
    of the machine draws.
    """

    export_from_notebook = "Word"

    def _file_extension_default(self) -> str:
        return ".docx"

    def _template_extension_default(self) -> str:
        return ".html.j2"

    def _template_name_default(self) -> str:
        # the cells without the page around them
        return "basic"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **settings: Any
    ) -> tuple[Any, Any]:
        require("tables")
        from lxml import html

        page, resources = super().from_notebook_node(nb, resources, **settings)  # type: ignore[no-untyped-call]
        made = base_document()
        body = html.fromstring(f"<div>{page}</div>")
        for mark in body.find_class("anchor-link"):
            mark.drop_tree()
        add_html(made, body, _drawn)
        written = io.BytesIO()
        made.save(written)
        return same_bytes(written.getvalue()), resources


def opened(page: str) -> bytes:
    """A page with all closed sections opened.

    Examples
    --------
    >>> opened("<p>a</p><details><summary>b</summary>c</details>").count(b"<details open")
    1
    """
    from lxml import html

    tree = html.document_fromstring(page)
    for details in tree.iter("details"):
        details.set("open", None)
    content: bytes = html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return content


def _drawn(svg: str, wide: int, high: int) -> bytes:
    return picture(require_browser("--to docx"), svg, wide, high)
