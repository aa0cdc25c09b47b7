"""The files of a site: every page with its links, failure pages, index, changes, manifest."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from psanalysis.report.facets import Codes
from psanalysis.report.kinds import kind_of
from psanalysis.site.against_published import Changes
from psanalysis.site.ahead import Prepared
from psanalysis.site.background import in_order
from psanalysis.site.changes_page import changes_page
from psanalysis.site.downloads import Download, all_downloads
from psanalysis.site.front import front_of, overview_path
from psanalysis.site.manifest import NAME, Entry, Manifest, history
from psanalysis.site.model import Report
from psanalysis.site.neighbours import neighbours
from psanalysis.site.news import news_files
from psanalysis.site.reference import FIRST_PAGE
from psanalysis.site.rendering import failure_page, index_page
from psanalysis.site.results import Result, Shelf
from psanalysis.site.slots import changes_name, fill, index_name
from psanalysis.site.steps import Workshop
from psanalysis.wording import LANGUAGES

NOTHING: Mapping[str, bytes] = MappingProxyType({})


def site_files(
    workshop: Workshop,
    listed: Sequence[Result],
    changes: Changes,
    shelf: Shelf,
    published: Path | None,
    manifest: Manifest,
    previous: Manifest | None,
    ready: Prepared,
    reference: Sequence[tuple[str, bytes]] = (),
    beside: Mapping[str, bytes] = NOTHING,
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the site, the manifest last; `beside` are further files of
    the zip of the data.
    """
    yield from reference
    shown = [result.report for result in listed if result.entry.status != "failed"]
    around = neighbours(shown, {result.report.id: result.entry.title for result in listed})
    there = {report.path for report in shown}
    folders = {path.partition("/")[0] for path in there}
    # a form lies beside its page
    yield from (form for form in ready.forms if form[0].partition("/")[0] in folders)
    entries: dict[str, Entry] = {}
    codes, taken = Codes(workshop.ds), list[Download]()

    def filled(result: Result) -> bytes:
        report, entry = result.report, result.entry
        if entry.status == "failed":
            return b""
        stale = entry.since[:10] if result.failed else ""
        way = _way(codes, report, there)
        return fill(_page(entry, shelf, published), report, around[report.id], stale, there, way)

    for result, page in zip(listed, in_order(filled, listed), strict=True):
        report, entry = result.report, result.entry
        if page:
            entry = entry.published(page)
            yield report.path, page
        if result.failed:
            yield (
                report.failure_path,
                failure_page(
                    workshop.ds,
                    report,
                    result.failed,
                    entry.title if entry.status == "stale" else "",
                ),
            )
        entries[report.id] = entry
    for kind, path, content in all_downloads(
        workshop.ds, workshop.files, beside, ready.book, ready.tables
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
    """Path and name of the pages above a report, as far as the site has them."""
    above = kind_of(report.notebook).above(codes, report.parameters, report.lang)
    paths = ((address.removeprefix("../"), name) for address, name in above)
    return [(path, name) for path, name in paths if path in there]


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
