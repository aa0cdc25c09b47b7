"""A draft on disk: what Excel makes of it is taken back, and what a person decided is never lost.

The plan is made up.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import psanalysis as ps
from psanalysis.curation.accepted import read_accepted, read_rows
from psanalysis.curation.batch import draft_folder
from psanalysis.curation.decisions import Curation
from psanalysis.curation.draft_commands import draft_file
from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.saved import save_draft
from psanalysis.curation.sheets import read_sheet, sheet_bytes
from psanalysis.draft import Document, Draft, draft, draft_document
from psanalysis.errors import ParameterError

TEXT = (
    "云河市“十四五”公共服务规划\n第二章 主要目标\n2020年，人口自然增长率为-2.1‰。\n"
    "到2025年，学前教育毛入园率达到93%以上，养老机构护理型床位占比提高到55%。\n"
)


def rows(path: Path, ds: ps.Dataset) -> list[dict[str, str]]:
    return read_rows(path, ds.package.by_name["statements"].columns)[0]


@pytest.mark.parametrize("name", ["draft.csv", "draft.xlsx"])
def test_what_is_written_is_read_back(
    result: Draft, ds: ps.Dataset, tmp_path: Path, name: str
) -> None:
    table, text, _ = save_draft(result, tmp_path / name)
    assert text.read_text(encoding="utf-8") == TEXT
    stored = [row["value_as_written"] for row in rows(table, ds)]
    assert stored == result.statements["value_as_written"].tolist()
    before = table.read_bytes()
    save_draft(result, table)
    assert table.read_bytes() == before


def excel_csv(table: Path, encoding: str, separator: str) -> bytes:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False).assign(accepted="是")
    return frame.to_csv(index=False, sep=separator, lineterminator="\r\n").encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8-sig", ","), ("utf-8", ";"), ("gbk", ","), ("utf-16", "\t")],
)
def test_whatever_excel_saves_is_taken(
    result: Draft, ds: ps.Dataset, tmp_path: Path, encoding: str, separator: str
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.csv")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    table.write_bytes(excel_csv(table, encoding, separator))
    accepted = read_accepted(table, ds.package.by_name["statements"].columns)
    assert len(accepted.rows) == len(result.statements)


def test_a_workbook_whose_cells_became_numbers_is_taken(
    result: Draft, ds: ps.Dataset, tmp_path: Path
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.xlsx")
    book = load_workbook(table)
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    for line in sheet.iter_rows(min_row=2):
        for name, kind in (("year", int), ("char_start", float), ("value", float)):
            cell = line[head.index(name)]
            cell.value = kind(cell.value)
        line[head.index("accepted")].value = True
    book.save(table)
    accepted = read_accepted(table, ds.package.by_name["statements"].columns)
    assert [row["year"] for row in accepted.rows] == result.statements["year"].tolist()


def test_a_cell_that_looks_like_a_formula_is_harmless_and_comes_back(tmp_path: Path) -> None:
    cells = ["=1+1", "+a()", "-1+cmd|'x'!A0", "@a", "-2.1", "-2.1‰", "+4.5个百分点", "plain"]
    frame = pd.DataFrame({"a": cells})
    stored = sheet_bytes(frame, ".csv").decode("utf-8-sig").splitlines()[1:]
    assert stored == [*(f"'{cell}" for cell in cells[:4]), *cells[4:]]
    book = load_workbook(io.BytesIO(sheet_bytes(frame, ".xlsx")))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}
    (tmp_path / "a.csv").write_bytes(sheet_bytes(frame, ".csv"))
    assert [row[0] for _, row in read_sheet(tmp_path / "a.csv")] == ["a", *cells]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"no workbook", "not an Excel workbook"),
        ("a.xlsx", b"PK\x03\x04broken", "not an Excel workbook"),
        ("a.csv", b"\x81\xff\x00\xff", "is no text in UTF-8"),
        ("a.csv", b'a,b\n"x' + b"y" * 200_000, "not CSV"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AdditionError, match=said):
        read_sheet(tmp_path / name)


def decide(table: Path, number: int, **cells: str) -> None:
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    for column, cell in cells.items():
        frame.loc[number, column] = cell
    frame.to_csv(table, index=False, encoding="utf-8-sig")


def test_a_second_draft_keeps_what_a_person_decided(
    result: Draft, ds: ps.Dataset, tmp_path: Path
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.csv")
    decide(table, 1, accepted="yes", indicator_id="mine", note_zh="改过")
    decide(table, 2, accepted="no")
    mine = rows(table, ds)[1:3]
    _, _, kept = save_draft(result, table)
    assert kept == 2
    again = rows(table, ds)
    assert again[1:3] == mine
    assert len(again) == len(result.statements)
    fewer = Draft(result.document, result.plan, result.statements[:1], result.left_out)
    save_draft(fewer, table)
    assert [row["accepted"] for row in rows(table, ds)] == ["", "yes", "no"]


def test_decisions_on_another_text_and_files_of_others_are_not_written_over(
    result: Draft, ds: ps.Dataset, tmp_path: Path
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.csv")
    decide(table, 0, accepted="yes")
    before = table.read_bytes()
    other = draft_document(Document("plan.txt", "text", "utf_8", TEXT + "又。"), "yunhe-14fyp", ds)
    with pytest.raises(AdditionError, match="decisions on another text"):
        save_draft(other, table)
    assert table.read_bytes() == before
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(AdditionError, match="no draft"):
        save_draft(result, tmp_path / "list.csv")


def test_a_folder_is_drafted_with_an_index_and_a_refusal_stops_nothing(
    ds: ps.Dataset, tmp_path: Path
) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    with pytest.raises(ParameterError, match="holds no document"):
        list(draft_folder(source, out, ds))
    table = (
        "序号 | 指标 | 2020年 | 2025年 |\n1 | 学前教育毛入园率(%) | 90 | 95 |\n3 | 床位(张) | 5 | "
        "6 |\n"
    )
    (source / "yunhe-14fyp.txt").write_text(TEXT, encoding="utf-8")
    (source / "b 14fyp.txt").write_text(TEXT + table, encoding="utf-8")
    (source / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    entries = list(draft_folder(source, out, ds))
    assert [entry.file for entry in entries] == ["a.pdf", "b 14fyp.txt", "yunhe-14fyp.txt"]
    index = pd.read_csv(out / "index.csv", dtype=str, keep_default_na=False)
    assert index["file"].tolist() == ["a.pdf", "b 14fyp.txt", "yunhe-14fyp.txt"]
    assert "not a readable PDF" in index["problem"][0]
    assert index[["rows_read", "rows_expected"]].iloc[1].tolist() == ["2", "3"]
    assert {"b-14fyp.csv", "b-14fyp.html", "yunhe-14fyp.csv"} <= {
        file.name for file in out.iterdir()
    }


def test_a_folder_is_drafted_for_the_period_that_is_named(ds: ps.Dataset, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "yunhe-14fyp.txt").write_text(TEXT, encoding="utf-8")
    (entry,) = draft_folder(source, tmp_path / "out", ds, period=(2026, 2030))
    assert (entry.period_start, entry.period_end) == ("2026", "2030")
    assert "code:2021-2025" in entry.conflicts
    (entry,) = draft_folder(source, tmp_path / "out2", ds)
    assert (entry.period_start, entry.conflicts) == ("2021", "")


def test_a_document_of_the_same_name_is_not_written_over(ds: ps.Dataset, tmp_path: Path) -> None:
    """The page for the review of `yunhe.html` would take the place of the document itself."""
    page = f"<html><body><p>{TEXT}</p></body></html>"
    document = tmp_path / "yunhe.html"
    document.write_text(page, encoding="utf-8")
    (entry,) = draft_folder(tmp_path, tmp_path, ds)
    assert "yunhe.html is there and is no page for a review" in entry.problem
    assert document.read_text(encoding="utf-8") == page
    again = tmp_path / "out"
    for _ in range(2):  # a page of its own is made anew
        (entry,) = draft_folder(tmp_path, again, ds)
        assert entry.problem == ""


def test_a_review_page_takes_the_place_of_no_other_file(ds: ps.Dataset, tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(TEXT, encoding="utf-8")
    table = tmp_path / "draft.csv"
    with pytest.raises(ParameterError, match=r"plan\.txt is there and is no page for a review"):
        list(draft_file(document, "yunhe-14fyp", table, review=document))
    assert document.read_text(encoding="utf-8") == TEXT
    assert not table.exists()


def test_an_index_of_others_is_not_written_over(ds: ps.Dataset, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "index.csv").write_text("mine\n1\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"index\.csv is there and is no index of drafts"):
        list(draft_folder(tmp_path, tmp_path, ds))
    assert (tmp_path / "index.csv").read_text(encoding="utf-8") == "mine\n1\n"


@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
def test_a_review_that_breaks_off_keeps_what_was_decided(
    result: Draft, ds: ps.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.csv")
    decided = Curation.load(table, ds).decide(0, "yes")
    decided.write()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*arguments: object, **_: object) -> None:
        if broken == "write":  # a disk that is full takes the beginning
            with Path.open(arguments[0], "wb") as file:
                file.write(arguments[1][:10])
        raise OSError(28, "No space left on device")

    where = {"write": (Path, "write_bytes"), "fsync": (os, "fsync"), "replace": (Path, "replace")}
    monkeypatch.setattr(*where[broken], full)
    with contextlib.suppress(OSError):
        decided.decide(1, "no").write()
    monkeypatch.undo()
    now = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert now.keys() == before.keys()
    assert broken == "write" or now == before
    assert Curation.load(table, ds).row(0)["accepted"] == "yes"


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
