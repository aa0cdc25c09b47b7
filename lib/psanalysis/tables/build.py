"""From a frame of the library to a table for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.shared import shared
from psanalysis.datapackage.titles import document_titles
from psanalysis.errors import ParameterError, choose
from psanalysis.formatting import SCALE, with_unit
from psanalysis.tables.cells import cells, is_numeric
from psanalysis.tables.marks import signs_explained, signs_of
from psanalysis.tables.model import Cell, Head, Row, Table
from psanalysis.tables.vocabulary import LANGUAGE, codes, head, kind, names, rules
from psanalysis.wording import LANGUAGES, say

NAME, UNIT = "name", "unit_id"
UNITS = ("cells", "head")


def table(
    frame: pd.DataFrame,
    lang: str = "zh",
    *,
    columns: Sequence[str] | str | None = None,
    caption: str = "",
    units: str = "cells",
    titles: Mapping[str, str] | None = None,
    notes: Sequence[str] | None = None,
    name: str = "",
    ds: Dataset | None = None,
) -> Table:
    """A frame in words: names for codes, signs and units with the numbers, what the signs mean, and
    the sources.

    Parameters
    ----------
    frame
        What `ps.gaps`, `ps.compare`, `ps.ambition`, `ps.pace`, `ps.progress`, `ps.coverage`,
        `ps.find` or a table of the data set gives, or rows and columns of it; any other frame as it
        stands.
    lang
        zh or en.
    columns
        One column or several to show, in this order; `name` is the indicator's name in the
        language, `reason` the reason. By default those that answer the frame's question, or all
        that a reader needs.
    caption
        Title of the table.
    units
        cells: with each number. head: in the heads where all rows have the same unit, else in a
        column of their own.
    titles
        Column to the head that it shall have.
    notes
        Lines below the table instead of its own (signs, sources); an empty list for none.
    name
        On a page of one's own: name of the CSV and XLSX that it offers of the table, without
        ending; none without a name.
    ds
        The data set that the codes are from; by default the curated one.

    Returns
    -------
    Table
        Shown by Jupyter; `.to_frame()`, `.to_html()`, `.to_latex()`, `.to_excel(path)`,
        `.to_word(path)`.

    Raises
    ------
    ParameterError
        If language, units or a column is not known.

    Examples
    --------
    >>> import psanalysis as ps
    >>> compared = ps.compare(ps.load(), indicators=["childcare_places_per_1000"])
    >>> ps.table(compared, lang="en",
    ...     columns=["plan_id", "value", "rank"]).to_frame().iloc[0].tolist()
    ['Mianyang (2021–2025)', '5.2', '—']
    """
    choose("lang", lang, LANGUAGES)
    choose("units", units, UNITS)
    if not isinstance(frame, pd.DataFrame):
        raise ParameterError(f"frame={frame!r} is no DataFrame -> give what ps.gaps(...) returns")
    ds = shared() if ds is None else ds
    rows = _named(ds, _in_language(frame, lang), lang)
    known = kind(rows) or {}
    columns = [columns] if isinstance(columns, str) else columns
    shown = list(columns) if columns is not None else _default(rows, known, columns is None)
    for column in shown:
        choose("column", column, rows.columns)
    shown, unit = _with_units(ds, rows, shown, units, lang)
    sections: Mapping[str, str] = known.get("words", {})
    heads, body = [], []
    for column in shown:
        words = codes(ds, column, sections.get(column), lang)
        body.append(cells(ds, rows, column, words, lang, units == "cells"))
        title = (titles or {}).get(column) or head(ds, _about(rows, column), lang)
        heads.append(Head(column, title, words is None and is_numeric(rows, column)))
    body = _signed(rows, heads, body)
    own = tuple(_notes(ds, rows, lang)) if notes is None else tuple(notes)
    named = _told_apart(_unit_in_heads(heads, unit, lang))
    lines = list(zip(*body, strict=True)) or [()] * len(rows)
    of = rows["statement_id"].fillna("") if "statement_id" in rows else [""] * len(rows)
    made = tuple(Row(line, of=str(one)) for line, one in zip(lines, of, strict=True))
    return Table(named, made, caption, own, lang, name)


def _in_language(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Columns of one language under their names without its ending (`name_zh` becomes `name`);
    those of the other language are left out.
    """
    kept = [name for name in frame.columns if _language(name) in ("", lang)]
    plain = {name: LANGUAGE.sub("", name) for name in kept if _language(name)}
    return frame[kept].rename(
        columns={name: new for name, new in plain.items() if new not in frame.columns}
    )


