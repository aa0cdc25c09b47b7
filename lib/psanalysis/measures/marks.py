"""Codes of a row in one cell: what it rests on besides print (marks), why it is not comparable,
which measures are undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress

import numpy as np
import pandas as pd

# What a row rests on besides print, and whether a finding doubts a figure of it
MARKS = (
    "implied_year",
    "inferred_unit",
    "implied_pledge",
    "several_baselines",
    "interpolated",
    "doubted",
)


def joined(flags: Mapping[str, pd.Series]) -> pd.Series:
    """Names of the flags that hold in each row, in their order, separated by blanks; empty where
    none does.

    Examples
    --------
    >>> joined({"implied_year": pd.Series([True, False]),
    ...     "inferred_unit": pd.Series([True, False])}).tolist()
    ['implied_year inferred_unit', '']
    """
    table = pd.DataFrame(flags)
    words = [" ".join(compress(table.columns, row)) for row in table.to_numpy(dtype=bool)]
    return pd.Series(words, index=table.index, dtype="str")


def united(*columns: pd.Series) -> pd.Series:
    """The marks of several columns in one: a figure made of others rests on what they rest on."""
    table = pd.concat([column.astype("str").fillna("") for column in columns], axis=1)
    cells = (set(" ".join(row).split()) for row in table.to_numpy())
    words = [" ".join(mark for mark in MARKS if mark in there) for there in cells]
    return pd.Series(words, index=table.index, dtype="str")


def carries(marks: pd.Series, mark: str) -> pd.Series:
    """True where a row has a mark."""
    return marks.astype("str").str.contains(mark)


def undefined(reasons: Mapping[str, pd.Series]) -> pd.Series:
    """`measure=code` for every measure that is not defined, separated by blanks, from the code of
    the reason by measure (missing: defined).
    """
    table = pd.DataFrame(reasons)
    told = table.notna().to_numpy()
    words = [
        " ".join(
            f"{name}={code}" for name, code in compress(zip(table.columns, row, strict=True), holds)
        )
        for row, holds in zip(table.to_numpy(dtype=object), told, strict=True)
    ]
    return pd.Series(words, index=table.index, dtype="str")


def first_reason(index: pd.Index, *obstacles: tuple[str, pd.Series]) -> pd.Series:
    """Code of the first obstacle that holds in each row; missing where none does."""
    reason = np.full(len(index), None, dtype=object)
    for code, holds in reversed(obstacles):
        reason[holds.reindex(index).to_numpy(dtype=bool, na_value=False)] = code
    return pd.Series(reason, index=index, dtype="str")
