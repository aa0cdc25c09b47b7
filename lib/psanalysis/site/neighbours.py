"""Finds the neighbours of a page: the same report in the other language, and the reports before and
after it in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psanalysis.report.kinds import kind_of
from psanalysis.site.model import Report
from psanalysis.site.slots import Neighbours


def neighbours(reports: Sequence[Report], titles: Mapping[str, str]) -> dict[str, Neighbours]:
    """Links of every report.

    Parameters
    ----------
    reports
        Those that have a page, in the order of the catalogue.
    titles
        Title by id.

    Returns
    -------
    dict
        Id -> links; previous and next stay within a notebook and within the `row` of its kind of
        page.
    """
    rows: dict[tuple[str, ...], list[Report]] = {}
    families: dict[tuple[str, str], dict[str, Report]] = {}
    for report in reports:
        shared = (str(report.parameters.get(name, "")) for name in kind_of(report.notebook).row)
        rows.setdefault((report.notebook, *shared), []).append(report)
        families.setdefault(report.family, {})[report.lang] = report
    found = {}
    for row in rows.values():
        for number, report in enumerate(row):
            before = row[number - 1] if number else None
            after = row[number + 1] if number + 1 < len(row) else None
            other = next(
                (twin for lang, twin in families[report.family].items() if lang != report.lang),
                None,
            )
            found[report.id] = Neighbours(
                (before, titles[before.id]) if before else None,
                (after, titles[after.id]) if after else None,
                other,
            )
    return found
