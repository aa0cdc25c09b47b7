"""What the CSV of a table says beyond the table: value and unit as numbers and words, where they stand in the plan, what is doubted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from psanalysis.comparators import sign
from psanalysis.datapackage.dataset import Dataset
from psanalysis.formatting import in_plain_units
from psanalysis.measures.doubts import doubts
from psanalysis.report.html import Column
from psanalysis.wording import say

KEYS = (
    "value", "upper", "comparator", "unit", "pledge", "as_stated", "statement", "findings", "citation",
)  # fmt: skip


class Downloads:
    """Cells of the CSV for statements of one data set in one language."""

    def __init__(self, ds: Dataset, lang: str):
        self.ds, self.lang = ds, lang
        self.statements = ds.statements.set_index("statement_id")
        self.units = ds.units.set_index("unit_id")[f"name_{lang}"].to_dict()
        self.pledges = ds.pledges.set_index("pledge_id")[f"name_{lang}"].to_dict()
        self.plans = ds.plans.set_index("plan_id")[f"title_{lang}"].to_dict()
        self.findings = doubts(ds).to_dict()

    def columns(self) -> list[Column]:
        """The columns that the CSV alone has."""
        return [Column(f"csv_{key}", say(f"download.{key}", self.lang), download=True) for key in KEYS]  # fmt: skip

    def cells(self, statement_id: str) -> dict[str, str]:
        """Their cells in the row of a statement, the value in the unit that the page shows."""
        row = self.statements.loc[statement_id]
        unit = "" if pd.isna(row["unit_id"]) else self.units[row["unit_id"]]
        value, shown = in_plain_units(row["value"], unit, self.lang)
        upper, _ = in_plain_units(row["value_high"], unit, self.lang)
        number = pd.notna(row["value"])
        found = {
            "value": exact(value), "upper": exact(upper),
            "comparator": (sign(row["comparator"]) or "=") if number else "",
            "unit": shown if number else "",
            "pledge": "" if pd.isna(row["pledge"]) else self.pledges.get(row["pledge"], row["pledge"]),
            "as_stated": row["value_as_written"], "statement": statement_id,
            "findings": self.findings.get(statement_id, ""),
            "citation": self.plans[row["plan_id"]],
        }  # fmt: skip
        return {f"csv_{key}": "" if pd.isna(cell) else str(cell) for key, cell in found.items()}

    def rows(
        self, rows: Iterable[Mapping[str, Any]], statements: Iterable[str]
    ) -> list[dict[str, Any]]:
        """Rows of a table with these cells, each by the statement that it shows."""
        return [
            dict(row) | self.cells(statement)
            for row, statement in zip(rows, statements, strict=True)
        ]


def exact(value: float) -> str:
    """A number for a CSV: no separators, and no digits that only the binary form of a number has.

    Examples
    --------
    >>> exact(0.7800000000000011), exact(9000.0), exact(float("nan"))
    ('0.78', '9000', '')
    """
    return "" if pd.isna(value) else f"{float(value):.12g}"
