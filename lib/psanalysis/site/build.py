"""One build: find the steps that are due, run them, publish atomically, say what happened."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from psanalysis.errors import system_words
from psanalysis.site.assemble import Shelf, compare, data_changes, results, site_files
from psanalysis.site.cache import Cache
from psanalysis.site.changes import keeps_data
from psanalysis.site.errors import SiteError
from psanalysis.site.fingerprint import Library, read_library, versions
from psanalysis.site.lock import held
from psanalysis.site.manifest import Manifest, read_manifest
from psanalysis.site.model import Built, Failed, Runner
from psanalysis.site.pages import Changes, compile_templates
from psanalysis.site.pool import run_local
from psanalysis.site.project import Project
from psanalysis.site.publish import Place
from psanalysis.site.quick import unchanged
from psanalysis.site.sources import Sources
from psanalysis.site.steps import Step, longest_first, matches, steps
from psanalysis.site.watcher import Watcher
from psanalysis.site.workshop import Workshop, open_workshop

# the copy of the data in the store; what a killed build leaves is removed by the next one
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
        False where nothing had changed.
    """

    folder: Path
    built: int
    kept: int
    failures: Mapping[str, Failed] = field(default_factory=dict)
    published: bool = True


def survey(project: Project, only: str | None = None, force: bool = False) -> list[Step]:
    """The steps of a build, without running any."""
    place = Place(project.output)
    cache, published = Cache(place.store / "cache"), read_manifest(place.current())
    return [
        step for step in steps(open_workshop(project), cache, published, only, force) if step.wanted
    ]


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
        Who is told.
    jobs
        Worker processes.
    only
        Build only reports whose id, notebook or slug fits this glob pattern; the others stay as they are published.
    force
        Build also what is in the cache.
    runner
        What builds reports: `run_local`, or one that sends them elsewhere.
    sources, library
        What has been read already to see whether anything changed, and something has.

    Raises
    ------
    LockedError
        If another build of this site is going on.
    SiteError
        If the site cannot be published; the published one is as it was.
    DataError, CatalogError
        If the inputs are faulty.
    """
    place = Place(project.output)
    before = place.current()
    place.prepare()
    with held(place.store / "lock"):
        if sources is None or place.current() != before:  # or another build has published since
            sources, library = Sources(project), read_library()
            manifest = None if force or only else unchanged(sources, library, place)
            current = place.current()
            if manifest and current:
                return Summary(current, 0, len(manifest.reports), published=False)
        try:
            place.prune()
            workshop = open_workshop(project, sources, library, place.store / COPY)
            return _build(workshop, place, watcher, jobs, only, force, runner)
        except OSError as error:
            where = error.filename or project.output
            raise SiteError(
                f"{where}: {system_words(error)}; the published site is as it was -> make room or check the permissions"
            ) from None
        finally:
            shutil.rmtree(place.store / COPY, ignore_errors=True)


def _build(
    workshop: Workshop,
    place: Place,
    watcher: Watcher,
    jobs: int,
    only: str | None,
    force: bool,
    runner: Runner,
) -> Summary:
    started = monotonic()
    if not any(matches(report, only) for report in workshop.catalog.reports):
        raise SiteError(
            f"--only {only}: fits no report of the catalogue -> `psanalysis list reports` names them"
        )
    cache, published = Cache(place.store / "cache"), place.current()
    previous = read_manifest(published)
    found = steps(workshop, cache, previous, only, force)
    shelf, order = Shelf(cache, {}), longest_first(found, previous)
    watcher.log(f"{len(order)} of {len(found)} reports to build")
    ahead = functools.cache(lambda: _ahead(workshop, previous, place.store / "data"))
    seconds, failures = _run(workshop, found, order, shelf, watcher, jobs, runner, ahead)
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    listed = results(
        found, seconds, failures, shelf, previous.reports if previous else {}, published, now
    )
    changes = compare(listed, previous, shelf, ahead())
    inputs = {
        "data": workshop.files.hash,
        "library": workshop.library.hash,
        "environment": workshop.environment,
    }
    manifest = Manifest(
        build=1 + (previous.build if previous else 0),
        published=now,
        seconds=round(monotonic() - started, 3),
        inputs=inputs,
        versions=versions(),
        reports={},
        read=workshop.sources.checksums,
    )
    if not keeps_data(place.store / "data" / workshop.files.hash, workshop.files):
        _keep_data(place, workshop)
    folder = place.publish(
        site_files(workshop, listed, changes, shelf, published, manifest, previous)
    )
    _prune(place, cache)
    return Summary(folder, len(seconds), len(listed) - len(seconds) - len(failures), failures)


def _run(
    workshop: Workshop,
    found: list[Step],
    order: list[str],
    shelf: Shelf,
    watcher: Watcher,
    jobs: int,
    runner: Runner,
    ahead: Callable[[], Changes],
) -> tuple[dict[str, float], dict[str, Failed]]:
    """Run the steps that are due; seconds of the pages that were made, and why others were not, by id."""
    seconds: dict[str, float] = {}
    failures: dict[str, Failed] = {}
    keys = {step.report.id: step.key for step in found}
    scratch = Path(tempfile.mkdtemp(prefix="psanalysis-"))
    try:
        for name, outcome in runner(order, workshop.given, jobs, scratch):
            workshop.library.require_unedited()
            if isinstance(outcome, Built):
                seconds[name] = outcome.seconds
                _store(shelf, keys[name], outcome, watcher)
                line = f"{name}: built in {outcome.seconds:.1f} s"
            else:
                failures[name] = outcome
                line = f"{name}: failed after {outcome.seconds:.1f} s"
            done = len(seconds) + len(failures)
            watcher.done(done, len(order), line)
            if done == len(order) - 1:  # while the last report runs, other cores are idle
                ahead()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return seconds, failures


def _ahead(workshop: Workshop, previous: Manifest | None, kept: Path) -> Changes:
    """What the end of a build takes and no report has a part in."""
    compile_templates()
    return data_changes(workshop.ds, workshop.files, previous, kept)


def _store(shelf: Shelf, key: str, built: Built, watcher: Watcher) -> None:
    """Put a page into the cache, or hold it in memory where the cache cannot be written."""
    try:
        shelf.cache.put(key, built)
    except OSError as error:
        shelf.held[key] = built
        watcher.log(f"warning: cache not written: {system_words(error)}")


def _keep_data(place: Place, workshop: Workshop) -> None:
    """Keep the data for the next comparison; without them that comparison has less to say, so a full disk is no error here."""
    folder = place.store / "data" / workshop.files.hash
    part = place.store / "data.part"
    try:
        for path in (part, folder):
            shutil.rmtree(path, ignore_errors=True)
        workshop.files.write(part)
        folder.parent.mkdir(exist_ok=True)
        part.rename(folder)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)


def _prune(place: Place, cache: Cache) -> None:
    """Remove builds beyond the last few, and pages and data that no kept build needs."""
    place.prune()
    kept = [manifest for manifest in map(read_manifest, place.builds()) if manifest]
    cache.prune(entry.key for manifest in kept for entry in manifest.reports.values() if entry.key)
    data = {manifest.inputs.get("data", "") for manifest in kept}
    for folder in (place.store / "data").glob("*"):
        if folder.name not in data:
            shutil.rmtree(folder, ignore_errors=True)
