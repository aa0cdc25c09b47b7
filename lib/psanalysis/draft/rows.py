"""Joins rows of a grid that a reader split at the line breaks within their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from psanalysis.draft.cell_costs import CLOSED, is_value
from psanalysis.draft.head_words import head_kind, nature_of
from psanalysis.draft.layout import Token


def whole_rows(lines: Sequence[list[Token]]) -> list[list[Token]]:
    """The rows; one that only continues the cells of the row above is joined to it.

    Parameters
    ----------
    lines
        The cells line by line.

    Examples
    --------
    >>> rows = (("养老保险参", "88", "预期"), ("保率(%)", "", "性"), ("失业率(%)", "5", "预期性"))
    >>> cells = [[Token(text, i, i, i, j == 0) for j, text in enumerate(row)] for i,
    ...     row in enumerate(rows)]
    >>> ["".join(line[0].text.split()) for line in whole_rows(cells)]
    ['养老保险参保率(%)', '失业率(%)']
    """
    found: list[list[Token]] = []
    for line in lines:
        if found and _goes_on(found[-1], line):
            found[-1] = [_joined(a, b) for a, b in zip(found[-1], line, strict=True)]
        else:
            found.append(list(line))
    return found


def _goes_on(above: Sequence[Token], line: Sequence[Token]) -> bool:
    """True where a word of the nature column is split, or a name ends in the row below its own."""
    if len(above) != len(line) or len(line) < 3:
        return False
    if any(a.start == b.start for a, b in zip(above, line, strict=True) if a.text and b.text):
        return False  # one cell over several rows
    if any(_parted(a.text, b.text) for a, b in zip(above, line, strict=True)):
        return True
    written = [i for i, token in enumerate(line) if token.text]
    if not any(is_value(token.text) for token in above) or len(written) != 1:
        return False
    own = written[0]
    if not above[own].text or head_kind(above[own].text):
        return False
    return bool(CLOSED.search(line[own].text)) and not CLOSED.search(above[own].text)


def _parted(above: str, below: str) -> bool:
    return bool(above and below) and nature_of(above + below) != "" and not nature_of(below)


def _joined(above: Token, below: Token) -> Token:
    if not below.text or not above.text:
        return replace(below, line=above.line, first=above.first) if below.text else above
    pieces = (
        *(above.pieces or ((above.start, above.end),)),
        *(below.pieces or ((below.start, below.end),)),
    )
    return replace(above, text=f"{above.text}\n{below.text}", end=below.end, pieces=pieces)
