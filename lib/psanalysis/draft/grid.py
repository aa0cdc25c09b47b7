"""Tables of web pages and office files as pipe rows; a merged cell stands in every place that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable

BLANKS = re.compile(r"\s+")
Cell = tuple[str, int, int]


def expand(rows: Iterable[Iterable[Cell]]) -> list[list[str]]:
    """Rows of (text, columns, rows) cells as a full grid.

    Examples
    --------
    >>> expand([[("指标", 1, 2), ("目标", 2, 1)], [("2023年", 1, 1), ("2025年", 1, 1)]])
    [['指标', '目标', '目标'], ['指标', '2023年', '2025年']]
    """
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for cells in rows:
        line: list[str] = []
        waiting = list(cells)
        while waiting or len(line) in hanging:
            column = len(line)
            if column in hanging:
                text, left = hanging.pop(column)
                line.append(text)
                if left > 1:
                    hanging[column] = (text, left - 1)
                continue
            text, wide, high = waiting.pop(0)
            for offset in range(max(1, wide)):
                line.append(text)
                if high > 1:
                    hanging[column + offset] = (text, high - 1)
        grid.append(line)
    return grid


def pipe_rows(grid: list[list[str]]) -> str:
    """A grid as lines `a | b | c |`, blanks inside cells made single; an empty cell stays between its pipes.

    Examples
    --------
    >>> pipe_rows([["指标", "2025年\\n目标"], ["入园率", ""]])
    '指标 | 2025年 目标 |\\n入园率 |  |'
    """
    lines = [
        " | ".join(BLANKS.sub(" ", cell).strip().replace("|", "/") for cell in row) + " |"
        for row in grid
        if any(row)
    ]
    return "\n".join(lines)
