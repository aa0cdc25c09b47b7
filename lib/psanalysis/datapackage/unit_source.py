"""Where the unit of a figure is printed: with the figure, with the indicator's name, in the head of
the table, or nowhere.

A unit printed in the cells of the row is found by rule; one in the head, the unit column or the
caption of a table has to be recorded by a reader.
"""

from __future__ import annotations

import re

import pandas as pd

from psanalysis.datapackage.worth import parts
from psanalysis.simplified import half_width, simplified

SPAN, NAME, HEAD, INFERRED = "span", "name", "head", "inferred"
_BRACKETED = re.compile(r"\(([^()]*)\)")


def printed_with(unit_name: str, value_as_written: str, indicator_as_written: str) -> str:
    """`span` or `name` where a unit's word is printed there, else an empty string.

    Parameters
    ----------
    unit_name
        Chinese name of the unit. Of a unit with a base (yuan per person) its first part is enough,
        because the name may state the base.
    value_as_written, indicator_as_written
        As in statements.csv. In a name the unit stands in brackets or at the end; its magnitude may
        stand with the figure.

    Examples
    --------
    >>> printed_with("万人", "6.57万人", "再就业"), printed_with("张", "30張/千人", "床位")
    ('span', 'span')
    >>> printed_with("个", "2.7", "托位数(个)"), printed_with("%", "97.22", "毛入园率")
    ('name', '')
    """
    if unit_name in value_as_written:
        return SPAN
    _, word = parts(unit_name)
    magnitude, first = unit_name[: len(unit_name) - len(word)], word.split("/")[0] or word
    value, name = (
        half_width(simplified(text)) for text in (value_as_written, indicator_as_written)
    )
    if first in value and magnitude in value:
        return SPAN
    for inside in _BRACKETED.findall(name):
        if first in inside and (magnitude in inside or magnitude in value):
            return NAME
    return NAME if name.endswith(first) and magnitude in value else ""


def unit_sources(statements: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """Where the unit of each figure is printed: what unit_source says, else what the row shows,
    else `inferred`; missing without a figure.

    Parameters
    ----------
    statements
        With unit_id, value, value_as_written, indicator_as_written and, if it is there,
        unit_source.
    units
        The units table.
    """
    names = _names(units)
    told = statements.get("unit_source", pd.Series(pd.NA, index=statements.index, dtype="str"))
    rows = zip(
        told.astype("object").where(told.notna(), None),
        statements["value"].notna(),
        statements["unit_id"],
        statements["value_as_written"],
        statements["indicator_as_written"],
        strict=True,
    )
    sources = [
        (source or printed_with(names[unit], value, name) or INFERRED) if stated else None
        for source, stated, unit, value, name in rows
    ]
    return pd.Series(sources, index=statements.index, dtype="str")


def not_shown(statements: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """True where `unit_source` says that the figure or the name prints the unit, and it does not.

    Reads `unit_id`, `value_as_written` and `indicator_as_written` of the statements too, and
    `unit_id` and `name_zh` of the units.
    """
    names = _names(units)
    wrong = pd.Series(False, index=statements.index)
    told = statements[statements["unit_source"].isin([SPAN, NAME])]
    # plans repeat the same words, so each wording is tested once
    seen: dict[tuple[str, ...], bool] = {}
    rows = told[["unit_source", "unit_id", "value_as_written", "indicator_as_written"]]
    for row in zip(rows.index, *(rows[column].tolist() for column in rows), strict=True):
        index, words = row[0], row[1:]
        if words not in seen:
            source, unit, value, name = words
            shown = printed_with(names.get(unit, ""), value, name)
            seen[words] = shown != source and not (source == NAME and shown == SPAN)
        if seen[words]:
            wrong[index] = True
    return wrong


def _names(units: pd.DataFrame) -> dict[str, str]:
    """Chinese name (`name_zh`) by `unit_id`."""
    return dict(
        zip(units["unit_id"].tolist(), units["name_zh"].astype("str").tolist(), strict=True)
    )
