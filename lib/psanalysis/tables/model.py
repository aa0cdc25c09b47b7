"""A table in one language: heads, cells, caption and notes, and what it can be written as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from psanalysis.errors import choose
from psanalysis.formatting import plain
from psanalysis.untrusted import ALIGNED
from psanalysis.wholefile import write_whole


@dataclass(frozen=True)
class Head:
    """Head of a column.

    Attributes
    ----------
    key
        Column of the frame that it shows.
    title
        What a reader sees.
    numeric
        Whether the column is set as numbers, at the right.
    download
        Whether only files have the column that a reader takes away as data: CSV and Excel.
    """

    key: str
    title: str
    numeric: bool = False
    download: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and for a number its value, which Excel keeps apart from the words around.

    Attributes
    ----------
    text
        What is seen.
    value, format
        The number, and its form in Excel.
    plain
        What a page sorts by and its CSV holds; without it the value, or the text.
    href, tag, html
        On a page: where the text leads, a short remark behind it, and HTML in place of the text.

    Examples
    --------
    >>> Cell.number(98.5, "98.5", "≥98.5%").format
    '"≥"#,##0.0"%"'
    """

    text: str
    value: float | int | None = None
    format: str = ""
    plain: str | None = None
    href: str = ""
    tag: str = ""
    html: str = ""

    @classmethod
    def number(cls, value: float, digits: str, text: str) -> Cell:
        """A number that stands as `digits` in `text`."""
        before, found, after = text.partition(digits)
        if not found:
            return cls(text)
        decimals = len(digits.partition(".")[2])
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        return cls(text, value, _quoted(before) + form + _quoted(after))

    @classmethod
    def year(cls, value: float) -> Cell:
        """A year, which has no thousands."""
        return cls(str(int(value)), int(value), "0")

    @classmethod
    def percent(cls, share: float, digits: int) -> Cell:
        """A share of one as a percentage of so many significant digits.

        Examples
        --------
        >>> Cell.percent(0.5812, 3)
        Cell(text='58.1%', value=0.5812, format='0.0%', plain=None, href='', tag='', html='')
        """
        shown = plain(100 * share, digits)
        decimals = len(shown.partition(".")[2])
        return cls(f"{shown}%", share, "0" + ("." + "0" * decimals if decimals else "") + "%")


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    cells
        A cell a column.
    id
        Name of the row on its page, for links.
    of
        statement_id of what the row shows: the page has the rest of it in its sources.
    data
        Further values by name, for the scripts of a page.
    """

    cells: tuple[Cell, ...]
    id: str = ""
    of: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"' if words else ""


def _file(path: str | Path, ending: str, content: bytes) -> Path:
    """Write a file whose name says what it is."""
    choose("ending", Path(path).suffix.lower(), (ending,))
    return write_whole(Path(path), content)


@dataclass(frozen=True, repr=False)
class Table:
    """A table for readers. Every `to_…` returns what it made, or the path of the file it wrote.

    Attributes
    ----------
    heads, rows
        Columns, and for each row a cell a column.
    caption
        Title, empty where there is none.
    notes
        Lines below the table: what the signs mean, and the sources.
    lang
        zh or en.
    name
        Name of the files that a page offers of it, without ending; none without a name.
    data
        Further values by name, for the scripts of a page.

    Examples
    --------
    >>> import psanalysis as ps
    >>> gaps = ps.gaps(ps.load(), "mianyang-14fyp")
    >>> row = gaps[gaps["indicator_id"].eq("nursing_bed_share") & gaps["nature"].notna()]
    >>> table = ps.table(row, lang="en")
    >>> table.to_frame()[["baseline", "target", "gap"]].iloc[0].tolist()
    ['37.64%', '55%', '+17.36 pp']
    """

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    caption: str
    notes: tuple[str, ...]
    lang: str
    name: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        words = f"{self.caption}: " if self.caption else ""
        return f"Table({words}{len(self.rows)} × {len(self.heads)})"

    def to_frame(self) -> pd.DataFrame:
        """The texts of the cells; the columns are the titles of `heads`."""
        texts = [[cell.text for cell in row.cells] for row in self.rows]
        return pd.DataFrame(texts, columns=[head.title for head in self.heads], dtype="str")

    @property
    def printed(self) -> Table:
        """The table without the columns that only files of data have."""
        kept = [place for place, head in enumerate(self.heads) if not head.download]
        rows = [replace(row, cells=tuple(row.cells[place] for place in kept)) for row in self.rows]
        return replace(self, heads=tuple(self.heads[place] for place in kept), rows=tuple(rows))

    def to_html(self) -> str:
        """HTML without scripts and styles, as a page of the site shows it."""
        from psanalysis.tables.html import html

        return html(self)

    def to_latex(self, path: str | Path | None = None, label: str = "") -> str:
        r"""LaTeX with rules of booktabs, also written to a file if one is named.

        What is longer than a page goes over pages, what is wide is set smaller or on its side. The
        document needs `\usepackage{amssymb,array,booktabs,longtable,pdflscape}`, and for Chinese,
        also where an English table quotes it, `\usepackage{ctex}` with XeLaTeX.

        Parameters
        ----------
        path
            File to write.
        label
            For `\ref`, for example tab:gaps.

        Returns
        -------
        str
            The LaTeX.

        Raises
        ------
        MissingExtraError
            If the extra `tables` is not installed.
        ParameterError
            If the file does not end in .tex.
        """
        from psanalysis.tables.latex import latex

        text = latex(self.printed, label)
        if path is not None:
            _file(path, ".tex", text.encode("utf-8"))
        return text

    def to_excel(self, path: str | Path) -> Path:
        """A workbook: numbers stay numbers, signs and units are formats. The same bytes each time.

        Raises
        ------
        MissingExtraError
            If the extra `tables` is not installed.
        ParameterError
            If the file does not end in .xlsx.
        """
        from psanalysis.tables.excel import workbook

        return _file(path, ".xlsx", workbook(self))

    def to_word(self, path: str | Path) -> Path:
        """A Word document with a three-line table. The same bytes each time.

        Raises
        ------
        MissingExtraError
            If the extra `tables` is not installed.
        ParameterError
            If the file does not end in .docx.
        """
        from psanalysis.tables.word import document

        return _file(path, ".docx", document(self.printed))

    def _repr_html_(self) -> str:
        return ALIGNED + self.to_html()
