"""A table as HTML: classes of the site's style sheet, no style attributes, so that a page may hold it."""

from __future__ import annotations

from html import escape

from psanalysis.tables.model import Cell, Head, Table


def html(table: Table) -> str:
    """The table with its caption and notes."""
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    heads = "".join(f'<th scope="col"{_class(one)}>{escape(one.title)}</th>' for one in table.heads)
    rows = "".join(f"<tr>{_row(table.heads, row)}</tr>" for row in table.rows)
    notes = "".join(f'<p class="ps-note">{escape(note)}</p>' for note in table.notes)
    return (
        f'<div class="ps-table-wrap"><table class="ps-table">{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{notes}"
    )


def _row(heads: tuple[Head, ...], row: tuple[Cell, ...]) -> str:
    first, *others = zip(heads, row, strict=True)
    return f'<th scope="row"{_class(first[0])}>{escape(first[1].text)}</th>' + "".join(
        f"<td{_class(one)}>{escape(cell.text)}</td>" for one, cell in others
    )


def _class(one: Head) -> str:
    return ' class="ps-number"' if one.numeric else ""
