"""Runs a build for a terminal or a log: progress, one line per failure, the path of the index, the
exit code.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from psanalysis.errors import system_words
from psanalysis.extras import require
from psanalysis.lean import imports
from psanalysis.site.memory import spare_memory
from psanalysis.site.model import Failed
from psanalysis.site.project import Project
from psanalysis.site.watcher import Watcher
from psanalysis.terminal import complain, say
from psanalysis.wording import LANGUAGES

if TYPE_CHECKING:
    from psanalysis.site.brief_files import Wanted
    from psanalysis.site.fingerprint import Library
    from psanalysis.site.model import Runner
    from psanalysis.site.sources import Sources

DONE, SOME_FAILED = 0, 1
HOOK_SECONDS = 300
# of the ids in PSANALYSIS_FAILED: systems limit the environment of a command; its standard input
# has all ids
ID_BYTES = 32_768
# umask: others may not write to anything that a build makes
NOT_FOR_OTHERS = 0o022


def build_and_tell(
    project: Project,
    jobs: int,
    only: str | None,
    force: bool,
    scheduler: str | None,
    on_failure: str | None,
    on_change: str | None = None,
    wanted: Wanted | None = None,
) -> int:
    """Build a site; returns the exit code.

    Standard output gets the log and, last, the path of the index; standard error one line per
    failure.
    """
    from psanalysis.site.capacity import require_open_files
    from psanalysis.site.fingerprint import read_library
    from psanalysis.site.publish import Site
    from psanalysis.site.sources import Sources

    os.umask(os.umask(NOT_FOR_OTHERS) | NOT_FOR_OTHERS)
    require_open_files(jobs)
    sources, library = Sources(project), read_library()
    output = Site(project.output).output
    browser = wanted.require() if wanted else ""
    if not (wanted or only or force or scheduler is not None) and _nothing_changed(
        project, sources, library
    ):
        say(str(output / "index.html"))
        return DONE
    from psanalysis.site.pool import local_runner

    cluster = None if scheduler is None else _cluster(scheduler)
    with (
        _watcher() as watcher,
        nullcontext(cluster) if cluster else local_runner() as runner,
    ):
        spare_memory()
        with imports():
            from psanalysis.site.build import build
        summary = build(project, watcher, jobs, only, force, runner, sources, library)
    lines = [_line(name, failed) for name, failed in summary.failures.items()]
    for line in lines:
        complain(line)
    counts = f"{summary.built} built, {summary.kept} kept, {len(lines)} failed"
    _log(f"{counts}, in {summary.seconds:.0f} s" if summary.published else counts)
    if wanted:
        _beside(project, output, wanted, browser, only)
    failed = _some(list(summary.failures))
    if lines and on_failure:
        _run_hook(
            "--on-failure", on_failure, "".join(f"{line}\n" for line in lines), output, failed
        )
    if summary.published and summary.changed and on_change:
        _run_hook("--on-change", on_change, _digest(output), output, failed)
    say(str(output / "index.html"))
    return SOME_FAILED if lines else DONE


def _beside(project: Project, output: Path, wanted: Wanted, browser: str, only: str | None) -> None:
    """Make the wanted files beside the published site, in folders with its name and a suffix."""
    from psanalysis.datapackage.dataset import load
    from psanalysis.site import brief_files, local
    from psanalysis.site.manifest import read_manifest

    site = output.resolve()
    manifest, ds = read_manifest(site), load(project.data)
    if manifest and (wanted.pdf or wanted.docx):
        folder = output.with_name(output.name + brief_files.ENDING)
        for path in brief_files.briefs(site, manifest, ds, folder, wanted, browser, only):
            _log(str(path))
    if wanted.sources is not None:
        target = output.with_name(output.name + local.ENDING)
        count = local.local_copy(site, ds, wanted.sources, target)
        _log(f"{target / 'index.html'}: {count} sentences, not for publication")


def tell_steps(project: Project, only: str | None, force: bool) -> None:
    """Print what a build would do, why, and how much."""
    from psanalysis.site.fingerprint import read_library
    from psanalysis.site.sources import Sources

    sources, library = Sources(project), read_library()
    if not (only or force) and _nothing_changed(project, sources, library):
        return
    from psanalysis.site.build import survey
    from psanalysis.site.steps import reasons

    found = survey(project, only, force, sources, library)
    due = [step for step in found if step.due]
    for step in due:
        say(f"build {step.report.id}: {step.why}")
    total = f"{len(due)} of {len(found)} reports to build"
    say(f"{total}: {reasons(due)}" if due else total)


def _nothing_changed(project: Project, sources: Sources, library: Library) -> bool:
    """Whether the published site is up to date; prints a line if it is."""
    from psanalysis.site.publish import Site
    from psanalysis.site.quick import unchanged

    manifest = unchanged(sources, library, Site(project.output))
    if manifest:
        say(f"nothing changed: {len(manifest.reports)} reports are up to date")
    return manifest is not None


def _cluster(address: str) -> Runner:
    require("cluster")
    from psanalysis.site.cluster import cluster_runner

    return cluster_runner(address)


@contextmanager
def _watcher() -> Iterator[Watcher]:
    """Progress for a terminal, lines with the time of day for a log."""
    if not sys.stdout.isatty():
        yield Watcher(_log, lambda number, total, line: _log(f"[{number}/{total}] {line}"))
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(highlight=False), transient=True) as progress:
        bar = progress.add_task("reports", total=None)

        def done(number: int, total: int, line: str) -> None:
            progress.update(bar, completed=number, total=total, description=line.split(":")[0])
            if ": failed" in line:
                progress.console.print(line, markup=False)

        yield Watcher(lambda line: progress.console.print(line, markup=False), done)


def _log(line: str) -> None:
    say(f"{datetime.now():%H:%M:%S} {line}")


def _line(name: str, failed: Failed) -> str:
    where = f" in cell {failed.cell}" if failed.cell else ""
    return f"failed: {name}{where}: {failed.kind}: {failed.message}".rstrip()


def _digest(output: Path) -> str:
    """The changes in words, in each language."""
    from psanalysis.site.news import digest_name

    files = (output / digest_name(lang, "txt") for lang in LANGUAGES)
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _run_hook(option: str, command: str, text: str, output: Path, failed: str) -> None:
    """Run the user's command with a text on its standard input; a failure is only reported."""
    words = ""
    try:
        process = subprocess.Popen(
            command,
            shell=True,
            stdin=subprocess.PIPE,
            env=os.environ | {"PSANALYSIS_SITE": str(output), "PSANALYSIS_FAILED": failed},
            start_new_session=True,
        )
    except OSError as error:
        complain(f"{option} command cannot be run: {system_words(error)}")
        return
    try:
        process.communicate(text.encode(), HOOK_SECONDS)
        words = f"ended with code {process.returncode}" if process.returncode else ""
    except subprocess.TimeoutExpired:
        words = f"did not end within {HOOK_SECONDS} s and was stopped"
    finally:
        if process.poll() is None:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if words:
        complain(f"{option} command {words}")


def _some(names: list[str]) -> str:
    """Names separated by blanks, as many as an environment allows."""
    text = " ".join(names)
    return text if len(text) <= ID_BYTES else text[:ID_BYTES].rsplit(" ", 1)[0]
