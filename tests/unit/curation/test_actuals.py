"""Actual values: the form, filled in as people do, and taken in with all its rows or not at all.

All values here are made up.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import psanalysis as ps
from psanalysis.cli import main
from psanalysis.curation import transaction
from psanalysis.curation.add_actuals import ActualsError, add_actuals
from psanalysis.datapackage.dataset import data_folder
from psanalysis.report import Outcomes
from psanalysis.tables import form_file

PLAN = "mianyang-14fyp"
CHILDCARE, PRESCHOOL = "childcare_places_per_1000", "preschool_gross_enrolment"
SOURCE = {
    "publisher": "绵阳市统计局", "title": "绵阳市2025年统计公报（测试用，并无此文）", "published_on": "2026-03-28",
    "status": "final", "quality": "original",
}  # fmt: skip
VALUES = {
    CHILDCARE: {"value": "5.30", "value_as_stated": "5.30个"} | SOURCE,
    PRESCHOOL: {"value": "97.5", "value_as_stated": "97.5%"} | SOURCE,
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    code, output = run("actuals", "template", "--plan", PLAN, "-o", path)
    assert code == 0, output
    return path


@pytest.fixture
def form(tmp_path: Path, made: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "form.xlsx"))


def fill(path: Path, values: dict[str, dict[str, Any]], kind: Callable[[Any], Any] = str) -> Path:
    """Write cells into the rows of indicators, as a person does in the first sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[2]}
    rows = {sheet.cell(row, columns["indicator_id"]).value: row for row in range(3, sheet.max_row)}
    for indicator, cells in values.items():
        for column, value in cells.items():
            sheet.cell(rows[indicator], columns[column]).value = kind(value)
    book.save(path)
    return path


def own(data: Path) -> list[dict[str, str]]:
    """The rows of Mianyang in actuals.csv."""
    text = (data / "actuals.csv").read_text(encoding="utf-8")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["area_id"] == "mianyang"]


def faults(output: str) -> list[str]:
    return output.splitlines()[1:]


def test_the_form_asks_for_what_is_missing_in_both_languages(form: Path, data: Path) -> None:
    ds = ps.load(data)
    book = openpyxl.load_workbook(form)
    assert book.sheetnames == ["填写 fill in", "说明 columns", "代码 codes"]
    values, columns, codes = book.worksheets
    head = [cell.value for cell in values[2]]
    wanted = ps.waiting(ds, PLAN, as_of=2025)
    assert values.max_row >= 2 + len(wanted)
    first = dict(zip(head, (cell.value for cell in values[3]), strict=True))
    assert first["indicator_id"] == CHILDCARE
    assert (first["name_zh"], first["year"]) == ("每千人口拥有3岁以下婴幼儿托位数", "2025")
    assert first["place"] == "绵阳市 Mianyang"
    assert first["target"] == "5.2个 / 5.2"
    assert first["statement_id"] in set(wanted["statement_id"])
    assert (first["value"], first["publisher"]) == (None, None)
    assert first["comparator"] == "eq | 等于 | the value itself"
    assert values["A1"].value.split("\n") == ["表述代码", "Statement"]
    titles = [cell.value for cell in columns[1]]
    about = [
        dict(zip(titles, (cell.value for cell in row), strict=True))
        for row in columns.iter_rows(min_row=2)
    ]
    assert [one["代码 Code"] for one in about] == head
    assert all("\n" in one["说明 What it is"] for one in about)
    lists = {str(one.sqref)[0]: one.formula1 for one in values.data_validations.dataValidation}
    offered = {codes.cell(1, n).value for n in range(1, codes.max_column + 1)}
    assert offered == {"comparator", "unit_id", "status", "quality"}
    assert len(lists) == 4
    assert all(one.startswith("'代码 codes'!$") for one in lists.values())
    assert any("≥" in str(row[head.index("target")].value) for row in values.iter_rows(min_row=3))


