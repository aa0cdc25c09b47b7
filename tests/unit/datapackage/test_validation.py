"""Cells, keys, references and rules: every fault with file, line, column, value and rule, all of
them in one error.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import psanalysis as ps
from psanalysis.datapackage import validation
from psanalysis.datapackage.cell_rules import own_rules
from psanalysis.datapackage.invisible import RULE
from psanalysis.datapackage.rules import ROW_RULES
from psanalysis.datapackage.schema import Field

Change = Callable[..., Path]
Faults = Callable[[Path], list[tuple[str, int, str, str, str]]]
NUMBER = "must be a plain number"
TIDY = "must have no blanks around it and no line break"
ROW = "mianyang-14fyp-002,mianyang-14fyp,public_kindergartens_total,baseline,2020,implied,148,,institution,eq,,,,mianyang,,,"


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [
        ("abc", "abc", NUMBER), ("1e5", "1e5", NUMBER), (" 5", " 5", TIDY), ("5 ", "5 ", TIDY),
        ("５", "５", NUMBER), ('"1,000"', "1,000", NUMBER),
        ("98%", "98%", NUMBER), ("≥98", "≥98", NUMBER), ("+5", "+5", NUMBER), (".5", ".5", NUMBER),
        ("5.", "5.", NUMBER), ("05", "05", NUMBER),
        ("nan", "nan", NUMBER), ("inf", "inf", NUMBER), ("一百", "一百", NUMBER),
        ("\u00a05", "\u00a05", TIDY), ("5\u3000", "5\u3000", TIDY),
        ("1" * 16, "1" * 16, NUMBER), ("0." + "1" * 16, "0." + "1" * 16, NUMBER),
        ("1" + "0" * 400, "1" + "0" * 400, NUMBER), ("--5", "--5", NUMBER),
    ],
)  # fmt: skip
def test_value_must_be_a_plain_number(
    change: Change, faults: Faults, cell: str, value: str, rule: str
) -> None:
    folder = change("statements.csv", ROW, ROW.replace(",148,", f",{cell},"))
    assert faults(folder) == [("statements.csv", 3, "value", value, rule)]


@pytest.mark.parametrize("cell", ["148", "-3", "0.5", "148.00", "1" * 15])
def test_plain_numbers_are_taken_as_they_are(change: Change, ds: ps.Dataset, cell: str) -> None:
    lines = (ds.package.path.parent / "statements.csv").read_text(encoding="utf-8").split("\n")
    printed = lines[2].replace(",148,", f",{cell},").replace(",148所,602,606,", f",{cell},,,")
    printed = printed.removesuffix("span") + "inferred"
    ds = ps.load(change("statements.csv", lines[2], printed))
    assert ds.statements["value"].iloc[1] == float(cell)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "value", "rule"),
    [
        ("statements.csv", ROW, ROW.replace("2020", "20255"), 3, "year", "20255",
            "must be a year of four digits"),
        ("statements.csv", ROW, ROW.replace("2020", "2020.0"), 3, "year", "2020.0",
            "must be a year of four digits"),
        ("statements.csv", ROW, ROW.replace("2020", "0001"), 3, "year", "0001",
            "must be a year of four digits"),
        ("statements.csv", ROW, ROW.replace("2020", "9999"), 3, "year", "9999",
            "must be a year of four digits"),
        ("statements.csv", ROW, ROW.replace(",eq,", ",>=,"), 3, "comparator", ">=",
            "is not a valid code"),
        ("statements.csv", ROW, ROW.replace(",baseline,", ",Baseline,"), 3, "role", "Baseline",
            "is not a valid code"),
        ("statements.csv", ROW, ROW.replace(",baseline,", ",,"), 3, "role", "",
            "must not be empty"),
        ("statements.csv", ",582,588,", ",99999999999999999999,588,", 2, "char_start", "9" * 20,
            "must be a whole number"),
        ("statements.csv", ",582,588,", ",582.0,588,", 2, "char_start", "582.0",
            "must be a whole number"),
        ("statements.csv", ",582,588,", ",-582,588,", 2, "char_start", "-582",
            "must be at least 0"),
        ("statements.csv", ROW, ROW.replace("public_kindergartens_total", "no_such"), 3,
            "indicator_id", "no_such",
         "is no indicator_id of indicators.csv"),
        ("statements.csv", ROW, ROW.replace(",institution,", ",schools,"), 3, "unit_id", "schools",
            "is no unit_id of units.csv"),
        ("statements.csv", ROW, ROW.replace("002,mianyang-14fyp,", "002,mianyang,"), 3, "plan_id",
            "mianyang", "is no plan_id of plans.csv"),
        ("statements.csv", "mianyang-14fyp-002,", "mianyang-14fyp-001,", 3, "statement_id",
            "mianyang-14fyp-001",
         "repeats the key of line 2"),
        ("statements.csv", "mianyang-14fyp-002,", "Mianyang 2,", 3, "statement_id", "Mianyang 2",
         "must match [a-z][a-z0-9-]*-[0-9]{3,}"),
        ("plans.csv", "2022-02-23", "2022-02-30", 2, "issued_on", "2022-02-30",
            "must be a day of the calendar"),
        ("plans.csv", "2022-02-23", "2022/2/23", 2, "issued_on", "2022/2/23", "must be a date"),
        ("plans.csv", ",mianyang,", ",moscow,", 2, "city_id", "moscow",
            "is no area_id of areas.csv"),
        ("plans.csv", ",54079,", ",0,", 2, "source_chars", "0", "must be at least 1"),
        ("areas.csv", "sichuan,四川省,Sichuan,province,china", "sichuan,四川省,Sichuan,state,china", 3,
            "level", "state", "is not a valid code"),
        ("areas.csv", ",510000", ",51000", 3, "admin_code", "51000", "must match [1-9][0-9]{5}"),
        ("areas.csv", "province,china,510000", "province,chine,510000", 3, "parent_id", "chine",
            "is no area_id of areas.csv"),
        ("units.csv", "percent,%,%,proportion,0.01", "percent,%,%,proportion,0", 2, "factor", "0",
            "must be more than 0"),
        ("domains.csv", ",2\n", ",1\n", 3, "sort", "1", "repeats the key of line 2"),
        ("services.csv", "mianyang-14fyp,childcare,2,", "mianyang-14fyp,childcare,1,", 3,
            "plan_id+position", "mianyang-14fyp, 1",
         "repeats the key of line 2"),
    ],
)  # fmt: skip
def test_one_change_one_fault(
    change: Change,
    faults: Faults,
    file: str,
    old: str,
    new: str,
    line: int,
    column: str,
    value: str,
    rule: str,
) -> None:
    assert faults(change(file, old, new)) == [(file, line, column, value, rule)]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "value", "rule"),
    [
        ("statements.csv", ROW, ROW.replace(",institution,", ",percent,"), 3, "unit_id", "percent",
            "is of another dimension than its indicator's unit"),
        ("statements.csv", ROW, ROW.replace("institution,eq,,", "institution,eq,all,"), 3, "pledge",
            "all", "a pledge has no value"),
        ("statements.csv", ROW, ROW.replace(",148,", ",,"), 3, "comparator", "eq",
            "a value has a comparator, and no value has comparator none"),
        ("statements.csv", ROW, ROW.replace(",eq,", ",none,"), 3, "comparator", "none",
            "a value has a comparator, and no value has comparator none"),
        ("statements.csv", ROW, ROW.replace(",eq,", ",between,"), 3, "value_high", "",
            "value_high belongs to comparator between, and to it alone"),
        ("statements.csv", ROW, ROW.replace("148,,", "148,150,"), 3, "value_high", "150",
            "value_high belongs to comparator between, and to it alone"),
        ("statements.csv", ROW, ROW.replace("148,,institution,eq", "148,147,institution,between"),
            3, "value_high", "147", "must not be below value"),
        ("statements.csv", ROW, ROW.replace(",2020,implied,", ",2020,,"), 3, "year_basis", "",
            "year and year_basis go together"),
        ("statements.csv", ROW, ROW.replace(",2020,implied,", ",,implied,"), 3, "year_basis",
            "implied", "year and year_basis go together"),
        ("statements.csv", ROW, ROW.replace("eq,,,,", "eq,,firm,,"), 3, "commitment", "firm",
            "targets have a commitment, other roles have none"),
        ("statements.csv", ROW, ROW.replace(",baseline,", ",target,"), 3, "commitment", "",
            "targets have a commitment, other roles have none"),
        ("statements.csv", ROW, ROW.replace("mianyang,,,", "mianyang,2016,,"), 3, "flow_end", "",
            "flow_start and flow_end go together"),
        ("statements.csv", ROW, ROW.replace("mianyang,,,", "mianyang,2020,2016,"), 3, "flow_end",
            "2016", "must not be before flow_start"),
        ("statements.csv", "mianyang-14fyp-003,", "panjin-14fyp-902,", 4, "statement_id",
            "panjin-14fyp-902", "must be the plan_id and a number"),
        ("statements.csv", ",602,606,", ",602,607,", 3, "char_end", "607",
            "the span is not as long as value_as_written"),
        ("statements.csv", ",602,606,", ",,606,", 3, "char_end", "606",
            "char_start and char_end go together"),
        ("statements.csv", ",602,606,", ",60602,60606,", 3, "char_end", "60606",
            "lies outside the source text"),
        ("services.csv", ",8799,8811", ",8799,8812", 2, "char_end", "8812",
            "the span is not as long as service_as_written"),
        ("services.csv", ",8799,8811", ",88799,88811", 2, "char_end", "88811",
            "lies outside the source text"),
        ("plans.csv", ",2021,2025,2020,2025,", ",2026,2025,2020,2025,", 2, "period_end", "2025",
            "must not be before period_start"),
        ("plans.csv", ",2021,2025,2020,2025,", ",2021,2025,2026,2025,", 2, "horizon_year", "2025",
            "must not be before baseline_year"),
        ("plans.csv", ",54079,", ",,", 2, "source_file", "mianyang.txt",
            "source_file, source_sha256 and source_chars go together"),
        *(
            ("plans.csv", ",mianyang.txt,", f",{name},", 2, "source_file", name,
                "must be the name of a file, without a folder")
            for name in ("../../etc/passwd", "/etc/passwd", "..", "texts/mianyang.txt",
                "texts\\mianyang.txt", "~root", "x" * 201)
        ),
    ],
)  # fmt: skip
def test_rules_over_a_row(
    change: Change,
    faults: Faults,
    file: str,
    old: str,
    new: str,
    line: int,
    column: str,
    value: str,
    rule: str,
) -> None:
    assert faults(change(file, old, new)) == [(file, line, column, value, rule)]


def test_a_span_may_end_where_the_text_ends_and_not_one_character_later(
    change: Change, faults: Faults, ds: ps.Dataset
) -> None:
    size = int(ds.plans["source_chars"].iloc[0])
    ps.load(change("statements.csv", ",602,606,", f",{size - 4},{size},"))
    folder = change("statements.csv", f",{size - 4},{size},", f",{size - 3},{size + 1},")
    assert faults(folder) == [
        ("statements.csv", 3, "char_end", str(size + 1), "lies outside the source text")
    ]


def test_rules_over_other_tables(faults: Faults, folder: Path, ds: ps.Dataset) -> None:
    header = "finding_id,plan_id,kind,severity,statement_ids,text_zh,text_en\n"
    (folder / "findings.csv").write_text(
        header + "f-1,panjin-14fyp,misprint,contradiction,panjin-14fyp-001 "
        "panjin-14fyp-999,文,text\nf-2,panjin-14fyp,misprint,contradiction,,文,text\n"
    )
    (folder / "actuals.csv").write_text(
        ",".join(ds.actuals.columns)
        + "\npanjin,nursing_bed_share,2023,5,6,eq,bed,,x,y,2022-05,,,final,original,,\n"
        + "panjin,nursing_bed_share,2024,5,4,between,permille,,x,,2025,,,final,original,,\n"
        + "panjin,nursing_bed_share,2025,5,,eq,percent,,x,y,,,,final,second_hand,,\n"
    )
    (folder / "indicators.csv").write_bytes(
        (folder / "indicators.csv").read_bytes().replace(b",0,100,", b",101,100,", 1)
    )
    found = faults(folder)
    assert found[:8] == [
        ("actuals.csv", 2, "published_on", "2022-05", "must not be before the year of the value"),
        ("actuals.csv", 2, "unit_id", "bed", "is of another dimension than its indicator's unit"),
        (
            "actuals.csv",
            2,
            "value_high",
            "6",
            "value_high belongs to comparator between, and to it alone",
        ),
        (
            "actuals.csv",
            3,
            "quality",
            "original",
            "an original that was read or is named has publisher and title",
        ),
        ("actuals.csv", 3, "value_high", "4", "must not be below value"),
        (
            "actuals.csv",
            4,
            "note_zh",
            "",
            "a value at second hand says where it comes from, in both languages",
        ),
        (
            "findings.csv",
            2,
            "statement_ids",
            "panjin-14fyp-001 panjin-14fyp-999",
            "names a statement that is not in statements.csv",
        ),
        ("findings.csv", 3, "statement_ids", "", "a doubt names the figures that it doubts"),
    ]
    assert [(file, column, value, rule) for file, _, column, value, rule in found[8:]] == [
        ("indicators.csv", "upper_limit", "100", "must not be below lower_limit"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value"),
    [
        ("areas.csv", "盘锦市,Panjin", "绵阳市,Panjin", "name_zh", "绵阳市"),
        ("areas.csv", "盘锦市,Panjin", "盘锦市,Mianyang", "name_en", "Mianyang"),
        ("domains.csv", ",学有所教,", ",幼有所育,", "name_zh", "幼有所育"),
    ],
)
def test_a_name_is_of_one_thing_alone(
    change: Change, faults: Faults, file: str, old: str, new: str, column: str, value: str
) -> None:
    """Charts and tables show names: two rows of one name would look like one."""
    found = faults(change(file, old, new))
    assert [(one[0], *one[2:4]) for one in found] == [(file, column, value)]
    assert found[0][4].startswith("is the name of another of the ")


def test_projects_are_anchored_too(folder: Path, faults: Faults, ds: ps.Dataset) -> None:
    last = ds.projects.iloc[-1]
    path = folder / "projects.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            f",{last.char_start},{last.char_end},", f",{last.char_start},{last.char_end + 1},"
        )
    )
    assert faults(folder) == [
        (
            "projects.csv",
            len(ds.projects) + 1,
            "char_end",
            str(last.char_end + 1),
            "the span is not as long as project_as_written",
        )
    ]


def test_an_actual_value_is_the_number_that_was_stated(change: Change, faults: Faults) -> None:
    folder = change("actuals.csv", ",2023,78.6,,eq,age_year,78.6", ",2023,75.6,,eq,age_year,78.6")
    assert [(file, column, value, rule) for file, _, column, value, rule in faults(folder)] == [
        ("actuals.csv", "value", "75.6", "is not the number of value_as_stated")
    ]


def test_the_status_of_a_project_has_a_source(change: Change, faults: Faults) -> None:
    rule = "a status is known from a source, and only then"
    change("projects.csv", ",unknown,\n", ",done,\n")
    folder = change("projects.csv", ",unknown,\n", ",unknown,a report\n")
    assert faults(folder) == [
        ("projects.csv", 2, "status_source", "", rule),
        ("projects.csv", 3, "status_source", "a report", rule),
    ]


def test_several_faults_in_several_files_come_in_one_error(
    change: Change, faults: Faults, folder: Path
) -> None:
    change("statements.csv", ROW, ROW.replace(",148,", ",abc,"))
    change(
        "statements.csv", "mianyang-14fyp-004,mianyang-14fyp,", "mianyang-14fyp-004,mianyang-14fyx,"
    )
    change("statements.csv",
        "mianyang-14fyp,new_compulsory_education_places,baseline,2020,implied,5.6,,ten_thousand_items,eq,,",
           "mianyang-14fyp,new_compulsory_education_places,baseline,2020,implied,5.6,,ten_thousand_items,eq,all,")  # fmt: skip
    change("plans.csv", "2022-02-23", "2022-02-30")
    change("areas.csv", "prefecture", "town")
    change("service_codes.csv", lambda b: b.decode().encode("gbk", "replace"))
    (folder / "pledges.csv").unlink()
    found = faults(folder)
    assert [(file, line, column) for file, line, column, _, _ in found] == [
        ("areas.csv", 8, "level"),
        ("plans.csv", 2, "issued_on"),
        ("pledges.csv", 0, ""),
        ("service_codes.csv", 2, ""),
        ("statements.csv", 3, "value"),
        ("statements.csv", 5, "plan_id"),
        ("statements.csv", 6, "pledge"),
    ]
    with pytest.raises(ps.DataError, match=r"^data package: 7 faults\n"):
        ps.load(folder)


def test_a_value_that_breaks_two_rules_is_told_once(change: Change, faults: Faults) -> None:
    assert len(faults(change("statements.csv", ROW, ROW.replace(",148,", ", a,")))) == 1


def test_every_rule_names_columns_and_tables_that_exist(ds: ps.Dataset) -> None:
    for rule in ROW_RULES:
        assert rule.column in ds.package.by_name[rule.table].columns
        assert all(name in ds.package.by_name for name in rule.needs)
        assert rule.remedy


@pytest.mark.parametrize(
    "mark",
    ["\x07", "\x85", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2028", "\u2066", "\ufeff",
        "\U000e0041"]
)  # fmt: skip
def test_what_nobody_sees_is_refused(change: Change, faults: Faults, mark: str) -> None:
    folder = change("areas.csv", "sichuan,四川省,", f"sichuan,四川{mark}省,")
    assert faults(folder) == [
        ("areas.csv", 3, "name_zh", f"四川{mark}省",
            "must hold no control character and no invisible mark")
    ]  # fmt: skip


@pytest.mark.parametrize("few", [0, 10, 10_000])
def test_what_is_wrong_with_a_text_is_found_in_columns_of_any_size(
    change: Change, faults: Faults, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(validation, "FEW", few)
    change("areas.csv", "sichuan,四川省,", "sichuan,四川\u200b省,")
    change("units.csv", ",%,", ", %,")
    change("plans.csv", "2022-02-23", "2022-02-23 ")
    folder = change("statements.csv", "学前三年毛入园率,", '"学前三年\n毛入园率",')
    assert {(file, column, rule) for file, _, column, _, rule in faults(folder)} >= {
        ("areas.csv", "name_zh", RULE),
        ("units.csv", "name_zh", TIDY),
        ("plans.csv", "issued_on", TIDY),
        ("statements.csv", "indicator_as_written", TIDY),
    }


def test_what_is_a_day_of_the_calendar() -> None:
    days = ["2024-02-29", "2023-02-29", "1900-02-29", "2023-04-31", "0000-02-29", "0000-02-30"]
    field = Field("issued_on", "date", "", "", "", {}, {})
    (rule,) = (one for one in own_rules(field) if "calendar" in one.rule)
    broken = rule.broken(pa.array([*days, "2023-4-31", "", None], pa.large_string())).to_pylist()
    assert broken == [False, True, True, True, False, True, False, False, False]
