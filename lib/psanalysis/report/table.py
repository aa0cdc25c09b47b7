"""Rows of a page as a table: the same table that `psanalysis.table` makes, whose cells a page also
leads on from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING, exact, in_plain_units, plain
from psanalysis.markup import words_of
from psanalysis.report.html import Html
from psanalysis.tables.model import Cell, Head, Row, Table


def table(
    rows: Iterable[Mapping[str, Any]],
    columns: Iterable[Head],
    *,
    caption: str,
    name: str,
    lang: str,
    data: Mapping[str, str] | None = None,
) -> Table:
    """A table that the page makes sortable and downloadable.

    Parameters
    ----------
    rows
        Cells by column key: text as shown, `Html`, or what `cell` and `measured` make. `id` names
        the row; the cell `key` leads to `key_href` and has the short remark `key_tag` behind it.
        `of` of a row is the statement that it shows: its CSV has what the source table says of it.
        `data` of a row are further values by name.
    columns
        What to show.
    caption
        What the table holds.
    name
        File name of the downloads, without ending; no two tables of a page have the same.
    lang
        zh or en.
    data
        Further values of the table by name.
    """
    heads = tuple(columns)
    made = tuple(
        Row(
            tuple(_cell(row, head.key) for head in heads),
            id=str(row.get("id") or ""),
            of=str(row.get("of") or ""),
            data={key: str(value) for key, value in row.get("data", {}).items() if value},
        )
        for row in rows
    )
    return Table(heads, made, caption, (), lang, name, dict(data or {}))


def cell(text: str, value: object) -> Cell:
    """A cell that sorts by its value, which the CSV has in its place."""
    if isinstance(value, float) and not pd.isna(value):
        return _number(text, value)
    return Cell(text, plain="" if pd.isna(value) else str(value))


def measured(text: str, value: float | None, unit: str, lang: str) -> Cell:
    """A cell for a value in a unit: the CSV has the number in the unit that the page shows."""
    if value is None or pd.isna(value):
        return Cell(text, plain="")
    return _number(text, in_plain_units(float(value), unit, lang)[0])


def share(value: float, digits: int) -> Cell:
    """A cell for a share of one, shown as a percentage."""
    if pd.isna(value):
        return Cell(MISSING, plain="")
    return replace(Cell.percent(value, digits), plain=exact(value))


def _number(text: str, value: float) -> Cell:
    return replace(Cell.number(value, plain(value), text), plain=exact(value))


def _cell(row: Mapping[str, Any], key: str) -> Cell:
    given = row[key]
    if isinstance(given, Html):
        return Cell(words_of(given.text), html=given.text)
    made = given if isinstance(given, Cell) else Cell(str(given))
    href, tag = row.get(f"{key}_href"), row.get(f"{key}_tag")
    return replace(made, href=str(href or ""), tag=str(tag or "")) if href or tag else made
