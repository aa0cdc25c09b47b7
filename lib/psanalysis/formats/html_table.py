"""Tables of web pages: which ones are tables of data, and their cells with their spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from psanalysis.formats.assembly import Block, Missing, Paragraph, Table
from psanalysis.formats.grid import Spanned

CELLS = ("td", "th")
GROUPS = ("tbody", "thead", "tfoot")
BLANK = re.compile(r"[ \t\n\r\f\v\xa0]+")
NUMBER = re.compile(r"\s*(\d{1,5})")
LONG_CELL = 400
MOST_COLUMNS = 1000
HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(slots=True)
class _Content:
    """The content of an open element so far: number of characters, of those in tables (counted
    again for each table around them), and of a table the figures of its cells.
    """

    length: int = 0
    tabled: int = 0
    headed: bool = False
    tables: bool = False
    cells: int = 0
    longest: int = 0
    of_cells: int = 0
    tabled_of_cells: int = 0

    def is_data(self) -> bool:
        if self.cells < 2:
            return False
        if self.tables:
            return self.tabled_of_cells < self.of_cells / 2 and self.longest <= LONG_CELL
        return self.longest <= LONG_CELL or not self.headed


def data_tables(root: etree._Element) -> set[etree._Element]:
    """The tables of data within an element; other tables only lay out the page.

    One pass finds them all, because tables may be nested to any depth.
    """
    found: set[etree._Element] = set()
    if root.find(".//table") is None:
        return found
    open_: list[_Content] = []
    tables: list[tuple[etree._Element, _Content]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_.append(_Content(len((element.text or "").strip())))
            if element.tag == "table":
                tables.append((element, open_[-1]))
            continue
        done = open_.pop()
        if element.tag == "table":
            tables.pop()
            if done.is_data():
                found.add(element)
            done.tabled, done.tables = done.length + done.tabled_of_cells, True
        elif element.tag in CELLS and tables and _table_of(element) is tables[-1][0]:
            table = tables[-1][1]
            table.cells += 1
            table.longest = max(table.longest, done.length)
            table.of_cells += done.length
            table.tabled_of_cells += done.tabled
        if open_:
            around = open_[-1]
            around.length += done.length + len((element.tail or "").strip())
            around.tabled += done.tabled
            around.tables |= done.tables
            around.headed |= done.headed or element.tag in HEADINGS
    return found


def _table_of(cell: etree._Element) -> etree._Element | None:
    """The table (or other element) that a cell's row belongs to."""
    around = cell.getparent()
    for inner in (("tr",), GROUPS):
        if around is not None and around.tag in inner:
            around = around.getparent()
    return around


def table_block(
    table: etree._Element, flow: Callable[[etree._Element], Iterator[Block]]
) -> Iterator[Block]:
    """A table of data: its caption, its cells, then tables and pictures within its cells.

    Parameters
    ----------
    table
        The element.
    flow
        Function that yields the blocks within an element.
    """
    caption = table.find("caption")
    if caption is not None:
        yield from flow(caption)
    inside: list[Block] = []
    rows: list[list[Spanned]] = []
    for cells in _rows(table):
        row: list[Spanned] = []
        for cell in cells:
            if len(cell) or cell.get("style"):
                blocks = list(flow(cell))
                inside += [block for block in blocks if not isinstance(block, Paragraph)]
                text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
            else:  # the same as `flow` for plain text, in a tenth of the time
                text = BLANK.sub(" ", cell.text or "")
                text = text if text.strip() else ""
            row.append((text, _span(cell.get("colspan"), 1), _span(cell.get("rowspan"), 65534)))
        if row:
            rows.append(row)
    yield Table(_fitting(rows))
    yield from (block for block in inside if isinstance(block, Table | Missing))


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of the table's own rows, those of its foot last; cells without a row form one.

    A generator saves memory: lxml's Python object for an element is as large as the element.
    """
    own = [child for child in table if child.tag in ("tr", *GROUPS, *CELLS)]
    own.sort(key=lambda child: child.tag == "tfoot")
    loose: list[etree._Element] = []
    for part in (inner for child in own for inner in (child if child.tag in GROUPS else [child])):
        if part.tag in CELLS:
            loose.append(part)
        elif part.tag == "tr":
            if loose:
                yield loose
                loose = []
            yield [cell for cell in part if cell.tag in CELLS]
    if loose:
        yield loose


def _span(value: str | None, none: int) -> int:
    """A span as browsers parse it: its leading digits; 0 means to the end of the table."""
    match = NUMBER.match(value or "")
    if not match or not match[1].isascii():
        return 1
    return min(int(match[1]) or none, MOST_COLUMNS)


def _fitting(rows: list[list[Spanned]]) -> list[list[Spanned]]:
    """Rows whose spans end with the table: no row span beyond the last row, no last cell beyond the
    usual width.
    """
    height = len(rows)
    rows = [
        [cell if cell[2] <= height - number else (*cell[:2], height - number) for cell in row]
        for number, row in enumerate(rows)
    ]
    taken: Counter[int] = Counter()
    for number, row in enumerate(rows):
        taken[number] += sum(wide for _, wide, _ in row)
        for _, wide, high in row:
            if high > 1 and height * high < 2_000_000:
                taken.update({number + below: wide for below in range(1, high)})
    usual = Counter(taken[number] for number, row in enumerate(rows) if len(row) > 1)
    if not usual:
        return rows
    width = usual.most_common(1)[0][0]
    for number, row in enumerate(rows):
        excess = taken[number] - width
        text, wide, high = row[-1]
        if 0 < excess < wide:
            row[-1] = (text, wide - excess, high)
    return rows
