"""Proposed statements as a table: columns, spans, reasons, where the unit is printed."""

from __future__ import annotations

import psanalysis as ps
from passages import TEXT, drafted


def test_a_draft_has_the_columns_of_statements_and_the_reasons(ds: ps.Dataset) -> None:
    frame = drafted(ds, TEXT)
    columns = ds.package.by_name["statements"].columns
    assert list(frame.columns[: len(columns)]) == columns
    assert frame["confidence"].between(0, 1).all()
    assert (frame[[c for c in frame if str(c).startswith("reason_")]] != "").all(axis=None)


def test_spans_are_those_of_the_text(ds: ps.Dataset) -> None:
    frame = drafted(ds, TEXT)
    assert [
        TEXT[a:b] for a, b in zip(frame["char_start"], frame["char_end"], strict=True)
    ] == frame["value_as_written"].tolist()


def test_a_unit_in_its_own_column_is_printed(ds: ps.Dataset) -> None:
    """The usual form of a table: its units stand in a column, and that is print, not inference."""
    table = (
        "第三章 主要目标\n指标名称 | 单位 | 2025年 | 2030年 |\n护理型床位占比 | % | 66 | ≥75 |\n"
        "养老服务床位总量（万张） | | 3.5 | 3.9 |\n婴儿死亡率 | ‰ | 4.2‰ | 4‰以下 |\n"
    )
    frame = drafted(ds, table, "yunzhou-15fyp").set_index("value_as_written")
    assert frame["unit_source"].to_dict() == {
        "66": "head", "≥75": "head", "3.5": "name", "3.9": "name", "4.2‰": "span", "4‰以下": "span",
    }  # fmt: skip


def test_reasons_in_english(ds: ps.Dataset) -> None:
    assert drafted(ds, TEXT, lang="en")["reason_year"].str.contains("2025").any()
