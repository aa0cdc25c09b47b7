"""Actual values that look wrong by their size: a share written as a fraction, a unit slip of ten, a
number far from all others.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.formatting import quantity
from psanalysis.measures.actuals import chosen_actuals
from psanalysis.measures.marks import joined
from psanalysis.measures.pairing import in_indicator_unit
from psanalysis.measures.units import convert_column
from psanalysis.measures.verdicts import size_dependent
from psanalysis.wording import LANGUAGES, say

DOUBTS = ("outside_limits", "fraction", "ten_fold", "far")
# such a value decides nothing unless it was read in the original and both notes speak of it
GRAVE = ("outside_limits", "fraction", "ten_fold")
SMALL = 1.0  # what is at most one may be a fraction
NEAR_POWER = 0.12  # in powers of ten: 10 times, give or take a quarter
FAR = 3.0  # times below the least or above the largest of the other numbers
COLUMNS = [
    "area_id", "indicator_id", "year", "publisher", "published_on", "value", "unit_id", "doubts",
    "grave",
    "reason_zh", "reason_en",
]  # fmt: skip

STATED = -1  # the number stands in a plan


class Number(NamedTuple):
    """A number of an indicator: its place, and the row of the actual value that it is; whether it
    grows with the size of a place.
    """

    area_id: str
    value: float
    row: int
    free: bool


def magnitudes(ds: Dataset, actuals: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Actual values of which the size is doubtful, and why; nothing is changed or left out because
    of it.

    Parameters
    ----------
    ds
        The data set.
    actuals
        A file or frame with the columns of actuals.csv; by default the data set's own.

    Returns
    -------
    DataFrame
        One row a doubtful value, index as in the table of actual values: its key (area_id,
        indicator_id, year, publisher, published_on), value in the indicator's unit_id, doubts
        (codes separated by blanks), grave (whether it can decide no verdict), reason_zh, reason_en.

        - outside_limits: beyond the indicator's limits, as a negative rate.
        - fraction: at most 1 of a share in percent, where what else is known of it is ten times as
          much or more: 0.45 for 45%.
        - ten_fold: some power of ten apart from the number nearest to it, give or take a quarter: a
          slip in the unit.
        - far: less than a third of the least, or more than three times the largest of the other
          numbers.

        It is compared with the targets and baselines of its place; without these with the place's
        other values; without these, if the indicator does not grow with the size of a place, with
        what all places have. Totals over years are not compared with.

    Raises
    ------
    DataError
        If a user's values break the schema of actuals.csv.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> row = ds.actuals[ds.actuals["unit_id"] == "percent"].head(1)
    >>> magnitudes(ds,
    ...     row.assign(value=row["value"] / 100, value_as_stated=None))["doubts"].tolist()
    ['fraction ten_fold']
    """
    return doubted_values(ds, chosen_actuals(ds, actuals, None))


def doubted_values(ds: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """`magnitudes` of actual values that were read already."""
    about = ds.indicators.set_index("indicator_id")
    unit = rows["indicator_id"].map(about["unit_id"])
    rows = rows.assign(
        value=convert_column(rows["value"], rows["unit_id"], unit, ds.units),
        high=convert_column(rows["value_high"], rows["unit_id"], unit, ds.units),
        unit_id=unit,
        low_limit=rows["indicator_id"].map(about["lower_limit"]),
        high_limit=rows["indicator_id"].map(about["upper_limit"]),
    )
    known = _numbers(ds, rows)
    found = [_doubts(row, known) for row in _records(rows)]
    codes = pd.DataFrame(found, index=rows.index, columns=list(DOUBTS)).astype(bool)
    grave = codes[list(GRAVE)].any(axis=1) & ~_confirmed(rows)
    rows = rows.assign(doubts=joined({code: codes[code] for code in DOUBTS}), grave=grave)
    rows = rows[rows["doubts"] != ""]
    words = {
        f"reason_{lang}": [
            doubt_words(row["doubts"], row["value"], names[row["unit_id"]], lang)
            for row in rows.to_dict("records")
        ]
        for lang in LANGUAGES
        for names in [ds.units.set_index("unit_id")[f"name_{lang}"].to_dict()]
    }
    return rows.join(pd.DataFrame(words, index=rows.index, dtype="str"))[COLUMNS]


def doubt_words(codes: str, value: float, unit: str, lang: str) -> str:
    """Why a value is doubted, in sentences; nothing without codes.

    Of a fraction that is a slip of ten as well the first is said.
    """
    known = codes.split()
    shown = [code for code in known if not (code == "ten_fold" and "fraction" in known)]
    number = quantity(value, unit, lang)
    words = (say(f"magnitude.{code}", lang, value=number) for code in shown)
    return say("punctuation.sentence", lang).join(words)


def _confirmed(rows: pd.DataFrame) -> pd.Series:
    """True where a curator confirmed the value: `quality` is original, and `note_zh` and `note_en`
    say why.
    """
    return (rows["quality"] == "original") & rows[["note_zh", "note_en"]].notna().all(axis=1)


def _records(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """Rows of actuals.csv as dictionaries, with their index as `row`."""
    return rows.assign(row=rows.index).to_dict("records")


def _numbers(ds: Dataset, actuals: pd.DataFrame) -> dict[str, list[Number]]:
    """Every number that a value can be compared with, by `indicator_id`, from statements.csv and
    `actuals` (`area_id`, `value`).
    """
    indicators = {*actuals["indicator_id"]}
    past = ds.statements[ds.statements["indicator_id"].isin(indicators)]
    past = past[past["value"].notna() & past["flow_start"].isna() & (past["role"] != "reference")]
    own = in_indicator_unit(ds, past)
    grows = size_dependent(ds).to_dict()
    columns = ["area_id", "indicator_id", "value", "row"]
    table = pd.concat([own.assign(row=STATED)[columns], actuals.assign(row=actuals.index)[columns]])
    found: dict[str, list[Number]] = {}
    for area, indicator, value, row in table[table["value"] > 0].itertuples(index=False):
        found.setdefault(indicator, []).append(Number(area, value, row, not grows[indicator]))
    return found


def _numbers_beside(row: dict[Any, Any], known: dict[str, list[Number]]) -> list[float]:
    others = [one for one in known.get(row["indicator_id"], []) if one.row != row["row"]]
    own = [one for one in others if one.area_id == row["area_id"]]
    stated_own = [one for one in own if one.row == STATED]
    return [one.value for one in stated_own or own or [one for one in others if one.free]]


def _doubts(row: dict[Any, Any], known: dict[str, list[Number]]) -> list[bool]:
    value, high = row["value"], row["value"] if pd.isna(row["high"]) else row["high"]
    outside = bool(value < row["low_limit"] or high > row["high_limit"])
    numbers = _numbers_beside(row, known)
    if value <= 0 or not numbers:
        return [outside, False, False, False]
    share = row["unit_id"] == "percent"
    fraction = share and value <= SMALL and min(numbers) >= 10 * value
    nearest = min((math.log10(one / value) for one in numbers), key=abs)
    slip = abs(round(nearest)) >= 1 and abs(nearest - round(nearest)) <= NEAR_POWER
    far = value * FAR < min(numbers) or value > FAR * max(numbers)
    return [outside, fraction, slip, far and not fraction and not slip]
