"""Forms for actual values as files of the site, beside the page of what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from functools import partial

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.missing import MissingPage
from psanalysis.tables.form import choices, form_frame
from psanalysis.tables.form_file import form_name, form_suffixes, form_table, form_workbook

Make = Callable[[], bytes]
# gives what is made of a text, by calling the function if it has to be made
Keep = Callable[[str, Make], bytes]


def form_files(
    ds: Dataset, pages: Collection[str], keep: Keep = lambda _, make: make()
) -> Iterator[tuple[str, bytes]]:
    """Path and content of the form of all targets that wait for a value, and of each plan's;
    nothing without the page.

    Parameters
    ----------
    ds
        The data set.
    pages
        Paths of the site's pages.
    keep
        Takes a workbook from where it is kept, by all that stands in it; by default each is made.
    """
    folder = MissingPage.notebook
    if not any(page.startswith(f"{folder}/") for page in pages):
        return
    rows = MissingPage("en", ds).waiting.sort_index()
    if rows.empty:
        return
    whole, offered, suffixes = form_frame(ds, rows), choices(ds), form_suffixes()
    for plan in (None, *dict.fromkeys(rows["plan_id"])):
        frame = whole if plan is None else whole[(rows["plan_id"] == plan).to_numpy()]
        table = form_table(frame)
        if ".xlsx" in suffixes:
            book = keep(
                table.decode() + json.dumps(offered), partial(form_workbook, frame, offered)
            )
            yield f"{folder}/{form_name(plan, '.xlsx')}", book
        yield f"{folder}/{form_name(plan, '.csv')}", table
