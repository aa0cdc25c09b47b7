"""All data to take away: the same bytes each time, the same cells in each form, and nothing that a
spreadsheet would run.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as parquet
import pytest

import psanalysis as ps
from psanalysis.archives import FIRST_DAY
from psanalysis.report.form_files import Keep, Make
from psanalysis.site import downloads
from psanalysis.site.datafiles import DataFiles, load_with_files
from psanalysis.site.derived import Derived
from psanalysis.tables import dataset_book
from psanalysis.tables.dataset_book import dataset_workbook

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[ps.Dataset, DataFiles]:
    return load_with_files(DATA, tmp_path_factory.mktemp("copy") / "data")


def anew(of: str, make: Make) -> bytes:
    return make()


def every(read: tuple[ps.Dataset, DataFiles], keep: Keep = anew) -> list[tuple[str, str, bytes]]:
    ds, files = read
    book = downloads.workbook(ds, files, keep)
    tables = downloads.parquet_tables(ds, files, keep)
    return list(downloads.all_downloads(ds, files, {"LICENSE.md": b"CC"}, book, tables))


@pytest.fixture(scope="module")
def made(read: tuple[ps.Dataset, DataFiles]) -> dict[str, bytes]:
    return {path: content for _, path, content in every(read)}


def test_the_same_data_give_the_same_bytes(read, made) -> None:
    again = {path: content for _, path, content in every(read)}
    assert again == made


def test_the_zip_is_a_data_package_with_what_belongs_to_it(made, read, tmp_path) -> None:
    with zipfile.ZipFile(io.BytesIO(made["data/psanalysis.zip"])) as packed:
        packed.extractall(tmp_path)
        assert {one.date_time for one in packed.infolist()} == {FIRST_DAY}
    assert (tmp_path / "LICENSE.md").read_bytes() == b"CC"
    assert "statements.csv" in (tmp_path / "README.md").read_text(encoding="utf-8")
    for name in ("README.md", "LICENSE.md"):
        (tmp_path / name).unlink()
    assert len(ps.load(tmp_path).statements) == len(read[0].statements)


def test_the_package_itself_is_there_to_load(made, read, tmp_path) -> None:
    for path, content in made.items():
        if path.endswith((".csv", "datapackage.json")):
            (tmp_path / Path(path).name).write_bytes(content)
    pd.testing.assert_frame_equal(ps.load(tmp_path).statements, read[0].statements)


def test_parquet_has_every_table_with_its_types(made, read) -> None:
    ds = read[0]
    with zipfile.ZipFile(io.BytesIO(made["data/psanalysis-parquet.zip"])) as packed:
        assert {Path(name).stem for name in packed.namelist()} == {
            one.name for one in ds.package.resources
        }
        table = parquet.read_table(io.BytesIO(packed.read("statements.parquet")))
    assert table.num_rows == len(ds.statements)
    assert str(table.schema.field("value").type) == "double"
    assert table.column("value").null_count == ds.statements["value"].isna().sum()


def test_the_workbook_has_a_sheet_a_table_and_both_heads(made, read) -> None:
    ds = read[0]
    book = openpyxl.load_workbook(io.BytesIO(made["data/psanalysis.xlsx"]), read_only=True)
    assert book.sheetnames == ["about", *(one.name for one in ds.package.resources)]
    rows = list(book["statements"].iter_rows(values_only=True))
    resource = ds.package.by_name["statements"]
    assert list(rows[0]) == [field.title_zh for field in resource.fields]
    assert list(rows[1]) == resource.columns
    assert len(rows) == 2 + len(ds.statements)
    place = resource.columns.index("value")
    assert rows[2][place] == ds.statements["value"].iloc[0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_cell_of_the_workbook_is_a_formula(read, text: str) -> None:
    ds = read[0]
    rows = ds.statements.head(2).assign(note_zh=text)
    book = openpyxl.load_workbook(io.BytesIO(dataset_workbook(replace(ds, statements=rows))))
    column = ds.package.by_name["statements"].columns.index("note_zh") + 1
    cell = book["statements"].cell(3, column)
    assert cell.value == text
    assert cell.data_type == "s"


def test_many_rows_have_no_workbook_and_the_page_is_not_told_of_one(read, monkeypatch) -> None:
    monkeypatch.setattr(downloads, "MOST_ROWS", 100)
    kinds = {kind for kind, _, _ in every(read)}
    assert kinds == {"", "package", "zip", "parquet"}


def test_what_is_kept_is_not_made_again(read, made, tmp_path, monkeypatch) -> None:
    keep = Derived(tmp_path / "derived").get
    assert {path: content for _, path, content in every(read, keep)} == made
    monkeypatch.setattr(dataset_book, "dataset_workbook", lambda ds: pytest.fail("made again"))
    monkeypatch.setattr(downloads, "_parquet", lambda ds: pytest.fail("made again"))
    assert {path: content for _, path, content in every(read, keep)} == made


def test_other_data_have_other_files(read, made, tmp_path) -> None:
    ds, files = read
    keep = Derived(tmp_path / "derived").get
    every(read, keep)
    changed = replace(ds, statements=ds.statements.head(3)), replace(files, hash="other")
    other = {path: content for _, path, content in every(changed, keep)}
    for path in ("data/psanalysis.xlsx", "data/psanalysis-parquet.zip"):
        assert len(other[path]) < len(made[path])
