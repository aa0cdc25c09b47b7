"""The curator's commands: draft, add-plan, actuals."""

from __future__ import annotations

from pathlib import Path

import click

from psanalysis.cli.group import DONE, FOLDER, clean, main, of_data
from psanalysis.extras import require
from psanalysis.terminal import say


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "plan_id",
    metavar="PLAN_ID",
    help="Code of the plan; it need not be in plans.csv yet.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="CSV or XLSX to write, by default PLAN_ID-draft.csv here; for a folder the folder to "
    "write to.",
)
@click.option(
    "--period",
    metavar="2026-2030",
    help="First and last year of the plan, where title and code do not name them.",
)
@click.option(
    "--year",
    metavar="2026",
    help="Year in which an annual report was given, or that a bulletin is about.",
)
@click.option(
    "--actuals",
    "reported",
    is_flag=True,
    help="Propose actual values from an annual report or a statistical bulletin, for `actuals "
    "add`.",
)
@click.option("--area", metavar="AREA_ID", help="With --actuals: the area, by default the title's.")
@click.option(
    "--review", type=click.Path(path_type=Path), help="Write a page for the review as well."
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of reasons and page.",
)
@of_data
@click.option("--evaluate", is_flag=True, help="Score the drafts of the curated plans instead.")
@click.option("--sources", type=FOLDER, help="With --evaluate: folder of the plans' texts.")
@click.option(
    "--marked",
    type=FOLDER,
    help="With --evaluate: folder of sets of texts that were marked by hand.",
)
@click.option(
    "--labelled",
    type=FOLDER,
    help="With --evaluate: folder of labelled documents, to compare confidence with correctness.",
)
@click.option("--write", is_flag=True, help="With --evaluate: write the scores into the codebook.")
@clean
def draft(
    file: Path | None,
    plan_id: str | None,
    out: Path | None,
    period: str | None,
    year: str | None,
    reported: bool,
    area: str | None,
    review: Path | None,
    lang: str,
    data: Path | None,
    evaluate: bool,
    sources: Path | None,
    marked: Path | None,
    labelled: Path | None,
    write: bool,
) -> int:
    """Propose statements from a plan's document (.txt, .html, .docx, .pdf), or from each of a
    folder, for a person to review.

    With --actuals: actual values from an annual report or a statistical bulletin.
    """
    require("draft")
    from psanalysis.curation.draft_commands import draft_file, score_drafts

    for line in (
        score_drafts(sources, marked, data, write, labelled)
        if evaluate
        else draft_file(file, plan_id, out, data, review, lang, period or year, area, reported)
    ):
        say(line)
    return DONE


@main.command("add-plan")
@click.argument("rows", type=click.Path(path_type=Path))
@click.option(
    "--plan-info",
    type=click.Path(path_type=Path),
    required=True,
    help="YAML or CSV about the plan; made as a form if it is not there.",
)
@of_data
@clean
def add_plan(rows: Path, plan_info: Path, data: Path | None) -> int:
    """Add a plan with its accepted rows to the data package, all or nothing."""
    require("draft")
    from psanalysis.curation.plan_commands import add_rows

    for line in add_rows(rows, plan_info, data):
        say(line)
    return DONE


@main.group()
def actuals() -> None:
    """Actual values: a form of what is missing, and filled-in forms taken into the data."""


@actuals.command()
@click.option(
    "--plan",
    "plans",
    metavar="PLAN_ID",
    multiple=True,
    help="Plan or area, more than once if need be; by default all plans.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="XLSX or CSV to write, by default actuals-PLAN_ID.xlsx here.",
)
@click.option(
    "--year",
    type=click.IntRange(1949, 2100),
    help="Ask for a value of this year for every target, also those that are not due.",
)
@of_data
@clean
def template(plans: tuple[str, ...], out: Path | None, year: int | None, data: Path | None) -> int:
    """Write a form with one row for each target that waits for a value."""
    require("draft")
    from psanalysis.curation.actuals_commands import write_template

    for line in write_template(plans, out, year, data):
        say(line)
    return DONE


@actuals.command()
@click.argument("file", type=click.Path(path_type=Path))
@of_data
@clean
def add(file: Path, data: Path | None) -> int:
    """Add a filled-in form (XLSX or CSV), or the accepted rows of a draft, to actuals.csv, all or
    nothing.
    """
    require("draft")
    from psanalysis.curation.actuals_commands import add_file

    for line in add_file(file, data):
        say(line)
    return DONE
