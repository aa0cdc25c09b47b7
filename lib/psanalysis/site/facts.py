"""Collects headings, figures and tables of a page, so that two versions of it can be compared."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from lxml import etree

from psanalysis.site.assets import FURTHER
from psanalysis.site.contract import inner

# the look-behind comes after the digits: at the start of the pattern it would be tried at every
# character of a page
FINGERPRINT = re.compile(r"[0-9a-f]{16}(?<!\w[0-9a-f]{16})(?:[0-9a-f]{48})?\b")
NOTED = ("h1", "h2", "figure", "table")


@dataclass
class Contents:
    """Title, table of contents, figures and tables of a page, the scripts that it asks for, and a
    hash of what it shows.
    """

    title: str = ""
    toc: list[tuple[str, str]] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    shown: Any = field(default_factory=hashlib.sha256)

    def take(self, tree: etree._Element) -> str:
        """Record the contents of an output and name its second-level headings; returns the output
        as HTML.
        """
        for element in tree.iter(*NOTED):
            if element.tag == "figure":
                self._figure(element)
            elif element.tag == "table":
                self._named_apart(element)
                self.tables.append(read_table(element))
                self._script(element.get("data-ps-script", ""))
            else:
                self._heading(element)
        html = inner(tree)
        # data that a page reads but does not show change only its fingerprint
        self.shown.update(FINGERPRINT.sub("", html).encode())
        return html

    def facts(self) -> dict[str, Any]:
        """The facts of the page for the manifest."""
        return {
            "title": self.title,
            "shown": self.shown.hexdigest(),
            "figures": self.figures,
            "tables": self.tables,
        }

    def _named_apart(self, table: etree._Element) -> None:
        """Rename a table whose name is taken, so that no two files of a page have the same name."""
        name, taken = table.get("data-csv-name"), {one["name"] for one in self.tables}
        if name and name in taken:
            free = (f"{name}-{number}" for number in count(2))
            table.set("data-csv-name", next(one for one in free if one not in taken))

    def _script(self, name: str) -> None:
        if name in FURTHER and name not in self.scripts:
            self.scripts.append(name)

    def _figure(self, element: etree._Element) -> None:
        labels = (one.get("aria-label") for one in element.iterdescendants())
        self.figures.append(
            {
                "name": element.get("id") or f"figure-{len(self.figures) + 1}",
                "label": next((label for label in labels if label), ""),
                "sha256": hashlib.sha256(inner(element).encode()).hexdigest(),
            }
        )

    def _heading(self, element: etree._Element) -> None:
        words = _text(element)
        if element.tag == "h1":
            # a headline that is a finding has the page's name for lists beside it
            self.title = self.title or element.get("data-title") or words
            return
        if not element.get("id"):
            element.set("id", f"section-{len(self.toc) + 1}")
        self.toc.append((element.get("id", ""), words))


def read_table(table: etree._Element) -> dict[str, Any]:
    """Name, caption and rows of a table, the first row being the header.

    Examples
    --------
    >>> from psanalysis.site.contract import parse
    >>> rows = "<tr><th>city<th>value</tr><tr><td>Panjin<td>98</tr>"
    >>> tree = parse(f"<table data-csv-name='x'>{rows}</table>", "cell 1")
    >>> read_table(tree[0])["rows"]
    [['city', 'value'], ['Panjin', '98']]
    """
    caption = next((_text(element) for element in table.iter("caption")), "")
    rows = [[_text(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    return {"name": table.get("data-csv-name", ""), "caption": caption, "rows": rows}


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
