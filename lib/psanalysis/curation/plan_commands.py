"""The command `add-plan`: it reads, calls the library, and reports what was added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from psanalysis.datapackage.dataset import data_folder, load


def add_rows(rows: Path, plan_info: Path, data: Path | None = None) -> Iterator[str]:
    """Add the accepted rows of a plan to the data package; yields the lines of the report.

    Without a file about the plan a form for it is written, and nothing is added.

    Parameters
    ----------
    rows
        A reviewed draft.
    plan_info
        YAML, or CSV by its name: rows of plans, areas, domains, plan_domains, units and indicators.
    data
        Data package; by default the project's.

    Raises
    ------
    AdditionError
        If a file cannot be read or the data would not be valid with the new rows; nothing is
        changed then.
    """
    from psanalysis.curation.accepted import read_accepted
    from psanalysis.curation.add_plan import add_plan
    from psanalysis.curation.plan_info import read_info, write_info
    from psanalysis.curation.scaffold import choices, scaffold
    from psanalysis.curation.transaction import finish

    folder = data or data_folder()
    if finished := finish(folder):
        yield f"{folder}: finished what an earlier run had begun: {', '.join(finished)}"
        yield "look at `psanalysis list plans`; then add another plan, if there is one"
        return
    ds = load(folder)
    accepted = read_accepted(rows, ds.package.by_name["statements"].columns)
    if not plan_info.exists():
        form = scaffold(accepted, ds)
        write_info(form, plan_info, choices(form, ds))
        empty = sum(cell == "" for table in form.values() for row in table for cell in row.values())
        yield f"{plan_info}: form written, {empty} cells to look at; nothing was added yet"
        yield (
            "next: fill in what you know, then run the same command again; it names what has to "
            "be there"
        )
        return
    added = add_plan(folder, accepted, read_info(plan_info, ds.package), plan_info.name)
    for path, count in added.counts.items():
        yield f"{folder / path}: {count} rows added"
    yield f"statements {added.first} to {added.last}"
    yield from _undecided(folder, accepted.plan_id)


def _undecided(folder: Path, plan_id: str) -> Iterator[str]:
    """Pairs of similar names that come with a plan; a person has to decide whether they are the
    same indicator.
    """
    from psanalysis.curation.pairs import alike

    ds = load(folder)
    own = set(ds.statements.loc[ds.statements["plan_id"] == plan_id, "indicator_id"])
    pairs = alike(ds)
    brought = pairs["indicator_id"].isin(own) | pairs["other_id"].isin(own)
    undecided = pairs[~pairs["decided"] & brought]
    if undecided.empty:
        return
    notes = folder / ds.package.by_name["indicator_notes"].path
    yield f"{len(undecided)} pairs of indicators have names alike; decide each in {notes}:"
    for row in undecided.itertuples():
        yield f"  {row.indicator_id} ({row.name_zh}), {row.other_id} ({row.other_name_zh})"
