"""The cells of a table with their places, whichever way the table came out: pipe rows, tabs, one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PIPE = re.compile(r"[|\t]")
WIDE_BLANKS = re.compile(r"(?<=\S)\s{2,}(?=\S)")
BLANKS = re.compile(r"(?<=\S)\s+(?=\S)")
UNIT_ONLY = re.compile(r"[(\[](?![\d.]+[)\]])[^()\[\]]{1,8}[)\]]$")
SENTENCE = re.compile(r"[。;!?]")
SHORT_LINE = 60
HEAD_LINE = re.compile(r"指标|项目|名称")
HEAD_VALUE = re.compile(r"20\d\d|目标|现状|基期|规划值|[“\"]?十[一二三四五六]五|实际|完成")


@dataclass(frozen=True)
class Cell:
    """Text of a cell without blanks around it, and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """Lines that belong to one table: rows of cells, and whether every cell stands on a line of its own."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    stream: bool


def blocks(text: str) -> Iterator[Block]:
    """Runs of lines that look like a table with indicators in it.

    Examples
    --------
    >>> [(len(b.rows), b.stream) for b in blocks("指标 | 2020年 | 2025年 |\\n入园率 | 90 | 95 |\\n完。")]
    [(2, False)]
    """
    lines = list(_lines(text))
    index = 0
    while index < len(lines):
        kind = _kind(text[slice(*lines[index])])
        last = index
        while last + 1 < len(lines) and (
            _kind(text[slice(*lines[last + 1])]) == kind
            or (kind and not text[slice(*lines[last + 1])].strip())
        ):
            last += 1
        if kind:
            yield from _block(text, lines[index : last + 1], kind)
        index = last + 1


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _kind(line: str) -> str:
    if PIPE.search(line):
        return "pipe"
    return (
        "short"
        if 0 < len(" ".join(line.split())) <= SHORT_LINE and not SENTENCE.search(line)
        else ""
    )


def _block(text: str, lines: list[tuple[int, int]], kind: str) -> Iterator[Block]:
    whole = text[lines[0][0] : lines[-1][1]]
    whole = whole.replace(" ", "")
    if not (HEAD_LINE.search(whole) and HEAD_VALUE.search(whole)):
        return
    if kind == "pipe":
        rows = tuple(_cells(text, start, end, PIPE) for start, end in lines)
        stream = sum(1 for row in rows if sum(1 for cell in row if cell.text) <= 1) > 0.6 * len(
            rows
        )
        yield Block(lines[0][0], lines[-1][1], rows, stream)
        return
    spaced = tuple(
        _cells(
            text, *line, WIDE_BLANKS if WIDE_BLANKS.search(text[slice(*line)].strip()) else BLANKS
        )
        for line in lines
    )
    if any(
        len(row) >= 3
        and HEAD_LINE.search(row[0].text + row[1].text)
        and HEAD_VALUE.search("".join(c.text for c in row[1:]))
        for row in spaced
    ):
        yield Block(lines[0][0], lines[-1][1], spaced, False)
    else:
        yield Block(
            lines[0][0],
            lines[-1][1],
            tuple((cell,) for cell in _joined(text, [_cell(text, *line) for line in lines])),
            True,
        )


def _joined(text: str, cells: list[Cell]) -> Iterator[Cell]:
    """Cells with a unit that was broken onto a line of its own put back to its name."""
    waiting: Cell | None = None
    for cell in cells:
        if not cell.text:
            continue
        if waiting is not None and UNIT_ONLY.match(cell.text):
            waiting = Cell(text[waiting.start : cell.end], waiting.start, cell.end)
            continue
        if waiting is not None:
            yield waiting
        waiting = cell
    if waiting is not None:
        yield waiting


def _cells(text: str, start: int, end: int, separator: re.Pattern[str]) -> tuple[Cell, ...]:
    row, begin = [], start
    for match in separator.finditer(text, start, end):
        row.append(_cell(text, begin, match.start()))
        begin = match.end()
    if text[begin:end].strip() or not row:
        row.append(_cell(text, begin, end))
    return tuple(row)


def _cell(text: str, start: int, end: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Cell(text[start:end], start, end)
