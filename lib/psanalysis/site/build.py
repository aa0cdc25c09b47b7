"""Runs a build: finds the steps that are due, runs them, publishes atomically, sums up."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from psanalysis.site.against_published import compare
from psanalysis.site.ahead import prepared
from psanalysis.site.assemble import site_files
from psanalysis.site.background import in_background
from psanalysis.site.beside import api_reference, said_of_data
from psanalysis.site.cache import Cache
from psanalysis.site.capacity import refusal
from psanalysis.site.changes import keeps_data
from psanalysis.site.derived import Derived
from psanalysis.site.errors import SiteError
from psanalysis.site.fingerprint import Library, read_library, versions
from psanalysis.site.font import with_font
from psanalysis.site.lock import locked
from psanalysis.site.manifest import NAME, Manifest, read_manifest
from psanalysis.site.model import Failed, Runner
from psanalysis.site.pool import run_local
from psanalysis.site.project import Project
from psanalysis.site.publish import LOCK, Site
from psanalysis.site.quick import unchanged
from psanalysis.site.results import Result, Shelf, results
from psanalysis.site.runs import run
from psanalysis.site.sources import Sources
from psanalysis.site.steps import Step, longest_first, matches, reasons, steps
from psanalysis.site.upkeep import keep_data, prune
from psanalysis.site.watcher import Watcher
from psanalysis.site.workshop import Workshop, open_workshop

# the copy of the data in the store; the next build removes one left by a killed build
COPY = "inputs.part"


@dataclass(frozen=True)
class Summary:
    """How a build ended.

    Attributes
    ----------
    folder
        The published build.
    built, kept
        Numbers of reports.
    failures
        By id.
    published
        False if nothing had changed.
    changed
        Whether data, reports or numbers differ from those of the previous site; True for the first
        one.
    seconds
        From reading the inputs to the published site.
    """

    folder: Path
    built: int
    kept: int
    failures: Mapping[str, Failed] = field(default_factory=dict)
    published: bool = True
    changed: bool = False
    seconds: float = 0.0


def survey(
    project: Project,
    only: str | None = None,
    force: bool = False,
    sources: Sources | None = None,
    library: Library | None = None,
) -> list[Step]:
    """The steps of a build, without running any; parameters as in `build`."""
    site = Site(project.output)
    cache, published = Cache(site.store / "cache"), read_manifest(site.current())
    workshop = open_workshop(project, sources, library)
    return [step for step in steps(workshop, cache, published, only, force) if step.wanted]


def build(
    project: Project,
    watcher: Watcher,
    jobs: int,
    only: str | None = None,
    force: bool = False,
    runner: Runner = run_local,
    sources: Sources | None = None,
    library: Library | None = None,
) -> Summary:
    """Bring the site of a project up to date.

    Parameters
    ----------
    project
        What to build and where.
    watcher
        Receives the progress.
    jobs
        Worker processes.
    only
        Build only reports whose id, notebook or slug fits this glob pattern; the others stay as
        they are published.
    force
        Build also what is in the cache.
    runner
        Function that builds reports: `run_local`, or one that sends them elsewhere.
    sources, library
        Files and library that were read already to find out whether anything changed.

    Raises
    ------
    LockedError
        If another build of this site is going on.
    SiteError
        If the site cannot be published; the published one is as it was.
    DataError, CatalogError
        If the inputs are faulty.
    """
    site = Site(project.output)
    before = site.current()
    for line in site.prepare():
        watcher.log(line)
    with locked(site.store / LOCK):
        if sources is None or site.current() != before:  # or another build has published since
            sources, library = Sources(project), read_library()
            manifest = None if force or only else unchanged(sources, library, site)
            current = site.current()
            if manifest and current:
                return Summary(current, 0, len(manifest.reports), published=False)
        try:
            site.prune()
            started = monotonic()
            watcher.log("reading data and catalogue")
            workshop = open_workshop(project, sources, library, site.store / COPY)
            return _build(workshop, site, watcher, jobs, only, force, runner, started)
        except OSError as error:
            raise refusal(error, project.output) from None
        finally:
            shutil.rmtree(site.store / COPY, ignore_errors=True)


def _build(
    workshop: Workshop,
    site: Site,
    watcher: Watcher,
    jobs: int,
    only: str | None,
    force: bool,
    runner: Runner,
    started: float,
) -> Summary:
    if not any(matches(report, only) for report in workshop.catalog.reports):
        raise SiteError(
            f"--only {only}: fits no report of the catalogue -> `psanalysis list reports` names "
            "them"
        )
    cache, published = Cache(site.store / "cache"), site.current()
    previous = read_manifest(published)
    if published and previous is None:
        watcher.log(
            f"warning: {published / NAME}: is no manifest of a build -> this counts as the first"
        )
    found = steps(workshop, cache, previous, only, force)
    shelf, order = Shelf(cache, {}), longest_first(found, previous)
    due = [step for step in found if step.due]
    total = f"{len(due)} of {len(found)} reports to build"
    watcher.log(f"{total}: {reasons(due)}" if due else total)
    inputs = {
        "data": workshop.files.hash,
        "library": workshop.library.hash,
        "environment": workshop.environment,
    }
    derived = Derived(site.store / "derived")
    end = in_background(lambda: prepared(workshop, previous, site.store / "data", derived))
    seconds, failures = run(workshop, found, order, shelf, watcher, jobs, runner)
    ready = end.result()
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    listed = results(
        found, seconds, failures, shelf, previous.reports if previous else {}, published, now
    )
    changes = compare(listed, previous, shelf, ready.changes)
    reference, beside = api_reference(workshop, watcher), said_of_data(workshop)
    if not ready.book:
        watcher.log(
            "data: no Excel workbook (openpyxl is not installed, or there are too many rows)"
        )
    manifest = Manifest(
        build=1 + (previous.build if previous else 0),
        published=now,
        seconds=round(monotonic() - started, 3),
        inputs=inputs,
        versions=versions(),
        reports={},
        read=workshop.sources.checksums if _complete(found, listed) else {},
    )
    if not keeps_data(site.store / "data" / workshop.files.hash, workshop.files):
        keep_data(site, workshop)
    watcher.log("publishing")
    folder = site.publish(
        with_font(
            site_files(
                workshop,
                listed,
                changes,
                shelf,
                published,
                manifest,
                previous,
                ready,
                reference,
                beside,
            ),
            derived,
        )
    )
    prune(site, cache)
    derived.prune()
    return Summary(
        folder,
        len(seconds),
        len(listed) - len(seconds) - len(failures),
        failures,
        changed=changes.any or changes.first,
        seconds=monotonic() - started,
    )


def _complete(found: list[Step], listed: Sequence[Result]) -> bool:
    """Whether every report of the catalogue has a page of its present inputs; after --only some may
    not.
    """
    keys = {result.report.id: result.entry.key for result in listed}
    return all(keys.get(step.report.id) == step.key for step in found)
