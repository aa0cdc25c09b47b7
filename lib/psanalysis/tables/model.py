"""A table in one language: heads, cells, caption and notes, and what it can be written as."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd


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
    """

    key: str
    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and for a number its value with the words before and after it, which Excel keeps apart.

    Examples
    --------
    >>> Cell.number(98.5, "98.5", "≥98.5%").format
    '"≥"#,##0.0"%"'
    """

    text: str
    value: float | int | None = None
    format: str = ""

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


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"' if words else ""


@dataclass(frozen=True)
class Table:
    """A table for readers. Every `to_…` returns what it made; those that write a file return its path.

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

    Examples
    --------
    >>> import psanalysis as ps
    >>> gaps = ps.gaps(ps.load(), "mianyang-14fyp")
    >>> row = gaps[gaps["indicator_id"].eq("nursing_bed_share") & gaps["nature"].notna()]
    >>> table = ps.table(row, lang="en")
    >>> table.to_frame()[["baseline", "target", "gap"]].iloc[0].tolist()
    ['37.64%', '55%', '+17.4 pp']
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    caption: str
    notes: tuple[str, ...] = field(repr=False)
    lang: str

    def to_frame(self) -> pd.DataFrame:
        """The texts of the cells, under the heads."""
        texts = [[cell.text for cell in row] for row in self.rows]
        return pd.DataFrame(texts, columns=[head.title for head in self.heads], dtype="str")

    def to_html(self) -> str:
        """HTML without scripts and styles, as a page of the site or a notebook shows it."""
        from psanalysis.tables.html import html

        return html(self)

    def to_latex(self, path: str | Path | None = None, label: str = "") -> str:
        r"""LaTeX with rules of booktabs, also written to a file if one is named.

        The document needs `\usepackage{booktabs,graphicx,amssymb}`, and for Chinese `\usepackage{ctex}` with XeLaTeX.

        Parameters
        ----------
        path
            File to write.
        label
            For `\ref`, for example tab:gaps.
        """
        from psanalysis.tables.latex import latex

        text = latex(self, label)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def to_excel(self, path: str | Path) -> Path:
        """A workbook: numbers stay numbers, their signs and units are formats. The same bytes each time."""
        from psanalysis.tables.excel import workbook

        Path(path).write_bytes(workbook(self))
        return Path(path)

    def to_word(self, path: str | Path) -> Path:
        """A Word document with a three-line table. The same bytes each time."""
        from psanalysis.tables.word import document

        Path(path).write_bytes(document(self))
        return Path(path)

    def _repr_html_(self) -> str:
        return self.to_html()