def test_the_form_is_the_same_each_time_and_never_written_over(
    form: Path, data: Path, tmp_path: Path
) -> None:
    ds = ps.load(data)
    rows = ps.waiting(ds, PLAN, as_of=2025)
    assert form.read_bytes() == form_file.form_bytes(ds, rows)
    code, output = run("actuals", "template", "--plan", PLAN, "-o", form, "--data", data)
    assert (code, "is there already" in output) == (2, True)
    code, output = run("actuals", "template", "-o", tmp_path / "form.pdf", "--data", data)
    assert (code, "neither .xlsx nor .csv" in output) == (2, True)
    code, output = run("actuals", "template", "--plan", "atlantis", "--data", data)
    assert (code, "atlantis" in output) == (2, True)


def test_a_year_asks_for_plans_under_way(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "year.csv"
    plan = ("--plan", "yuyao-2023-2027", "--data", data)
    code, output = run("actuals", "template", *plan, "--year", 2024, "-o", path)
    assert code == 0, output
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert {row["year"] for row in rows} == {"2024"}
    assert len(rows) > 20
    assert any(row["lead_unit"] for row in rows)


def test_round_trip_from_the_form_to_the_page(form: Path, data: Path) -> None:
    before = ps.outcomes(ps.load(data), PLAN, as_of=2025)["verdict"].value_counts()
    assert "met" not in before
    code, output = run("actuals", "add", fill(form, VALUES), "--data", data)
    assert code == 0, output
    assert "2 values added" in output
    assert [(row["indicator_id"], row["value"], row["unit_id"]) for row in own(data)] == [
        (CHILDCARE, "5.30", "item"), (PRESCHOOL, "97.5", "percent"),
    ]  # fmt: skip
    ds = ps.load(data)
    told = ps.outcomes(ds, PLAN, as_of=2025).drop_duplicates("indicator_id")
    told = told.set_index("indicator_id")["verdict"]
    assert (told[CHILDCARE], told[PRESCHOOL]) == ("met", "missed")
    page = Outcomes(PLAN, "en", as_of=2025, ds=ds)
    assert "1 met and 1 missed" in page.answer() or "1 met, 1 missed" in page.answer()
    assert "绵阳市统计局" in page.table()._repr_html_()
    asked = set(ps.waiting(ds, PLAN, as_of=2025)["indicator_id"])
    assert not asked & {CHILDCARE, PRESCHOOL}


def test_numbers_dates_and_percentages_as_excel_keeps_them(form: Path, data: Path) -> None:
    import datetime

    cells = {
        CHILDCARE: {"value": 5.3, "year": 2025, "published_on": datetime.date(2026, 3, 28),
            "retrieved_on": "2026/4/2"},
        PRESCHOOL: {"value": 0.975, "status": "正式",
            "quality": "original | 原件 | read in the original publication"},
    }  # fmt: skip
    values = {name: VALUES[name] | more for name, more in cells.items()}
    fill(form, values, kind=lambda value: value)
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[2]].index("value")
    for row in sheet.iter_rows(min_row=3):
        if row[column].value == 0.975:
            row[column].number_format = "0.0%"
        elif row[column].value is not None:
            row[column].number_format = "General"
    book.save(form)
    code, output = run("actuals", "add", form, "--data", data)
    assert code == 0, output
    rows = own(data)
    assert [row["value"] for row in rows] == ["5.3", "97.5"]
    assert [row["published_on"] for row in rows] == ["2026-03-28"] * 2
    assert rows[0]["retrieved_on"] == "2026-04-02"
    assert {(row["status"], row["quality"]) for row in rows} == {("final", "original")}


