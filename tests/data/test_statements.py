"""Every statement against the text that it comes from: span, number, comparator, order."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.verify import Verification

NUMERALS = {
    "一": 1, "两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十五": 15, "百": 100, "万": 10000,
    "半": 0.5, "零": 0, "千万": 1000,
}  # fmt: skip
SIMPLIFIED = str.maketrans("於內約過達餘時萬", "于内约过达余时万")
# words inside a span; the first that is found decides, so 不低于 comes before 低于
INSIDE = [
    ("between", r"[0-9][^0-9]{0,3}(?:-|—|至)[0-9]"), ("ge", "不低于|不少于|不小于|至少|以上|≥"), ("le", "不高于|不超过|不大于|以下|以内|≤|[0-9](?:小时|分钟)?内"),
    ("gt", "超过|突破|余|>|＞|超"), ("lt", "少于|小于|低于|不足|不到|<"), ("approx", "约|左右"),
]  # fmt: skip
BEFORE = [
    ("ge", "不低于|不少于|至少|各"),
    ("le", "保持在|不超过"),
    ("gt", "超过|突破"),
    ("lt", "低于"),
]
WITHOUT_WORD = {
    "xinyang-2023-2025-033",  # 至少建设 governs two numbers; it stands before the first
    "beijing-15fyp-081", "nanjing-14fyp-002",  # 以上 and 左右 are on the next line of the PDF
}  # fmt: skip


def first_word(text: str, words: list[tuple[str, str]]) -> str | None:
    return next((comparator for comparator, pattern in words if re.search(pattern, text)), None)


@pytest.fixture(scope="module")
def numbers(ds: ps.Dataset) -> pd.DataFrame:
    return ds.statements[ds.statements["value"].notna()]


def test_every_span_and_every_source_matches(
    ds: ps.Dataset, sources: list[Path], known_plans: tuple[str, ...]
) -> None:
    result = ps.verify(ds, sources)
    status = result.sources.set_index("plan_id")["status"]
    assert status[list(known_plans)].value_counts().to_dict() == {"match": 8, "cited": 2}
    assert ds.plans.loc[ds.plans["source_file"].notna(), "source_sha256"].nunique() >= 7
    there = result.sources[result.sources["status"] != "missing"]
    found = Verification(there, result.spans[result.spans["plan_id"].isin(there["plan_id"])])
    assert found.ok, found.summary()


def test_the_value_is_a_number_of_the_span(numbers: pd.DataFrame) -> None:
    wrong = []
    for row in numbers.itertuples():
        text = row.value_as_written.translate(SIMPLIFIED).replace("/10万", "")
        found = [
            float(digits) for digits in re.findall(r"[0-9]+(?:\.[0-9]+)?", text.replace(",", ""))
        ]
        found = (
            found
            or [
                float(NUMERALS[word])
                for word in re.findall(
                    "千万|十五|[" + "".join(w for w in NUMERALS if len(w) == 1) + "]", text
                )
            ][-1:]
        )
        if "成" in text or "番" in text:  # six tenths, doubled
            found = [number * 10 if "成" in text else 2**number for number in found]
        expected = [row.value] if pd.isna(row.value_high) else [row.value, row.value_high]
        if found != expected:
            wrong.append((row.statement_id, text, expected, found))
    assert wrong == []


def test_no_number_is_lost(ds: ps.Dataset) -> None:
    empty = ds.statements[ds.statements["value"].isna()]
    digits = empty[empty["value_as_written"].str.contains("[0-9]", regex=True)]
    assert digits["value_as_written"].tolist() == []


def test_comparator_words_agree_with_the_code(numbers: pd.DataFrame) -> None:
    wrong = []
    for row in numbers.itertuples():
        word = first_word(row.value_as_written.translate(SIMPLIFIED), INSIDE)
        if word is not None and word != row.comparator:
            wrong.append((row.statement_id, row.value_as_written, row.comparator, word))
    assert wrong == []


def test_a_comparator_without_a_word_in_the_span_stands_before_it(
    numbers: pd.DataFrame, texts: dict[str, str]
) -> None:
    without = []
    for row in numbers[
        (numbers["comparator"] != "eq") & numbers["plan_id"].isin(texts)
    ].itertuples():
        if first_word(row.value_as_written.translate(SIMPLIFIED), INSIDE) is None:
            before = texts[row.plan_id][row.char_start - 16 : row.char_start].translate(SIMPLIFIED)
            if first_word(before, BEFORE) != row.comparator:
                without.append(row.statement_id)
    assert set(without) <= WITHOUT_WORD


def test_statements_stand_in_the_order_of_the_text(ds: ps.Dataset) -> None:
    """A row that is found later has a later number, and stands where it belongs."""
    for plan, rows in ds.statements.groupby("plan_id"):
        assert rows["char_start"].dropna().is_monotonic_increasing, plan
    assert list(dict.fromkeys(ds.statements["plan_id"])) == ds.plans["plan_id"].tolist()


def test_only_the_cited_plans_have_no_spans(ds: ps.Dataset) -> None:
    assert set(ds.statements.loc[ds.statements["char_start"].isna(), "plan_id"]) == {
        "china-14fyp",
        "china-15fyp",
    }


def test_no_statement_without_an_indicator_that_is_defined(ds: ps.Dataset) -> None:
    definitions = ds.indicators.set_index("indicator_id")[["definition_zh", "definition_en"]]
    assert definitions.loc[ds.statements["indicator_id"].unique()].notna().all(axis=None)


def test_values_stand_within_reach_of_the_plan(ds: ps.Dataset) -> None:
    plans = ds.plans.set_index("plan_id")
    rows = ds.statements.dropna(subset=["year"])
    targets, past = rows[rows["role"] == "target"], rows[rows["role"] == "baseline"]
    assert (targets["year"] >= targets["plan_id"].map(plans["period_start"])).all()
    assert (targets["year"] <= targets["plan_id"].map(plans["horizon_year"])).all()
    assert (past["year"] <= past["plan_id"].map(plans["baseline_year"]) + 1).all()


def test_no_negative_value_and_no_share_beyond_reason(numbers: pd.DataFrame) -> None:
    assert (numbers["value"] >= 0).all()
    assert (numbers.loc[numbers["unit_id"] == "percent", "value"] <= 150).all()


def test_findings_name_statements_of_their_own_plan(ds: ps.Dataset) -> None:
    plan = ds.statements.set_index("statement_id")["plan_id"]
    named = ds.findings.dropna(subset=["statement_ids"])
    assert len(ds.findings) >= 20
    for row in named.itertuples():
        assert row.plan_id in set(plan[row.statement_ids.split()]), row.finding_id
