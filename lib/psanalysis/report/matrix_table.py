"""The table of the matrix: an indicator a row, a plan a column.

Everything is in the table without the script. A cell carries what the script filters and subtracts
by, so that a verdict is judged once, in `psanalysis.measures`: `data-c` is number, order of demand,
nature, year and verdict, `data-r` the letters of the reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from psanalysis.datapackage.identity import place_names
from psanalysis.formatting import (
    MISSING,
    PROPORTIONS,
    difference,
    exact,
    in_plain_units,
    stated,
)
from psanalysis.markup import escaped, unbroken
from psanalysis.report.addresses import plan_page, statements_page
from psanalysis.report.findings import finding_id
from psanalysis.report.findings_page import FindingsPage
from psanalysis.report.frames import names
from psanalysis.report.html import Html, bullets
from psanalysis.report.matrix_controls import period_words, places_by_indicator
from psanalysis.report.periods import ended_word
from psanalysis.report.provenance import row_id
from psanalysis.tables.html import framed
from psanalysis.tables.marks import SIGNS
from psanalysis.untrusted import ALIGNED
from psanalysis.wording import say

if TYPE_CHECKING:
    from psanalysis.report.matrix import Matrix

# up to so many cells have links; with more, only the names of indicators have them, which keeps the
# page small
MOST_LINKS = 2_500
CLASSES = {
    "above": "ps-a", "equal": "ps-e", "below": "ps-b", "same_number": "ps-s", "apart": "ps-x",
    "doubted": "ps-d", "reference": "ps-n", "plain": "",
}  # fmt: skip
# in the cell of a plan that is known in part and has no such target in the known part
UNKNOWN = "?"


def matrix_table(page: Matrix) -> Html:
    """The table, the widest differences first."""
    groups = {str(one): rows for one, rows in page.frame.groupby("indicator_id", sort=False)}
    share = page.apart["share"].reindex(list(groups)).fillna(0.0)
    count = places_by_indicator(page).reindex(list(groups)).fillna(0)
    order = pd.DataFrame({"share": share, "count": count})
    order = order.sort_values(["share", "count"], ascending=False, kind="stable").index
    position = {one: number for number, one in enumerate(groups)}
    linked = len(page.frame) <= MOST_LINKS
    body = "".join(_row(page, groups[one], position[one], linked) for one in order)
    data = {
        "ps-script": "matrix.js", "own-order": "", "csv-name": page.name,
        "difference": page.words("difference"), "other-year": page.words("other_year"),
    }  # fmt: skip
    return Html(ALIGNED + framed(page.words("caption"), _heads(page), body, data, "ps-matrix"))


def _heads(page: Matrix) -> str:
    fixed = "".join(
        f'<th scope="col">{escaped(page.words(f"column_{one}"))}</th>' for one in ("name", "by")
    )
    apart = f'<th scope="col" data-apart="">{escaped(page.words("column_apart"))}</th>'
    plans, cities = page.ds.plans.set_index("plan_id"), place_names(page.ds, page.lang)
    titles = page.called
    columns = []
    for plan in page.columns_shown:
        about = plans.loc[plan]
        columns.append(
            f'<th scope="col" data-plan="{plan}" data-period="{period_words(about)}" '
            f'data-title="{escaped(titles[plan])}">'
            f'<a href="{plan_page(plan, page.lang)}">{escaped(cities[about["city_id"]])}</a> '
            f'<span>{period_words(about)}</span>{_ended(page, plan)}</th>'
        )  # fmt: skip
    return fixed + apart + "".join(columns)


def _ended(page: Matrix, plan: str) -> str:
    words = ended_word(page.ds, plan, page.lang)
    return f" <span>{escaped(words)}</span>" if words else ""


def _row(page: Matrix, rows: pd.DataFrame, position: int, linked: bool) -> str:
    """The row of one indicator, a cell for each plan; rows of `Matrix.frame`."""
    first = rows.iloc[0]
    unit = names(page.ds, "units", "unit_id", page.lang)[first["unit_id"]]
    plain_unit = in_plain_units(1.0, unit, page.lang)[1]
    years = _years(rows)
    # where targets are for several years, each number has its year beside it
    one = years is None or years[0] == years[1]
    spoken = MISSING if years is None else "–".join(dict.fromkeys(map(str, years)))
    shown = plain_unit if plain_unit not in PROPORTIONS and plain_unit != "number" else ""
    by_plan = {row.plan_id: row for row in rows.itertuples()}
    cells = "".join(
        _cell(page, by_plan[plan], unit, linked, dated=not one)
        if plan in by_plan
        else _nothing(page, plan)
        for plan in page.columns_shown
    )
    common = "".join(page.letters[code] for code in page.common_reasons[first["indicator_id"]])
    reasons = f' data-r="{common}"' if common else ""
    of_unit = f' <span class="ps-unit">{escaped(shown)}</span>' if shown else ""
    ends = (
        page.apart.loc[first["indicator_id"]] if first["indicator_id"] in page.apart.index else None
    )
    places = rows["place"].nunique()
    return (
        f'<tr data-domain="{first["domain_id"]}" data-position="{position}" data-places="{places}"'
        f' data-apart="{0 if ends is None else exact(ends["share"])}" '
        f'data-unit="{escaped(_pattern(plain_unit, page.lang))}">'
        f'<th scope="row"><a href="{page.indicator(first["indicator_id"])}"{reasons}>'
        f'{unbroken(first["name"])}</a>{of_unit}</th><td>{spoken}</td>'
        f"<td>{_apart(page, ends, unit, dated=not one)}</td>{cells}</tr>"
    )  # fmt: skip


def _pattern(unit: str, lang: str) -> str:
    """The pattern by which the script writes a difference in the unit, with {n} for its number."""
    return difference(1.0, unit, lang, signed=False).replace("1", "{n}", 1)


def _years(rows: pd.DataFrame) -> tuple[int, int] | None:
    """The first and the last `year` of the targets; None where none has a year."""
    years = rows["year"].dropna()
    return (int(years.min()), int(years.max())) if len(years) else None


def _apart(page: Matrix, ends: Any, unit: str, dated: bool) -> str:
    """The widest difference, the places that it lies between, and its year where the targets are
    for several.
    """
    if ends is None:
        return ""
    low, high = page.frame.loc[ends["low"]], page.frame.loc[ends["high"]]
    wide = difference(abs(high["value"] - low["value"]), unit, page.lang, signed=False)
    key = "ends_dated" if dated else "ends"
    # without periods: the year tells which plan of a place is meant
    cities = place_names(page.ds, page.lang)
    called = [cities[row["place"]] if dated else row["city"] for row in (high, low)]
    whose = page.words(key, high=called[0], low=called[1], year=low["year"])
    return f"{unbroken(wide)} <span>{escaped(whose)}</span>"


def _cell(page: Matrix, row: Any, unit: str, linked: bool, dated: bool) -> str:
    value, _ = in_plain_units(row.value, unit, page.lang)
    letters = "".join(page.letters[code] for code in row.own_reasons)
    order = "" if pd.isna(row.demand) else exact(row.demand)
    nature = row.nature if isinstance(row.nature, str) else "unstated"
    data = ",".join(
        (
            exact(value),
            order,
            nature[0],
            "" if pd.isna(row.year) else str(row.year)[2:],
            row.verdict[0],
        )
    )
    look = f' class="{CLASSES[row.kind]}"' if CLASSES[row.kind] else ""
    reasons = f' data-r="{letters}"' if letters else ""
    words = unbroken(_number(row, unit, page.lang))
    if linked:
        where = "" if page.sourced else statements_page(row.plan_id, page.lang)
        words = f'<a href="{where}#{row_id(row.statement_id)}">{words}</a>'
    if dated and not pd.isna(row.year):
        words += f" <small>{row.year}</small>"
    if row.doubted and linked:
        first = row.findings.split()[0]
        words += (
            f' <a class="ps-doubt" href="{FindingsPage.address(page.lang)}#{finding_id(first)}">'
            f"{SIGNS['doubted']}</a>"
        )
    return f'<td{look} data-c="{data}"{reasons}>{words}</td>'


def _nothing(page: Matrix, plan: str) -> str:
    """A cell without target, or without one in what is known of the plan."""
    return f'<td class="ps-muted">{UNKNOWN}</td>' if plan in page.in_part else "<td></td>"


def _number(row: Any, unit: str, lang: str) -> str:
    """The target as stated, its unit left to the row unless it is a proportion; or the pledge."""
    if pd.isna(row.value) or in_plain_units(1.0, unit, lang)[1] in PROPORTIONS:
        return str(row.value_text)
    low, _ = in_plain_units(row.value_low, unit, lang)
    high, _ = in_plain_units(row.value_high, unit, lang)
    return stated(low, high, row.comparator, "number", lang)


def legend(page: Matrix) -> Html:
    """What colours, signs and letters mean."""
    signs = [page.words("legend_nation"), page.words("legend_apart"), page.words("legend_blank")]
    if page.in_part.intersection(page.columns_shown):
        signs.append(page.words("legend_unknown", sign=UNKNOWN))
    if page.frame["doubted"].any():
        signs.insert(2, page.words("legend_doubted", sign=SIGNS["doubted"]))
    reasons = say("punctuation.clause", page.lang).join(
        f"{letter} {say(f'verdict_reason.{code}', page.lang)}"
        for code, letter in page.letters.items()
    )
    if reasons:
        signs.append(page.words("legend_reasons", reasons=reasons))
    return Html(f'<div class="ps-legend">{bullets(signs).text}</div>')
