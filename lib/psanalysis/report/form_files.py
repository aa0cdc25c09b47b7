"""Forms for actual values as files of the site, beside the page of what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.missing import MissingPage
from psanalysis.tables.form_file import form_bytes, form_name, form_suffixes


def form_files(ds: Dataset, pages: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Path and content of the form of all targets that wait for a value, and of each plan's;
    nothing without the page.

    Parameters
    ----------
    ds
        The data set.
    pages
        Paths of the site's pages.
    """
    folder = MissingPage.notebook
    if not any(page.startswith(f"{folder}/") for page in pages):
        return
    rows = MissingPage("en", ds).waiting.sort_index()
    for plan in (None, *dict.fromkeys(rows["plan_id"])):
        own = rows if plan is None else rows[rows["plan_id"] == plan]
        for suffix in form_suffixes() if len(own) else ():
            yield f"{folder}/{form_name(plan, suffix)}", form_bytes(ds, own, suffix)
