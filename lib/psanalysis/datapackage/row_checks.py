"""What a rule over the rows of a table is, and the checks that rules are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.printed import unlike_print
from psanalysis.datapackage.rawtable import TEXT, arrow_cells
from psanalysis.datapackage.worth import unlike_name

Tables = Mapping[str, pd.DataFrame]
# True for each row of one of the tables that breaks a rule, or the column that is wrong in it
Check = Callable[[Tables], pd.Series]
# so many rows are written together for a comparison, to be in memory only for a moment
AT_A_TIME = 2**16
FIGURE = r"([0-9]+(?:\.[0-9]+)?)"


@dataclass(frozen=True)
class RowRule:
    """A rule over the rows of one table.

    `breaks` gives True for each row that breaks it, `needs` names the tables that it looks up. With
    `by_column` it gives the column of each row that is wrong, for the rules of several columns at
    once.
    """

    table: str
    column: str
    rule: str
    remedy: str
    breaks: Check
    needs: tuple[str, ...] = ()
    by_column: bool = False


def together(table: str, *columns: str) -> Check:
    """Rows that fill in some of the columns, but not all."""

    def breaks(t: Tables) -> pd.Series:
        stated = [t[table][column].notna() for column in columns]
        return reduce(or_, stated) & ~reduce(and_, stated)

    return breaks


def lacks(rows: pd.DataFrame, *columns: str) -> pd.Series:
    """True for each of the rows in which one of the columns, such as `note_zh`, is empty."""
    return reduce(or_, (rows[column].isna() for column in columns))


def after(table: str, first: str, second: str) -> Check:
    """Rows whose first column is larger than the second."""
    return lambda t: t[table][first] > t[table][second]


def of_another(table: str, column: str) -> Check:
    """Rows of which an earlier row has the same name."""
    return lambda t: t[table][column].duplicated() & t[table][column].notna()


def _look_up(codes: pd.Series, table: pd.DataFrame, key: str, wanted: pd.Series) -> pd.Series:
    """For each code the value of `wanted` in the row of `table` whose column `key` has the code;
    missing for an unknown code.
    """
    rows = pc.index_in(arrow_cells(codes), arrow_cells(table[key])).fill_null(-1).to_numpy()
    return pd.Series(wanted.array.take(rows, allow_fill=True), index=codes.index)


def unlike_dimension(table: str) -> Check:
    """Rows whose unit is of another dimension than their indicator's."""

    def breaks(t: Tables) -> pd.Series:
        # comparing numbers takes a tenth of comparing words
        dimension = pd.Series(t["units"]["dimension"].factorize()[0], dtype="float64")
        of_indicator = _look_up(t["indicators"]["unit_id"], t["units"], "unit_id", dimension)
        own = _look_up(t[table]["unit_id"], t["units"], "unit_id", dimension)
        return own != _look_up(
            t[table]["indicator_id"], t["indicators"], "indicator_id", of_indicator
        )

    return breaks


def outside_source(table: str) -> Check:
    """Rows whose span ends behind the end of their plan's text."""
    return lambda t: (
        t[table]["char_end"]
        > _look_up(t[table]["plan_id"], t["plans"], "plan_id", t["plans"]["source_chars"])
    )


def span_length(table: str, written: str) -> Check:
    """Rows whose span is not as long as what is written there."""
    return lambda t: (t[table]["char_end"] - t[table]["char_start"]) != t[table][written].str.len()


def id_of_other_plan(t: Tables) -> pd.Series:
    """Statements whose id is not that of their plan and a number."""
    codes, plans = (arrow_cells(t["statements"][column]) for column in ("statement_id", "plan_id"))
    own = [
        pc.equal(
            pc.ascii_rtrim(codes[start : start + AT_A_TIME], "0123456789"),
            pc.binary_join_element_wise(
                plans[start : start + AT_A_TIME], *arrow.array(["", "-"], TEXT)
            ),
        )
        for start in range(0, len(codes), AT_A_TIME)
    ]
    broken = ~arrow.chunked_array(own, arrow.bool_()).to_numpy()
    return pd.Series(broken, index=t["statements"].index)


def unknown_statement(t: Tables) -> pd.Series:
    """Findings that name a statement which is not there."""
    named = pc.utf8_split_whitespace(arrow_cells(t["findings"]["statement_ids"]))
    known = pc.is_in(named.flatten(), arrow_cells(t["statements"]["statement_id"]))
    broken = np.zeros(len(named), dtype=bool)
    broken[pc.list_parent_indices(named).filter(pc.invert(known)).to_numpy()] = True
    return pd.Series(broken, index=t["findings"].index)


def other_than_stated(t: Tables) -> pd.Series:
    """Actual values whose number is not the first one of the words that state it."""
    stated = t["actuals"]["value_as_stated"].str.replace(",", "").str.extract(FIGURE)[0]
    return stated.notna() & (pd.to_numeric(stated) != t["actuals"]["value"])


def not_a_target(t: Tables) -> pd.Series:
    """Targets without a commitment, and other roles with one."""
    return (t["statements"]["role"] == "target") != t["statements"]["commitment"].notna()


def unlike_printed(t: Tables) -> pd.Series:
    """The column of each of the statements that is not as value_as_written prints it."""
    return unlike_print(t["statements"], t["units"])


def unlike_publication(t: Tables) -> pd.Series:
    """The column of each of the actuals that is not as value_as_stated says, read as a span of a
    plan is.
    """
    stated = t["actuals"].rename(columns={"value_as_stated": "value_as_written"})
    return unlike_print(stated, t["units"])


def unlike_named(t: Tables) -> pd.Series:
    """The column of each unit that is not as its Chinese name says."""
    return unlike_name(t["units"])
