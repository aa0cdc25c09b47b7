"""The page of what changed since the last build: figures, statuses, pages, in one language."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.titles import document_titles
from psanalysis.report.addresses import indicator_page, plan_page, statements_page
from psanalysis.report.provenance import row_id
from psanalysis.site.against_published import Changes
from psanalysis.site.changes import NumberChange, ReportChange, StatusChange
from psanalysis.site.manifest import Entry
from psanalysis.site.model import Report
from psanalysis.site.rendering import CHANGES, render

LISTED = 500
LISTED_PER_REPORT = 20
Known = Mapping[str, tuple[Report, Entry]]


def changes_page(ds: Dataset, lang: str, changes: Changes, known: Known) -> bytes:
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
        CHANGES, lang, changes=changes, shown=shown, more=more, counts=counts, names=names,
        known=known, since=since,
        ways=_ways(lang, shown["statuses"],
            {report.path for report, entry in known.values() if entry.status != "failed"}),
    )  # fmt: skip


def _ways(lang: str, statuses: Sequence[object], there: Container[str]) -> dict[str, str]:
    """Paths of the pages about plans and indicators, and of rows of statements, by their codes;
    only of pages that the site has.
    """
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
    """The names of plans and indicators, by code."""
    return {
        "plan": document_titles(ds, lang).to_dict(),
        "indicator": ds.indicators.set_index("indicator_id")[f"name_{lang}"].to_dict(),
    }


def _in_languages(
    lang: str, changes: Sequence[ReportChange], known: Known
) -> list[tuple[list[str], tuple[str, ...]]]:
    """Reports with their reasons; languages of a report are together, that of the page first."""
    rows: dict[Any, list[str]] = {}
    for change in changes:
        report = known[change.id][0] if change.id in known else None
        rows.setdefault((report.family if report else change.id, change.reasons), []).append(
            change.id
        )
    order: Callable[[str], bool] = lambda name: name in known and known[name][0].lang != lang  # noqa: E731
    return [(sorted(ids, key=order), reasons) for (_, reasons), ids in rows.items()]


def _in_language(lang: str, changes: Sequence[NumberChange], known: Known) -> list[NumberChange]:
    """Changes without those of pages in the other language, where the same report in this language
    has them too."""
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
