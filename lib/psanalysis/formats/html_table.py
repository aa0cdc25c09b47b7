"""Tables of web pages: which ones hold data, and their cells with what they span."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from psanalysis.formats.assembly import Block, Missing, Paragraph, Table
from psanalysis.formats.grid import Spanned

CELLS = ("td", "th")
GROUPS = ("tbody", "thead", "tfoot")
NUMBER = re.compile(r"\s*(\d{1,5})")
LONG_CELL = 400
MOST_COLUMNS = 1000
HEADINGS = ".//h1|.//h2|.//h3|.//h4"


def is_data(table: etree._Element) -> bool:
    """True for a table of data, false for one that only places parts of a page."""
    cells = [cell for row in _rows(table) for cell in row]
    if len(cells) < 2:
        return False
    lengths = [sum(len(text.strip()) for text in cell.itertext()) for cell in cells]
    if table.find(".//table") is not None:
        nested = sum(
            len(text.strip())
            for cell in cells
            for inner in cell.iter("table")
            for text in inner.itertext()
        )
        return nested < sum(lengths) / 2 and max(lengths) <= LONG_CELL
    return max(lengths) <= LONG_CELL or not table.xpath(HEADINGS)


def table_block(
    table: etree._Element, flow: Callable[[etree._Element], Iterator[Block]]
) -> Iterator[Block]:
    """A table of data: its caption, its cells, then tables and pictures within its cells.

    Parameters
    ----------
    table
        The element.
    flow
        Gives the blocks within an element.
    """
    caption = table.find("caption")
    if caption is not None:
        yield from flow(caption)
    inside: list[Block] = []
    rows: list[list[Spanned]] = []
    for cells in _rows(table):
        row: list[Spanned] = []
        for cell in cells:
            blocks = list(flow(cell))
            inside += [block for block in blocks if not isinstance(block, Paragraph)]
            text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
            row.append((text, _span(cell.get("colspan"), 1), _span(cell.get("rowspan"), 65534)))
        if row:
            rows.append(row)
    yield Table(_fitting(rows))
    yield from (block for block in inside if isinstance(block, Table | Missing))


def _rows(table: etree._Element) -> list[list[etree._Element]]:
    """The cells of the table's own rows; the foot comes last; cells without a row make one."""
    own = [child for child in table if child.tag in ("tr", *GROUPS, *CELLS)]
    own.sort(key=lambda child: child.tag == "tfoot")
    rows: list[list[etree._Element]] = []
    loose: list[etree._Element] = []
    for part in (inner for child in own for inner in (child if child.tag in GROUPS else [child])):
        if part.tag in CELLS:
            if not loose:
                rows.append(loose)
            loose.append(part)
        elif part.tag == "tr":
            loose = []
            rows.append([cell for cell in part if cell.tag in CELLS])
    return rows


def _span(value: str | None, none: int) -> int:
    """A span as browsers read it: the digits that it begins with; 0 means to the end of the table."""
    match = NUMBER.match(value or "")
    if not match or not match[1].isascii():
        return 1
    return min(int(match[1]) or none, MOST_COLUMNS)


def _fitting(rows: list[list[Spanned]]) -> list[list[Spanned]]:
    """Spans no wider and higher than the table: a last cell that reaches out is cut to the usual width."""
    height = len(rows)
    rows = [
        [(text, wide, min(high, height - number)) for text, wide, high in row]
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
