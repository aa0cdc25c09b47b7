"""Tables of a page as a test reads them: a cell is found by the key of its column."""

from __future__ import annotations

from lxml import html

Row = dict[str, str]


def tables(fragment: str) -> list[list[Row]]:
    """The rows of each table: the key of a column (`data-key`) to the text of the cell.

    Remarks that the files of a table leave out (`ps-tag`) are left out here too, and so are rows
    that only say what the rows below them are about.
    """
    page = html.fragment_fromstring(fragment.replace("\xa0", " "), create_parent="div")
    for remark in page.find_class("ps-tag"):
        remark.drop_tree()
    return [rows_of(table) for table in page.iter("table")]


def rows_of(table: html.HtmlElement) -> list[Row]:
    """The rows of the body of one table."""
    keys = [head.get("data-key") for head in table.iterfind("./thead/tr[1]/th")]
    rows = [list(row) for row in table.iterfind("./tbody/tr")]
    whole = [cells for cells in rows if not any(cell.get("colspan") for cell in cells)]
    return [
        {key: cell.text_content().strip() for key, cell in zip(keys, cells, strict=True)}
        for cells in whole
    ]


def rows(fragment: str) -> list[Row]:
    """The rows of the first table."""
    return tables(fragment)[0]
