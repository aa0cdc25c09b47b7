"""Renders index and failure pages with Jinja2, and the values that all templates get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.markup import unbroken
from psanalysis.report.facets import EVERY
from psanalysis.report.frames import names
from psanalysis.report.kinds import kind_of
from psanalysis.report.parameters import PARAMETERS
from psanalysis.report.periods import as_of_line
from psanalysis.site.assets import LANGUAGE_TAGS, SCRIPT_WORDS, policy, script, style, templates
from psanalysis.site.downloads import Download
from psanalysis.site.manifest import Entry
from psanalysis.site.model import Failed, Report
from psanalysis.site.search import indicators, search_index
from psanalysis.site.slots import changes_name, feed_name, index_name
from psanalysis.wording import LANGUAGES, say

INDEX, CHANGES = "index.html.j2", "changes.html.j2"
DIGESTS = {"txt": "digest.txt.j2", "html": "digest.html.j2"}
SCRIPTS = {INDEX: ("search.js",)}
# tables with names of the subjects of pages, besides those of plans
NAMED = (("indicators", "indicator_id"), ("domains", "domain_id"), ("areas", "area_id"))


def _markup(name: str | None) -> bool:
    return not (name or "").endswith(".txt.j2")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates()),
        autoescape=_markup,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def compile_templates() -> None:
    """Compile the templates, which takes longer than rendering them."""
    for name in (INDEX, CHANGES, *DIGESTS.values()):
        _environment().get_template(name)


def render(name: str, lang: str, **known: Any) -> bytes:
    """A template rendered in a language, with the values for all pages (policy, style, scripts)."""
    up = "" if name in (INDEX, CHANGES) else "../"
    further = SCRIPTS.get(name, ())
    common = {
        "lang": lang,
        "language_tag": LANGUAGE_TAGS[lang],
        "policy": policy(up, *further),
        "style": Markup(style(up)),
        "script": Markup(script(*further)),
        "script_words": SCRIPT_WORDS,
        "say": lambda key, **values: say(key if "." in key else f"site.{key}", lang, **values),
        "index_name": index_name,
        "changes_name": changes_name,
        "feed_name": feed_name(lang),
        "languages": LANGUAGES,
    }
    return _environment().get_template(name).render(**common, **known).encode()


def index_page(
    ds: Dataset,
    lang: str,
    reports: Sequence[tuple[Report, Entry, Mapping[str, str]]],
    reference: str = "",
    front: Markup = Markup(""),  # noqa: B008
    downloads: Sequence[Download] = (),
) -> bytes:
    """The index in a language: search, filters, every report under its notebook, downloads, and a
    link to the API reference if there is one.
    """
    groups: dict[str, list[tuple[Report, Entry, Mapping[str, str]]]] = {}
    for item in reports:
        groups.setdefault(item[0].notebook, []).append(item)
    titles = {name: kind_of(name).kind_title(lang) or name for name in groups}
    used = {
        name: {code for *_, facet in reports for code in facet[name].split()}
        for name in ("city", "domain")
    }
    cities = [
        (row.area_id, getattr(row, f"name_{lang}"))
        for row in ds.areas.itertuples()
        if used["city"] & {row.area_id, EVERY}
    ]
    domains = [
        (row.domain_id, getattr(row, f"name_{lang}"))
        for row in ds.domains.itertuples()
        if row.domain_id in used["domain"]
    ]
    failures = [(report, entry) for report, entry, _ in reports if entry.failure]
    spoken = {report.lang for report, *_ in reports}
    there = {report.path for report, entry, _ in reports if entry.status != "failed"}
    found = indicators(ds, lang, there)
    other = _other_pages(reports, lang)
    targets = int((ds.statements["role"] == "target").sum())
    about = say("site.about", lang, plans=len(ds.plans), targets=targets) + say("front.about", lang)
    return render(
        INDEX, lang, groups=groups, titles=titles, cities=cities, domains=domains,
        failures=failures, spoken=spoken,
        reference=reference, front=front, found=found, downloads=downloads,
        about=Markup(unbroken(about + as_of_line(ds, lang))),
        index=Markup(search_index(ds, lang, there, found, other)),
    )  # fmt: skip


def _other_pages(
    reports: Sequence[tuple[Report, Entry, Mapping[str, str]]], lang: str
) -> list[tuple[str, str]]:
    """Title and path of the pages in a language that are not about one plan, indicator or domain;
    the search finds those by their subjects.
    """
    subjects = {one.name for one in PARAMETERS.values() if one.subject}
    return [
        (entry.title, report.path)
        for report, entry, _ in reports
        if report.lang == lang
        and entry.status != "failed"
        and not subjects & set(report.parameters)
    ]


def failure_page(ds: Dataset, report: Report, failed: Failed, title: str = "") -> bytes:
    """The page of a report that failed: which page it is and what happened, in plain words; in
    closed sections cell, traceback, parameters and log.

    Parameters
    ----------
    ds
        The data set, for the name of the page's subject.
    report, failed
        The report, and why it failed.
    title
        Title of the last page that was made and is still published; empty if there is none.
    """
    return render(
        "failure.html.j2", report.lang, report=report, failed=failed, last_good=bool(title),
        page_title=title or _named(ds, report),
    )  # fmt: skip


def _named(ds: Dataset, report: Report) -> str:
    """The title of a page that was never made: its kind, and the names of its parameters."""
    lang, of = report.lang, report.parameters
    subjects = [plan_title(ds, of["plan_id"], lang)] if "plan_id" in of else []
    subjects += [names(ds, table, key, lang)[of[key]] for table, key in NAMED if key in of]
    kind = kind_of(report.notebook).kind_title(lang)
    if not subjects:
        return kind
    listed = say("punctuation.item", lang).join(subjects)
    return say("site.failed_page", lang, kind=kind, subjects=listed)