def _named(ds: Dataset, rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows with the `name` of their indicator, where they have only `indicator_id`."""
    if NAME in rows or "indicator_id" not in rows:
        return rows
    known = names(ds, "indicators", lang)
    return rows.assign(name=[known.get(str(code), str(code)) for code in rows["indicator_id"]])


def _language(column: object) -> str:
    found = LANGUAGE.search(str(column))
    return found[1] if found else ""


def _default(rows: pd.DataFrame, known: Mapping[str, Any], whole: bool) -> list[str]:
    """The names of the columns to show: those of a known kind of frame, else all but those that
    other cells are made of, such as `unit_id`.
    """
    if known.get("columns"):
        return [column for column in known["columns"] if column in rows]
    hidden = {*rules()["hidden"]["columns"]}
    if any(column in rows for column in rules()["stated"]):
        hidden |= {UNIT, "pledge"}
    if NAME in rows:
        hidden.add("indicator_id")
        hidden.add("service_id")
    return [column for column in rows.columns if column not in hidden]


def _with_units(
    ds: Dataset, rows: pd.DataFrame, shown: list[str], units: str, lang: str
) -> tuple[list[str], str]:
    """The columns to show, and the unit that all heads share; where the rows have several,
    `unit_id` becomes a column of its own.
    """
    if units == "cells" or UNIT not in rows:
        return shown, ""
    known = names(ds, "units", lang)
    used = {known.get(str(unit), "") for unit in rows[UNIT].dropna()}
    if len(used) == 1:
        return [column for column in shown if column != UNIT], used.pop()
    if UNIT in shown:
        return shown, ""
    place = shown.index(NAME) + 1 if NAME in shown else 0
    return [*shown[:place], UNIT, *shown[place:]], ""


def _unit_in_heads(heads: Iterable[Head], unit: str, lang: str) -> list[Head]:
    """The unit behind the heads of values and changes; shares change by percentage points."""
    scale = SCALE.fullmatch(unit) if lang == "en" else None
    plain_unit = unit if scale is None else (scale[3] or "")
    if with_unit("1", plain_unit, lang) == "1":  # a unit that is not said
        plain_unit = ""
    numbers = rules()["numbers"]
    made = []
    for one in heads:
        name = plain_unit
        if unit == "%" and one.key in numbers["difference"]:
            name = say("term.percentage_points", lang)
        inside = one.key in [*rules()["stated"], *numbers["level"], *numbers["difference"]]
        title = (
            say("table.with_unit", lang, title=one.title, unit=name)
            if name and inside
            else one.title
        )
        made.append(replace(one, title=title))
    return made


def _about(rows: pd.DataFrame, column: str) -> str:
    """What the column `column` is about: `name` is that of an indicator or a service, by the codes
    of the rows.
    """
    if column != NAME:
        return column
    return next((code for code in ("indicator", "service") if f"{code}_id" in rows), NAME)


def _told_apart(heads: Sequence[Head]) -> tuple[Head, ...]:
    """Heads of which no two are the same."""
    titles = [one.title for one in heads]
    return tuple(
        one if titles.count(one.title) == 1 else replace(one, title=f"{one.title} ({one.key})")
        for one in heads
    )


def _signed(rows: pd.DataFrame, heads: list[Head], body: list[list[Cell]]) -> list[list[Cell]]:
    """The cells with the signs of each row's `marks`, behind its name or else behind its first cell
    of words.
    """
    if "marks" not in rows or not body:
        return body
    keys = [one.key for one in heads]
    words = [place for place, one in enumerate(heads) if not one.numeric]
    place = keys.index(NAME) if NAME in keys else next(iter(words), 0)
    signed = [
        Cell(f"{cell.text} {signs}") if (signs := signs_of(marks)) else cell
        for cell, marks in zip(body[place], rows["marks"], strict=True)
    ]
    return [*body[:place], signed, *body[place + 1 :]]


def _notes(ds: Dataset, rows: pd.DataFrame, lang: str) -> Iterator[str]:
    """The notes below a table: what the signs of `marks` mean, and the documents of `plan_id`."""
    between = say("punctuation.clause", lang)
    signs = signs_explained(rows["marks"], lang) if "marks" in rows else []
    if signs:
        yield say("table.signs", lang, signs=between.join(signs))
    used = set(rows["plan_id"].dropna()) if "plan_id" in rows else set()
    titles = [title for plan, title in document_titles(ds, lang).items() if plan in used]
    if titles:
        yield say("table.source", lang, plans=between.join(titles))
