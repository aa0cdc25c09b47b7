"""Work for the end of a build that needs no report, done while the reports are built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psanalysis.about import installed
from psanalysis.report.form_files import Make, form_files
from psanalysis.site import search_words
from psanalysis.site.against_published import Changes, data_changes
from psanalysis.site.derived import Derived
from psanalysis.site.downloads import parquet_tables, workbook
from psanalysis.site.manifest import Manifest
from psanalysis.site.rendering import compile_templates
from psanalysis.site.workshop import Workshop


@dataclass(frozen=True)
class Prepared:
    """What was made ahead.

    Attributes
    ----------
    changes
        What changed in the data since they were published.
    forms
        Path and content of the forms beside the page of what is missing.
    book
        The workbook of all data, if there is one.
    tables
        All data as Parquet.
    """

    changes: Changes
    forms: tuple[tuple[str, bytes], ...]
    book: bytes | None
    tables: bytes


def prepared(
    workshop: Workshop, previous: Manifest | None, kept: Path, derived: Derived
) -> Prepared:
    """Prepare the end of a build; `kept` is the folder of published data."""
    compile_templates()
    search_words.prepare(workshop.ds)
    made_by = workshop.library.hash, workshop.environment, installed("openpyxl")

    def keep(of: str, make: Make) -> bytes:
        return derived.get("\n".join((*made_by, of)), make)

    return Prepared(
        data_changes(workshop.ds, workshop.files, previous, kept),
        tuple(form_files(workshop.ds, [one.path for one in workshop.catalog.reports], keep)),
        workbook(workshop.ds, workshop.files, keep),
        parquet_tables(workshop.ds, workshop.files, keep),
    )
