"""The steps of a build, one for each report: what it reads, whether it is due, and why."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from psanalysis.site.cache import Cache
from psanalysis.site.manifest import Entry, Manifest
from psanalysis.site.model import Inputs, Report
from psanalysis.site.workshop import Workshop

REASON_WORDS = {
    "new": "new report",
    "notebook": "notebook changed",
    "parameters": "parameters changed",
    "data": "data changed",
    "library": "library changed",
    "environment": "lock file or versions changed",
}


@dataclass(frozen=True)
class Step:
    """The step that makes a page.

    Attributes
    ----------
    report
        The report of the page.
    key, hashes
        Of its inputs: the name of its entry in the cache, and the hash of each kind of input.
    changed
        Kinds of input that differ from those of the published page.
    why
        Why the page has to be made, in words; empty if it is in the cache.
    wanted
        False if the user asked for other pages only.
    """

    report: Report
    key: str
    hashes: Mapping[str, str]
    changed: tuple[str, ...]
    why: str
    wanted: bool = True

    @property
    def due(self) -> bool:
        """Whether it is to be run."""
        return self.wanted and bool(self.why)


def matches(report: Report, pattern: str | None) -> bool:
    """True if a report's id, notebook or slug fits a glob pattern."""
    return fits((report.id, report.notebook, report.slug), pattern)


def fits(names: Iterable[str], pattern: str | None) -> bool:
    """True if any of the names fits a glob pattern; without a pattern all do."""
    return pattern is None or any(fnmatchcase(name, pattern) for name in names)


def steps(
    workshop: Workshop, cache: Cache, published: Manifest | None, only: str | None, force: bool
) -> list[Step]:
    """A step for every report of the catalogue."""
    known = published.reports if published else {}
    found = []
    for report in workshop.catalog.reports:
        inputs, before = workshop.inputs(report.id), known.get(report.id)
        changed = _changed(inputs, before)
        why = _why(inputs, before, changed, cache, force)
        found.append(Step(report, inputs.key, inputs.hashes, changed, why, matches(report, only)))
    return found


def _changed(inputs: Inputs, before: Entry | None) -> tuple[str, ...]:
    """Kinds of input that differ from those of the published page."""
    if before is None or not before.key:
        return ("new",)
    return tuple(
        name
        for name in REASON_WORDS
        if name != "new" and before.hashes.get(name) != inputs.hashes[name]
    )


def _why(
    inputs: Inputs, before: Entry | None, changed: tuple[str, ...], cache: Cache, force: bool
) -> str:
    """Why a page has to be made, in words; empty if it is in the cache."""
    if before and before.failure and before.failure.get("key") == inputs.key:
        return "failed last time"
    if force:
        return "forced"
    if cache.label(inputs.key):
        return ""
    return ", ".join(REASON_WORDS[name] for name in changed) or "cache entry missing or damaged"


def longest_first(found: list[Step], published: Manifest | None) -> list[str]:
    """Ids of the due reports, those that took longest last time first. A new one is taken to be as
    long as the longest of its notebook; in a new notebook it comes first.
    """
    known = published.reports if published else {}
    alike: dict[str, float] = {}
    for entry in known.values():
        alike[entry.notebook] = max(entry.seconds, alike.get(entry.notebook, 0.0))

    def seconds(step: Step) -> float:
        entry = known.get(step.report.id)
        return entry.seconds if entry else alike.get(step.report.notebook, math.inf)

    return [
        step.report.id
        for step in sorted((step for step in found if step.due), key=seconds, reverse=True)
    ]


def reasons(due: Sequence[Step]) -> str:
    """The reasons why steps are due, with their numbers, the most frequent first: `16 data changed,
    2 new report`.
    """
    counts = Counter(step.why for step in due)
    return ", ".join(f"{count} {why}" for why, count in counts.most_common())
