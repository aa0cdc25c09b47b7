"""Tables of Word files: visible rows and cells, cells merged in both directions, tables within
cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from psanalysis.formats.assembly import Block, Paragraph, Table
from psanalysis.formats.grid import Spanned
from psanalysis.formats.word_runs import Fields, Look, attribute, local


@dataclass
class Walk:
    """The state of reading: styles, open fields, whether the background is dark (white text is
    visible there), blocks that come after the end of the paragraph.
    """

    styles: Mapping[str, Look]
    fields: Fields = field(default_factory=Fields)
    dark: bool = False
    waiting: list[Block] = field(default_factory=list)


# the blocks of an element
Reader = Callable[[etree._Element, Walk], Iterator[Block]]


def table_blocks(table: etree._Element, walk: Walk, read: Reader) -> Iterator[Block]:
    """A table and, after it, the tables within its cells; of a table of one cell its content.

    Parameters
    ----------
    table, walk
        The element, and the state of reading.
    read
        Function that yields the blocks of a cell.
    """
    inside: list[Block] = []
    rows: list[list[tuple[Spanned, bool]]] = []
    styled = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None
    boxes: list[list[Block]] = []
    for row in _within(table, "tr"):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        line: list[tuple[Spanned, bool]] = []
        before = attribute(properties.find(qn("w:gridBefore"))) if properties is not None else ""
        if before.isdecimal() and before != "0":
            line.append((("", min(int(before), 100), 1), False))
        for cell in _within(row, "tc"):
            own = cell.find(qn("w:tcPr"))
            if own is not None and own.find(qn("w:cellDel")) is not None:
                continue
            dark, walk.dark = walk.dark, walk.dark or styled or _shaded(own)
            blocks = list(read(cell, walk))
            walk.dark = dark
            boxes.append(blocks)
            inside += [one for one in blocks if not isinstance(one, Paragraph)]
            text = "\n".join(one.text for one in blocks if isinstance(one, Paragraph))
            wide = attribute(own.find(qn("w:gridSpan"))) if own is not None else ""
            merge = own.find(qn("w:vMerge")) if own is not None else None
            goes_on = merge is not None and attribute(merge) != "restart"
            columns = min(int(wide), 100) if wide.isdecimal() and len(wide) < 4 else 1
            line.append(((text, columns, 1), goes_on))
        rows.append(line)
    if len(boxes) == 1:
        yield from boxes[0]
        return
    yield Table(_merged(rows))
    yield from inside


def _merged(rows: list[list[tuple[Spanned, bool]]]) -> list[list[Spanned]]:
    """Rows in which a cell that continues downwards is one cell with its full height."""
    merged: list[list[Spanned]] = []
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        merged.append([])
        column = 0
        now: dict[int, tuple[int, int]] = {}
        for (text, wide, _), goes_on in row:
            if goes_on and column in above:
                line, index = above[column]
                first = merged[line][index]
                joined = first[0] if not text.strip() else f"{first[0]}\n{text}"
                merged[line][index] = (joined, first[1], number - line + 1)
                now[column] = above[column]
            else:
                now[column] = (number, len(merged[-1]))
                merged[-1].append((text, wide, 1))
            column += max(wide, 1)
        above = now
    return merged


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, including those in content controls and accepted
    changes.
    """
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _within(child, name)


def _shaded(properties: etree._Element | None) -> bool:
    return properties is not None and filled(properties.find(qn("w:shd")))


def filled(shading: etree._Element | None) -> bool:
    """True for a background of another colour than white."""
    fill = attribute(shading, "fill").lower()
    return fill not in ("", "auto", "ffffff")
