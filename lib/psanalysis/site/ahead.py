"""Work for the end of a build that needs no report, done while the reports are built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psanalysis.report.form_files import form_files
from psanalysis.site import search_words
from psanalysis.site.against_published import Changes, data_changes
from psanalysis.site.downloads import workbook
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
    """

    changes: Changes
    forms: tuple[tuple[str, bytes], ...]
    book: bytes | None


def prepared(
    workshop: Workshop, previous: Manifest | None, kept: Path, same: Path | None
) -> Prepared:
    """Prepare the end of a build; `kept` is the folder of published data, `same` a published site
    of the same data and library.
    """
    compile_templates()
    search_words.prepare(workshop.ds)
    return Prepared(
        data_changes(workshop.ds, workshop.files, previous, kept),
        tuple(form_files(workshop.ds, [one.path for one in workshop.catalog.reports])),
        workbook(workshop.ds, same),
    )
