"""Splits a table printed as two halves side by side with the same heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from psanalysis.draft.layout import Token

FEWEST_COLUMNS = 2


def one_above_the_other(tokens: Sequence[Token]) -> list[Token]:
    """The cells of a table with its right half put below the left one, where both have the same
    heads; other tables are unchanged.

    Examples
    --------
    >>> cells = (("name", "2025", "name", "2025"), ("a", "1", "b", "2"))
    >>> line = [Token(t, 0, 0, i, j == 0, j) for i, row in enumerate(cells) for j,
    ...     t in enumerate(row)]
    >>> [token.text for token in one_above_the_other(line)]
    ['name', '2025', 'a', '1', 'name', '2025', 'b', '2']
    """
    lines = [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]
    half = len(lines[0]) // 2 if lines else 0
    heads = [token.text for token in lines[0]] if lines else []
    if half < FEWEST_COLUMNS or heads[:half] != heads[half:] or len({*heads}) < FEWEST_COLUMNS:
        return list(tokens)
    if any(len(line) != 2 * half for line in lines):
        return list(tokens)
    last = lines[-1][0].line + 1
    below = [
        replace(token, line=token.line + last, first=position == 0, position=left.position)
        for line in lines
        for position, (left, token) in enumerate(zip(line[:half], line[half:], strict=True))
    ]
    return [token for line in lines for token in line[:half]] + below
