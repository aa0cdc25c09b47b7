"""The form for actual values as a file: a workbook with drop-downs and a sheet that explains each
column, or a CSV.
"""

from __future__ import annotations

import io
from math import ceil
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.extras import has, require
from psanalysis.tables.form import ABOUT, CODED, GIVEN, choices, form_frame
from psanalysis.tables.office import as_text, same_bytes, width
from psanalysis.wording import LANGUAGES, say

HEAD_ROWS = 2  # titles, then the columns' codes
MORE_ROWS = 200  # below the last target, for values that nobody asked for
WIDTHS = {
    "indicator_id": 44,
    "name_zh": 34,
    "name_en": 42,
    "value_as_stated": 22,
    "title": 34,
    "url": 30,
    "note_zh": 30,
    "note_en": 30,
}
NARROWEST, WIDEST = 12, 28
EXPLAINED = 100
LINE = 16  # height of a line of text, in points
FILLS = {"yours": "FFF4D6", "given": "FFFFFF", "known": "ECECEC"}


def form_bytes(ds: Dataset, rows: pd.DataFrame, suffix: str = ".xlsx") -> bytes:
    """The form for the rows of `psanalysis.waiting`; of the same rows the same bytes.

    Parameters
    ----------
    ds
        The data set.
    rows
        The targets.
    suffix
        `.xlsx`, or any other for CSV in UTF-8 with a byte-order mark.

    Raises
    ------
    MissingExtraError
        If a workbook is wanted and openpyxl is not installed.
    """
    frame = form_frame(ds, rows)
    if suffix.lower() != ".xlsx":
        return form_table(frame)
    return form_workbook(frame, choices(ds))


def form_table(frame: pd.DataFrame) -> bytes:
    """The form, which has the columns of `form_frame`, as CSV in UTF-8 with a byte-order mark."""
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def form_workbook(frame: pd.DataFrame, offered: dict[str, dict[str, str]]) -> bytes:
    """The form, which has the columns of `form_frame`, as a workbook that offers the codes of
    `choices`; MissingExtraError if openpyxl is not installed.
    """
    require("tables", "openpyxl")
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = _both("sheet_values")
    _columns_sheet(book.create_sheet(_both("sheet_columns")), list(frame.columns))
    places = _codes_sheet(book.create_sheet(_both("sheet_codes")), offered)
    _values_sheet(sheet, frame, offered, places)
    stream = io.BytesIO()
    book.save(stream)
    return same_bytes(stream.getvalue())


def form_suffixes() -> tuple[str, ...]:
    """The kinds of files that the form can be written as here: a workbook only with openpyxl."""
    return (".xlsx", ".csv") if has("openpyxl") else (".csv",)


def form_name(plan_id: str | None, suffix: str) -> str:
    """Name of the form of a plan, or of all plans, beside the page of what is missing.

    Examples
    --------
    >>> form_name("mianyang-14fyp", ".xlsx"), form_name(None, ".csv")
    ('actuals-mianyang-14fyp.xlsx', 'actuals-all.csv')
    """
    return f"actuals-{plan_id or 'all'}{suffix}"


def who(column: str) -> str:
    """Who fills in a column: `known` is there to look things up, `given` is filled in, the rest is
    `yours`.
    """
    return "known" if column in ABOUT else "given" if column in GIVEN else "yours"


def _both(key: str, section: str = "form") -> str:
    return " ".join(say(f"{section}.{key}", lang) for lang in LANGUAGES)


