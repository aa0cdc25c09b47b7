"""Transposes tables whose rows are years and whose columns are indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from psanalysis.draft.cell_costs import is_value
from psanalysis.draft.head_words import VALUE_KINDS, head_kind
from psanalysis.draft.layout import Token

MOST_ROWS = 20
STATING = (*VALUE_KINDS, "year")


def transposed(lines: Sequence[list[Token]]) -> list[Token]:
    """The cells of a table with rows and columns exchanged; empty where its rows are not years.

    Parameters
    ----------
    lines
        The cells line by line, from the possible head on.

    Examples
    --------
    >>> rows = (("指标", "入园率(%)", "巩固率(%)"), ("2025年", "95", "97"), ("2030年", "97", "98"))
    >>> cells = [[Token(text, 0, 0, i, j == 0) for j, text in enumerate(row)] for i,
    ...     row in enumerate(rows)]
    >>> [token.text for token in transposed(cells)]
    ['指标', '2025年', '2030年', '入园率(%)', '95', '97', '巩固率(%)', '97', '98']
    """
    head = lines[0] if lines else []
    if len(head) < 2 or any(not _is_name(token.text) for token in head[1:]):
        return []
    rows = [head]
    for line in lines[1:MOST_ROWS]:
        if len(line) != len(head) or not head_kind(line[0].text):
            break
        rows.append(line)
    stating = [row for row in rows[1:] if head_kind(row[0].text) in STATING]
    if not stating or not all(any(is_value(t.text) for t in row[1:]) for row in stating):
        return []
    return [
        replace(row[c], line=c, first=r == 0, position=r)
        for c in range(len(head))
        for r, row in enumerate(rows)
    ]


def _is_name(text: str) -> bool:
    return bool(text) and not is_value(text) and head_kind(text) not in (*STATING, "unit", "nature")
