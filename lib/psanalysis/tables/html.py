"""A table as HTML, on pages and in notebooks: classes of the site's style sheet, no style
attributes, the same bytes for the same table.
"""

from __future__ import annotations

from collections.abc import Mapping

from psanalysis.formatting import exact
from psanalysis.markup import RANGE, escaped, tag, unbroken
from psanalysis.tables.model import Cell, Head, Row, Table
from psanalysis.tables.office import width

# Lengths of the longest text of a column, in ems, that the style sheet gives least widths for
WIDTHS = (4, 8, 80, 160)


def html(table: Table) -> str:
    """The table with its caption and notes, as the scripts of the site make it sortable,
    downloadable and cards on a phone.
    """
    heads = "".join(
        _head(head, [row.cells[place] for row in table.rows])
        for place, head in enumerate(table.heads)
    )
    body = "".join(_row(row, table.heads) for row in table.rows)
    given = {"csv-name": table.name} if table.name else {}
    notes = "".join(f'<p class="ps-note">{escaped(note)}</p>' for note in table.notes)
    return framed(table.caption, heads, body, given | dict(table.data)) + notes


def framed(caption: str, heads: str, body: str, data: Mapping[str, str], kind: str = "") -> str:
    """Heads and rows as a table in a frame, in which a wide one moves sideways.

    Parameters
    ----------
    caption
        What the table holds, its name for a screen reader too.
    heads, body
        Cells of the head and rows of the body, as HTML.
    data
        Further values of the table by name.
    kind
        Class of a table of its own kind.
    """
    called = f' role="region" aria-label="{escaped(caption)}"' if caption else ""
    words = f"<caption>{escaped(caption)}</caption>" if caption else ""
    classes, around = (f" {kind}", f" {kind}-wrap") if kind else ("", "")
    return (
        f'<div class="ps-table-wrap{around}" tabindex="0"{called}>'
        f'<table class="ps-table{classes}"{_data(data)}>{words}'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(head: Head, cells: list[Cell]) -> str:
    look = " hidden" if head.download else _class(head) or f' class="{_width(cells)}"'
    return f'<th scope="col" data-key="{escaped(head.key)}"{look}>{escaped(head.title)}</th>'


def _width(cells: list[Cell]) -> str:
    """Class of a column by its longest text, so that no column is squeezed to a character a
    line.
    """
    longest = max((width(cell.text) for cell in cells if not cell.html), default=0)
    return next((f"ps-w{ems}" for ems in WIDTHS if longest <= ems), f"ps-w{WIDTHS[-1]}")


def _row(row: Row, heads: tuple[Head, ...]) -> str:
    own = {"id": row.id} if row.id else {}
    given = "".join(f' {key}="{escaped(value)}"' for key, value in own.items())
    data = {key: value for key, value in ({"of": row.of} | dict(row.data)).items() if value}
    cells = zip(row.cells, heads, strict=True)
    shown = "".join(_cell(cell, head, first=head is heads[0]) for cell, head in cells)
    return f"<tr{given}{_data(data)}>{shown}</tr>"


def _cell(cell: Cell, head: Head, first: bool) -> str:
    if cell.html:
        return f"<td>{cell.html}</td>"
    if head.download:
        return f"<td hidden>{escaped(cell.text)}</td>"
    # years of a plan in the name of its row stay together
    text = unbroken(cell.text) if first and RANGE.search(cell.text) else escaped(cell.text)
    if cell.href:
        text = f'<a href="{escaped(cell.href)}">{text}</a>'
    text += tag(cell.tag)
    plain = _plain(cell)
    given = "" if plain is None else f' data-value="{escaped(plain)}"'
    name = 'th scope="row"' if first else "td"
    return f"<{name}{_class(head)}{given}>{text}</{name[:2]}>"


def _plain(cell: Cell) -> str | None:
    """What a page sorts the cell by, and its files hold, where that is not all that is seen."""
    if cell.plain is not None:
        return cell.plain
    if cell.value is not None and exact(cell.value) != cell.text:
        return exact(cell.value)
    return cell.text if cell.tag else None


def _class(head: Head) -> str:
    return ' class="ps-number"' if head.numeric else ""


def _data(values: Mapping[str, str]) -> str:
    return "".join(f' data-{key}="{escaped(value)}"' for key, value in values.items())
