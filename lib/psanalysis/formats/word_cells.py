"""Cells of tables in Word files: which rows and cells there are, how they are merged, what is shaded."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from psanalysis.formats.grid import Spanned
from psanalysis.formats.word_runs import attribute, local


def merged(rows: list[list[tuple[Spanned, bool]]]) -> list[list[Spanned]]:
    """Cells that go on downwards given the height of all that they cover."""
    joined_rows: list[list[Spanned]] = []
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        joined_rows.append([])
        column = 0
        now: dict[int, tuple[int, int]] = {}
        for (text, wide, _), goes_on in row:
            if goes_on and column in above:
                line, index = above[column]
                first = joined_rows[line][index]
                joined = first[0] if not text.strip() else f"{first[0]}\n{text}"
                joined_rows[line][index] = (joined, first[1], number - line + 1)
                now[column] = above[column]
            else:
                now[column] = (number, len(joined_rows[-1]))
                joined_rows[-1].append((text, wide, 1))
            column += max(wide, 1)
        above = now
    return joined_rows


def within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those in content controls and accepted changes included."""
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from within(child, name)


def placeholder(control: etree._Element) -> bool:
    """True for a content control that only says what is to be filled in."""
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def shaded(properties: etree._Element | None) -> bool:
    """True for a cell on a coloured ground."""
    return properties is not None and filled(properties.find(qn("w:shd")))


def filled(shading: etree._Element | None) -> bool:
    """True where a shading has a colour of its own."""
    fill = attribute(shading, "fill").lower()
    return fill not in ("", "auto", "ffffff")
