"""Where the unit of a figure is printed: with the figure, with the indicator's name, in the head of
the table, or nowhere.

A unit printed in the cells of the row is found by rule; one in the head, the unit column or the
caption of a table has to be recorded by a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat

import numpy as np
import pandas as pd

from psanalysis.datapackage.combinations import cells_at, combinations, numbered, numbers_at
from psanalysis.datapackage.printed_forms import forms_of
from psanalysis.datapackage.rawtable import arrow_cells
from psanalysis.datapackage.worth import parts
from psanalysis.simplified import half_width, simplified

SPAN, NAME, HEAD, INFERRED = "span", "name", "head", "inferred"
_BRACKETED = re.compile(r"\(([^()]*)\)")
# what a number may hold, in half width or not
_NUMERIC = re.compile(r"[\d.,]")


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
    wrong = np.zeros(len(statements), dtype=bool)
    told = numbered(arrow_cells(statements["unit_source"]))
    claims = [told.distinct.index(place).as_py() for place in (SPAN, NAME)]
    rows = np.flatnonzero((told.number >= 0) & np.isin(told.number, claims))
    coded = numbered(arrow_cells(statements["unit_id"]))
    unit_names = [names.get(code, "") for code in coded.distinct.to_pylist()]
    unit, forms = coded.number[rows], forms_of(statements["value_as_written"])
    # a word without digits is in a figure if it is in its form
    of_words = np.array([not _NUMERIC.search(name) for name in unit_names], dtype=bool)[unit]
    as_form = of_words & (forms.form[rows] >= 0)
    printed = np.where(as_form, forms.form[rows], len(forms.forms) + forms.text[rows])

    def text(number: int) -> str:
        of_text = number - len(forms.forms)
        return forms.forms[number] if of_text < 0 else forms.texts[of_text].as_py()

    def where(indicators: Iterable[str], first: np.ndarray) -> list[str]:
        cells = zip(unit[first].tolist(), printed[first].tolist(), indicators, strict=True)
        return [printed_with(unit_names[one], text(of), name) for one, of, name in cells]

    number, first = combinations(unit, printed)
    in_span = (np.array(where(repeat("", len(first)), first)) == SPAN)[number]
    wrong[rows] = ~in_span & (told.number[rows] == claims[0])
    # names are longer and more than figures, so they are looked at for want of a figure alone
    left = np.flatnonzero(~in_span & (told.number[rows] == claims[1]))
    indicators = statements["indicator_as_written"]
    number, first = combinations(unit[left], printed[left], numbers_at(indicators, rows[left]))
    in_name = np.array(where(cells_at(indicators, rows[left[first]]), left[first])) == NAME
    wrong[rows[left]] = ~in_name[number]
    return pd.Series(wrong, index=statements.index)


def _names(units: pd.DataFrame) -> dict[str, str]:
    """Chinese name (`name_zh`) by `unit_id`."""
    return dict(
        zip(units["unit_id"].tolist(), units["name_zh"].astype("str").tolist(), strict=True)
    )
