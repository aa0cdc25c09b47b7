"""The commands `actuals template` and `actuals add`: they read, call the library, and report what
was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from psanalysis.curation.add_actuals import add_actuals
from psanalysis.curation.transaction import finish
from psanalysis.datapackage.dataset import data_folder, load
from psanalysis.errors import ParameterError
from psanalysis.measures.waiting import waiting
from psanalysis.report.periods import last_year
from psanalysis.tables.form_file import form_bytes
from psanalysis.wholefile import write_whole

ENDINGS = (".xlsx", ".csv")


def write_template(
    plans: Sequence[str], out: Path | None, year: int | None = None, data: Path | None = None
) -> Iterator[str]:
    """Write the form for actual values; yields the lines of the report.

    Parameters
    ----------
    plans
        Codes of plans or areas; all plans without any.
    out
        XLSX or CSV to write; by default `actuals-PLAN.xlsx` in the working folder.
    year
        A year to ask values for; by default every target that is due and has no value.
    data
        Data package; by default the project's.

    Raises
    ------
    ParameterError
        If a plan is unknown, the file exists already, or its suffix is neither .xlsx nor .csv.
    """
    ds = load(data)
    path = out or Path(f"actuals-{'-'.join(plans) or 'all'}.xlsx")
    if path.suffix.lower() not in ENDINGS:
        raise ParameterError(f"-o {path} is neither .xlsx nor .csv -> name such a file")
    if path.exists():
        raise ParameterError(f"{path} is there already -> name another file, or remove it")
    rows = waiting(ds, list(plans) or None, last_year(ds), year)
    if rows.empty:
        yield "no target waits for a value" + (
            "" if year else " -> name a year with --year to fill in values of plans under way"
        )
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, form_bytes(ds, rows, path.suffix))
    yield f"{path}: {len(rows)} targets of {rows['plan_id'].nunique()} plans wait for a value"
    yield f"fill in what is known, then: psanalysis actuals add {path}"


def add_file(file: Path, data: Path | None = None) -> Iterator[str]:
    """Add a filled-in form, or the accepted rows of a draft; yields the lines of the report.

    Parameters
    ----------
    file
        XLSX or CSV.
    data
        Data package; by default the project's.

    Raises
    ------
    ActualsError
        If anything is wrong with a row; nothing is changed then.
    """
    folder = data or data_folder()
    if finished := finish(folder):
        yield f"{folder}: finished what an earlier run had begun: {', '.join(finished)}"
    added = add_actuals(folder, file)
    yield f"{folder / 'actuals.csv'}: {added.count} values added"
    if added.revisions:
        yield (
            f"{added.revisions} of them for a year that had a value already: both stay, the last "
            "published counts"
        )
    if added.empty:
        yield f"{file}: {added.empty} rows are not filled in or not accepted, and were passed over"
    for row in added.unworded.to_dict("records"):
        yield (
            f"unchecked: {row['area_id']} {row['indicator_id']} {row['year']}: value_as_stated is "
            f"empty, so {row['value']:g} cannot be compared with the words of the publication"
        )
    for row in added.doubts.to_dict("records"):
        yield f"doubt: {row['area_id']} {row['indicator_id']} {row['year']}: {row['reason_en']}"
