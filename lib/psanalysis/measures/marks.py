"""Codes of a row in one cell: what it rests on besides print (marks), why it is not comparable, which measures are undefined."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress

import pandas as pd


def joined(flags: Mapping[str, pd.Series]) -> pd.Series:
    """Names of the flags that hold in each row, in their order, separated by blanks; empty where none does.

    Examples
    --------
    >>> joined({"implied_year": pd.Series([True, False]), "inferred_unit": pd.Series([True, False])}).tolist()
    ['implied_year inferred_unit', '']
    """
    table = pd.DataFrame(flags)
    words = [" ".join(compress(table.columns, row)) for row in table.to_numpy(dtype=bool)]
    return pd.Series(words, index=table.index, dtype="str")
