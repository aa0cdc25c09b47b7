"""One build: look what is due, build it, publish all of it at once, say what happened."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from psanalysis.errors import system_words
from psanalysis.site.assemble import Shelf, compare, data_changes, results, site_files
from psanalysis.site.cache import Cache
from psanalysis.site.catalog import read_catalog
from psanalysis.site.changes import keeps_data
from psanalysis.site.datafiles import load_with_files
from psanalysis.site.errors import SiteError
from psanalysis.site.fingerprint import environment_hash, library_hash, library_stamp, versions
from psanalysis.site.lock import held
from psanalysis.site.manifest import Manifest, read_manifest
from psanalysis.site.model import Built, Failed, Runner
from psanalysis.site.pages import Changes, compile_templates
from psanalysis.site.pool import run_local
from psanalysis.site.project import Project, quick_fingerprint
from psanalysis.site.publish import Place
from psanalysis.site.quick import unchanged
from psanalysis.site.state import Task, Workshop, longest_first, matches, named_files, tasks
from psanalysis.site.watcher import Watcher


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


def open_workshop(project: Project) -> Workshop:
    """Load data and catalogue of a project.

    Raises
    ------
    DataError, CatalogError
        If either is faulty; nothing has been written then.
    """
    ds, files = load_with_files(project.data)
    catalog = read_catalog(project.catalog, project.notebooks, ds)
    return Workshop(project, ds, files, catalog, library_hash(), environment_hash(project.root))


def survey(project: Project, only: str | None = None, force: bool = False) -> list[Task]:
    """What a build would do, without doing it."""
    place = Place(project.output)
    found = tasks(
        open_workshop(project),
        Cache(place.store / "cache"),
        read_manifest(place.current()),
        only,
        force,
    )
    return [task for task in found if task.wanted]


def build(
    project: Project,
    watcher: Watcher,
    jobs: int,
    only: str | None = None,
    force: bool = False,
    runner: Runner = run_local,
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
    place.prepare()
    with held(place.store / "lock"):
        manifest = None if force or only else unchanged(project, place)
        current = place.current()
        if manifest and current:
            return Summary(current, 0, len(manifest.reports), published=False)
        try:
            place.prune()
            return _build(project, place, watcher, jobs, only, force, runner)
        except OSError as error:
            where = error.filename or project.output
            raise SiteError(
                f"{where}: {system_words(error)}; the published site is as it was -> make room or check the permissions"
            ) from None


def _build(
    project: Project,
    place: Place,
    watcher: Watcher,
    jobs: int,
    only: str | None,
    force: bool,
    runner: Runner,
) -> Summary:
    started, stamp = monotonic(), library_stamp()
    workshop = open_workshop(project)
    if not any(matches(report, only) for report in workshop.catalog.reports):
        raise SiteError(
            f"--only {only}: fits no report of the catalogue -> `psanalysis list reports` names them"
        )
    files = named_files(workshop.catalog)
    quick = quick_fingerprint(project, workshop.library, workshop.environment, files)
    cache, published = Cache(place.store / "cache"), place.current()
    previous = read_manifest(published)
    found = tasks(workshop, cache, previous, only, force)
    shelf, seconds, failures = Shelf(cache, {}), {}, {}
    order = longest_first(found, previous)
    watcher.log(f"{len(order)} of {len(found)} reports to build")
    keys = {task.report.id: task.key for task in found}
    scratch = Path(tempfile.mkdtemp(prefix="psanalysis-"))
    ahead = functools.cache(lambda: _ahead(workshop, previous, place.store / "data"))
    try:
        for name, outcome in runner(order, workshop.given, jobs, scratch):
            if library_stamp() != stamp:
                raise SiteError(
                    "the library's source was edited during the build -> run the build again"
                )
            if isinstance(outcome, Built):
                seconds[name] = outcome.seconds
                _store(shelf, keys[name], outcome, watcher)
                line = f"{name}: built in {outcome.seconds:.1f} s"
            else:
                failures[name] = outcome
                line = f"{name}: failed after {outcome.seconds:.1f} s"
            done = len(seconds) + len(failures)
            watcher.done(done, len(order), line)
            if (
                done == len(order) - 1
            ):  # while the last report runs, the other cores have nothing to do
                ahead()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    listed = results(
        found, seconds, failures, shelf, previous.reports if previous else {}, published, now
    )
    changes = compare(listed, previous, shelf, ahead())
    inputs = {
        "data": workshop.files.hash,
        "library": workshop.library,
        "environment": workshop.environment,
    }
    inputs |= {"quick": quick, "files": "\n".join(files)}
    number = 1 + (previous.build if previous else 0)
    manifest = Manifest(number, now, round(monotonic() - started, 3), inputs, versions(), {})
    if not keeps_data(place.store / "data" / workshop.files.hash, workshop.files):
        _keep_data(place, workshop)
    folder = place.publish(
        site_files(workshop, listed, changes, shelf, published, manifest, previous)
    )
    _prune(place, cache)
    return Summary(folder, len(seconds), len(listed) - len(seconds) - len(failures), failures)


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
