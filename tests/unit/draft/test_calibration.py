"""Confidence against correctness: what counts as right, and in which class."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.curation.scores import calibration_markdown, with_scores
from psanalysis.draft.calibration import calibration

TEXT = (
    "云溪市“十四五”公共服务规划\n第二章 "
    "主要目标\n到2025年,入园率达到95%以上,建成社区食堂12个。附近另有3所学校。\n"
)


def labelled(folder: Path, **changes: object) -> Path:
    """A folder with a document and a label for its rate; changes are of that label."""
    start = TEXT.index("95%")
    label = {
        "char_start": start,
        "char_end": start + 3,
        "value": 95.0,
        "unit": "%",
        "year": 2025,
        "role": "target",
        "comparator": ">=",
    }
    (folder / "1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "1.jsonl").write_text(json.dumps(label | changes) + "\n", encoding="utf-8")
    about = {"plan": "yunxi-14fyp", "windows": [[0, TEXT.index("附近")]]}
    (folder / "1.meta.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def rights(folder: Path) -> int:
    classes = calibration(ps.load(), labelled=folder)
    assert set(classes["set"]) == {"labelled"}
    assert classes["statements"].sum() == 2  # the third number lies outside the window
    return round(float((classes["right"] * classes["statements"]).sum()))


def test_a_statement_is_right_when_all_that_its_label_states_is(tmp_path: Path) -> None:
    assert rights(labelled(tmp_path)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"value": 59.0}, {"unit": "所"}, {"year": 2030}, {"role": "baseline"}, {"comparator": "="}],
    ids=str,
)
def test_one_wrong_field_makes_a_statement_wrong(tmp_path: Path, wrong: dict[str, object]) -> None:
    assert rights(labelled(tmp_path, **wrong)) == 0


def test_what_the_label_calls_ambiguous_does_not_count(tmp_path: Path) -> None:
    classes = calibration(ps.load(), labelled=labelled(tmp_path, ambiguous=True))
    assert classes["statements"].sum() == 1


def test_without_texts_the_folders_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ps.ParameterError, match="->"):
        calibration(ps.load(), labelled=tmp_path)


def test_the_codebook_takes_the_classes_in_both_languages(tmp_path: Path) -> None:
    classes = calibration(ps.load(), labelled=labelled(tmp_path))
    empty = "".join(f"<!-- begin draft_calibration {x} -->\n<!-- end -->\n" for x in ("zh", "en"))
    written = with_scores(empty, classes, "draft_calibration")
    for lang in ("zh", "en"):
        assert calibration_markdown(classes, lang) in written