def _values_sheet(
    sheet: Any, frame: pd.DataFrame, offered: dict[str, dict[str, str]], places: dict[str, str]
) -> None:
    """Write the form, which has the columns of `psanalysis.tables.form.form_frame`, as a sheet:
    heads, cells, colours, widths, and lists to choose from.
    """
    from openpyxl.styles import DEFAULT_FONT, Alignment, Font, NamedStyle, PatternFill
    from openpyxl.styles.borders import DEFAULT_BORDER
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = HEAD_ROWS + len(frame) + MORE_ROWS
    alignment = Alignment(vertical="top", wrap_text=True)
    styles = {}
    for name, color in FILLS.items():
        fill = PatternFill("solid", fgColor=color)
        style = NamedStyle(f"form {name}", DEFAULT_FONT, fill, DEFAULT_BORDER, alignment, "@")
        sheet.parent.add_named_style(style)
        styles[name] = style
    for place, column in enumerate(frame.columns, 1):
        head = "\n".join(say(f"form_head.{column}", lang) for lang in LANGUAGES)
        _text(sheet.cell(1, place), head).font = Font(bold=True)
        _text(sheet.cell(2, place), column).font = Font(size=8, color="808080")
        words, style = offered.get(column, {}), styles[who(column)]
        for row in range(1, HEAD_ROWS + 1):
            sheet.cell(row, place).fill = style.fill
            sheet.cell(row, place).alignment = style.alignment
        for row, text in enumerate(frame[column], HEAD_ROWS + 1):
            cell = sheet.cell(row, place)
            # by its name: to set the parts of a style for each cell takes ten times as long
            cell.style = style.name
            if text:
                as_text(cell, words.get(text, text))
        letter = get_column_letter(place)
        # text as typed: 95.20 keeps its nought, 2026-03 does not become a day
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = WIDTHS.get(column) or _width(frame, column)
        if column in CODED:
            listed = DataValidation(type="list", formula1=places[column], allow_blank=True)
            listed.showErrorMessage = True
            listed.error = _both(column, "form_about")[:255]
            listed.add(f"{letter}{HEAD_ROWS + 1}:{letter}{last}")
            sheet.add_data_validation(listed)
    sheet.freeze_panes = sheet.cell(HEAD_ROWS + 1, list(frame.columns).index("target") + 1)
    sheet.row_dimensions[1].height = 2 * LINE
    wide = {column: WIDTHS.get(column) or _width(frame, column) for column in ABOUT}
    for row, cells in enumerate(frame[list(ABOUT)].itertuples(index=False), HEAD_ROWS + 1):
        lines = [_lines(text, wide[name] - 2) for name, text in zip(ABOUT, cells, strict=True)]
        sheet.row_dimensions[row].height = LINE * max(lines)


def _columns_sheet(sheet: Any, columns: list[str]) -> None:
    """What each column is for, in both languages."""
    from openpyxl.styles import Alignment, Font, PatternFill

    heads = ["column", "code", "who", "about"]
    for place, key in enumerate(heads, 1):
        _text(sheet.cell(1, place), _both(key)).font = Font(bold=True)
    for row, column in enumerate(columns, 2):
        shown = [
            _both(column, "form_head"), column, _both(who(column)),
            "\n".join(say(f"form_about.{column}", lang) for lang in LANGUAGES),
        ]  # fmt: skip
        for place, text in enumerate(shown, 1):
            cell = _text(sheet.cell(row, place), text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.fill = PatternFill("solid", fgColor=FILLS[who(column)])
        sheet.row_dimensions[row].height = LINE * _lines(shown[-1], EXPLAINED)
    for letter, wide in zip("ABCD", (32, 18, 30, EXPLAINED + 6), strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = "A2"


def _codes_sheet(sheet: Any, offered: dict[str, dict[str, str]]) -> dict[str, str]:
    """The lists that the drop-downs offer; gives where each of them stands."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    places = {}
    for place, column in enumerate(CODED, 1):
        listed = list(offered[column].values())
        _text(sheet.cell(1, place), column).font = Font(bold=True)
        for row, words in enumerate(listed, 2):
            _text(sheet.cell(row, place), words)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 44
        places[column] = f"'{sheet.title}'!${letter}$2:${letter}${len(listed) + 1}"
    return places


def _width(frame: pd.DataFrame, column: str) -> float:
    """Width of the column `column` in characters: as much as its head and its cells need, within
    limits.
    """
    texts = [column, *(say(f"form_head.{column}", lang) for lang in LANGUAGES), *frame[column]]
    return min(WIDEST, max(NARROWEST, 2 + max(2 * width(text) for text in texts)))


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column of that width."""
    return sum(max(1, ceil(2 * width(line) / wide)) for line in text.split("\n"))


def _text(cell: Any, text: str) -> Any:
    """A text as a text, also if it begins like a number; nothing where there is none."""
    cell.number_format = "@"
    return as_text(cell, text) if text else cell
