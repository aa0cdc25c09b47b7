"""The form for actual values: a row a target that waits for one, what is known of it filled in, the
rest for a person.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.comparators import ITSELF
from psanalysis.datapackage.dataset import Dataset
from psanalysis.formatting import stated
from psanalysis.wording import LANGUAGES

ABOUT = (
    "statement_id",
    "place",
    "name_zh",
    "name_en",
    "target",
    "target_year",
    "lead_unit",
    "last_value",
)
GIVEN = ("area_id", "indicator_id", "year", "comparator", "unit_id")
CODED = ("comparator", "unit_id", "status", "quality")
# between a code and its words in a cell of the workbook: eq | the value itself
APART = " | "


def form_frame(ds: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """The form as a table of strings.

    Parameters
    ----------
    ds
        The data set.
    rows
        Rows of `psanalysis.waiting`.

    Returns
    -------
    DataFrame
        The columns of `ABOUT`, which say what the row is about, then those of actuals.csv, of which
        `GIVEN` are filled in.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> form = form_frame(ds, ps.waiting(ds, "china-14fyp", as_of=2025))
    >>> form.set_index("indicator_id").loc["eldercare_beds_total",
    ...     ["year", "unit_id", "value"]].tolist()
    ['2025', 'ten_thousand_beds', '']
    """
    areas, indicators, units = (
        getattr(ds, table).set_index(key)[wanted].to_dict("index")
        for table, key, wanted in (
            ("areas", "area_id", ["name_zh", "name_en"]),
            ("indicators", "indicator_id", ["unit_id"]),
            ("units", "unit_id", ["name_zh", "name_en"]),
        )
    )
    columns = [*ABOUT, *ds.package.by_name["actuals"].columns]
    made = [
        dict.fromkeys(columns, "")
        | {
            "statement_id": row["statement_id"],
            "place": _both(areas[row["area_id"]], "name"),
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "target": _figure(
                row["target_low"], row["target_high"], row["comparator"], units[row["unit_id"]]
            ),
            "target_year": _text(row["target_year"]),
            "lead_unit": row["lead_unit"],
            "last_value": _last(row, units[row["unit_id"]]),
            "area_id": row["area_id"],
            "indicator_id": row["indicator_id"],
            "year": _text(row["wanted_year"]),
            "comparator": ITSELF,
            "unit_id": indicators[row["indicator_id"]]["unit_id"],
        }
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame(made, columns=columns, dtype="str")


def choices(ds: Dataset) -> dict[str, dict[str, str]]:
    """What can be chosen in the columns of codes: code to the words of both languages."""
    labels = {
        column: {
            code: f"{code}{APART}" + APART.join(words[lang] for lang in LANGUAGES)
            for code, words in ds.package.by_name["actuals"].field(column).labels.items()
        }
        for column in CODED
        if column != "unit_id"
    }
    units = {
        row["unit_id"]: f"{row['unit_id']}{APART}{_both(row, 'name', APART)}"
        for row in ds.units.to_dict("records")
    }
    return labels | {"unit_id": units}


def _both(row: dict[str, Any], name: str, between: str = " ") -> str:
    """A name in both languages, once where they are the same."""
    return between.join(dict.fromkeys(str(row[f"{name}_{lang}"]) for lang in LANGUAGES))


def _figure(value: float, high: float, comparator: str, unit: dict[str, Any]) -> str:
    """A figure in both languages, once where they are the same."""
    shown = (stated(value, high, comparator, unit[f"name_{lang}"], lang) for lang in LANGUAGES)
    return " / ".join(dict.fromkeys(shown))


def _last(row: dict[str, object], unit: dict[str, Any]) -> str:
    if pd.isna(row["value"]):
        return ""
    shown = _figure(row["value"], row["value_high"], row["value_comparator"], unit)  # type: ignore[arg-type]
    return f"{shown} ({row['value_year']})"


def _text(year: object) -> str:
    return "" if pd.isna(year) else str(year)
