"""A made-up data folder in which every place has a next plan: the real data and, beside them, plans
that nobody wrote.

`write(folder)` copies the data and adds a second plan for each city and for the nation, a plan of a
province, a plan of another length (Yuyao's of three years) and a plan without any number
(Ningbo's). Each second plan keeps, raises, lowers, drops and redefines the targets of the first in
turn, sets a new one, and its baselines show that some of the old targets were met and others
missed. Nothing of it is a real figure.
"""

from __future__ import annotations

import csv
import shutil
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd

import psanalysis as ps
from psanalysis.comparators import COMPARATORS

# plan to follow: its successor, first year, horizon, coverage
FOLLOWERS = {
    "mianyang-14fyp": ("mianyang-15fyp", 2026, 2030, "full"),
    "panjin-14fyp": ("panjin-15fyp", 2026, 2030, "tables"),
    "jingmen-13fyp": ("jingmen-14fyp", 2021, 2025, "full"),
    "xinyang-2023-2025": ("xinyang-15fyp", 2026, 2030, "full"),
    "yuyao-2023-2027": ("yuyao-2028-2030", 2028, 2030, "full"),
    "china-14fyp": ("china-15fyp-made", 2026, 2030, "partial"),
}
PROVINCE, WORDS = "sichuan-14fyp", "ningbo-2026-2030"
MOST = 30  # targets of a plan that its successor takes up
CHANGES = ("kept", "raised", "lowered", "dropped", "redefined")


def write(folder: Path) -> Path:
    """Copy the data of the project to a folder and add the made-up plans; returns the folder."""
    ds = ps.load()
    shutil.copytree(ds.package.path.parent, folder, dirs_exist_ok=True)
    for later in _later(ds):
        _without(folder, later)
    plans = [_plan(ds, old, *new) for old, new in FOLLOWERS.items()]
    plans.append(_plan(ds, "china-14fyp", PROVINCE, 2021, 2025, "full") | {"city_id": "sichuan"})
    plans.append(_plan(ds, "yuyao-2023-2027", WORDS, 2026, 2030, "full") | {"city_id": "ningbo"})
    rows = [row for old, new in FOLLOWERS.items() for row in _follower(ds, old, *new[:3])]
    rows += _numbered(PROVINCE, "sichuan", _copies(ds, "china-14fyp"))
    rows += _numbered(WORDS, "ningbo", _pledges(ds))
    _append(folder / "plans.csv", plans)
    _append(folder / "statements.csv", rows)
    return folder


def _later(ds: ps.Dataset) -> list[str]:
    """Real plans that follow one that is followed here: the made-up one takes their place."""
    plans = ds.plans.set_index("plan_id")
    old = plans.loc[list(FOLLOWERS)].set_index("city_id")["period_start"]
    start = plans["city_id"].map(old)
    return list(plans.index[plans["period_start"] > start])


def _without(folder: Path, plan_id: str) -> None:
    """Take a plan and its rows out of the copy."""
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        if "plan_id" in header:
            column = header.index("plan_id")
            with path.open("w", encoding="utf-8", newline="") as stream:
                kept = [row for row in rows if row[column] != plan_id]
                csv.writer(stream, lineterminator="\n").writerows([header, *kept])


def _plan(
    ds: ps.Dataset, old: str, plan_id: str, start: int, end: int, coverage: str
) -> dict[str, Any]:
    about = ds.plans.set_index("plan_id").loc[old]
    return {
        "plan_id": plan_id, "city_id": about["city_id"], "title_zh": f"测试用规划（{start}—"
            f"{end}年）",
        "title_en": f"Made-up plan ({start}–{end})",
        "issuer": "测试", "issued_on": f"{start}-01-15", "period_start": start, "period_end": end,
        "baseline_year": start - 1,
        "horizon_year": end, "script": "hans", "citation": "测试用，非真实规划", "coverage": coverage,
        "coverage_note_zh": "" if coverage == "full" else "测试用",
        "coverage_note_en": "" if coverage == "full" else "made up",
    }  # fmt: skip


