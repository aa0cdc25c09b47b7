"""The commands around the site: build it, start a project of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from psanalysis.cli.group import DONE, FOLDER, clean, main
from psanalysis.extras import require
from psanalysis.terminal import say


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
    help="Also copy the site, with the sentences of the plans' texts in DIR, to OUTPUT-local: not "
    "for publication.",
)
@click.option(
    "--on-change",
    metavar="CMD",
    help="Shell command to run when something changed; gets the digest on its standard input.",
)
@clean
def build(
    only: str | None,
    jobs: int | None,
    force: bool,
    dry_run: bool,
    data: Path | None,
    output: Path | None,
    scheduler: str | None,
    on_failure: str | None,
    on_change: str | None,
    pdf: bool,
    docx: bool,
    sources: Path | None,
) -> int:
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
        from psanalysis.site.brief_files import Wanted

        wanted = Wanted(pdf, docx, sources)
    return build_and_tell(
        project, jobs or cores(), only, force, scheduler, on_failure, on_change, wanted
    )


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@clean
def init(folder: Path) -> int:
    """Make a project of your own in DIR: data, notebooks, catalogue, schedule, README."""
    from psanalysis.site.start import start_project

    for line in start_project(folder):
        say(line)
    return DONE
