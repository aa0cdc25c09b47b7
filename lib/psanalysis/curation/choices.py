"""The codes that a cell of a draft can have, from the schema or the data, with their words."""

from __future__ import annotations

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.schema import Field
from psanalysis.tables.vocabulary import LANGUAGE, codes, head
from psanalysis.wording import say

# columns whose cells are usually one of many known codes, and may be a new one
OPEN_LISTS = {"indicator_id": "indicators", "unit_id": "units", "area_id": "areas"}
# codes of the data that a curator cannot choose freely
CLOSED = {"pledge": "pledges"}


def field_of(ds: Dataset, table: str, column: str) -> Field:
    """The field of a column; for a span, which actuals.csv does not store, the field of
    statements.csv.
    """
    tables = ds.package.by_name
    own = tables[table]
    return (own if column in own.columns else tables["statements"]).field(column)


def options(ds: Dataset, table: str, column: str, lang: str) -> list[tuple[str, str]]:
    """Code and words of all values that a cell can have; empty for free text.

    Examples
    --------
    >>> from psanalysis.datapackage.dataset import load
    >>> options(load(), "statements", "nature", "en")
    [('binding', 'binding'), ('expected', 'expected')]
    """
    field = field_of(ds, table, column)
    if column in CLOSED:
        rows = getattr(ds, CLOSED[column])
        return list(zip(rows[f"{column}_id"], rows[f"name_{lang}"], strict=True))
    if "enum" not in field.constraints:
        return []
    words = codes(ds, column, None, lang) or {
        code: both[lang] for code, both in field.labels.items()
    }
    return [(code, words.get(code, code)) for code in field.constraints["enum"]]


def suggestions(ds: Dataset, column: str, lang: str) -> list[tuple[str, str]]:
    """Code and name of the known values of a column that takes new codes too."""
    rows = getattr(ds, OPEN_LISTS[column])
    return list(zip(rows[column], rows[f"name_{lang}"], strict=True))


def title(ds: Dataset, column: str, lang: str) -> str:
    """The title of a column for readers; a column that exists in both languages is titled with its
    language."""
    words = head(ds, column, lang)
    found = LANGUAGE.search(column)
    return f"{words} ({say(f'explore.language_{found[1]}', lang)})" if found else words
