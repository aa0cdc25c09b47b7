"""Units: values convert inside a dimension of units.csv, and only there."""

from __future__ import annotations

from numbers import Real

import pandas as pd

from psanalysis.errors import ParameterError, UnitError

DIGITS = 12


def convert(value: float, unit: str, to: str, units: pd.DataFrame) -> float:
    """A value in another unit of the same dimension.

    Parameters
    ----------
    value
        Number in `unit`.
    unit, to
        unit_id of units.csv.
    units
        The units table (unit_id, dimension, factor).

    Returns
    -------
    float
        The value in `to`, with 12 significant digits.

    Raises
    ------
    UnitError
        If a unit is unknown or the dimensions differ.
    ParameterError
        If the value is not a number.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ps.convert(3.52, "ten_thousand_beds", "bed", ps.load().units)
    35200.0
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise ParameterError(f"value={value!r} is not a number -> give a number")
    return float(
        convert_column(pd.Series([value]), pd.Series([unit]), pd.Series([to]), units).iloc[0]
    )


def convert_column(
    values: pd.Series, unit: pd.Series, to: pd.Series, units: pd.DataFrame
) -> pd.Series:
    """Convert row by row, by `factor` and `dimension` of units.csv; the result is rounded to 12
    significant digits, so that 3.52 万 is 35200 and not 35200.000000000004.
    """
    same = unit == to
    table = units.set_index("unit_id")
    unknown = sorted({*unit, *to} - set(table.index), key=str)
    if unknown:
        raise UnitError(f"unit {unknown[0]!r} is not in units.csv -> use one of its unit_id")
    apart = unit.map(table["dimension"]) != to.map(table["dimension"])
    if apart.any():
        row = apart.idxmax()
        raise UnitError(
            f"cannot convert {unit[row]!r} ({table['dimension'][unit[row]]}) to {to[row]!r} "
            f"({table['dimension'][to[row]]})"
            " -> units convert inside one dimension only"
        )
    if same.all():
        return values.astype("float64")
    converted = (
        values
        * unit.map(table["factor"]).astype("float64")
        / to.map(table["factor"]).astype("float64")
    ).map(tidy)
    return values.where(same, converted).astype("float64")


def tidy(number: float) -> float:
    """A number without the noise of binary fractions: 12 significant digits."""
    return float(f"{number:.{DIGITS}g}") if number == number else number
