"""What goes over the pages of a PDF: running heads and page numbers, tables that end on the next page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from psanalysis.formats.grid import Spanned
from psanalysis.formats.lexicon import page_number
from psanalysis.formats.pdf_elements import Element, Line, Printed

SAME_COLUMN = 6.0
HEAD_LINES, REPEATED = 3, 0.3


def without_running_heads(pages: Sequence[Sequence[Element]]) -> list[Element]:
    """Everything but page numbers and lines that stand at the same height of many pages."""
    kept: list[Element] = []
    edges = [_edge_lines(page) for page in pages]
    often = Counter(key for lines in edges for key in {_key(line) for line in lines})
    fewest = max(3, REPEATED * len(pages))
    for page, lines in zip(pages, edges, strict=True):
        gone = {
            id(line)
            for line in lines
            if page_number().match(line.text) or (len(pages) >= 3 and often[_key(line)] >= fewest)
        }
        kept += [one for one in page if id(one) not in gone]
    return kept


def _edge_lines(page: Sequence[Element]) -> list[Line]:
    """The highest and the lowest lines of a page, where running heads and page numbers stand."""
    lines = sorted((one for one in page if isinstance(one, Line)), key=lambda line: -line.height)
    ends = {id(line): line for line in (*lines[:HEAD_LINES], *lines[-HEAD_LINES:])}
    return [line for line in ends.values() if line.at_edge]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.height * 60)


def joined_tables(elements: Sequence[Element]) -> list[Element]:
    """A table that ends a page and one of the same columns that begins the next are one; its repeated head stands once."""
    joined: list[Element] = []
    for one in elements:
        before = joined[-1] if joined else None
        if (
            isinstance(one, Printed)
            and isinstance(before, Printed)
            and one.first
            and before.last
            and one.page > before.page
            and _same_columns(before.columns, one.columns)
        ):
            heads = 0
            while heads < min(4, len(one.rows) - 1, len(before.rows)) and _words(
                one.rows[heads]
            ) == _words(before.rows[heads]):
                heads += 1
            joined[-1] = replace(
                one,
                rows=[*before.rows, *one.rows[heads:]],
                page=before.page,
                columns=before.columns,
            )
            continue
        joined.append(one)
    return joined


def _words(row: Sequence[Spanned]) -> list[str]:
    return ["".join(text.split()) for text, _, _ in row]


def _same_columns(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < SAME_COLUMN for x, y in zip(a, b, strict=True))
