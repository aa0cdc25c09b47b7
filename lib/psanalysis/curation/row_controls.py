"""The controls for the cells of a row under review: a list where schema or data have one, else a
field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psanalysis.curation.choices import options, suggestions, title
from psanalysis.datapackage.dataset import Dataset

CODE = re.compile(r" \(([a-z][a-z0-9_]*)\)$")


@dataclass(frozen=True)
class RowControls:
    """The controls to correct a row of a table.

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
            "description": title(self.ds, column, self.lang),
            "style": {"description_width": "9rem"},
            "layout": {"width": "auto"},
        }
        if column == "indicator_id":
            return ipywidgets.Combobox(
                options=list(self.ways.values()), continuous_update=False, **look
            )
        if column == "unit_id":
            known = suggestions(self.ds, column, self.lang)
        else:
            known = options(self.ds, self.table, column, self.lang)
        if known:
            labels = [(words, code) for code, words in known]
            return ipywidgets.Dropdown(options=[("", ""), *labels], **look)
        return ipywidgets.Text(continuous_update=False, **look)

    @cached_property
    def ways(self) -> dict[str, str]:
        """indicator_id -> the text of the list of indicators: name and code."""
        known = suggestions(self.ds, "indicator_id", self.lang)
        return {code: f"{name} ({code})" for code, name in known}

    def fill(self, control: Any, column: str, cell: str) -> None:
        """Show a cell in its control; a code that is missing from the list is added to it."""
        if hasattr(control, "index") and cell not in [value for _, value in control.options]:
            control.options = [*control.options, (cell, cell)]
        shown = self.ways.get(cell, "") if column == "indicator_id" else ""
        control.value = shown or cell


def code_of(shown: str) -> str:
    """The code at the end of a text of a list; other texts are not changed."""
    found = CODE.search(shown)
    return found[1] if found else shown
