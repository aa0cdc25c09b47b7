"""Texts marked by hand: what a mark says, and what is told where it cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from rapidfuzz import fuzz

import psanalysis as ps
from psanalysis.draft import DocumentError
from psanalysis.draft.drafting import draft_document
from psanalysis.draft.evaluate import match
from psanalysis.draft.evaluate_marked import evaluate_marked
from psanalysis.draft.folding import fold
from psanalysis.draft.marked import MARK, read_marked
from psanalysis.errors import ParameterError

FOLDER = Path(__file__).parent / "marked"
TEXTS = sorted(path for path in FOLDER.rglob("*") if path.is_file())
HEAD = "云河市“十四五”公共服务规划（编造的文本，云河市并不存在）\n第二章 主要目标\n"


def marked(folder: Path, text: str) -> Path:
    (folder / "set").mkdir()
    path = folder / "set" / "yunhe.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_marks_stand_at_their_place_and_texts_say_that_they_are_made_up(path: Path) -> None:
    document, marks = read_marked(path)
    written = [match["written"] for match in MARK.finditer(path.read_text(encoding="utf-8"))]
    found = marks.drop_duplicates("char_start")
    assert [
        document.text[a:b] for a, b in zip(found["char_start"], found["char_end"], strict=True)
    ] == [word.replace("&lt;", "<") for word in written]
    assert "并不存在" in document.text
    assert "{" not in document.text


def test_a_mark_says_all_that_is_scored(tmp_path: Path) -> None:
    text = (
        "入园率达到{93%以上=T2025 ge 93 %},{3—5所=T~2025 3-5 所},由{1.2个=B- 1.2 "
        "个},{75%=R~2020 75 % x2},{应保尽保=T2025 all_eligible}。"
    )
    document, marks = read_marked(marked(tmp_path, text))
    assert document.text == HEAD + "入园率达到93%以上,3—5所,由1.2个,75%,应保尽保。"
    fields = [
        "role",
        "year",
        "year_basis",
        "value",
        "value_high",
        "comparator",
        "unit_as_written",
        "pledge",
    ]
    assert [tuple(row) for row in marks[fields].itertuples(index=False)] == [
        ("target", "2025", "stated", "93", "", "ge", "%", ""),
        ("target", "2025", "implied", "3", "5", "between", "所", ""),
        ("baseline", "", "", "1.2", "", "eq", "个", ""),
        ("reference", "2020", "implied", "75", "", "eq", "%", ""),
        ("reference", "2020", "implied", "75", "", "eq", "%", ""),
        ("target", "2025", "stated", "", "", "none", "", "all_eligible"),
    ]


@pytest.mark.parametrize(
    "code", ["X2025 93 %", "T2025", "T25 93 %", "T2025 above 93 %", "T2025 no_such_pledge"]
)
def test_a_mark_that_says_nothing_is_told(tmp_path: Path, code: str) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_marked(marked(tmp_path, f"入园率达到{{93%={code}}}。"))


def test_scores_see_what_is_wrong(tmp_path: Path) -> None:
    text = (
        "到2025年,入园率达到{93%以上=T2025 ge 93 %},参保率达到{95%=T2025 ge 95 "
        "%},覆盖率达到90%;{一批=T2025 1 个}学校。"
    )
    marked(tmp_path, text)
    scores = evaluate_marked(ps.load(), tmp_path).loc["set"]
    assert (scores["marked"], scores["drafted"], scores["matched"]) == (3, 3, 2)
    assert (scores["value"], scores["comparator"], scores["unit"]) == (1, 0.5, 1)


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="marked texts"):
        evaluate_marked(ps.load(), tmp_path)


def test_drafts_of_marked_texts_are_right() -> None:
    scores = evaluate_marked(ps.load(), FOLDER)
    for measure in ("recall", "precision", "value", "comparator", "unit", "pledge_recall"):
        assert (scores[measure] >= 0.99).all(), measure
    for measure in ("role", "year"):
        assert (scores[measure] >= 0.97).all(), measure


def test_names_of_marked_texts_are_right() -> None:
    ds = ps.load()
    named = right = 0
    for path in TEXTS:
        document, marks = read_marked(path)
        marks = marks[marks["indicator_as_written"] != ""]
        if marks.empty:
            continue
        drafted = draft_document(document, f"{path.stem}-made-up", ds).statements
        for mark, row in match(marks, drafted[drafted["value"] != ""]):
            own, wanted = (fold(str(r["indicator_as_written"])) for r in (row, mark))
            named += 1
            right += wanted in own or fuzz.ratio(own, wanted) >= 75
            assert str(mark["nature"]) in ("", str(row["nature"]))
    assert named > 400
    assert right / named >= 0.97