def _follower(ds: ps.Dataset, old: str, plan_id: str, start: int, end: int) -> list[dict[str, Any]]:
    """The rows of a plan that follows another."""
    city = ds.plans.set_index("plan_id")["city_id"][old]
    gaps = ps.gaps(ds, old)
    first = gaps[gaps["headline"] & (gaps["area_id"] == city)].head(MOST)
    statements = ds.statements.set_index("statement_id")
    rows = []
    for change, (n, gap) in zip(cycle(CHANGES), enumerate(first.to_dict("records"))):
        told = statements.loc[gap["statement_id"]].to_dict() | {"indicator_id": gap["indicator_id"]}
        if pd.notna(told["flow_start"]):
            continue
        better = -1 if gap["direction"] == "decrease" else 1
        if told["value"] == told["value"]:
            end_of_old = told["value"] * (1 + better * (0.02 if n % 2 else -0.02))
            rows.append(_row(told, "baseline", start - 1, round(end_of_old, 4), comparator="eq"))
        if change == "dropped":
            continue
        factor = {"raised": 1.05, "lowered": 0.95}.get(change, 1.0)
        value = told["value"] * (factor if better > 0 else 2 - factor)
        number = value == value and change != "redefined"
        rows.append(_row(told, "target", end, round(value, 4) if number else None))
    taken = {row["indicator_id"] for row in rows} | set(gaps["indicator_id"])
    fresh = next(code for code in ds.indicators["indicator_id"] if code not in taken)
    unit = ds.indicators.set_index("indicator_id")["unit_id"][fresh]
    told = {
        "indicator_id": fresh,
        "unit_id": unit,
        "comparator": "eq",
        "indicator_as_written": fresh,
    }
    rows.append(_row(told, "target", end, 5.0))
    return _numbered(plan_id, city, rows)


def _copies(ds: ps.Dataset, plan: str) -> list[dict[str, Any]]:
    """The numeric targets of a plan for their own year, a little higher."""
    own = ds.statements[(ds.statements["plan_id"] == plan) & ds.statements["flow_start"].isna()]
    told = own[own["value"].notna()].to_dict("records")
    return [_row(row, "target", 2025, round(row["value"] * 1.01, 4)) for row in told]


def _pledges(ds: ps.Dataset) -> list[dict[str, Any]]:
    rates = ds.indicators[ds.indicators["unit_id"] == "percent"].head(8)
    return [
        _row(
            {"indicator_id": row.indicator_id, "unit_id": "percent",
                "indicator_as_written": row.name_zh},
            "target", 2030, None,
        )
        for row in rates.itertuples()
    ]  # fmt: skip


def _row(
    told: dict[str, Any], role: str, year: int, value: float | None, comparator: str | None = None
) -> dict[str, Any]:
    """A statement of the same indicator in the same unit; without a value a pledge."""
    code = comparator or str(told.get("comparator") or "eq")
    code = "none" if value is None else "eq" if code in ("none", "between") else code
    words = COMPARATORS[code].before
    written = "全覆盖" if value is None else f"{words[0] if words else ''}{value:g}"
    return {
        "indicator_id": told["indicator_id"], "role": role, "year": year, "year_basis": "stated",
        "value": "" if value is None else f"{value:g}", "unit_id": told["unit_id"],
        "comparator": code,
        "pledge": "full_coverage" if value is None else "",
        "commitment": "firm" if role == "target" else "",
        "nature": "expected" if role == "target" else "", "section": "测试",
        "value_as_written": written,
        "indicator_as_written": told["indicator_as_written"],
    }  # fmt: skip


def _numbered(plan_id: str, area: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"statement_id": f"{plan_id}-{n:03d}", "plan_id": plan_id, "area_id": area} | row
        for n, row in enumerate(rows, 1)
    ]


def _append(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, columns, restval="", lineterminator="\n").writerows(rows)
