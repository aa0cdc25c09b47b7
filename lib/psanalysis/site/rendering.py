"""Index, page of changes and failure pages: Jinja2 templates over what a build knows."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import document_titles, plan_title
from psanalysis.report.addresses import indicator_page, plan_page, statements_page
from psanalysis.report.frames import names
from psanalysis.report.kinds import kind_of
from psanalysis.report.page import EVERY
from psanalysis.report.parameters import PARAMETERS
from psanalysis.report.periods import as_of_line
from psanalysis.report.provenance import row_id
from psanalysis.site.against_published import Changes
from psanalysis.site.assets import LANGUAGE_TAGS, SCRIPT_WORDS, policy, script, style, templates
from psanalysis.site.changes import NumberChange, ReportChange, StatusChange
from psanalysis.site.downloads import Download
from psanalysis.site.manifest import Entry
from psanalysis.site.model import Failed, Report
from psanalysis.site.search import indicators, search_index
from psanalysis.site.slots import changes_name, feed_name, index_name
from psanalysis.wording import LANGUAGES, say

LISTED = 500
LISTED_PER_REPORT = 20
INDEX, CHANGES = "index.html.j2", "changes.html.j2"
DIGESTS = {"txt": "digest.txt.j2", "html": "digest.html.j2"}
SCRIPTS = {INDEX: ("search.js",)}
# tables whose names, besides those of plans, say what a page is about
NAMED = (("indicators", "indicator_id"), ("domains", "domain_id"), ("areas", "area_id"))


def _markup(name: str | None) -> bool:
    return not (name or "").endswith(".txt.j2")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates()), autoescape=_markup, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip


def compile_templates() -> None:
    """Make the templates ready to use, which takes longer than to use them."""
    for name in (INDEX, CHANGES, *DIGESTS.values()):
        _environment().get_template(name)


def render(name: str, lang: str, **known: Any) -> bytes:
    """A template in one language, with what every page has: its policy, style and scripts."""
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
    """The index in a language: search, filters, every report under its notebook, the files to take away, and the path of the API reference if there is one."""
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
        INDEX, lang, groups=groups, titles=titles, cities=cities, domains=domains, failures=failures, spoken=spoken,
        reference=reference, front=front, found=found, downloads=downloads,
        about=about + as_of_line(ds, lang), index=Markup(search_index(ds, lang, there, found, other)),
    )  # fmt: skip


def _other_pages(
    reports: Sequence[tuple[Report, Entry, Mapping[str, str]]], lang: str
) -> list[tuple[str, str]]:
    """Title and path of the pages in a language that are not about one plan, indicator or domain: the search knows these by their subjects."""
    subjects = {one.name for one in PARAMETERS.values() if one.subject}
    return [
        (entry.title, report.path)
        for report, entry, _ in reports
        if report.lang == lang
        and entry.status != "failed"
        and not subjects & set(report.parameters)
    ]


def changes_page(
    ds: Dataset, lang: str, changes: Changes, known: Mapping[str, tuple[Report, Entry]]
) -> bytes:
    """The page of changes in a language."""
    names = names_of(ds, lang)
    numbers = _in_language(lang, changes.numbers, known)
    rows: dict[str, Sequence[object]] = {
        "rows": changes.rows,
        "statuses": changes.statuses,
        "reports": _in_languages(
            lang, [change for change in changes.reports if not change.same], known
        ),
        "same": _in_languages(lang, [change for change in changes.reports if change.same], known),
        "numbers": numbers,
    }
    counts = {name: len(listed) for name, listed in rows.items()}
    shown = {
        name: listed[:LISTED]
        for name, listed in (rows | {"numbers": _some_of_each(numbers)}).items()
    }
    more = {name: counts[name] - len(listed) for name, listed in shown.items()}
    since = f"{changes.since[:10]} {changes.since[11:16]} UTC"
    return render(
        CHANGES, lang, changes=changes, shown=shown, more=more, counts=counts, names=names, known=known, since=since,
        ways=_ways(lang, shown["statuses"], {report.path for report, entry in known.values() if entry.status != "failed"}),
    )  # fmt: skip


def _ways(lang: str, statuses: Sequence[object], there: Container[str]) -> dict[str, str]:
    """Paths of the pages about plans and indicators, and of rows of statements, by their codes; only of pages that the site has."""
    found = {}
    for change in statuses:
        if not isinstance(change, StatusChange):
            continue
        page = statements_page(change.plan_id, lang)
        for code, path in (
            (change.plan_id, plan_page(change.plan_id, lang)),
            (change.indicator_id, indicator_page(change.indicator_id, lang)),
            (change.statement_id, f"{page}#{row_id(change.statement_id)}"),
        ):
            if path.removeprefix("../").partition("#")[0] in there:
                found[code] = path.removeprefix("../")
    return found


def names_of(ds: Dataset, lang: str) -> dict[str, dict[str, str]]:
    """What plans and indicators are called, by their codes."""
    return {
        "plan": document_titles(ds, lang).to_dict(),
        "indicator": ds.indicators.set_index("indicator_id")[f"name_{lang}"].to_dict(),
    }


Known = Mapping[str, tuple[Report, Entry]]


def _in_languages(
    lang: str, changes: Sequence[ReportChange], known: Known
) -> list[tuple[list[str], tuple[str, ...]]]:
    """Reports with their reasons, the languages of one together, that of the page first."""
    rows: dict[Any, list[str]] = {}
    for change in changes:
        report = known[change.id][0] if change.id in known else None
        rows.setdefault((report.family if report else change.id, change.reasons), []).append(
            change.id
        )
    order: Callable[[str], bool] = lambda name: name in known and known[name][0].lang != lang  # noqa: E731
    return [(sorted(ids, key=order), reasons) for (_, reasons), ids in rows.items()]


def _in_language(lang: str, changes: Sequence[NumberChange], known: Known) -> list[NumberChange]:
    """Changes without those that the page of the same report in this language has as well."""
    families = {
        known[change.report][0].family
        for change in changes
        if change.report in known and known[change.report][0].lang == lang
    }
    other = {
        name
        for name, (report, _) in known.items()
        if report.lang != lang and report.family in families
    }
    return [change for change in changes if change.report not in other]


def _some_of_each(numbers: Sequence[NumberChange]) -> list[NumberChange]:
    """The first changes of every report."""
    kept: list[NumberChange] = []
    count: dict[str, int] = {}
    for change in numbers:
        count[change.report] = count.get(change.report, 0) + 1
        if count[change.report] <= LISTED_PER_REPORT:
            kept.append(change)
    return kept


def failure_page(ds: Dataset, report: Report, failed: Failed, title: str = "") -> bytes:
    """Why a report failed: in plain words which page it is and what happened; closed, cell, traceback, parameters, log.

    Parameters
    ----------
    ds
        The data set: what the page is about is named by it.
    report, failed
        The page, and why it was not made.
    title
        Of the last page that was made and is still published; empty if there is none.
    """
    return render(
        "failure.html.j2", report.lang, report=report, failed=failed, last_good=bool(title),
        page_title=title or _named(ds, report),
    )  # fmt: skip


def _named(ds: Dataset, report: Report) -> str:
    """What a page is about that was never made: its kind, and what its parameters name."""
    lang, of = report.lang, report.parameters
    subjects = [plan_title(ds, of["plan_id"], lang)] if "plan_id" in of else []
    subjects += [names(ds, table, key, lang)[of[key]] for table, key in NAMED if key in of]
    kind = kind_of(report.notebook).kind_title(lang)
    if not subjects:
        return kind
    listed = say("punctuation.item", lang).join(subjects)
    return say("site.failed_page", lang, kind=kind, subjects=listed)
