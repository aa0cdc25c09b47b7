"""One statement with several occurrences: one decision from the review to the data.

The city of Yunhe is made up.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import psanalysis as ps
from psanalysis.cli import main
from psanalysis.curation.accepted import read_accepted
from psanalysis.curation.curator import AGAIN, Curator
from psanalysis.curation.decisions import Curation
from psanalysis.curation.plan_info import read_info, write_info
from psanalysis.curation.saved import save_draft
from psanalysis.datapackage.dataset import data_folder
from psanalysis.draft import Draft

TEXT = (
    "云河市“十四五”公共服务规划\n第一章 主要目标\n专栏1 主要指标\n"
    "序号 | 指标 | 2020年 | 2025年 | 属性 |\n1 | 养老机构护理型床位占比（%） | 50 | 55 | 约束性 |\n"
    "2 | 社区木偶戏传习所（个） | 3 | 12 | 预期性 |\n"
    "第二章 养老\n到2025年，养老机构护理型床位占比提高到55%以上。\n"
    "第三章 保障\n到2025年，养老机构护理型床位占比达到55%，普惠性幼儿园和公办幼儿园覆盖率均达到90%。\n"
)
BEDS = "nursing_bed_share"


@pytest.fixture
def table(result: Draft, tmp_path: Path) -> Path:
    return save_draft(result, tmp_path / "draft.csv")[0]


def targets(frame: pd.DataFrame) -> list[int]:
    wanted = (frame["indicator_id"] == BEDS) & (frame["role"] == "target")
    return [int(number) for number in frame.index[wanted]]


def write(table: Path, cells: dict[tuple[int, str], str]) -> pd.DataFrame:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    for (row, column), cell in cells.items():
        frame.loc[row, column] = cell
    frame.to_csv(table, index=False, encoding="utf-8-sig")
    return frame


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_places_of_one_statement_name_the_first(result: Draft) -> None:
    frame = result.statements
    first, *others = targets(frame)
    assert len(others) == 2
    ids = frame["statement_id"]
    assert frame["same_as"].tolist() == [
        ids[first] if number in others else "" for number in range(len(frame))
    ]


def test_one_number_of_two_indicators_stays_two_statements(result: Draft) -> None:
    shared = result.statements[result.statements["value"] == "90"]
    assert (len(shared), shared["char_start"].nunique()) == (2, 1)
    assert shared["same_as"].tolist() == ["", ""]


def test_one_decision_makes_a_headline_and_its_repeats(table: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    first, *_ = targets(frame)
    own = write(table, {(first, "accepted"): "yes"})
    info = tmp_path / "info.yml"
    run("add-plan", table, "--plan-info", info, "--data", data)
    filled = read_info(info, ps.load(data).package)
    about = {
        "plans": {"title_en": "Plan of Yunhe", "issuer": "云河市", "issued_on": "2021-12-30",
            "citation": "云河市：规划"},
        "areas": {"name_en": "Yunhe", "level": "prefecture", "parent_id": "china",
            "admin_code": "990100"},
    }  # fmt: skip
    write_info({t: [row | about.get(t, {}) for row in rows] for t, rows in filled.items()}, info)
    run("add-plan", table, "--plan-info", info, "--data", data)
    ds = ps.load(data)
    stored = ds.statements[ds.statements["plan_id"] == "yunhe-14fyp"]
    occurrences = own.loc[own["indicator_id"].eq(BEDS) & own["role"].eq("target")]
    assert stored["char_start"].astype(str).tolist() == occurrences["char_start"].tolist()
    gaps = ps.gaps(ds, "yunhe-14fyp")
    assert gaps["headline"].tolist() == [True, False, False]
    assert gaps["repeat_of"].dropna().unique().tolist() == ["yunhe-14fyp-001"]
    assert gaps["nature"].dropna().tolist() == ["binding"]


def test_a_correction_holds_for_all_places_and_each_keeps_what_is_its_own(
    table: Path, ds: ps.Dataset
) -> None:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    first, second, third = targets(frame)
    cells = {"accepted": "是", "indicator_id": "my_beds", "year": "2024", "year_basis": "implied"}
    write(table, {(first, column): cell for column, cell in cells.items()})
    columns = ds.package.by_name["statements"].columns
    rows = read_accepted(table, columns).rows
    assert [row["indicator_id"] for row in rows] == ["my_beds"] * 3
    assert [(row["year"], row["year_basis"]) for row in rows] == [("2024", "implied")] * 3
    assert [row["comparator"] for row in rows] == ["eq", "ge", "eq"]
    assert len({row["char_start"] for row in rows}) == 3
    write(table, {(second, "accepted"): "no", (third, "accepted"): "yes"})
    rows = read_accepted(table, columns).rows
    assert [row["indicator_id"] for row in rows] == ["my_beds", BEDS]


def test_a_rejected_statement_is_rejected_everywhere(table: Path, ds: ps.Dataset) -> None:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    first, *_ = targets(frame)
    write(table, {(first, "accepted"): "no", (0, "accepted"): "yes"} if first else {})
    rows = read_accepted(table, ds.package.by_name["statements"].columns).rows
    assert [row["indicator_id"] for row in rows if row["role"] == "target"] == []


def test_the_notebook_decides_once_and_steps_over_the_places(table: Path, ds: ps.Dataset) -> None:
    curation = Curation.load(table, ds)
    first, second, third = targets(curation.rows)
    done = curation.decide(first, "yes")
    assert done.counts["yes"] == 3
    assert (done.occurrences(first), done.follows(second)) == ((second, third), True)
    corrected = done.correct(first, "unit_id", "new_x")
    assert [
        fault.line - 2
        for fault in corrected.all_faults
        if fault.column == "unit_id" and fault.value == "new_x"
    ] == [first, second, third]
    assert corrected.counts["faulty"] == 3
    alone = done.decide(second, "no")
    assert (alone.counts["yes"], alone.occurrences(first)) == (2, (third,))
    curator = Curator(table, "en", ds)
    curator.number = second - 1
    assert curator.following() not in (second, third)
    assert curator._options()[second][0].startswith(AGAIN)


def test_a_second_draft_keeps_decisions_and_what_follows_them(
    table: Path, result: Draft, ds: ps.Dataset
) -> None:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    first, *_ = targets(frame)
    write(table, {(first, "accepted"): "yes", (first, "indicator_id"): "my_beds"})
    save_draft(result, table)
    again = pd.read_csv(table, dtype=str, keep_default_na=False)
    assert again["statement_id"].tolist() == frame["statement_id"].tolist()
    assert again["same_as"].tolist() == frame["same_as"].tolist()
    rows = read_accepted(table, ds.package.by_name["statements"].columns).rows
    assert [row["indicator_id"] for row in rows] == ["my_beds"] * 3


def test_of_two_indicators_of_one_number_the_undecided_one_stays(
    table: Path, result: Draft
) -> None:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    _, other = frame.index[frame["value"] == "90"]
    write(table, {(int(other), "accepted"): "yes", (int(other), "indicator_as_written"): "覆盖率"})
    save_draft(result, table)
    again = pd.read_csv(table, dtype=str, keep_default_na=False)
    assert len(again) == len(frame)
    assert sorted(again.loc[again["value"] == "90", "accepted"]) == ["", "yes"]
