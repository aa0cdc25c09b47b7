"""Makes the form for a new plan, filled in from its text and rows; cells that a person has to fill
in are empty.
"""

from __future__ import annotations

import hashlib
import re

from psanalysis.curation.accepted import Accepted
from psanalysis.curation.plan_info import TABLES, Info, Row
from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.folding import fold
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.linking import guess_domain
from psanalysis.draft.period import find_plan
from psanalysis.draft.table_units import without_unit
from psanalysis.formats.lexicon import lexicon
from psanalysis.simplified import is_traditional
from psanalysis.wording import vocabulary

_WORDS = vocabulary("curation/words.toml")["scaffold"]
TITLE, NUMBER, PLACE, MARK = (
    re.compile(_WORDS[name]) for name in ("title", "number", "place", "mark")
)
STOP = re.compile(r"[。,;:!?]")
LONGEST_HEADING, LONGEST_TITLE = 20, 60
HEAD_LINES = 40


def scaffold(accepted: Accepted, ds: Dataset) -> Info:
    """Rows of plans, areas and indicators that the accepted rows need and the data set lacks.

    Parameters
    ----------
    accepted
        The rows, with the text that they were read from, if available.
    ds
        The data set that they go into.

    Returns
    -------
    mapping
        Table -> rows with all columns; cells that only a person can fill in are empty. The plan's
        own headings that name a domain are proposed for it.
    """
    schema = ds.package.by_name
    columns = {table: dict.fromkeys(schema[table].columns, "") for table in TABLES}
    plans = (
        []
        if accepted.plan_id in set(ds.plans["plan_id"])
        else [columns["plans"] | _plan(accepted, ds)]
    )
    areas = [columns["areas"] | area for area in _areas(accepted, plans, set(ds.areas["area_id"]))]
    indicators = [
        columns["indicators"] | row
        for row in _indicators(accepted, set(ds.indicators["indicator_id"]))
    ]
    units = [columns["units"] | row for row in _units(accepted, set(ds.units["unit_id"]))]
    headings = [columns["plan_domains"] | row for row in _domains(accepted)] if plans else []
    domains = [columns["domains"] | row for row in _new_domains([*indicators, *headings], ds)]
    return {
        "plans": plans,
        "areas": areas,
        "domains": domains,
        "plan_domains": headings,
        "units": units,
        "indicators": indicators,
    }


def choices(info: Info, ds: Dataset) -> dict[str, list[str]]:
    """The codes to choose from, by table.column, for the tables of a form that have rows."""
    found = {
        f"{table}.{field.name}": list(field.constraints["enum"])
        for table in TABLES if info[table]
        for field in ds.package.by_name[table].fields if "enum" in field.constraints
    }  # fmt: skip
    named = {"domain_id": ds.domains, "dimension": ds.units}
    for table, column in (
        ("indicators", "domain_id"),
        ("plan_domains", "domain_id"),
        ("units", "dimension"),
    ):
        if info[table]:
            own = [row[column] for row in info["domains"]] if column == "domain_id" else []
            found[f"{table}.{column}"] = list(dict.fromkeys([*named[column][column], *own]))
    return found


def _plan(accepted: Accepted, ds: Dataset) -> Row:
    if accepted.text is None:
        return {"plan_id": accepted.plan_id}
    text, folded = accepted.text, fold(accepted.text)
    plan = find_plan(accepted.plan_id, folded, ds.plans, ds.areas)
    numbers = (plan.start, plan.end, plan.baseline, plan.horizon)
    years = [str(year) if plan.known else "" for year in numbers]
    head = [line.strip() for line in text.split("\n")[:HEAD_LINES] if line.strip()]
    number = NUMBER.search("\n".join(head))
    issued = re.search(lexicon()["issue"]["printed"], folded)
    date = "-".join(issued[part].zfill(2) for part in ("year", "month", "day")) if issued else ""
    return {
        "plan_id": accepted.plan_id, "city_id": plan.city_id,
        "title_zh": _title(head),
        "issuer": issued["issuer"] if issued else "", "issued_on": date,
        "document_no": number[0] if number else "", "period_start": years[0],
        "period_end": years[1], "baseline_year": years[2], "horizon_year": years[3],
        "script": "hant" if is_traditional(text) else "hans",
        "source_file": f"{accepted.plan_id}.txt",
        "source_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "source_chars": str(len(text)), "coverage": "full",
    }  # fmt: skip


def _title(head: list[str]) -> str:
    """The first line that is a title; with the line above it where a title of two lines begins with
    the place.
    """
    index = next(
        (
            i
            for i, line in enumerate(head)
            if TITLE.search(fold(line)) and len(line) < LONGEST_TITLE
        ),
        -1,
    )
    if index < 0:
        return ""
    above = head[index - 1] if index else ""
    begins = (
        PLACE.match(fold(above))
        and not PLACE.match(fold(head[index]))
        and not STOP.search(fold(above))
    )
    return above + head[index] if begins and len(above) < LONGEST_TITLE else head[index]


def _areas(accepted: Accepted, plans: list[Row], known: set[str]) -> list[Row]:
    needed = dict.fromkeys(
        [*(row["city_id"] for row in plans), *(row["area_id"] for row in accepted.rows)]
    )
    names = {row["city_id"]: PLACE.match(fold(row["title_zh"])) for row in plans}
    return [
        {"area_id": area, "name_zh": place[0] if (place := names.get(area)) else ""}
        for area in needed
        if area and area not in known
    ]


def _units(accepted: Accepted, known: set[str]) -> list[Row]:
    first: dict[str, Row] = {}
    for row in accepted.rows:
        if row["unit_id"] and row["unit_id"] not in known:
            first.setdefault(row["unit_id"], row)
    return [
        {"unit_id": code, "name_zh": row.get("unit_as_written", "")} for code, row in first.items()
    ]


def _new_domains(rows: list[Row], ds: Dataset) -> list[Row]:
    """Domains of new indicators or headings that the data lack, sorted after the existing ones."""
    known = dict.fromkeys(ds.domains["domain_id"])
    new = [
        code
        for code in dict.fromkeys(row["domain_id"] for row in rows)
        if code and code not in known
    ]
    last = int(ds.domains["sort"].max()) if len(ds.domains) else 0
    return [{"domain_id": code, "sort": str(number)} for number, code in enumerate(new, last + 1)]


def _domains(accepted: Accepted) -> list[Row]:
    """Headings of the rows that name a domain, each once."""
    found: dict[str, str] = {}
    for row in accepted.rows:
        for heading in map(str.strip, row["section"].split(" / ")):
            title = MARK.sub("", heading)
            box = pattern("layout", "titled").search(fold(title))
            domain = "" if box else guess_domain(fold(title), "")
            if domain and len(title) <= LONGEST_HEADING:
                found.setdefault(title, domain)
    return [
        {"plan_id": accepted.plan_id, "domain_as_written": title, "domain_id": domain}
        for title, domain in found.items()
    ]


def _indicators(accepted: Accepted, known: set[str]) -> list[Row]:
    first: dict[str, Row] = {}
    for row in accepted.rows:
        if row["indicator_id"] not in known:
            first.setdefault(row["indicator_id"], row)
    return [
        {
            "indicator_id": code,
            "name_zh": without_unit(fold(row["indicator_as_written"])),
            "domain_id": row.get("domain_id", ""),
            "unit_id": row["unit_id"],
        }
        for code, row in first.items()
    ]
