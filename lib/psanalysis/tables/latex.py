"""A table as LaTeX, with the rules of booktabs; pandas writes it."""

from __future__ import annotations

from psanalysis.extras import require
from psanalysis.tables.model import Head, Table
from psanalysis.tables.office import width

# longer texts are broken into lines
LONGEST = 14
# ems of a line; a wider table is made smaller
LINE = 36
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


def latex(table: Table, label: str = "") -> str:
    """The table as a floating environment, with caption and notes."""
    require("tables")
    frame = table.to_frame()
    style = (
        frame.style.hide(axis="index").format(escape="latex").format_index(escape="latex", axis=1)
    )
    columns = "".join(_column(one, frame[one.title].tolist()) for one in table.heads)
    body = style.to_latex(column_format=columns, hrules=True)
    parts = [r"\begin{table}[htbp]", r"\centering"]
    if table.caption:
        parts.append(rf"\caption{{{_escaped(table.caption)}}}")
    if label:
        parts.append(rf"\label{{{label}}}")
    wide = sum(
        1.2 + min(LONGEST, max(map(width, [one.title, *frame[one.title]]))) for one in table.heads
    )
    whole = body.rstrip("\n")
    parts.append(rf"\resizebox{{\linewidth}}{{!}}{{{whole}}}" if wide > LINE else whole)
    if table.notes:
        lines = r"\\ ".join(_escaped(note) for note in table.notes)
        parts.append(rf"\par\smallskip\parbox{{\linewidth}}{{\footnotesize {lines}}}")
    text = "\n".join([*parts, r"\end{table}", ""])
    for sign, command in SIGNS.items():
        text = text.replace(sign, command)
    return text


def _column(one: Head, texts: list[str]) -> str:
    if one.numeric:
        return "r"
    longest = max(map(width, texts), default=0)
    return "l" if longest <= LONGEST else f"p{{{min(longest, LONGEST):g}em}}"


def _escaped(text: str) -> str:
    from pandas.io.formats.style_render import _escape_latex

    return str(_escape_latex(text))
