"""Numbers of distinct cells and of their combinations: no row is lost, none is taken for another."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pyarrow as pa

from psanalysis.datapackage.combinations import cells_at, combinations, numbered, numbers_at


def test_rows_have_one_number_where_all_their_cells_are_equal() -> None:
    rows = list(itertools.product([-1, 0, 1, 7], [-1, 0, 3], [-1, 0, 5])) * 3
    number, first = combinations(*np.array(rows).T)
    of_row: dict[tuple[int, ...], int] = {}
    for row, own in zip(rows, number.tolist(), strict=True):
        assert of_row.setdefault(row, own) == own
    assert len(set(of_row.values())) == len(of_row) == len(first)
    assert [number[row] for row in first] == list(range(len(first)))
    assert [rows.index(rows[row]) for row in first] == first.tolist()


def test_many_columns_of_large_numbers_do_not_overflow() -> None:
    column = np.arange(2_000) * 1_000_003
    number, first = combinations(*[column] * 8)
    assert number.tolist() == first.tolist() == list(range(2_000))


def test_of_no_rows_there_is_no_combination() -> None:
    nothing = np.array([], dtype="int64")
    number, first = combinations(nothing, nothing)
    assert len(number) == len(first) == 0


def test_missing_cells_are_equal_to_each_other_and_to_nothing_else() -> None:
    texts = pd.Series(["a", None, "b", "a", None], dtype="str")
    assert numbered(pa.array(texts, pa.large_string())).number.tolist() == [0, -1, 1, 0, -1]
    assert numbers_at(texts, np.array([4, 3, 1])).tolist() == [-1, 0, -1]
    assert cells_at(texts, np.array([4, 3])) == [None, "a"]
    years = pd.Series([2025, None, 2020], dtype="Int64")
    assert numbers_at(years, np.array([2, 1, 0])).tolist() == [0, -1, 1]
    assert cells_at(years, np.array([1, 0])) == [None, 2025]
