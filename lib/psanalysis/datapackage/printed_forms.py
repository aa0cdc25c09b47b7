"""What is printed around a number, so that figures of one form are compared with their rows once.

Of `6.57万人` and `8.1万人` only the numbers differ. Where the number is the recorded value and
nothing but the words around it decides whether unit and comparator are as printed, one row of a
form speaks for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psanalysis.comparators import ITSELF
from psanalysis.datapackage.combinations import (
    as_floats,
    cells_at,
    combinations,
    numbered,
    numbers_at,
)
from psanalysis.datapackage.printed_figures import plain, printed_words
from psanalysis.datapackage.rawtable import TEXT, arrow_cells
from psanalysis.simplified import half_width, simplified

# stands for the number in a form; no cell may hold it
HOLE = "\x00"
# a text with a single number, which Python and Arrow read alike
ONE_NUMBER = (
    r"^(?P<before>[^0-9\x00]*)"
    r"(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?|[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,15})?)"
    r"(?P<after>[^0-9\x00]*)$"
)
OTHER_DIGITS = r"[^\P{Nd}0-9]"
# written as Python writes the number with 12 digits
AS_WRITTEN = r"^[^0-9\x00]*(?:0|[1-9][0-9]{0,7})(?:\.[0-9]{0,3}[1-9])?[^0-9\x00]*$"


class Forms(NamedTuple):
    """A column of printed texts by their form.

    Attributes
    ----------
    text
        Number of each row's text among `texts`, -1 where it is missing.
    texts
        The distinct texts.
    form
        Number of each row's form among `forms`; -1 where the text has not just one number.
    forms
        The distinct forms: texts with a hole for their number.
    number
        The number in each row's text, NaN where there is not just one.
    usual
        True where that number is written as Python would write it.
    """

    text: np.ndarray
    texts: pa.Array
    form: np.ndarray
    forms: list[str]
    number: np.ndarray
    usual: np.ndarray


def forms_of(column: pd.Series) -> Forms:
    """The forms of a column of printed texts, such as value_as_written; distinct texts are taken
    apart once.
    """
    text, texts = numbered(arrow_cells(column))
    readable = pc.if_else(pc.match_substring_regex(texts, OTHER_DIGITS), None, texts)
    found = pc.extract_regex(readable, ONE_NUMBER)
    before, number, after = (pc.struct_field(found, part) for part in ("before", "number", "after"))
    form, forms = numbered(pc.binary_join_element_wise(before, after, pa.scalar(HOLE, TEXT)))
    read = pc.replace_substring(number, ",", "").cast(pa.float64())
    usual = pc.match_substring_regex(readable, AS_WRITTEN).fill_null(False)
    return Forms(
        text,
        texts,
        _by_row(form, text, -1),
        forms.to_pylist(),
        _by_row(read.to_numpy(zero_copy_only=False), text, np.nan),
        _by_row(usual.to_numpy(zero_copy_only=False), text, False),
    )


def _by_row(of_texts: np.ndarray, text: np.ndarray, missing: float) -> np.ndarray:
    """What holds for each text, for each row; the last place, -1, is that of missing texts."""
    return np.append(of_texts, np.array([missing], dtype=of_texts.dtype))[text]


def as_printed_by_form(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    agree: Callable[[np.ndarray], list[bool]],
) -> np.ndarray:
    """True for each row that is as printed because a row of its form is; the others may be so too.

    Parameters
    ----------
    cells
        Columns of statements.csv by name: value, value_high, value_as_written, unit_id and
        comparator.
    names
        Chinese name of each unit.
    agree
        Whether the rows at some positions are as printed.
    """
    forms, values = forms_of(cells["value_as_written"]), as_floats(cells["value"])
    rows = np.flatnonzero(
        (forms.form >= 0) & (forms.number == values) & np.isnan(as_floats(cells["value_high"]))
    )
    units, comparators = (numbers_at(cells[name], rows) for name in ("unit_id", "comparator"))
    # of nought every multiple is nought, so that it says nothing about other numbers
    kind = 2 * forms.usual[rows] + (values[rows] == 0)
    number, first = combinations(forms.form[rows], units, comparators, kind)
    asked = rows[first]
    texts = [forms.forms[form] for form in forms.form[asked].tolist()]
    # the number alone or with the name of its unit, and meant as it is
    settled = np.array(
        [
            usual and comparator == ITSELF and text in (HOLE, HOLE + names.get(unit, ""))
            for text, usual, unit, comparator in zip(
                texts,
                forms.usual[asked].tolist(),
                cells_at(cells["unit_id"], asked),
                cells_at(cells["comparator"], asked),
                strict=True,
            )
        ],
        dtype=bool,
    )
    in_doubt = [at for at in np.flatnonzero(~settled) if _decided_by_words(texts[at])]
    settled[in_doubt] = agree(asked[in_doubt])
    clear = np.zeros(len(values), dtype=bool)
    clear[rows] = settled[number]
    return clear


def _decided_by_words(form: str) -> bool:
    """False where it depends on the number what the words around it mean: the number may be a year
    or belong to a base (per so many), and doublings grow with it.
    """
    words = printed_words()["words"]
    words_of_form = (*_bases(), HOLE + words["year"], words["doublings"])
    texts = half_width(simplified(form)), plain(form)
    return not any(word in text for word in words_of_form for text in texts)


@cache
def _bases() -> tuple[str, ...]:
    """The bases with digits, as they are in a form."""
    return tuple(
        re.sub(r"\d+", HOLE, word)
        for word in printed_words()["words"]["per"]
        if re.search(r"\d", word)
    )
