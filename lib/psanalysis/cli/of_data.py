"""The commands that look at the data: check, verify, list."""

from __future__ import annotations

from pathlib import Path

import click

from psanalysis.cli.group import BAD_INPUT, DONE, FOLDER, clean, main, of_data
from psanalysis.extras import require
from psanalysis.terminal import say


@main.command()
@of_data
@click.option("--notes", "listed", is_flag=True, help="List what is odd in sound data.")
@clean
def check(data: Path | None, listed: bool) -> int:
    """Check the data package: every fault with file, line and column; then how many notes there are
    on sound data.
    """
    from psanalysis.curation.notes import notes
    from psanalysis.datapackage.dataset import load
    from psanalysis.measures.magnitudes import doubted_values

    ds = load(data)
    found = notes(ds)
    for note in found.itertuples() if listed else ():
        known = f"known: {note.finding_ids}" if note.known else "not in findings.csv"
        say(f"note: {note.plan_id} {note.kind} [{note.statement_ids}] {note.text_en} ({known})")
    if len(found):
        unknown = len(found) - int(found["known"].sum())
        remedy = "" if listed else " -> psanalysis check --notes lists them"
        say(f"{len(found)} notes on what is odd, {unknown} of them not in findings.csv{remedy}")
    doubted = doubted_values(ds, ds.actuals)
    for row in doubted.to_dict("records") if listed else ():
        say(f"doubt: {row['area_id']} {row['indicator_id']} {row['year']}: {row['reason_en']}")
    if len(doubted):
        remedy = "" if listed else " -> psanalysis check --notes lists them"
        say(f"{len(doubted)} actual values of a doubtful size{remedy}")
    rows = sum(len(getattr(ds, resource.name)) for resource in ds.package.resources)
    say(f"{ds.package.path.parent}: {len(ds.package.resources)} files, {rows} rows, no fault")
    return DONE


@main.command()
@click.option(
    "--sources",
    type=FOLDER,
    required=True,
    multiple=True,
    help="Folder of the plans' texts; may be given more than once.",
)
@click.option("--plan", metavar="PLAN_ID", help="Check this plan alone.")
@of_data
@clean
def verify(sources: tuple[Path, ...], plan: str | None, data: Path | None) -> int:
    """Check every span and every source hash against the plans' texts."""
    from psanalysis.datapackage.dataset import load
    from psanalysis.datapackage.verify import verify as verify_sources

    found = verify_sources(load(data), sources, plan)
    say(found.summary())
    return DONE if found.ok else BAD_INPUT


@main.command(name="list")
@click.argument("what", type=click.Choice(["plans", "indicators", "reports"]), default="plans")
@of_data
@clean
def list_(what: str, data: Path | None) -> int:
    """List plans, indicators or reports, one a line: code, then names."""
    if what == "reports":
        require("reports")
        from psanalysis.site.project import find_project
        from psanalysis.site.workshop import open_workshop

        for report in open_workshop(find_project(data)).catalog.reports:
            say(report.id)
        return DONE
    from psanalysis.datapackage.dataset import load

    ds = load(data)
    columns = (
        ["plan_id", "title_zh", "title_en"]
        if what == "plans"
        else ["indicator_id", "name_zh", "name_en"]
    )
    for row in getattr(ds, what)[columns].itertuples(index=False):
        say("\t".join(map(str, row)))
    return DONE
