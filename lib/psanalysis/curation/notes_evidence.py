"""Statements in the form that notes need: one unit for each indicator, values in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.formatting import stated
from psanalysis.measures.pairing import in_indicator_unit
from psanalysis.wording import LANGUAGES, say

SEPARATOR = {"zh": "、", "en": "; "}


@dataclass(frozen=True)
class Note:
    """An oddity found by a rule: a kind of findings.csv, the plan, statements, and the words."""

    kind: str
    plan_id: str
    statement_ids: tuple[str, ...]
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Evidence:
    """The input of the rules: the data set, its statements as `described`, and the gaps of all
    plans.
    """

    ds: Dataset
    rows: pd.DataFrame
    gaps: pd.DataFrame


def described(ds: Dataset) -> pd.DataFrame:
    """All statements, in the order of the plans and of their texts; the index is that of the
    statements.

    Returns
    -------
    DataFrame
        The columns of statements.csv, with value and value_high in the unit of the indicator; then

        - measure, direction, lower_limit, upper_limit, name_zh, name_en: of the indicator;
        - city_id, city_zh, city_en, issued_on: of the plan;
        - shown_zh, shown_en: the value or pledge in words.
    """
    rows = in_indicator_unit(ds, ds.statements)
    about, units = ds.indicators.set_index("indicator_id"), ds.units.set_index("unit_id")
    pledges, plans = ds.pledges.set_index("pledge_id"), ds.plans.set_index("plan_id")
    for column in ("measure", "direction", "lower_limit", "upper_limit"):
        rows[column] = rows["indicator_id"].map(about[column]).astype(about[column].dtype)
    rows["city_id"], rows["issued_on"] = (
        rows["plan_id"].map(plans["city_id"]),
        rows["plan_id"].map(plans["issued_on"]),
    )
    areas = ds.areas.set_index("area_id")
    for lang in LANGUAGES:
        rows[f"name_{lang}"] = rows["indicator_id"].map(about[f"name_{lang}"])
        rows[f"city_{lang}"] = rows["city_id"].map(areas[f"name_{lang}"])
        unit = rows["unit_id"].map(units[f"name_{lang}"])
        number = [
            stated(*cell, lang)
            for cell in zip(
                rows["value"], rows["value_high"], rows["comparator"], unit, strict=True
            )
        ]
        words = rows["pledge"].map(pledges[f"name_{lang}"])
        rows[f"shown_{lang}"] = pd.Series(number, index=rows.index).where(
            rows["value"].notna() | words.isna(), words
        )
    order = rows["plan_id"].map({plan: number for number, plan in enumerate(ds.plans["plan_id"])})
    return (
        rows.assign(order=order)
        .sort_values(["order", "char_start", "statement_id"], kind="stable")
        .drop(columns="order")
    )


def note(
    kind: str, sentence: str, rows: pd.DataFrame, zh: dict[str, object], en: dict[str, object]
) -> Note:
    """A note about some rows, in the order of the text.

    Parameters
    ----------
    kind
        Of findings.csv.
    sentence
        Key of section `note` of wording.toml.
    rows
        statement_id, plan_id: of whose plan the note is.
    zh, en
        The values of the placeholders of the sentence.
    """
    ids = tuple(dict.fromkeys(rows["statement_id"]))
    return Note(
        kind,
        str(rows["plan_id"].iloc[0]),
        ids,
        say(f"note.{sentence}", "zh", **zh),
        say(f"note.{sentence}", "en", **en),
    )


def listed(rows: pd.DataFrame, column: str, lang: str) -> str:
    """The distinct words of the column `column` in a language, in their order: `listed(rows,
    "name", "en")` reads `name_en`.
    """
    return SEPARATOR[lang].join(dict.fromkeys(rows[f"{column}_{lang}"]))


def by_plan(rows: pd.DataFrame, lang: str, column: str = "shown") -> str:
    """What each city's plan states, for example `绵阳市90%、盘锦市92.8%`; of rows with city_zh,
    city_en and `column` in both languages.
    """
    pairs = zip(rows[f"city_{lang}"], rows[f"{column}_{lang}"], strict=True)
    return SEPARATOR[lang].join(
        dict.fromkeys(say("note.in_plan", lang, plan=city, value=value) for city, value in pairs)
    )


def both(rows: pd.DataFrame, **values: object) -> dict[str, dict[str, object]]:
    """Arguments `zh` and `en` of `note`: name_zh and name_en of the first row, and other values; a
    pair (zh, en) is split between them.
    """
    return {
        lang: {
            "name": rows[f"name_{lang}"].iloc[0],
            **{
                key: item[number] if isinstance(item, tuple) else item
                for key, item in values.items()
            },
        }
        for number, lang in enumerate(LANGUAGES)
    }
