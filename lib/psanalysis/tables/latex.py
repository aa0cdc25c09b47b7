"""A table as LaTeX, with the rules of booktabs; pandas writes its rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from psanalysis.extras import require
from psanalysis.tables.model import Table
from psanalysis.tables.office import WHOLE, column_widths, least_widths, width

# Ems of a line of text, upright and on its side, and lines of a page, in letters of 10 points
UPRIGHT, ASIDE, PAGE = 34.0, 52.0, 42
# Ems between the texts of two columns
PADDING = 0.7
# what pdfLaTeX has no letter for
SIGNS = {
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "≈": r"$\approx$",
    "−": "$-$",
    "–": "--",
    "—": "---",
    "✓": r"$\checkmark$",
    "‰": r"\textperthousand{}",
    "²": r"\textsuperscript{2}",
    "³": r"\textsuperscript{3}",
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """How a table is set: size of its letters as LaTeX calls it and in points, whether on its
    side.
    """

    command: str
    points: float
    aside: bool = False

    @property
    def room(self) -> float:
        """Ems of a line."""
        return (ASIDE if self.aside else UPRIGHT) * 10 / self.points

    @property
    def lines(self) -> float:
        """Lines of a page."""
        return (PAGE * UPRIGHT / ASIDE if self.aside else PAGE) * 10 / self.points


# The first that has room for the words of each column is taken, else the last
SETTINGS = (
    Setting("small", 9),
    Setting("footnotesize", 8),
    Setting("scriptsize", 7),
    Setting("footnotesize", 8, aside=True),
    Setting("scriptsize", 7, aside=True),
)


def latex(table: Table, label: str = "") -> str:
    """The table as a floating environment, or where it is longer than a page as one that goes over
    pages; with caption and notes.
    """
    require("tables")
    heads = [one.title for one in table.heads]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    setting = next(
        (
            one
            for whole in WHOLE
            for one in SETTINGS
            if sum(least_widths(heads, rows, PADDING, whole)) <= one.room
        ),
        SETTINGS[-1],
    )
    ems = column_widths(heads, rows, setting.room, PADDING)
    lines = sum(_lines(row, ems) for row in [heads, *rows]) + 3 * (1 + len(table.notes))
    named = [rf"\caption{{{_escaped(table.caption)}}}"] if table.caption else []
    named += [rf"\label{{{label}}}"] if label else []
    columns, head, body = _columns(table, ems, setting.room), *_grid(table)
    notes = r"\\ ".join(_escaped(note) for note in table.notes)
    below = rf"\parbox{{\linewidth}}{{\footnotesize {notes}}}" if notes else ""
    look = rf"\{setting.command}\setlength{{\tabcolsep}}{{{PADDING / 2:g}em}}"
    if lines > setting.lines:
        parts = _over_pages(look, columns, "".join(named), head, body, below)
    else:
        grid = [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", head, r"\midrule", body]
        parts = [r"\begin{table}[htbp]", rf"\centering{look}", *named]
        parts += [*filter(None, grid), r"\bottomrule", r"\end{tabular}"]
        parts += [rf"\par\smallskip{below}"] if below else []
        parts += [r"\end{table}"]
    if setting.aside:
        parts = [r"\begin{landscape}", *parts, r"\end{landscape}"]
    text = "\n".join([*parts, ""])
    for sign, command in SIGNS.items():
        text = text.replace(sign, command)
    return text


def _over_pages(look: str, columns: str, named: str, head: str, body: str, below: str) -> list[str]:
    """A table that breaks between rows, with its heads on every page."""
    return [
        rf"\begingroup{look}",
        rf"\begin{{longtable}}{{{columns}}}",
        *([rf"{named}\\"] if named else []),
        *(r"\toprule", head, r"\midrule", r"\endfirsthead"),
        *(r"\toprule", head, r"\midrule", r"\endhead"),
        *(r"\bottomrule", r"\endfoot"),
        *filter(None, [body]),
        r"\end{longtable}",
        *([rf"\noindent{below}\par"] if below else []),
        r"\endgroup",
    ]


def _grid(table: Table) -> tuple[str, str]:
    """Head and rows, without rules."""
    style = table.to_frame().style.hide(axis="index")
    style = style.format(escape="latex").format_index(escape="latex", axis=1)
    written = style.to_latex(column_format="l" * len(table.heads), hrules=True)
    inside = written.partition("\\toprule\n")[2].rpartition("\\bottomrule\n")[0]
    head, _, body = inside.partition("\\midrule\n")
    return head.rstrip("\n"), body.rstrip("\n")


def _columns(table: Table, ems: list[float], room: float) -> str:
    """Columns as wide as their texts where all have room, else parts of the line; numbers at the
    right.
    """
    texts = [[one.title for one in table.heads]]
    texts += [[cell.text for cell in row.cells] for row in table.rows]
    if sum(PADDING + max(map(width, column)) for column in zip(*texts, strict=True)) <= room:
        return "".join("r" if one.numeric else "l" for one in table.heads)
    sides = {True: r">{\raggedleft\arraybackslash}", False: r">{\raggedright\arraybackslash}"}
    # rounded down, so that all together are no wider than the line
    parts = [math.floor(1000 * min(wide / room, 1)) / 1000 for wide in ems]
    return "".join(
        rf"{sides[one.numeric]}p{{\dimexpr{part:.3f}\linewidth-2\tabcolsep\relax}}"
        for one, part in zip(table.heads, parts, strict=True)
    )


def _lines(row: list[str], ems: list[float]) -> int:
    """Lines that a row takes."""
    return max(
        (
            math.ceil(width(text) / max(wide - PADDING, 1)) or 1
            for text, wide in zip(row, ems, strict=True)
        ),
        default=1,
    )


def _escaped(text: str) -> str:
    from pandas.io.formats.style_render import _escape_latex

    return str(_escape_latex(text))
