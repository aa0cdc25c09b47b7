"""Tables whose rows are places; the caption says what is counted in each of them."""

from __future__ import annotations

from psanalysis.draft.indicator_table import Table
from psanalysis.draft.lexicon import pattern

Span = tuple[int, int]


def counted(table: Table, text: str) -> Span | None:
    """The span of the caption of a table of places that says what is counted; None for other
    tables.

    Parameters
    ----------
    table
        A table that was read.
    text
        Folded text of the document.
    """
    name = next((i for i, c in enumerate(table.columns) if c.kind == "name"), None)
    if name is None or not pattern("table", "places").search(table.heads[name]):
        return None
    for line in reversed(table.caption.split("\n")):
        lead = pattern("table", "numbered").match(line)
        begin = lead.end() if lead else 0
        tail = pattern("table", "caption_tail").search(line, begin)
        words = line[begin : tail.start() if tail else len(line)]
        offset = text.rfind(line, 0, table.start) if len(words) >= 2 else -1
        if offset >= 0:
            return offset + begin, offset + begin + len(words)
    return None


def of_all(name: str) -> bool:
    """True for the name of the row of totals over all places.

    Examples
    --------
    >>> of_all("合计"), of_all("海曲区")
    (True, False)
    """
    return bool(pattern("table", "all_places").match(name))
