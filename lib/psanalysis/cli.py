"""The command line. Heavy modules are imported inside the commands, so that --help comes at once."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from psanalysis.about import __version__
from psanalysis.errors import PsanalysisError, system_words
from psanalysis.extras import require
from psanalysis.terminal import (
    INTERRUPTED,
    complain,
    orderly_end,
    output_lost,
    prepare,
    say,
    silence,
)

DONE, SOME_FAILED, BAD_INPUT, LOCKED = 0, 1, 2, 3
FOLDER = click.Path(path_type=Path, file_okay=False)


class Commands(click.Group):
    """Commands whose output goes on or stops quietly when nobody reads it."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        prepare()
        return super().main(*arguments, **settings)


def _clean(command: Callable[..., int]) -> Callable[..., None]:
    """Errors raised on purpose become a message and an exit code, never a traceback."""

    @wraps(command)
    def run(**options: Any) -> None:
        try:
            with orderly_end():
                code = command(**options)
        except PsanalysisError as error:
            from psanalysis.site.errors import LockedError

            complain(f"psanalysis: {error}")
            code = LOCKED if isinstance(error, LockedError) else BAD_INPUT
        except KeyboardInterrupt:
            complain("psanalysis: interrupted")
            code = INTERRUPTED
        except BrokenPipeError:  # nobody reads the output any more
            silence(sys.stdout)
            code = DONE
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            complain(f"psanalysis: {where}{system_words(error)}")
            code = BAD_INPUT
        sys.exit(BAD_INPUT if output_lost() and code == DONE else code)

    return run


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="psanalysis")
def main() -> None:
    """Figures of Chinese city public-service plans: check the data, verify their sources, build the report site."""
    # the last collections need not look at what goes away with the process: a tenth of a second
    atexit.register(gc.freeze)


@main.command()
@click.option("--only", metavar="GLOB", help="Build only reports whose id, notebook or slug fits.")
@click.option(
    "--jobs", type=click.IntRange(1), default=None, help="Worker processes; by default one a core."
)
@click.option("--force", is_flag=True, help="Build also what is up to date.")
@click.option("--dry-run", is_flag=True, help="Say what would be built and why, and do nothing.")
@click.option("--data", type=FOLDER, help="Data package; by default the project's data folder.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="Where to publish; by default reports/site."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Build on a Dask cluster, for example tcp://host:8786."
)
@click.option(
    "--on-failure",
    metavar="CMD",
    help="Shell command to run when a report failed; gets the failures on its standard input.",
)
@click.option("--pdf", is_flag=True, help="Also print the brief of each plan, to OUTPUT-briefs.")
@click.option("--docx", is_flag=True, help="Also write the brief of each plan for Word.")
@click.option(
    "--sources",
    type=FOLDER,
    help="Also copy the site, with the sentences of the plans' texts in DIR, to OUTPUT-local: not for publication.",
)
@click.option(
    "--on-change",
    metavar="CMD",
    help="Shell command to run when something changed; gets the digest on its standard input.",
)
@_clean
def build(only: str | None, jobs: int | None, force: bool, dry_run: bool, data: Path | None, output: Path | None, scheduler: str | None,
          on_failure: str | None, on_change: str | None, pdf: bool, docx: bool, sources: Path | None) -> int:  # fmt: skip
    """Build and publish the report site."""
    require("reports")
    from psanalysis.site.capacity import cores
    from psanalysis.site.console import build_and_tell, tell_steps
    from psanalysis.site.project import find_project

    project = find_project(data, output)
    if dry_run:
        tell_steps(project, only, force)
        return DONE
    wanted = None
    if pdf or docx or sources:
        from psanalysis.site.briefs import Wanted

        wanted = Wanted(pdf, docx, sources)
    return build_and_tell(
        project, jobs or cores(), only, force, scheduler, on_failure, on_change, wanted
    )


@main.command()
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
@click.option("--notes", "listed", is_flag=True, help="List what is odd in sound data.")
@_clean
def check(data: Path | None, listed: bool) -> int:
    """Check the data package: every fault with file, line and column; then how many notes there are on sound data."""
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
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
@_clean
def verify(sources: tuple[Path, ...], plan: str | None, data: Path | None) -> int:
    """Check every span and every source hash against the plans' texts."""
    from psanalysis.datapackage.dataset import load
    from psanalysis.datapackage.verify import verify as verify_sources

    found = verify_sources(load(data), sources, plan)
    say(found.summary())
    return DONE if found.ok else BAD_INPUT


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_clean
def init(folder: Path) -> int:
    """Make a project of your own in DIR: data, notebooks, catalogue, schedule, README."""
    from psanalysis.site.start import start_project

    for line in start_project(folder):
        say(line)
    return DONE


@main.command(name="list")
@click.argument("what", type=click.Choice(["plans", "indicators", "reports"]), default="plans")
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
@_clean
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
    help="CSV or XLSX to write, by default PLAN_ID-draft.csv here; for a folder the folder to write to.",
)
@click.option(
    "--period",
    metavar="2026-2030",
    help="First and last year of the plan, where title and code do not name them.",
)
@click.option("--year", metavar="2026", help="Year of an annual report or a bulletin.")
@click.option(
    "--actuals",
    "reported",
    is_flag=True,
    help="Propose actual values from an annual report or a statistical bulletin, for `actuals add`.",
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
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
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
@_clean
def draft(file: Path | None, plan_id: str | None, out: Path | None, period: str | None, year: str | None, reported: bool, area: str | None,
          review: Path | None, lang: str, data: Path | None, evaluate: bool, sources: Path | None, marked: Path | None, labelled: Path | None, write: bool) -> int:  # fmt: skip
    """Propose statements from a plan's document (.txt, .html, .docx, .pdf), or from each of a folder, for a person to review.

    With --actuals: actual values from an annual report or a statistical bulletin.
    """
    require("draft")
    from psanalysis.curation.commands import draft_file, score_drafts

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
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
@_clean
def add_plan(rows: Path, plan_info: Path, data: Path | None) -> int:
    """Add a plan with its accepted rows to the data package, all or nothing."""
    require("draft")
    from psanalysis.curation.commands import add_rows

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
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
@_clean
def template(plans: tuple[str, ...], out: Path | None, year: int | None, data: Path | None) -> int:
    """Write a form with one row for each target that waits for a value."""
    require("draft")
    from psanalysis.curation.actuals_commands import write_template

    for line in write_template(plans, out, year, data):
        say(line)
    return DONE


@actuals.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", type=FOLDER, help="Data package; by default the project's.")
@_clean
def add(file: Path, data: Path | None) -> int:
    """Add a filled-in form (XLSX or CSV), or the accepted rows of a draft, to actuals.csv, all or nothing."""
    require("draft")
    from psanalysis.curation.actuals_commands import add_file

    for line in add_file(file, data):
        say(line)
    return DONE


if __name__ == "__main__":
    main()
