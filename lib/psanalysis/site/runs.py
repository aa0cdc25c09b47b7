"""Runs the steps of a build that are due, and stores each page in the cache."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from psanalysis.errors import system_words
from psanalysis.site.model import Built, Failed, Runner
from psanalysis.site.results import Shelf
from psanalysis.site.steps import Step
from psanalysis.site.watcher import Watcher
from psanalysis.site.workshop import Workshop
from psanalysis.site.workspace import workspace


def run(
    workshop: Workshop,
    found: list[Step],
    order: list[str],
    shelf: Shelf,
    watcher: Watcher,
    jobs: int,
    runner: Runner,
) -> tuple[dict[str, float], dict[str, Failed]]:
    """Run the steps that are due; returns by id the seconds of the pages that were made, and the
    failures of others.
    """
    seconds: dict[str, float] = {}
    failures: dict[str, Failed] = {}
    keys = {step.report.id: step.key for step in found}
    scratch = Path(tempfile.mkdtemp(prefix="s-", dir=workspace()))
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
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return seconds, failures


def _store(shelf: Shelf, key: str, built: Built, watcher: Watcher) -> None:
    """Put a page into the cache, or keep it in memory if the cache is not writable."""
    try:
        shelf.cache.put(key, built)
    except OSError as error:
        shelf.unsaved[key] = built
        watcher.log(f"warning: cache not written: {system_words(error)}")
