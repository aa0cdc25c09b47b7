"""Compares a build with the published one: what differs in data, statuses, reports and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.dataset import Dataset
from psanalysis.site import changes as diff
from psanalysis.site.changes import NumberChange, ReportChange, RowChange, StatusChange
from psanalysis.site.datafiles import DataFiles
from psanalysis.site.manifest import Entry, Manifest
from psanalysis.site.results import Result, Shelf
from psanalysis.site.steps import REASON_WORDS


@dataclass(frozen=True)
class Changes:
    """Everything that the page of changes shows, and when the compared site was published.

    `first` where there is no such site; `lost` where the data changed and the earlier data are no
    longer stored.
    """

    first: bool = False
    lost: bool = False
    since: str = ""
    schema: bool = False
    rows: Sequence[RowChange] = ()
    statuses: Sequence[StatusChange] = ()
    reports: Sequence[ReportChange] = ()
    numbers: Sequence[NumberChange] = ()

    @property
    def any(self) -> bool:
        return bool(
            self.lost or self.schema or self.rows or self.statuses or self.reports or self.numbers
        )


def data_changes(ds: Dataset, files: DataFiles, previous: Manifest | None, kept: Path) -> Changes:
    """The differences between the data and those of the published build, which are stored by hash
    in the folder `kept`.
    """
    if previous is None:
        return Changes(first=True)
    known = previous.inputs.get("data", "")
    if known == files.hash:
        return Changes()
    old = diff.stored_data(kept / known, known)
    if old is None:
        return Changes(lost=True)
    schema = old[DESCRIPTOR] != files.content(DESCRIPTOR)
    rows = diff.row_changes(old, files, ds.package)
    return Changes(schema=schema, rows=rows, statuses=diff.status_changes(kept / known, ds, rows))


def compare(
    listed: Sequence[Result], previous: Manifest | None, shelf: Shelf, data: Changes
) -> Changes:
    """The differences from the published build, given those of the data."""
    if previous is None:
        return data
    reports: list[ReportChange] = []
    numbers: list[NumberChange] = []
    for result in listed:
        old, entry = previous.reports.get(result.report.id), result.entry
        reasons, same = _reasons(old, entry), False
        if old and old.key and entry.key and old.key != entry.key:
            was, now = shelf.get(old.key), shelf.get(entry.key)
            if was and now:
                same = was.facts["shown"] == now.facts["shown"]
                numbers += diff.number_changes(result.report.id, was.facts, now.facts)
        if reasons:
            reports.append(ReportChange(result.report.id, reasons, same))
    present = {result.report.id for result in listed}
    reports += [
        ReportChange(name, ("removed",)) for name in previous.reports if name not in present
    ]
    return replace(data, since=previous.published, reports=reports, numbers=numbers)


def _reasons(old: Entry | None, entry: Entry) -> tuple[str, ...]:
    if entry.failure:
        return ("failed",) if not (old and old.failure) else ()
    if old is None or not old.key:
        return ("new",)
    if old.key != entry.key:
        return tuple(
            name for name in REASON_WORDS if old.hashes.get(name) != entry.hashes.get(name)
        )
    return ("recovered",) if old.status != "current" and entry.status == "current" else ()
