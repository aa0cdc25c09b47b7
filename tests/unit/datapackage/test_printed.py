"""The printed figure against value, unit, comparator and year, for everybody's data."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.printed import unlike_print

PLAIN: dict[str, Any] = {
    "value_high": float("nan"), "unit_id": "percent", "comparator": "eq", "year": pd.NA,
    "note_zh": None, "note_en": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def wrong(ds: ps.Dataset) -> Callable[..., str | None]:
    """`wrong(printed, value, ...)`: the column that is not as printed."""

    def found(printed: str, value: float, **more: Any) -> str | None:
        row = pd.DataFrame([PLAIN | {"value_as_written": printed, "value": value} | more])
        column = unlike_print(row, ds.units).iloc[0]
        return None if pd.isna(column) else column

    return found


SOUND = [
    ("97.22%", 97.22, {}), ("98", 98, {}), ("≥98.5", 98.5, {"comparator": "ge"}),
    ("4%以内", 4, {"comparator": "le"}),
    ("6.57万人", 6.57, {"unit_id": "ten_thousand_persons"}), ("6.57万人", 65700, {"unit_id": "person"}),
    ("1,286张", 1286, {"unit_id": "bed"}),
    ("30余万人次", 30, {"unit_id": "ten_thousand_person_times", "comparator": "gt"}),
    ("491万余人", 491, {"unit_id": "ten_thousand_persons", "comparator": "gt"}),
    ("六成以上", 60, {"comparator": "ge"}),
    ("翻两番", 4, {"unit_id": "multiple"}),
    ("2—3名", 2, {"value_high": 3.0, "unit_id": "person_ming", "comparator": "between"}),
    ("3至5万人", 3, {"value_high": 5.0, "unit_id": "ten_thousand_persons", "comparator": "between"}),
    ("十五分钟", 15, {"unit_id": "minute"}),
    ("一个半小时", 1.5, {"unit_id": "hour"}), ("九十八点五", 98.5, {}),
    ("14.5/10万", 14.5, {"unit_id": "per_100k"}), ("九八%", 8, {}),
    ("不低於９８％", 98, {"comparator": "ge"}), ("2025年达到95%", 95, {"year": 2025}), ("全覆盖", 100, {}),
    ("5千人", 5000, {"unit_id": "person"}),
    ("966元", 966, {"unit_id": "yuan_per_person_month"}),
    ("5万元", 5, {"unit_id": "ten_thousand_yuan"}), ("5万元", 50000, {"unit_id": "yuan"}),
    ("提高3个百分点", 3, {}), ("2个小时", 2, {"unit_id": "hour"}), ("5千米", 5, {"unit_id": "kilometre"}),
    ("两场", 2, {"unit_id": "item"}),
    ("约20所", 20, {"comparator": "approx", "unit_id": "institution"}),
]  # fmt: skip
UNSOUND = [
    ("6.57万人", 65.7, {"unit_id": "ten_thousand_persons"}, "value"),
    ("6.57万人", 6.57, {"unit_id": "person"}, "unit_id"),
    ("4%以内", 4, {"comparator": "ge"}, "comparator"), ("87.8%", 0.878, {}, "value"),
    ("58%以上", 85, {"comparator": "ge"}, "value"),
    ("58%以上", 58, {}, "comparator"), (">95", 95, {"comparator": "ge"}, "comparator"),
    ("30余人", 30, {"unit_id": "person"}, "comparator"),
    ("2—3名", 2, {"value_high": 4.0, "unit_id": "person_ming", "comparator": "between"},
        "value_high"),
    ("2—3名", 3, {"value_high": 3.0, "unit_id": "person_ming", "comparator": "between"}, "value"),
    ("2—3名", 2, {"value_high": 2.0, "unit_id": "person_ming", "comparator": "between"}, "value"),
    ("六成", 6, {}, "value"), ("翻2025番", 4, {"unit_id": "multiple"}, "value"),
    ("6‰", 6, {}, "unit_id"), ("6‰", 0.6, {}, "value"),
    ("2小时", 120, {"unit_id": "minute"}, "value"), ("6%", 6, {"unit_id": "permille"}, "unit_id"),
    ("5元", 5, {"unit_id": "ten_thousand_yuan"}, "unit_id"),
    ("5万元", 5, {"unit_id": "yuan"}, "unit_id"),
    ("800人", 800, {"unit_id": "ten_thousand_persons"}, "unit_id"),
    ("8千人", 8, {"unit_id": "person"}, "unit_id"),
    ("30张", 30, {"unit_id": "person"}, "unit_id"), ("15分钟", 15, {"unit_id": "hour"}, "unit_id"),
    ("10里", 10, {"unit_id": "kilometre"}, "unit_id"),
    ("2025年达到95%", 95, {"year": 2024}, "year"),
    ("3.52亿元", 3.52, {"unit_id": "ten_thousand_yuan"}, "unit_id"),
    ("1,286张", 1.286, {"unit_id": "bed"}, "value"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "more"), SOUND)
def test_what_is_recorded_as_printed(
    wrong: Callable[..., str | None], printed: str, value: float, more: dict[str, Any]
) -> None:
    assert wrong(printed, value, **more) is None


@pytest.mark.parametrize(("printed", "value", "more", "column"), UNSOUND)
def test_what_is_not_as_printed(
    wrong: Callable[..., str | None], printed: str, value: float, more: dict[str, Any], column: str
) -> None:
    assert wrong(printed, value, **more) == column


def test_a_deviation_is_explained_by_notes_that_name_what_is_recorded(
    wrong: Callable[..., str | None],
) -> None:
    both = {"note_zh": "按原文折算为0.5", "note_en": "Half of it, recorded as 0.5."}
    assert wrong("一百米", 0.5, **both) is None
    assert wrong("一百米", 0.5, **both | {"note_en": "See the text."}) == "value"
    assert wrong("一百米", 0.5) == "value"
    assert wrong("一百米", 0.7, **both) == "value"
    sign = {"note_zh": "记为≥", "note_en": "Recorded as ≥."}
    assert wrong("超过5%", 5, comparator="ge", **sign) is None


@pytest.mark.parametrize("value", [1.0, 202.0, 4.0, 0.1])
def test_digits_of_another_number_explain_nothing(
    wrong: Callable[..., str | None], value: float
) -> None:
    notes = {"note_zh": "2021年为4.1，见3.01。", "note_en": "In 2021 it was 4.1; see 3.01."}
    assert wrong("5%以内", value, comparator="le", **notes) == "value"
    assert wrong("5%以内", 4.1, comparator="le", **notes) is None


def test_all_curated_figures_are_as_printed(ds: ps.Dataset) -> None:
    assert unlike_print(ds.statements, ds.units).isna().all()


def test_a_part_of_the_units_is_enough(ds: ps.Dataset) -> None:
    """A page is given the units that its rows have; what is as printed on all of them is so on
    these.
    """
    row = pd.DataFrame(
        [
            PLAIN
            | {
                "value_as_written": "18.6万人次",
                "value": 18.6,
                "unit_id": "ten_thousand_person_times",
            }
        ]
    )
    few = ds.units[ds.units["unit_id"].isin(["ten_thousand_person_times", "person"])]
    assert unlike_print(row, few).isna().all()


# ../shared/drafting/cases, k22
SLIPS = [
    ("mianyang-14fyp-025", "value", "65.7"), ("mianyang-14fyp-027", "comparator", "ge"),
    ("mianyang-14fyp-025", "unit_id", "person"), ("mianyang-14fyp-009", "value", "0.878"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "column", "cell"), SLIPS)
def test_loading_names_a_slip_and_verify_does(
    ds: ps.Dataset, tmp_path: Path, statement: str, column: str, cell: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ds.package.path.parent, folder)
    path = folder / "statements.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    row = next(row for row in rows if row[head.index("statement_id")] == statement)
    row[head.index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])
    with pytest.raises(ps.DataError) as told:
        ps.load(folder)
    line = rows.index(row) + 2
    named = {
        (fault.file.rsplit("/", 1)[-1], fault.line, fault.column) for fault in told.value.faults
    }
    assert ("statements.csv", line, column) in named
    assert "is not what value_as_written prints" in str(told.value)
    changed = ds.statements.copy()
    changed.loc[changed["statement_id"] == statement, column] = (
        float(cell) if column == "value" else cell
    )
    made = replace(ds, statements=changed)
    (tmp_path / "texts").mkdir()
    result = ps.verify(made, tmp_path / "texts")
    assert result.spans.loc[result.spans["row"] == statement, "status"].tolist() == ["no_text"]
    assert not result.ok
