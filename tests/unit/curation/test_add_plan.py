"""Adding a plan: with its rows, or not at all. The city of Yunhe and its plan are made up."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import psanalysis as ps
from psanalysis.cli import main
from psanalysis.curation import add_plan as module
from psanalysis.curation.accepted import read_accepted
from psanalysis.curation.plan_info import AdditionError, read_info, write_info
from psanalysis.datapackage.dataset import data_folder
from psanalysis.draft.evaluate import evaluate

MADE_UP = (
    "云河市“十四五”公共服务规划\n(本文为测试而编写,云河市并不存在)\n云政发〔2021〕36号\n第一章 "
    "发展基础\n2020年,学前教育毛入园率达到91.2%。\n"
    "第二章 主要目标\n到2025年,学前教育毛入园率达到93%以上,养老机构护理型床位占比提高到55%。\n新建社区木偶戏传习所12个。\n"
    "云河市人民政府办公室  2021年11月3日印发\n"
)
FILLED = {
    "plans": {"title_en": "Plan of Yunhe", "issuer": "云河市人民政府", "issued_on": "2021-12-30",
        "citation": "云河市人民政府:《规划》"},
    "areas": {"name_en": "Yunhe", "level": "prefecture", "parent_id": "china",
        "admin_code": "990100"},
    "indicators": {
        "name_en": "New puppet-theatre schools", "direction": "increase", "measure": "count",
        "definition_zh": "新建传习所数。",
        "definition_en": "Number of new schools.",
    },
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))


@pytest.fixture
def rows(tmp_path: Path, data: Path) -> Path:
    (tmp_path / "plan.txt").write_text(MADE_UP, encoding="utf-8")
    table = tmp_path / "draft.csv"
    assert (
        run("draft", tmp_path / "plan.txt", "--plan", "yunhe-14fyp", "-o", table, "--data", data)[0]
        == 0
    )
    return table


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def accept(rows: Path, **changes: dict[int, str]) -> pd.DataFrame:
    """Accept all rows, with cells of some of them changed."""
    frame = pd.read_csv(rows, dtype=str, keep_default_na=False).assign(accepted="yes")
    for column, cells in changes.items():
        for row, cell in cells.items():
            frame.loc[row, column] = cell
    frame.to_csv(rows, index=False)
    return frame


def fill(path: Path, data: Path, **changes: dict[str, str]) -> None:
    info = read_info(path, ps.load(data).package)
    filled = {
        table: [row | FILLED.get(table, {}) | changes.get(table, {}) for row in own]
        for table, own in info.items()
    }
    write_info(filled, path)


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def add(rows: Path, info: Path, data: Path, **changes: dict[str, str]) -> tuple[int, str]:
    """Get the form, fill it in, add."""
    assert run("add-plan", rows, "--plan-info", info, "--data", data)[0] == 0
    fill(info, data, **changes)
    return run("add-plan", rows, "--plan-info", info, "--data", data)


@pytest.mark.parametrize("form", ["info.yml", "info.csv"])
def test_a_plan_is_added_and_its_spans_are_verified(
    rows: Path, data: Path, tmp_path: Path, form: str
) -> None:
    accept(rows)
    before = content(data)
    code, said = add(rows, tmp_path / form, data)
    assert code == 0, said
    assert "yunhe-14fyp-001 to yunhe-14fyp-004" in said
    ds = ps.load(data)
    own = ds.statements[ds.statements["plan_id"] == "yunhe-14fyp"]
    assert own["statement_id"].tolist() == [f"yunhe-14fyp-{number:03d}" for number in range(1, 5)]
    assert own["char_start"].is_monotonic_increasing
    assert ds.areas["area_id"].iloc[-1] == "yunhe"
    for file in ("plans.csv", "areas.csv", "indicators.csv", "statements.csv"):
        assert (data / file).read_bytes().startswith(before[file])
    assert {name for name, old in before.items() if (data / name).read_bytes() != old} == {
        "plans.csv", "areas.csv", "indicators.csv", "statements.csv", "aliases.csv"
    }  # fmt: skip
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "yunhe-14fyp.txt").write_text(MADE_UP, encoding="utf-8")
    spans = ps.verify(ds, sources).spans
    assert set(spans.loc[spans["plan_id"] == "yunhe-14fyp", "status"]) == {"match"}


def test_the_form_holds_what_the_text_says(rows: Path, data: Path, tmp_path: Path) -> None:
    accept(rows)
    before = content(data)
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    assert (code, content(data)) == (0, before)
    assert "nothing was added yet" in said
    info = read_info(tmp_path / "info.yml", ps.load(data).package)
    plan = info["plans"][0]
    assert (plan["title_zh"], plan["document_no"], plan["horizon_year"]) == (
        "云河市“十四五”公共服务规划",
        "云政发〔2021〕36号",
        "2025",
    )
    assert (plan["issuer"], plan["issued_on"]) == ("云河市人民政府办公室", "2021-11-03")
    assert plan["source_chars"] == str(len(MADE_UP))
    assert [area["name_zh"] for area in info["areas"]] == ["云河市"]
    assert [row["name_zh"] for row in info["indicators"]] == ["新建社区木偶戏传习所"]


def test_a_unit_and_a_domain_that_the_plan_brings_along_are_added(
    data: Path, tmp_path: Path
) -> None:
    text = (
        MADE_UP
        + "第三章 老有所养\n到2025年,老年大学学员达到300人。\n人均公共图书馆藏书量达到1.2册。\n"
    )
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    rows = tmp_path / "draft.csv"
    assert (
        run("draft", tmp_path / "plan.txt", "--plan", "yunhe-14fyp", "-o", rows, "--data", data)[0]
        == 0
    )
    frame = accept(rows)
    assert frame["unit_id"].iloc[-1] == "new_ce"
    accept(rows, unit_id={len(frame) - 1: "volume"})
    assert run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)[0] == 0
    form = (tmp_path / "info.yml").read_text(encoding="utf-8")
    assert "# areas.level: nation, province, municipality, prefecture, county" in form
    assert "# units.dimension: proportion, " in form
    info = read_info(tmp_path / "info.yml", ps.load(data).package)
    assert [(row["domain_as_written"], row["domain_id"]) for row in info["plan_domains"]] == [
        ("老有所养", "eldercare")
    ]
    assert [(row["unit_id"], row["name_zh"]) for row in info["units"]] == [("volume", "册")]
    fill(
        tmp_path / "info.yml",
        data,
        units={"name_en": "volumes", "dimension": "volume", "factor": "1"},
    )
    info = {
        table: [dict(row) for row in own]
        for table, own in read_info(tmp_path / "info.yml", ps.load(data).package).items()
    }
    for number, row in enumerate(info["indicators"]):
        row |= {
            name: f"{row[name]} {number}" for name in ("name_en", "definition_zh", "definition_en")
        }
    write_info(info, tmp_path / "info.yml")
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    assert code == 0, said
    ds = ps.load(data)
    assert ds.statements["unit_id"].iloc[-1] == "volume"
    assert ds.plan_domains["domain_as_written"].iloc[-1] == "老有所养"


def test_a_code_that_was_changed_after_the_form_was_written_is_found_in_both(
    rows: Path, data: Path, tmp_path: Path
) -> None:
    frame = accept(rows)
    new = frame.loc[frame["indicator_id"].str.startswith("new_"), "indicator_id"]
    info = tmp_path / "info.yml"
    assert run("add-plan", rows, "--plan-info", info, "--data", data)[0] == 0
    fill(info, data)
    accept(rows, indicator_id={new.index[0]: "puppet_theatres"})
    before = content(data)
    code, said = run("add-plan", rows, "--plan-info", info, "--data", data)
    assert (code, content(data)) == (2, before)
    assert (
        f"indicator_id={new.iloc[0]!r} is the code of no accepted row"
        " -> write puppet_theatres, as the rows do, or change it there"
    ) in said
    assert "indicator_id='puppet_theatres' is no indicator_id" in said


def test_a_domain_that_the_data_lacks_comes_with_the_plan(
    rows: Path, data: Path, tmp_path: Path
) -> None:
    frame = accept(rows)
    new = frame.index[frame["indicator_is_new"] == "yes"][0]
    accept(rows, domain_id={int(new): "puppetry"})
    assert run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)[0] == 0
    info = read_info(tmp_path / "info.yml", ps.load(data).package)
    last = ps.load(data).domains["sort"].max()
    assert [(row["domain_id"], row["sort"]) for row in info["domains"]] == [
        ("puppetry", str(last + 1))
    ]
    named = {"name_zh": "木偶", "name_en": "Puppetry"}
    fill(tmp_path / "info.yml", data, domains=named)
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    assert code == 0, said
    assert ps.load(data).domains["domain_id"].iloc[-1] == "puppetry"


def test_only_accepted_rows_are_added_in_the_order_of_the_text(
    rows: Path, data: Path, tmp_path: Path
) -> None:
    frame = accept(rows, accepted={0: "no", 3: ""})
    frame.iloc[::-1].to_csv(rows, index=False)
    code, said = add(rows, tmp_path / "info.yml", data)
    assert code == 0, said
    own = ps.load(data).statements.query("plan_id == 'yunhe-14fyp'")
    assert own["value_as_written"].tolist() == ["93%以上", "55%"]


def test_without_a_column_accepted_all_rows_are_added(
    rows: Path, data: Path, tmp_path: Path
) -> None:
    accept(rows).drop(columns="accepted").to_csv(rows, index=False)
    assert add(rows, tmp_path / "info.yml", data)[0] == 0
    assert (ps.load(data).statements["plan_id"] == "yunhe-14fyp").sum() == 4


def test_later_rows_go_after_those_of_their_plan(rows: Path, data: Path, tmp_path: Path) -> None:
    accept(rows, accepted={1: "no"})
    assert add(rows, tmp_path / "info.yml", data)[0] == 0
    accept(rows, accepted={0: "no", 2: "no", 3: "no"})
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "second.yml", "--data", data)
    assert code == 0, said
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "second.yml", "--data", data)
    assert code == 0, said
    assert ps.load(data).statements["statement_id"].tolist()[-1] == "yunhe-14fyp-004"
    before = content(data)
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "second.yml", "--data", data)
    assert (code, content(data)) == (2, before)
    assert "is in statements.csv already, as yunhe-14fyp-004" in said


@pytest.mark.parametrize(
    ("changes", "info", "said"),
    [
        ({"comparator": {0: "none"}}, {}, "draft.csv:2: comparator='none'"),
        (
            {"indicator_id": {1: "no_such_thing"}},
            {"indicators": {"indicator_id": "another"}},
            "draft.csv:3: indicator_id='no_such_thing'",
        ),
        (
            {"value_as_written": {2: "66%"}},
            {},
            "draft.csv:4: value_as_written='66%' differs from the text between char_start",
        ),
        ({"accepted": {0: "perhaps"}}, {}, "draft.csv:2: accepted='perhaps'"),
        ({"plan_id": {0: "other-14fyp"}}, {}, "rows of more than one plan"),
        ({}, {"areas": {"level": "moon"}}, "areas[1].level='moon'"),
        ({}, {"plans": {"plan_id": "other-14fyp"}}, "the plan of the rows is missing"),
        ({}, {"plans": {"title_en": ""}}, "plans[1].title_en='' must not be empty"),
    ],
)
def test_nothing_changes_when_a_fault_is_found(
    rows: Path,
    data: Path,
    tmp_path: Path,
    changes: dict[str, dict[int, str]],
    info: dict[str, dict[str, str]],
    said: str,
) -> None:
    accept(rows)
    run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    fill(tmp_path / "info.yml", data, **info)
    accept(rows, **changes)
    before = content(data)
    code, told = run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    assert (code, content(data)) == (2, before)
    assert said in told


def test_no_row_accepted_is_said(rows: Path, data: Path, tmp_path: Path) -> None:
    code, said = run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    assert code == 2
    assert "no row is accepted" in said


def test_an_addition_that_breaks_off_leaves_sound_data_and_is_finished_by_the_next_run(
    rows: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(rows)
    assert run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)[0] == 0
    fill(tmp_path / "info.yml", data)
    before, real = content(data), Path.replace

    def breaks_off(source: Path, target: Path) -> Path:
        if target.name == "statements.csv":
            raise OSError(5, "Input/output error", str(target))
        return real(source, target)

    monkeypatch.setattr(Path, "replace", breaks_off)
    words = ("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)
    assert run(*words)[0] == 2
    assert (data / "statements.csv").read_bytes() == before["statements.csv"]
    assert "yunhe-14fyp" in set(ps.load(data).plans["plan_id"])
    monkeypatch.setattr(Path, "replace", real)
    code, said = run(*words)
    assert code == 0
    assert "finished what an earlier run had begun" in said
    assert (ps.load(data).statements["plan_id"] == "yunhe-14fyp").sum() == 4
    assert content(data).keys() == before.keys()


def test_a_file_changed_meanwhile_is_not_overwritten(
    rows: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(rows)
    schema = ps.load(data).package
    assert run("add-plan", rows, "--plan-info", tmp_path / "info.yml", "--data", data)[0] == 0
    fill(tmp_path / "info.yml", data)
    check = module.check_copy

    def slow(*words: object) -> None:
        check(*words)  # type: ignore[arg-type]
        (data / "plans.csv").write_bytes((data / "plans.csv").read_bytes() + b"\n")

    monkeypatch.setattr(module, "check_copy", slow)
    accepted, info = (
        read_accepted(rows, schema.by_name["statements"].columns),
        read_info(tmp_path / "info.yml", schema),
    )
    with pytest.raises(AdditionError, match="changed meanwhile"):
        module.add_plan(data, accepted, info, "info.yml")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("info.yml", "plans: [", "is not YAML"),
        ("info.yml", "cities: []", "is no part of it"),
        ("info.yml", "plans: {a: b}", "must be a list of rows"),
        ("info.yml", "plans: [{colour: red}]", "is no column"),
        ("info.yml", "plans: [{title_zh: [a]}]", "must be one value"),
        ("info.yml", "just words", "must have the parts"),
        ("info.csv", "a,b\n", "the header must be"),
        ("info.csv", "table,row,column,value\nplans,1\n", "must have four cells"),
    ],
)
def test_a_broken_form_is_a_message(
    rows: Path, data: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    accept(rows)
    (tmp_path / name).write_text(text, encoding="utf-8")
    code, told = run("add-plan", rows, "--plan-info", tmp_path / name, "--data", data)
    assert code == 2
    assert said in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\xff\xfe", "is no text in UTF-8"),
        (b"a,b\n1,2\n", "column is missing"),
        (b"", "column is missing"),
    ],
)
def test_broken_rows_are_a_message(data: Path, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "rows.csv").write_bytes(content)
    code, told = run(
        "add-plan", tmp_path / "rows.csv", "--plan-info", tmp_path / "info.yml", "--data", data
    )
    assert code == 2
    assert said in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["draft"], "needs a document and a plan"),
        (["draft", "plan.txt", "--plan", "Yun He"], "is no plan code"),
        (["draft", "missing.txt", "--plan", "yunhe-14fyp"], "cannot be read"),
        (["draft", "--evaluate"], "needs the source texts"),
        (
            ["add-plan", "missing.csv", "--plan-info", "info.yml"],
            "missing.csv: No such file or directory -> check the path",
        ),
    ],
)
def test_wrong_words_are_a_message(words: list[str], said: str) -> None:
    code, told = run(*words)
    assert code == 2
    assert said in told


def test_a_folder_is_no_place_for_one_draft(rows: Path, data: Path, tmp_path: Path) -> None:
    (text,) = tmp_path.glob("draft.*.txt")
    code, told = run("draft", text, "--plan", "yunhe-14fyp", "-o", tmp_path, "--data", data)
    assert code == 2
    assert f"{tmp_path}: Is a directory -> name a file in it" in told


def test_drafts_of_a_made_up_plan_are_scored_as_those_of_the_real_ones(
    rows: Path, data: Path, tmp_path: Path
) -> None:
    accept(rows)
    assert add(rows, tmp_path / "info.yml", data)[0] == 0
    sources = tmp_path / "sources"
    sources.mkdir()
    ds = ps.load(data)
    named = ds.plans.set_index("plan_id").at["yunhe-14fyp", "source_file"]
    (text,) = tmp_path.glob("draft.*.txt")
    shutil.copy(text, sources / named)
    scores = evaluate(ds, sources)
    assert list(scores.index) == ["yunhe-14fyp", "all"]
    curated = ds.statements[ds.statements["plan_id"] == "yunhe-14fyp"]
    assert scores.at["all", "curated"] == curated["value"].notna().sum() > 2
    for measure in ("recall", "precision", "value", "comparator", "role", "year", "unit"):
        assert scores.at["all", measure] == 1, measure
    shorter = replace(ds, statements=ds.statements.drop(index=curated.index[:1]))
    assert evaluate(shorter, sources).at["all", "precision"] < 1


def test_names_like_those_of_other_indicators_are_to_be_decided(
    rows: Path, data: Path, tmp_path: Path
) -> None:
    accept(rows)
    like = {"domain_id": "culture_sport", "name_zh": "市县两级融媒体中心站数"}
    code, said = add(rows, tmp_path / "info.yml", data, indicators=like)
    assert code == 0, said
    assert "names alike; decide each in" in said
    assert "(市县两级融媒体中心站数)" in said
