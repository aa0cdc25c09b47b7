"""Work for the end of a build that needs no report, done while the reports are built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Generic, TypeVar

from psanalysis.report.form_files import form_files
from psanalysis.site import search_words
from psanalysis.site.against_published import Changes, data_changes
from psanalysis.site.manifest import Manifest
from psanalysis.site.rendering import compile_templates
from psanalysis.site.workshop import Workshop

Made = TypeVar("Made")


@dataclass(frozen=True)
class Prepared:
    """What was made ahead.

    Attributes
    ----------
    changes
        What changed in the data since they were published.
    forms
        Path and content of the forms beside the page of what is missing.
    """

    changes: Changes
    forms: tuple[tuple[str, bytes], ...]


def prepared(workshop: Workshop, previous: Manifest | None, kept: Path) -> Prepared:
    """Prepare the end of a build; `kept` is the folder of published data."""
    compile_templates()
    search_words.prepare(workshop.ds)
    return Prepared(
        data_changes(workshop.ds, workshop.files, previous, kept),
        tuple(form_files(workshop.ds, [one.path for one in workshop.catalog.reports])),
    )


class Ahead(Generic[Made]):
    """A function that starts at once, beside what follows; `result` waits for it.

    Its thread is a daemon's: an interrupted build does not wait for it.

    Examples
    --------
    >>> Ahead(lambda: 6 * 7).result()
    42
    """

    def __init__(self, work: Callable[[], Made]):
        self._work = work
        self._made: list[Made] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._made.append(self._work())
        except Exception as error:
            self._error = error

    def result(self) -> Made:
        """What the function returned; its error is raised here."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._made[0]
