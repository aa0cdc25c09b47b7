"""Rows of a draft that no longer fit its text: their words are not those of their span."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psanalysis.errors import Fault

WRITTEN = "value_as_written"
RESTORE = "restore the draft's cells"


def misplaced(row: Mapping[Any, Any], text: str) -> bool:
    """Whether the text from `char_start` to `char_end` differs from `value_as_written`.

    Examples
    --------
    >>> row = {"char_start": "0", "char_end": "3", "value_as_written": "55%"}
    >>> misplaced(row, "55% in 2025"), misplaced(row, "of 55%")
    (False, True)
    """
    start, end = row["char_start"], row["char_end"]
    numeric = start.isdecimal() and end.isdecimal()
    return not numeric or text[int(start) : int(end)] != row.get(WRITTEN)


def misplaced_fault(file: str, line: int, row: Mapping[Any, Any], remedy: str = RESTORE) -> Fault:
    """The fault of such a row."""
    rule = "differs from the text between char_start and char_end"
    return Fault(file, line, WRITTEN, row.get(WRITTEN, ""), rule, remedy)
