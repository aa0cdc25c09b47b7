"""What a page says, in a form that two versions of it can be compared by: headings, figures, tables."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from lxml import etree

HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
FIGURE = re.compile(r"<figure\b([^>]*)>((?:[^<]++|<(?!/figure>))*+)</figure>", re.IGNORECASE)
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
TAGS = re.compile(r"<[^>]*>")
ID = re.compile(r"""\bid\s*=\s*(["'])(.+?)\1""")
LABEL = re.compile(r"""\baria-label\s*=\s*(["'])(.+?)\1""")
# what stands before is looked at last: at the start of a pattern it would be looked at everywhere
FINGERPRINT = re.compile(r"[0-9a-f]{16}(?<!\w[0-9a-f]{16})(?:[0-9a-f]{48})?\b")


@dataclass
class Contents:
    """Collects title, table of contents, figures and tables of a page, output by output, and a hash of what it shows."""

    title: str = ""
    toc: list[tuple[str, str]] = field(default_factory=list)
    figures: list[dict[str, str]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    shown: Any = field(default_factory=hashlib.sha256)

    def take(self, html: str) -> str:
        """Note what an output holds and give its second-level headings ids."""
        # data that a page reads and does not show change its fingerprint and nothing else
        self.shown.update(FINGERPRINT.sub("", html).encode())
        marked = HEADING.sub(self._heading, html)
        for attributes, inner in FIGURE.findall(html):
            name = ID.search(attributes)
            label = LABEL.search(inner)
            self.figures.append(
                {
                    "name": name[2] if name else f"figure-{len(self.figures) + 1}",
                    "label": unescape(label[2]) if label else "",
                    "sha256": hashlib.sha256(inner.encode()).hexdigest(),
                }
            )
        self.tables += [read_table(table) for table in TABLE.findall(html)]
        return marked

    def facts(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "shown": self.shown.hexdigest(),
            "figures": self.figures,
            "tables": self.tables,
        }

    def _heading(self, match: re.Match[str]) -> str:
        level, attributes, inner = match[1], match[2], match[3]
        words = unescape(TAGS.sub("", inner)).strip()
        if level == "1" and not self.title:
            self.title = words
        if level != "2":
            return match[0]
        named = ID.search(attributes)
        anchor = named[2] if named else f"section-{len(self.toc) + 1}"
        self.toc.append((anchor, words))
        return match[0] if named else f'<h2 id="{escape(anchor)}"{attributes}>{inner}</h2>'


def read_table(html: str) -> dict[str, Any]:
    """Name, caption and rows of an HTML table, the first row being the header.

    Examples
    --------
    >>> read_table("<table data-csv-name='x'><tr><th>city<th>value</tr><tr><td>Panjin<td>98</tr></table>")["rows"]
    [['city', 'value'], ['Panjin', '98']]
    """
    tree = etree.fromstring(html, etree.HTMLParser())
    caption = next((_text(element) for element in tree.iter("caption")), "")
    rows = [[_text(cell) for cell in row.iterchildren("td", "th")] for row in tree.iter("tr")]
    return {
        "name": next(tree.iter("table")).get("data-csv-name", ""),
        "caption": caption,
        "rows": rows,
    }


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
