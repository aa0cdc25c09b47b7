"""The words of a frame's columns and codes in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import keys, say, vocabulary

KEYS = {
    "plans": "plan_id",
    "areas": "area_id",
    "domains": "domain_id",
    "units": "unit_id",
    "pledges": "pledge_id",
    "service_codes": "service_id",
    "indicators": "indicator_id",
}
LANGUAGE = re.compile(r"_(zh|en)$")
# columns whose labels begin with the code itself, which is no word
CODED = ("comparator",)
EXPLANATION = re.compile("[:：]")


def rules() -> Mapping[str, Any]:
    """How columns are shown: columns.toml."""
    return vocabulary("tables/columns.toml")


def names(ds: Dataset, table: str, lang: str) -> dict[str, str]:
    """Code to name, for a table of the data; a plan is called by its place and period."""
    rows = getattr(ds, table)
    if table != "plans":
        return dict(zip(rows[KEYS[table]], rows[f"name_{lang}"], strict=True))
    areas = names(ds, "areas", lang)
    return {
        row.plan_id: say(
            "plan.name", lang, city=areas[row.city_id], start=row.period_start, end=row.period_end
        )
        for row in rows.itertuples()
    }


def codes(ds: Dataset, column: str, section: str | None, lang: str) -> dict[str, str] | None:
    """Code to word for a column; None where its cells are no codes."""
    if section is not None:
        return {code: say(f"{section}.{code}", lang) for code in keys(section)}
    if column in rules()["names"]:
        return names(ds, rules()["names"][column], lang)
    if column in rules()["labels"]:
        tables = rules()["labels"][column]
        return {
            code: _short(column, words[lang])
            for table in ([tables] if isinstance(tables, str) else tables)
            for code, words in ds.package.by_name[table].field(column).labels.items()
        }
    return None


def _short(column: str, words: str) -> str:
    """A label without its explanation."""
    short, *more = EXPLANATION.split(words)
    return more[0].partition(";")[0].strip() if more and column in CODED else short


def head(ds: Dataset, column: str, lang: str) -> str:
    """Head of a column: the words of the project, else those of the schema, else the name of the
    column.
    """
    column = LANGUAGE.sub("", column)
    if column in keys("table_head"):
        return say(f"table_head.{column}", lang)
    if column in set(ds.plans["plan_id"]):
        return names(ds, "plans", lang)[column]
    if lang == "zh":
        for resource in ds.package.resources:
            for field in resource.fields:
                if field.name == column:
                    return field.title_zh
    return column.replace("_", " ")


def kind(frame: pd.DataFrame) -> Mapping[str, Any] | None:
    """The rules for a frame: those of the first kind whose columns `has` the frame contains; None
    for an unknown kind.
    """
    for one in rules()["kinds"].values():
        if set(one["has"]) <= set(frame.columns):
            return dict(one)
    return None
