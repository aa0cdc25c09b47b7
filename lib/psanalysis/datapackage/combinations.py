"""Numbers the distinct combinations of cells in some columns, so that a rule over several cells is
asked once for each combination and not once for each row.

Rows are told apart by whole numbers that Arrow and NumPy give them; no cell becomes a Python object
on the way.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from psanalysis.datapackage.rawtable import arrow_cells, one_array


class Numbered(NamedTuple):
    """The number of each cell among the distinct cells, -1 where it is missing, and these."""

    number: np.ndarray
    distinct: pa.Array


class Combinations(NamedTuple):
    """The number of each row's combination, and the first row of each; they are counted in the
    order of these rows.
    """

    number: np.ndarray
    first: np.ndarray


def numbered(cells: pa.Array) -> Numbered:
    """The cells of an Arrow array by the number of their distinct values.

    Examples
    --------
    >>> number, distinct = numbered(pa.array(["b", None, "a", "b"]))
    >>> number.tolist(), distinct.to_pylist()
    ([0, -1, 1, 0], ['b', 'a'])
    """
    encoded = one_array(cells.dictionary_encode())
    return Numbered(encoded.indices.fill_null(-1).to_numpy(), encoded.dictionary)


def numbers_at(column: pd.Series, rows: np.ndarray) -> np.ndarray:
    """The number of each cell on some rows of a column among the distinct ones of them, -1 where it
    is missing.
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        return np.asarray(pd.factorize(as_floats(column)[rows])[0])
    return numbered(arrow_cells(column).take(pa.array(rows))).number


def as_floats(column: pd.Series) -> np.ndarray:
    """A column of numbers, NaN where a cell is missing."""
    return column.to_numpy(dtype="float64", na_value=np.nan)


def combinations(*columns: np.ndarray) -> Combinations:
    """The distinct combinations of columns of small whole numbers, which may be -1.

    Examples
    --------
    >>> number, first = combinations(np.array([1, 1, 0, 1]), np.array([2, -1, 2, 2]))
    >>> number.tolist(), first.tolist()
    ([0, 1, 2, 0], [0, 1, 2])
    """
    number = np.zeros(len(columns[0]), dtype="int64")
    for column in columns:
        # numbers stay below the number of rows, so that a product of two fits into 64 bits
        size = int(column.max(initial=-1)) + 2
        number = pd.factorize(number * size + column + 1)[0]
    # a new combination has the next number
    newest = np.maximum.accumulate(number)
    return Combinations(number, np.flatnonzero(np.append(-1, newest[:-1]) < newest))


def cells_at(column: pd.Series, rows: np.ndarray) -> list[Any]:
    """The cells on some rows of a column, None where they are missing."""
    cells = column.array.take(rows)
    return [
        None if missing else cell
        for cell, missing in zip(cells.tolist(), cells.isna().tolist(), strict=True)
    ]
