"""The pages of the catalogue as a reader sees them: what each cell of their notebooks shows, and
the sentences and tables in it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from lxml import html

import psanalysis as ps
from psanalysis.datapackage.remembered import remembering
from psanalysis.markup import unbroken
from psanalysis.report import page as pages
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.site.catalog import Catalog
from psanalysis.site.model import Report

# the statement that a row shows, beside the heads of its columns
STATEMENT = "data-of"
BLOCKS = (
    "self::h1 or self::h2 or self::h3 or self::p or self::li or self::caption or self::figcaption"
)


@dataclass(frozen=True)
class Piece:
    """A heading, sentence, card or line of a list.

    Attributes
    ----------
    report, section
        The page, and what its notebook calls: page.brief().
    kind
        Tag and class of the element that it stands in.
    parts
        Texts of its own elements: number and words of a card, name, words and sign of a line.
    under
        Heading of the block that it is a line of.
    rows
        Of a caption: how many rows its table has.
    """

    report: Report
    section: str
    kind: str
    text: str
    parts: tuple[str, ...] = ()
    under: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Table:
    """A table: its rows by the heads of its columns."""

    report: Report
    section: str
    caption: str
    rows: list[dict[str, str]] = field(repr=False)
    name: str


def cells_shown(
    source: str, parameters: dict[str, Any], ds: ps.Dataset, patch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    """What each code cell of a notebook calls and shows, with the data set in place of the one that
    a page loads.
    """
    patch.setattr(pages, "load", lambda: ds)
    names: dict[str, Any] = {}
    for cell in json.loads(source)["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse(cell["source"])
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= parameters
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            yield ast.unparse(last), value._repr_html_()


def undrawn(
    self: Page, chart: str, frame: Any, name: str, *, finding: str, source: str, **values: object
) -> Html:
    """The words around a chart without the chart, which takes long to draw."""
    title = f"<p>{unbroken(finding)}</p>"
    words = unbroken(self.words(f"{name}_subtitle", **values))
    return Html(
        f'<figure>{title}<p>{words}</p><p class="ps-source">{unbroken(source)}</p></figure>'
    )


def read(
    catalog: Catalog, ds: ps.Dataset, patch: pytest.MonkeyPatch
) -> tuple[list[Piece], list[Table]]:
    """Every piece and every table of every page of a catalogue."""
    patch.setattr(Page, "drawn", undrawn)
    ds = remembering(ds)
    pieces: list[Piece] = []
    tables: list[Table] = []
    for report in catalog.reports:
        source = catalog.notebooks[report.notebook].source
        for section, shown in cells_shown(source, dict(report.parameters), ds, patch):
            if shown.strip():
                root = html.fragment_fromstring(shown, create_parent="div")
                tables += _tables(report, section, root)
                pieces += _pieces(report, section, root)
    return pieces, tables


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _tables(report: Report, section: str, root: Any) -> Iterator[Table]:
    for table in root.xpath(".//table"):
        heads = [words(head) for head in table.xpath("./thead//th")]
        rows = []
        for row in table.xpath("./tbody/tr"):
            named = row.get("data-of") or row.get("id", "").removeprefix("row-")
            cells = [words(cell) for cell in row]
            rows.append(dict(zip(heads, cells, strict=True)) | {STATEMENT: named})
        yield Table(
            report, section, words(table.find("caption")), rows, table.get("data-csv-name", "")
        )


def _pieces(report: Report, section: str, root: Any) -> Iterator[Piece]:
    for caption in root.xpath(".//table/caption"):
        caption.set("data-rows", str(len(caption.xpath("../tbody/tr"))))
    for body in root.xpath(".//table/thead|.//table/tbody"):
        body.getparent().remove(body)
    for element in root.xpath(f".//*[{BLOCKS}]"):
        # how a page is cited has a test of its own
        if element.xpath(".//p|.//li|.//h3") or element.get("class") == "ps-copy":
            continue
        block = element.xpath("ancestor::section[@class='ps-block']/p[@role='heading']")
        near = element.xpath("ancestor::ul[1]/@class")
        kind = ".".join([element.tag, element.get("class") or (near[0] if near else "")])
        own = element.xpath("./a|./b|./span[not(@class='ps-hold')]|./abbr")
        head = block if block and block[0] is not element else element.xpath("ancestor::li[1]/h3")
        under = words(head[0]) if head and head[0] is not element else ""
        yield Piece(
            report,
            section,
            kind,
            words(element),
            tuple(map(words, own)),
            under,
            int(element.get("data-rows", 0)),
        )
