"""Restores words of a document that a spreadsheet changed into a number or a date: 87.50% becomes
87.5% again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from psanalysis.curation.plan_info import Row
from psanalysis.wording import vocabulary

PLAIN = re.compile(r"[+\-]?\d+(?:\.\d+)?(?:[eE][+\-]?\d+)?(%?)")
DATE = re.compile(r"\d{4}[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
MONTH_DAY = re.compile(vocabulary("curation/words.toml")["spreadsheet"]["month_day"])


def as_printed(rows: Sequence[Row], text: str, column: str = "value_as_written") -> list[Row]:
    """Rows of a draft with the words as the text prints them, where a spreadsheet changed how the
    same number is written.

    Parameters
    ----------
    rows
        With char_start and char_end.
    text
        The text that the offsets refer to.
    column
        The column of the words. Other cells are not changed.
    """
    return [row | {column: _printed(row, text, column)} for row in rows]


def _printed(row: Row, text: str, column: str) -> str:
    cell, start, end = row[column], row["char_start"], row["char_end"]
    if not (start.isdecimal() and end.isdecimal()):
        return cell
    words = text[int(start) : int(end)]
    return words if cell != words and same_number(cell, words) else cell


def same_number(cell: str, words: str) -> bool:
    """True where a spreadsheet makes a cell of these words: of a number, a percentage, or what it
    takes for a date.

    Examples
    --------
    >>> pairs = (("87.50%", "87.5%"), ("0.875", "87.5%"), ("12000", "12,000"))
    >>> [same_number(*pair) for pair in pairs]
    [True, True, True]
    >>> same_number("2026-03-05", "3-5"), same_number("87.5", "87.5%")
    (True, False)
    >>> same_number("85%", "85%以上")
    False
    """
    if date := DATE.fullmatch(cell) or MONTH_DAY.fullmatch(cell):
        parts = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})", words)
        return parts is not None and [int(n) for n in parts.groups()] == [
            int(n) for n in date.groups()
        ]
    bare = words.replace(",", "").strip()
    number, plain = PLAIN.fullmatch(cell.replace(",", "")), PLAIN.fullmatch(bare)
    if not number or not plain:
        return False
    return _value(cell.replace(",", ""), number[1]) == _value(bare, plain[1])


def _value(number: str, percent: str) -> Decimal:
    value = Decimal(number.removesuffix("%"))
    return value / 100 if percent else value
