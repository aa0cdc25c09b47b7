"""A data set whose statements a test writes itself, over the real plans, areas and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps

INDICATORS = [
    # indicator_id, unit_id, direction, measure, lower_limit, upper_limit
    ("share", "percent", "increase", "rate", 0.0, 100.0),
    ("deaths", "per_100k", "decrease", "rate", 0.0, None),
    ("beds", "ten_thousand_beds", "increase", "stock", 0.0, None),
    ("doctors", "person", "increase", "ratio", 0.0, None),
    ("trained", "ten_thousand_person_times", "increase", "flow", 0.0, None),
    ("size", "square_metre", "none", "level", None, None),
]
EMPTY: dict[str, Any] = {
    "year": pd.NA, "year_basis": pd.NA, "value": float("nan"), "value_high": float("nan"),
    "pledge": pd.NA, "commitment": pd.NA,
    "nature": pd.NA, "flow_start": pd.NA, "flow_end": pd.NA, "section": "第一章",
    "indicator_as_written": "指标(%)",
    "value_as_written": "", "note_zh": pd.NA, "note_en": pd.NA, "unit_source": pd.NA,
}  # fmt: skip


@pytest.fixture(scope="session")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="session")
def whole_ambition(ds: ps.Dataset) -> pd.DataFrame:
    """ps.ambition of the real data."""
    return ps.ambition(ds)


@pytest.fixture(scope="session")
def indicators(ds: ps.Dataset) -> pd.DataFrame:
    columns = ["indicator_id", "unit_id", "direction", "measure", "lower_limit", "upper_limit"]
    table = pd.DataFrame(INDICATORS, columns=columns).astype(
        {"lower_limit": "float64", "upper_limit": "float64"}
    )
    for column in ("name_zh", "name_en", "definition_zh", "definition_en"):
        table[column] = table["indicator_id"]
    return table.assign(domain_id=ds.domains["domain_id"].iloc[0])[
        list(ds.indicators.columns)
    ].astype(ds.indicators.dtypes)


@pytest.fixture(scope="session")
def stated(ds: ps.Dataset, indicators: pd.DataFrame) -> Callable[..., ps.Dataset]:
    """`stated(row, row, ...)`: the data set with these statements, each a dict of what differs from
    a plain percentage of Mianyang.
    """

    def build(*rows: dict[str, Any]) -> ps.Dataset:
        return replace(
            ds,
            indicators=indicators,
            statements=_statements(ds, indicators, rows),
            findings=ds.findings.head(0),
        )

    return build


@pytest.fixture(scope="session")
def doubting() -> Callable[..., ps.Dataset]:
    """`doubting(ds, id, id, severity=...)`: the data set with one finding over these statements."""

    def build(ds: ps.Dataset, *ids: str, severity: str = "contradiction") -> ps.Dataset:
        about = {
            "finding_id": "f01", "plan_id": "mianyang-14fyp", "kind": "misprint",
            "severity": severity,
            "statement_ids": " ".join(ids), "text_zh": "x", "text_en": "x",
        }  # fmt: skip
        found = pd.DataFrame([about]).astype(ds.findings.dtypes)[list(ds.findings.columns)]
        return replace(ds, findings=pd.concat([ds.findings, found], ignore_index=True))

    return build


@pytest.fixture(scope="session")
def each(ds: ps.Dataset, indicators: pd.DataFrame) -> Callable[..., list[pd.DataFrame]]:
    """`each(measure, [rows, rows, ...], column=value)`: the table of a measure for each case.

    All are worked out at once, every case with indicators of its own; the columns are set in
    plans.csv.
    """

    def apart(
        measure: Callable[[ps.Dataset], pd.DataFrame],
        cases: list[list[dict[str, Any]]],
        **of_plans: Any,
    ) -> list[pd.DataFrame]:
        many = pd.concat(
            [
                indicators.assign(indicator_id=indicators["indicator_id"] + f"-{case}")
                for case in range(len(cases))
            ]
        )
        rows = [
            row | {"indicator_id": f"{row.get('indicator_id', 'share')}-{case}"}
            for case, of in enumerate(cases)
            for row in of
        ]
        together = replace(
            ds,
            indicators=many,
            statements=_statements(ds, many, rows),
            # lists of what is said of the plans are for the first ones
            plans=ds.plans.head(6).assign(**of_plans),
            findings=ds.findings.head(0),
        )
        table = measure(together)
        code = table["indicator_id"].str.rpartition("-")
        table = table.assign(indicator_id=code[0])
        return [table[code[2] == str(case)].reset_index(drop=True) for case in range(len(cases))]

    return apart


@pytest.fixture(scope="session")
def even(stated: Callable[..., ps.Dataset]) -> Callable[..., pd.DataFrame]:
    """`even(measure, rows, ...)`: a measure of rows of the four prefectures in turn, all of one
    script; a fifth row is the first's again.
    """
    cities = ("mianyang-14fyp", "panjin-14fyp", "xinyang-2023-2025", "jingmen-13fyp")

    def measured(
        measure: Callable[..., pd.DataFrame], rows: list[dict[str, Any]], **more: Any
    ) -> pd.DataFrame:
        made = stated(*({"plan_id": cities[n % 4]} | row for n, row in enumerate(rows)))
        table = measure(replace(made, plans=made.plans.assign(script="hans")), **more)
        order = table["plan_id"].map(cities.index)
        return table.assign(order=order).sort_values(
            ["indicator_id", "order"], ascending=[False, True], kind="stable"
        )

    return measured


def _statements(
    ds: ps.Dataset, indicators: pd.DataFrame, rows: Iterable[dict[str, Any]]
) -> pd.DataFrame:
    city = ds.plans.set_index("plan_id")["city_id"]
    unit = indicators.set_index("indicator_id")["unit_id"]
    full = []
    for position, given in enumerate(rows):
        row = (
            EMPTY | {"plan_id": "mianyang-14fyp", "indicator_id": "share", "role": "target"} | given
        )
        target = row["role"] == "target"
        row.setdefault("unit_id", unit[row["indicator_id"]])
        row.setdefault("area_id", city.get(row["plan_id"]))
        row.setdefault("statement_id", f"{row['plan_id']}-{position:03d}")
        row.setdefault("comparator", "none" if pd.isna(row["value"]) else "eq")
        if "year" not in given:
            row["year"] = 2025 if target else 2020
        row |= {"char_start": position * 10, "char_end": position * 10 + 1}
        if pd.isna(row["commitment"]) and target:
            row["commitment"] = "firm"
        if not pd.isna(row["year"]) and pd.isna(row["year_basis"]):
            row["year_basis"] = "stated"
        full.append(row)
    return pd.DataFrame(full, columns=ds.statements.columns).astype(ds.statements.dtypes)


@pytest.fixture(scope="session")
def base() -> Callable[..., dict[str, Any]]:
    """A baseline row."""
    return lambda value, **more: {"role": "baseline", "value": value} | more


@pytest.fixture(scope="session")
def goal() -> Callable[..., dict[str, Any]]:
    """A target row."""
    return lambda value=float("nan"), **more: {"role": "target", "value": value} | more
