"""Finds the tables of indicators in a document: in the grids of its file and in every layout of
plain text.
"""

from __future__ import annotations

from collections.abc import Sequence

from psanalysis.draft.budget import Budget
from psanalysis.draft.grid_tables import of_grid
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.period import Plan
from psanalysis.draft.text_tables import of_text
from psanalysis.formats.grid import Grid


def find_tables(
    text: str, grids: Sequence[Grid], plan: Plan, budget: Budget | None = None
) -> list[Table]:
    """The tables of indicators of a (folded) text, in order.

    Parameters
    ----------
    text
        Folded text of a document.
    grids
        Tables that the file marks.
    plan
        Its plan.
    budget
        How much may be read of tables.

    Examples
    --------
    >>> plan = Plan("x-14fyp", "x", 2021, 2025, 2020, 2025)
    >>> text = "序号 指标 2020年 2025年\\n1 入园率(%) 90 95\\n2 养老床位\\n(张) 300 400\\n"
    >>> [(table.layout, len(table.rows), table.expected) for table in find_tables(text, (), plan)]
    [('single', 2, 2)]
    """
    budget = budget or Budget()
    found = [table for grid in grids for table in of_grid(text, grid, plan, budget)]
    covered = [grid.span for grid in grids]
    found += of_text(text, covered, plan, budget)
    return sorted(found, key=lambda table: table.start)
