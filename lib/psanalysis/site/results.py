"""The results of the steps of a build: finished pages, and an entry of the manifest for each
report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from psanalysis.site.cache import Cache, Label
from psanalysis.site.manifest import Entry
from psanalysis.site.model import Built, Failed, Report
from psanalysis.site.steps import Step


@dataclass(frozen=True)
class Shelf:
    """Finished pages: those in the cache, and in memory those that the cache could not store."""

    cache: Cache
    unsaved: dict[str, Built]

    def get(self, key: str) -> Built | None:
        return self.unsaved.get(key) or (self.cache.get(key) if key else None)

    def label(self, key: str) -> Label | None:
        page = self.unsaved.get(key)
        return (
            Label(str(page.facts["title"]), page.seconds)
            if page
            else self.cache.label(key)
            if key
            else None
        )


@dataclass(frozen=True)
class Result:
    """The result of a step: its entry in the manifest (none if there is no page to show), and its
    failure.
    """

    report: Report
    entry: Entry
    failed: Failed | None = None


def results(
    found: Sequence[Step],
    made: Mapping[str, float],
    failures: Mapping[str, Failed],
    shelf: Shelf,
    before: Mapping[str, Entry],
    published: Path | None,
    now: str,
) -> list[Result]:
    """Entry of every report that has a page or a failure to show.

    Parameters
    ----------
    found
        The steps.
    made, failures
        By id: seconds of the reports that were built now, and failures of others.
    before, published, now
        Entries and folder of the published build; the time of this one.
    """
    listed = []
    for step in found:
        report, old, failed = step.report, before.get(step.report.id), failures.get(step.report.id)
        label = None if failed else shelf.label(step.key)
        trouble = (
            {"kind": failed.kind, "message": failed.message, "cell": failed.cell, "key": step.key}
            if failed
            else None
        )
        if label:
            since = old.since if old and old.key == step.key and old.since else now
            way, seconds = (
                ("built", made[report.id]) if report.id in made else ("kept", label.seconds)
            )
            known = {
                "title": label.title,
                "key": step.key,
                "hashes": step.hashes,
                "made": way,
                "seconds": round(seconds, 3),
                "since": since,
            }
            listed.append(Result(report, Entry.of(report, **known)))
        elif (
            old
            and old.status != "failed"
            and (shelf.label(old.key) or (published and (published / old.path).is_file()))
        ):
            listed.append(
                Result(
                    report,
                    replace(old, status="stale", made="kept", failure=trouble, path=report.path),
                    failed,
                )
            )
        elif failed:
            entry = Entry.of(
                report,
                hashes=step.hashes,
                status="failed",
                seconds=round(failed.seconds, 3),
                failure=trouble,
            )
            listed.append(Result(report, entry, failed))
    return listed