@pytest.mark.needs("office")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_round_trip_through_libreoffice(
    form: Path, data: Path, tmp_path: Path, ending: str
) -> None:
    fill(form, VALUES)
    saved = tmp_path / "saved"
    kind = "xlsx" if ending == "xlsx" else "csv:Text - txt - csv (StarCalc):44,34,76,1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", kind, "--outdir", saved, form],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    (file,) = saved.iterdir()
    code, output = run("actuals", "add", file, "--data", data)
    assert code == 0, output
    assert [row["value"] for row in own(data)] == ["5.30", "97.5"]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ","), ("utf-16", "\t"), ("gb18030", ","), ("gbk", ";")],
)
def test_csv_as_programs_save_it(data: Path, tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "form.csv"
    run("actuals", "template", "--plan", PLAN, "-o", path, "--data", data)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row.update(VALUES.get(row["indicator_id"], {}))
    rows = [row | {"name_zh": row["name_zh"], "target": "", "place": ""} for row in rows]
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(made.getvalue().encode(encoding, "replace"))
    code, output = run("actuals", "add", path, "--data", data)
    assert code == 0, output
    assert [row["publisher"] for row in own(data)] == [SOURCE["publisher"]] * 2


EIGHT = [
    ({"value": "九十七"}, "value='九十七' must be a plain number"),
    ({"year": "25"}, "year='25' must be a year of four digits"),
    ({"comparator": "以上"}, "comparator='以上' is not a valid code -> choose one of eq, ge"),
    ({"unit_id": "ten_thousand_beds"}, "unit_id='ten_thousand_beds' is of another dimension"),
    ({"area_id": "atlantis"}, "area_id='atlantis' is no known area_id"),
    (
        {"published_on": "2024-12"},
        "published_on='2024-12' must not be before the year of the value",
    ),
    ({"value_high": "99"}, "value_high='99' value_high belongs to comparator between"),
    ({"value_as_stated": "79.5%"}, "value='97.5' is not the number of value_as_stated"),
    ({"status": ""}, "status='' must not be empty"),
    ({"quality": "second_hand"}, "note_zh='' a value at second hand says where it comes from"),
]


def test_all_faults_are_named_at_once_and_nothing_is_written(data: Path, form: Path) -> None:
    waiting = ps.waiting(ps.load(data), PLAN, as_of=2025)
    shares = waiting[waiting["unit_id"] == "percent"].drop_duplicates("indicator_id")
    plain = {"value": "97.5", "value_as_stated": "97.5%"} | SOURCE
    names = shares["indicator_id"].head(len(EIGHT)).tolist()
    fill(form, {name: plain | wrong for name, (wrong, _) in zip(names, EIGHT, strict=True)})
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    code, output = run("actuals", "add", form, "--data", data)
    assert code == 2
    told = faults(output)
    assert len(told) == len(EIGHT), output
    for words in (expected for _, expected in EIGHT):
        (line,) = [one for one in told if words in one]
        assert re.match(r"form\.xlsx \[填写 fill in\]:\d+: \w+=.* -> .+", line), line
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_a_row_that_is_there_and_a_row_twice(form: Path, data: Path, tmp_path: Path) -> None:
    code, _ = run("actuals", "add", fill(form, VALUES), "--data", data)
    assert code == 0
    code, output = run("actuals", "add", form, "--data", data)
    assert code == 2
    assert output.count("is in actuals.csv already") == 2
    fresh = tmp_path / "twice.csv"
    columns = (data / "actuals.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {
        "area_id": "mianyang",
        "indicator_id": PRESCHOOL,
        "year": "2024",
        "comparator": "eq",
        "unit_id": "percent",
    }
    row |= VALUES[PRESCHOOL] | {"published_on": "2025-04"}
    line = ",".join(row.get(column, "") for column in columns)
    fresh.write_text("\n".join([",".join(columns), line, line]), encoding="utf-8")
    code, output = run("actuals", "add", fresh, "--data", data)
    assert (code, "repeats the key of line 2" in output) == (2, True)


def test_a_revision_stands_beside_what_it_revises(form: Path, data: Path) -> None:
    first = {PRESCHOOL: VALUES[PRESCHOOL] | {"status": "preliminary"}}
    run("actuals", "add", fill(form, first), "--data", data)
    later = {
        "value": "98.1",
        "value_as_stated": "98.1%",
        "published_on": "2026-09",
        "status": "revised",
    }
    code, output = run(
        "actuals", "add", fill(form, {PRESCHOOL: VALUES[PRESCHOOL] | later}), "--data", data
    )
    assert code == 0, output
    assert "both stay, the last published counts" in output
    assert [(row["value"], row["status"]) for row in own(data)] == [
        ("97.5", "preliminary"), ("98.1", "revised"),
    ]  # fmt: skip
    told = ps.outcomes(ps.load(data), PLAN, as_of=2025).set_index("indicator_id")
    assert told.loc[[PRESCHOOL], "value"].tolist()[0] == 98.1


def test_bounds_and_ranges_are_taken_in(form: Path, data: Path) -> None:
    values = {
        PRESCHOOL: VALUES[PRESCHOOL]
        | {"value": "98", "value_as_stated": "超过98%", "comparator": "超过"},
        CHILDCARE: VALUES[CHILDCARE]
        | {"value": "5", "value_high": "6", "comparator": "between", "value_as_stated": "5—6个"},
    }
    code, output = run("actuals", "add", fill(form, values), "--data", data)
    assert code == 0, output
    told = ps.outcomes(ps.load(data), PLAN, as_of=2025).drop_duplicates("indicator_id")
    told = told.set_index("indicator_id")
    assert told.loc[PRESCHOOL, ["verdict", "evidence"]].tolist() == ["met", "bound"]
    assert told.loc[CHILDCARE, ["verdict", "untold"]].tolist() == ["cannot_tell", "bound"]


def test_a_doubtful_size_is_told_and_does_not_block(form: Path, data: Path) -> None:
    values = {PRESCHOOL: VALUES[PRESCHOOL] | {"value": "0.975", "value_as_stated": ""}}
    code, output = run("actuals", "add", fill(form, values), "--data", data)
    assert code == 0, output
    assert f"doubt: mianyang {PRESCHOOL} 2025: 0.975% may be a fraction" in output
    assert f"unchecked: mianyang {PRESCHOOL} 2025: value_as_stated is empty" in output
    page = Outcomes(PLAN, "en", as_of=2025, ds=ps.load(data))
    assert "may be a fraction" in page.table()._repr_html_()
    code, output = run("check", "--data", data)
    assert (code, "1 actual values of a doubtful size -> psanalysis check --notes" in output) == (
        0,
        True,
    )
    assert f"doubt: mianyang {PRESCHOOL} 2025" in run("check", "--notes", "--data", data)[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 broken", "is not an Excel workbook"),
        (b"\xff\xfe\x00", "is no text in"),
        (b"name,value\nx,1\n", "no sheet has the columns"),
        ("地区代码,指标代码,数值年份,数值\n".encode(), "comparator='' column is missing"),
    ],
)
def test_files_that_are_no_form(data: Path, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "form.csv"
    file.write_bytes(content)
    code, output = run("actuals", "add", file, "--data", data)
    assert (code, words in output) == (2, True), output
    assert run("actuals", "add", tmp_path / "absent.xlsx", "--data", data)[0] == 2


def test_a_formula_without_a_result_is_no_empty_cell(form: Path, data: Path) -> None:
    fill(form, {PRESCHOOL: VALUES[PRESCHOOL] | {"value": "=95+2.5"}})
    code, output = run("actuals", "add", form, "--data", data)
    assert (code, "is a formula without a result" in output) == (2, True), output


def test_an_empty_form_adds_nothing(form: Path, data: Path) -> None:
    code, output = run("actuals", "add", form, "--data", data)
    assert (code, "no row is filled in" in output) == (2, True)
    with pytest.raises(ActualsError, match="actual values to add: 1 fault"):
        add_actuals(data, form)


def _killed(data: Path, form: Path, step: int) -> None:
    steps = [0]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def work(*given: Any, **named: Any) -> Any:
            steps[0] += 1
            if steps[0] == step:
                os._exit(9)
            return function(*given, **named)

        return work

    Path.replace = counted(Path.replace)  # type: ignore[method-assign]
    transaction._write = counted(transaction._write)
    add_actuals(data, form)


@pytest.mark.parametrize("step", range(1, 5))
def test_a_kill_half_way_leaves_all_or_nothing(form: Path, data: Path, step: int) -> None:
    fill(form, VALUES)
    process = multiprocessing.get_context("fork").Process(target=_killed, args=(data, form, step))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    transaction.finish(data)
    assert len(own(data)) in (0, 2)
    ps.load(data)
