"""The files of a site: every page with its links, failure pages, index, changes, manifest."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.addresses import domain_page
from psanalysis.report.form_files import form_files
from psanalysis.report.kinds import kind_of
from psanalysis.report.parameters import Codes
from psanalysis.site import changes as diff
from psanalysis.site.cache import Cache, Label
from psanalysis.site.datafiles import DataFiles
from psanalysis.site.downloads import Download, all_downloads
from psanalysis.site.front import front_of, overview_path
from psanalysis.site.manifest import NAME, Entry, Manifest, history
from psanalysis.site.model import Built, Failed, Report
from psanalysis.site.neighbours import neighbours
from psanalysis.site.news import news_files
from psanalysis.site.reference import FIRST_PAGE
from psanalysis.site.rendering import Changes, changes_page, failure_page, index_page
from psanalysis.site.slots import changes_name, fill, index_name
from psanalysis.site.steps import REASON_WORDS, Step, Workshop
from psanalysis.wording import LANGUAGES

NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Shelf:
    """Finished pages: the cache, and in memory what the cache could not take."""

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
    """What became of a step: the entry of the manifest, and the failure where there is one; no entry where there is nothing to show."""

    report: Report
    entry: Entry
    failed: Failed | None = None


def results(found: Sequence[Step], made: Mapping[str, float], failures: Mapping[str, Failed], shelf: Shelf, before: Mapping[str, Entry],
            published: Path | None, now: str) -> list[Result]:  # fmt: skip
    """Entry of every report that has a page or a failure to show.

    Parameters
    ----------
    found
        The steps.
    made, failures
        By id: seconds of the reports that were built now, and why others were not.
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


def data_changes(ds: Dataset, files: DataFiles, previous: Manifest | None, kept: Path) -> Changes:
    """What differs in the data from those of the published build, which lie under their hash in the folder `kept`."""
    if previous is None:
        return Changes(first=True)
    known = previous.inputs.get("data", "")
    if known == files.hash:
        return Changes()
    old = diff.stored_data(kept / known, known)
    if old is None:
        return Changes(lost=True)
    schema = old[DESCRIPTOR] != files.content(DESCRIPTOR)
    rows = diff.row_changes(old, files, ds.package)
    return Changes(schema=schema, rows=rows, statuses=diff.status_changes(kept / known, ds, rows))


def compare(
    listed: Sequence[Result], previous: Manifest | None, shelf: Shelf, data: Changes
) -> Changes:
    """What differs from the published build, given what differs in the data."""
    if previous is None:
        return data
    reports: list[diff.ReportChange] = []
    numbers: list[diff.NumberChange] = []
    for result in listed:
        old, entry = previous.reports.get(result.report.id), result.entry
        reasons, same = _reasons(old, entry), False
        if old and old.key and entry.key and old.key != entry.key:
            was, now = shelf.get(old.key), shelf.get(entry.key)
            if was and now:
                same = was.facts["shown"] == now.facts["shown"]
                numbers += diff.number_changes(result.report.id, was.facts, now.facts)
        if reasons:
            reports.append(diff.ReportChange(result.report.id, reasons, same))
    present = {result.report.id for result in listed}
    reports += [
        diff.ReportChange(name, ("removed",)) for name in previous.reports if name not in present
    ]
    return replace(data, since=previous.published, reports=reports, numbers=numbers)


def _reasons(old: Entry | None, entry: Entry) -> tuple[str, ...]:
    if entry.failure:
        return ("failed",) if not (old and old.failure) else ()
    if old is None or not old.key:
        return ("new",)
    if old.key != entry.key:
        return tuple(
            name for name in REASON_WORDS if old.hashes.get(name) != entry.hashes.get(name)
        )
    return ("recovered",) if old.status != "current" and entry.status == "current" else ()


def site_files(workshop: Workshop, listed: Sequence[Result], changes: Changes, shelf: Shelf, published: Path | None, manifest: Manifest,
               previous: Manifest | None, reference: Sequence[tuple[str, bytes]] = (), beside: Mapping[str, bytes] = NOTHING) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """Path and content of every file of the site, the manifest last; `beside` goes into the zip of the data."""
    yield from reference
    yield from form_files(
        workshop.ds, [one.report.path for one in listed if one.entry.status != "failed"]
    )
    shown = [result.report for result in listed if result.entry.status != "failed"]
    around = neighbours(shown, {result.report.id: result.entry.title for result in listed})
    there = {report.path for report in shown}
    entries: dict[str, Entry] = {}
    codes, taken = Codes(workshop.ds), list[Download]()
    for result in listed:
        report, entry = result.report, result.entry
        if entry.status != "failed":
            stale = entry.since[:10] if result.failed else ""
            page = fill(
                _page(entry, shelf, published),
                report,
                around[report.id],
                stale,
                there,
                _way(codes, report, there),
            )
            entry = entry.published(page)
            yield report.path, page
        if result.failed:
            yield report.failure_path, failure_page(report, result.failed, entry.status == "stale")
        entries[report.id] = entry
    for kind, path, content in all_downloads(
        workshop.ds, workshop.files, beside, published if _same(previous, manifest) else None
    ):
        if kind:
            taken.append(Download(kind, path, len(content)))
        yield path, content
    yield from news_files(workshop.ds, workshop.files.hash, changes, published)
    items = [
        (
            result.report,
            entries[result.report.id],
            kind_of(result.report.notebook).facets(
                codes, result.report.parameters, workshop.plans_read(result.report)
            ),
        )
        for result in listed
    ]
    known = {report.id: (report, entry) for report, entry, _ in items}
    for lang in LANGUAGES:
        yield (
            index_name(lang),
            index_page(
                workshop.ds,
                lang,
                items,
                FIRST_PAGE if reference else "",
                front_of(_front(lang, listed, shelf, published), there),
                taken,
            ),
        )
        yield changes_name(lang), changes_page(workshop.ds, lang, changes, known)
    yield NAME, replace(manifest, reports=entries, history=history(previous)).to_json()


def _way(codes: Codes, report: Report, there: Container[str]) -> list[tuple[str, str]]:
    """The page of the domain that an indicator belongs to."""
    domain = codes.domain_of.get(str(report.parameters.get("indicator_id", "")), "")
    path = domain_page(domain, report.lang).removeprefix("../")
    if not domain or path not in there:
        return []
    names = codes.ds.domains.set_index("domain_id")[f"name_{report.lang}"]
    return [(path, str(names[domain]))]


def _same(previous: Manifest | None, manifest: Manifest) -> bool:
    """Whether the published site was made of the same data by the same library."""
    return previous is not None and previous.inputs == manifest.inputs


def _front(
    lang: str, listed: Sequence[Result], shelf: Shelf, published: Path | None
) -> bytes | None:
    """The overview page in a language, if the site has one."""
    path = overview_path(lang)
    for result in listed:
        if result.report.path == path and result.entry.status != "failed":
            return _page(result.entry, shelf, published)
    return None


def _page(entry: Entry, shelf: Shelf, published: Path | None) -> bytes:
    built = shelf.get(entry.key)
    if built:
        return built.page
    assert published is not None
    return (published / entry.path).read_bytes()
