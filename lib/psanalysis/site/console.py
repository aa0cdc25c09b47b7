"""A build as it is seen from a terminal or a log: progress, one line a failure, the path of the index, the exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType

from psanalysis.lean import imports
from psanalysis.site.errors import SiteError
from psanalysis.site.memory import spare_memory
from psanalysis.site.model import Failed
from psanalysis.site.project import Project
from psanalysis.site.watcher import Watcher

DONE, SOME_FAILED = 0, 1
HOOK_SECONDS = 300


def build_and_tell(
    project: Project,
    jobs: int,
    only: str | None,
    force: bool,
    scheduler: str | None,
    on_failure: str | None,
) -> int:
    """Build a site; the exit code.

    Standard output gets the log and, last, the path of the index; standard error one line a failure.
    """
    from psanalysis.site.fingerprint import read_library
    from psanalysis.site.publish import Place
    from psanalysis.site.sources import Sources

    sources, library = Sources(project), read_library()
    if not (only or force or scheduler):
        from psanalysis.site.quick import unchanged

        place = Place(project.output)
        manifest = unchanged(sources, library, place)
        if manifest:
            _say(f"nothing changed: {len(manifest.reports)} reports are up to date")
            _say(str(place.output / "index.html"))
            return DONE
    from psanalysis.site.pool import warm

    _end_on_terminate()
    with _watcher() as watcher, nullcontext(_cluster(scheduler)) if scheduler else warm() as runner:
        spare_memory()
        with imports():
            from psanalysis.site.build import build
        summary = build(project, watcher, jobs, only, force, runner, sources, library)
    for name, failed in summary.failures.items():
        print(_line(name, failed), file=sys.stderr, flush=True)
    _say(f"{summary.built} built, {summary.kept} kept, {len(summary.failures)} failed")
    output = Place(project.output).output
    if summary.failures and on_failure:
        _run_hook(on_failure, summary.failures, output)
    _say(str(output / "index.html"))
    return SOME_FAILED if summary.failures else DONE


def _cluster(address: str):  # type: ignore[no-untyped-def]
    try:
        from psanalysis.site.cluster import cluster_runner
    except ImportError:
        raise SiteError(
            "--scheduler: builds on a cluster need the package distributed -> install it, or build without --scheduler"
        ) from None
    return cluster_runner(address)


@contextmanager
def _watcher() -> Iterator[Watcher]:
    """Progress for a terminal, plain lines for a log."""
    if not sys.stdout.isatty():
        yield Watcher(_say, lambda number, total, line: _say(f"[{number}/{total}] {line}"))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(highlight=False), transient=True) as progress:
        bar = progress.add_task("reports", total=None)

        def done(number: int, total: int, line: str) -> None:
            progress.update(bar, completed=number, total=total, description=line.split(":")[0])
            if ": failed" in line:
                progress.console.print(line, markup=False)

        yield Watcher(lambda line: progress.console.print(line, markup=False), done)


def _say(line: str) -> None:
    print(line, flush=True)


def _line(name: str, failed: Failed) -> str:
    where = f" in cell {failed.cell}" if failed.cell else ""
    return f"failed: {name}{where}: {failed.kind}: {failed.message}".rstrip()


def _run_hook(command: str, failures: Mapping[str, Failed], output: Path) -> None:
    """Run the user's command with the failures on its standard input; that it fails is said and changes nothing."""
    text = "".join(f"{_line(name, failed)}\n" for name, failed in failures.items())
    known = os.environ | {"PSANALYSIS_SITE": str(output), "PSANALYSIS_FAILED": " ".join(failures)}
    try:
        code = subprocess.run(
            command, shell=True, input=text, text=True, env=known, timeout=HOOK_SECONDS, check=False
        ).returncode
        words = f"ended with code {code}" if code else ""
    except subprocess.TimeoutExpired:
        words = f"did not end within {HOOK_SECONDS} s and was stopped"
    if words:
        print(f"--on-failure command {words}", file=sys.stderr, flush=True)


def _end_on_terminate() -> None:
    """A polite request to end becomes an orderly exit, so that workers and temporary files go too."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
