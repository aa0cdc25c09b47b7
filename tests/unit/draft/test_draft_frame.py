"""Drafts as tables, links to indicators, scores."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.curation.saved import save_draft
from psanalysis.draft import Document, draft, draft_document, evaluate
from psanalysis.draft.evaluate import match
from psanalysis.draft.linking import guess_domain, learn_aliases, link
from psanalysis.errors import ParameterError

TEXT = (
    "云州市“十四五”公共服务规划\n第一章 "
    "发展基础\n学前教育毛入园率达到93.5%,低于全国97.9%的平均水平。\n第二章 "
    "主要目标\n"
    "到2025年,养老机构护理型床位占比达到55%以上,打造云州特有的木偶戏传习所3个。\n"
)


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def drafted(ds: ps.Dataset, lang: str = "zh") -> pd.DataFrame:
    return draft_document(
        Document("plan.txt", "text", "utf_8", TEXT), "yunzhou-14fyp", ds, lang=lang
    ).statements


def test_a_draft_has_the_columns_of_statements_and_the_reasons(ds: ps.Dataset) -> None:
    frame = drafted(ds)
    columns = ds.package.by_name["statements"].columns
    assert list(frame.columns[: len(columns)]) == columns
    assert frame["confidence"].between(0, 1).all()
    assert (frame[[c for c in frame if str(c).startswith("reason_")]] != "").all(axis=None)


def test_spans_are_those_of_the_text(ds: ps.Dataset) -> None:
    frame = drafted(ds)
    assert [
        TEXT[a:b] for a, b in zip(frame["char_start"], frame["char_end"], strict=True)
    ] == frame["value_as_written"].tolist()


def test_known_indicators_are_linked_and_unknown_ones_are_new(ds: ps.Dataset) -> None:
    frame = drafted(ds).set_index("value_as_written")
    assert frame.at["93.5%", "indicator_id"] == "preschool_gross_enrolment"
    assert frame.at["55%以上", "indicator_id"] == "nursing_bed_share"
    assert frame.at["3个", "indicator_is_new"] == "yes"
    assert frame.at["3个", "indicator_id"].startswith("new_")
    assert (frame.at["97.9%", "role"], frame.at["97.9%", "area_id"]) == ("reference", "china")


def test_a_unit_in_its_own_column_is_printed(ds: ps.Dataset) -> None:
    """The usual form of a table: its units stand in a column, and that is print, not inference."""
    table = (
        "第三章 主要目标\n指标名称 | 单位 | 2025年 | 2030年 |\n护理型床位占比 | % | 66 | ≥75 |\n"
        "养老服务床位总量（万张） | | 3.5 | 3.9 |\n婴儿死亡率 | ‰ | 4.2‰ | 4‰以下 |\n"
    )
    document = Document("plan.txt", "text", "utf_8", table)
    frame = draft_document(document, "yunzhou-15fyp", ds).statements.set_index("value_as_written")
    assert frame["unit_source"].to_dict() == {
        "66": "head", "≥75": "head", "3.5": "name", "3.9": "name", "4.2‰": "span", "4‰以下": "span",
    }  # fmt: skip


def test_reasons_in_english(ds: ps.Dataset) -> None:
    assert drafted(ds, "en")["reason_year"].str.contains("2025").any()


def test_a_draft_is_stored_with_its_text(ds: ps.Dataset, tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(TEXT, encoding="utf-8")
    result = draft_document(Document("plan.txt", "text", "utf_8", TEXT), "yunzhou-14fyp", ds)
    table, text, _ = save_draft(result, tmp_path / "out" / "draft.csv")
    stored = pd.read_csv(table, dtype=str, keep_default_na=False)
    assert text.read_bytes() == source.read_bytes()
    assert set(stored["source_sha256"]) == {hashlib.sha256(text.read_bytes()).hexdigest()}
    assert (
        stored["value_as_written"].tolist()
        == draft(source, "yunzhou-14fyp", ds)["value_as_written"].tolist()
    )
    before = table.read_bytes()
    save_draft(result, table)
    assert table.read_bytes() == before


def test_a_unit_of_another_dimension_is_never_linked(ds: ps.Dataset) -> None:
    aliases = learn_aliases(ds.indicators, ds.statements, ds.units)
    percent, beds = link(["养老机构护理型床位占比"] * 2, ["proportion", "bed"], ["", ""], aliases)
    assert not percent.new
    assert beds.new


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("yunhe-14fyp", (2021, 2025)),
        ("yunhe-15fyp", (2026, 2030)),
        ("yunhe-2023-2027", (2023, 2027)),
    ],
)
def test_the_code_of_a_plan_names_its_period_where_the_text_does_not(
    ds: ps.Dataset, code: str, years: tuple[int, int]
) -> None:
    text = "本市公共服务不断改善。普惠性幼儿园覆盖率达到90%以上。"
    plan = draft_document(Document("plan.txt", "text", "utf_8", text), code, ds).plan
    assert (plan.start, plan.end) == years
    unnamed = draft_document(Document("plan.txt", "text", "utf_8", text), "yunhe", ds)
    assert not unnamed.plan.known
    assert list(unnamed.statements["year"]) == [""]


def test_new_codes_of_unlike_things_differ(ds: ps.Dataset) -> None:
    aliases = learn_aliases(ds.indicators, ds.statements, ds.units)
    long = "社区村综合性木偶戏传习服务中心"
    codes = [
        found.indicator_id
        for found in link(
            [long, f"{long}建成率", long, long],
            ["item", "proportion", "item", "area"],
            [""] * 4,
            aliases,
        )
    ]
    assert codes[0] == codes[2]
    assert len(set(codes)) == 3


def test_names_of_a_plan_are_left_out(ds: ps.Dataset) -> None:
    plans = ds.statements.groupby("indicator_id")["plan_id"].agg(set)
    only = plans[plans == {"yuyao-2023-2027"}].index
    known = learn_aliases(ds.indicators, ds.statements, ds.units, without="yuyao-2023-2027").frame[
        "indicator_id"
    ]
    assert len(only) > 0
    assert not set(only) & set(known)


def test_domains_are_guessed_from_the_name_first() -> None:
    assert guess_domain("残疾人辅助器具适配率", "老有所养") == "support"


def test_rows_are_matched_one_to_one_by_overlap() -> None:
    curated = pd.DataFrame(
        {
            "char_start": [5, 5, 40],
            "char_end": [9, 9, 44],
            "value": ["3", "4", "9"],
            "role": "target",
        }
    )
    own = pd.DataFrame(
        {
            "char_start": [4, 6, 60],
            "char_end": [8, 9, 64],
            "value": ["4", "3", "9"],
            "role": "target",
        }
    )
    assert [(a["value"], b["value"]) for a, b in match(curated, own)] == [("3", "3"), ("4", "4")]


def test_scoring_needs_source_texts(ds: ps.Dataset, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="source texts"):
        evaluate(ds, tmp_path)
