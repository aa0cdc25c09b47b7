"""The controls for the cells of a row under review: a list where the schema or the data has one, else a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.schema import Field
from psanalysis.tables.words import LANGUAGE, codes, head
from psanalysis.wording import say

CODE = re.compile(r" \(([a-z][a-z0-9_]*)\)$")


@dataclass(frozen=True)
class RowControls:
    """What a row of a table is corrected with.

    Attributes
    ----------
    ds
        The data set that the rows are to go into.
    table
        Table of the rows: statements or actuals.
    lang
        zh or en.
    """

    ds: Dataset
    table: str
    lang: str

    def control(self, column: str) -> Any:
        """A list where the schema or the data has one, else a field; indicators may be new."""
        import ipywidgets

        look: dict[str, Any] = {
            "description": self.title(column),
            "style": {"description_width": "9rem"},
            "layout": {"width": "auto"},
        }
        ds = self.ds
        field = self._field(column)
        if column == "indicator_id":
            return ipywidgets.Combobox(
                options=list(self.ways.values()), continuous_update=False, **look
            )
        if column == "unit_id":
            names = zip(ds.units[f"name_{self.lang}"], ds.units["unit_id"], strict=True)
            return ipywidgets.Dropdown(options=[("", ""), *names], **look)
        if "enum" in field.constraints:
            words = codes(ds, column, None, self.lang) or {
                code: both[self.lang] for code, both in field.labels.items()
            }
            labels = [(words.get(code, code), code) for code in field.constraints["enum"]]
            return ipywidgets.Dropdown(options=[("", ""), *labels], **look)
        return ipywidgets.Text(continuous_update=False, **look)

    def _field(self, column: str) -> Field:
        """The field of a column; of an offset in the text as of statements, which actuals.csv does not keep."""
        tables = self.ds.package.by_name
        own = tables[self.table]
        return (own if column in own.columns else tables["statements"]).field(column)

    @cached_property
    def ways(self) -> dict[str, str]:
        """indicator_id to what the list of indicators shows: name and code."""
        about = self.ds.indicators
        pairs = zip(about["indicator_id"], about[f"name_{self.lang}"], strict=True)
        return {code: f"{name} ({code})" for code, name in pairs}

    def title(self, column: str) -> str:
        """What a reader calls a column; of one that is there in both languages, with the language."""
        words = head(self.ds, column, self.lang)
        found = LANGUAGE.search(column)
        return f"{words} ({say(f'explore.language_{found[1]}', self.lang)})" if found else words

    def fill(self, control: Any, column: str, cell: str) -> None:
        """Put a cell into its control, as the list shows it; a code that its list does not have is added to it."""
        if hasattr(control, "index") and cell not in [value for _, value in control.options]:
            control.options = [*control.options, (cell, cell)]
        shown = self.ways.get(cell, "") if column == "indicator_id" else ""
        control.value = shown or cell


def code_of(shown: str) -> str:
    """The code at the end of what a list shows; anything else as it is."""
    found = CODE.search(shown)
    return found[1] if found else shown
