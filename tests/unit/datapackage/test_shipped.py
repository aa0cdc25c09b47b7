"""A data package that lacks a column, has it by another name or as another type is told so,
whichever column it is.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import psanalysis as ps
from psanalysis.datapackage.reading import read_table
from psanalysis.datapackage.schema import read_package
from psanalysis.datapackage.shipped import BUNDLED, unread
from psanalysis.datapackage.validation import validate_cells

PACKAGE = read_package(BUNDLED)
COLUMNS = [(table.name, field.name) for table in PACKAGE.resources for field in table.fields]
TYPED = [
    (table.name, field.name)
    for table in PACKAGE.resources
    for field in table.fields
    if field.type != "string"
]
OTHER = {
    "string": "integer",
    "integer": "string",
    "number": "string",
    "year": "string",
    "date": "string",
}


@pytest.fixture
def descriptor(tmp_path: Path) -> Callable[[Callable[[list[dict[str, Any]]], None], str], Path]:
    """`descriptor(edit, table)`: a folder whose descriptor has other fields of a table, and the CSV
    with it.
    """

    def edited(edit: Callable[[list[dict[str, Any]]], None], table: str) -> Path:
        own = json.loads((BUNDLED / "datapackage.json").read_text(encoding="utf-8"))
        resource = next(one for one in own["resources"] if one["name"] == table)
        edit(resource["schema"]["fields"])
        named = {field["name"] for field in resource["schema"]["fields"]}
        keys = resource["schema"].get("primaryKey", [])
        keys = [keys] if isinstance(keys, str) else keys
        resource["schema"]["primaryKey"] = [key for key in keys if key in named] or [
            sorted(named)[0]
        ]
        for one in own["resources"]:
            one["schema"]["foreignKeys"] = []
        (tmp_path / "datapackage.json").write_text(json.dumps(own), encoding="utf-8")
        return tmp_path

    return edited


def told(folder: Path) -> list[tuple[str, str]]:
    faults = list(unread(read_package(folder)))
    assert all(Path(fault.file).name == "datapackage.json" for fault in faults)
    assert all(fault.remedy and "psanalysis reads" in fault.rule for fault in faults)
    with pytest.raises(ps.DataError) as caught:
        ps.load(folder)
    assert {str(fault) for fault in caught.value.faults} == {str(fault) for fault in faults}
    return [(fault.column, fault.value) for fault in faults]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_schema_without_a_column(
    descriptor: Callable[..., Path], table: str, column: str
) -> None:
    folder = descriptor(
        lambda fields: fields.remove(next(f for f in fields if f["name"] == column)), table
    )
    assert told(folder) == [(f"{table}.{column}", "")]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_schema_that_names_a_column_otherwise(
    descriptor: Callable[..., Path], table: str, column: str
) -> None:
    def rename(fields: list[dict[str, Any]]) -> None:
        next(field for field in fields if field["name"] == column)["name"] = f"{column}_old"

    assert told(descriptor(rename, table)) == [(f"{table}.{column}", "")]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_schema_of_another_type(descriptor: Callable[..., Path], table: str, column: str) -> None:
    given = {}

    def turn(fields: list[dict[str, Any]]) -> None:
        field = next(field for field in fields if field["name"] == column)
        given["type"] = field["type"] = OTHER[field["type"]]

    assert told(descriptor(turn, table)) == [(f"{table}.{column}", given["type"])]


def test_a_schema_may_have_more_columns(descriptor: Callable[..., Path]) -> None:
    folder = descriptor(lambda fields: fields.append({"name": "own", "type": "string"}), "plans")
    assert list(unread(read_package(folder))) == []


def bare(descriptor: dict[str, Any]) -> None:
    """Take out of a descriptor all that it may leave unsaid."""
    for resource in descriptor["resources"]:
        for key in ("primaryKey", "foreignKeys"):
            resource["schema"].pop(key, None)
        for field in resource["schema"]["fields"]:
            for key in ("constraints", "labels"):
                field.pop(key, None)


@pytest.mark.parametrize(
    ("table", "column", "cell", "rule"),
    [
        ("plans", "plan_id", "../x", "must match"),
        ("plans", "city_id", "nowhere", "is no area_id of areas.csv"),
        ("statements", "role", "wish", "is not a valid code"),
        ("statements", "comparator", "", "must not be empty"),
        ("units", "factor", "0", "must be more than 0"),
    ],
)
def test_what_is_relied_on_holds_also_where_a_descriptor_does_not_say_it(
    tmp_path: Path, table: str, column: str, cell: str, rule: str
) -> None:
    shutil.copytree(BUNDLED, tmp_path, dirs_exist_ok=True)
    own = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    bare(own)
    (tmp_path / "datapackage.json").write_text(json.dumps(own), encoding="utf-8")
    ds = ps.load(tmp_path)
    assert ds.label("statements", "nature", "binding", "zh") == PACKAGE.label(
        "statements", "nature", "binding", "zh"
    )
    rewritten(table, tmp_path, lambda rows, place: rows[1].__setitem__(place, cell), column)
    with pytest.raises(ps.DataError) as caught:
        ps.load(tmp_path)
    told = next(
        one for one in caught.value.faults if (one.file, one.column) == (f"{table}.csv", column)
    )
    assert (told.file, told.line, told.value) == (f"{table}.csv", 2, cell)
    assert told.rule.startswith(rule)


def rewritten(
    table: str, tmp_path: Path, edit: Callable[[list[list[str]], int], None], column: str
) -> Path:
    """The file of a table, changed in one column."""
    path = tmp_path / PACKAGE.by_name[table].path
    with (BUNDLED / path.name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    edit(rows, rows[0].index(column))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return tmp_path


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_file_without_a_column(tmp_path: Path, table: str, column: str) -> None:
    def without(rows: list[list[str]], place: int) -> None:
        for row in rows:
            del row[place]

    read = read_table(rewritten(table, tmp_path, without, column), PACKAGE.by_name[table])
    assert [(f.file, f.column) for f in read.faults] == [(f"{table}.csv", column)]
    assert all(fault.remedy for fault in read.faults)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_file_that_names_a_column_otherwise(tmp_path: Path, table: str, column: str) -> None:
    def rename(rows: list[list[str]], place: int) -> None:
        rows[0][place] = f"{column}_old"

    read = read_table(rewritten(table, tmp_path, rename, column), PACKAGE.by_name[table])
    assert {f.column for f in read.faults} == {column, f"{column}_old"}
    assert all(fault.remedy for fault in read.faults)


@pytest.mark.parametrize(("table", "column"), TYPED)
def test_a_file_with_words_where_numbers_belong(tmp_path: Path, table: str, column: str) -> None:
    def words(rows: list[list[str]], place: int) -> None:
        for number, row in enumerate(rows[1:]):
            row[place] = f"about {number}"

    read = read_table(rewritten(table, tmp_path, words, column), PACKAGE.by_name[table])
    faults = [*read.faults, *validate_cells(read)]
    assert {fault.column for fault in faults} == {column}
    assert len({fault.line for fault in faults}) == len(read.cells)
    assert all(fault.remedy for fault in faults)


def test_loading_tells_of_such_a_file(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED, tmp_path, dirs_exist_ok=True)
    rewritten(
        "actuals", tmp_path, lambda rows, place: rows[0].__setitem__(place, "amount"), "value"
    )
    with pytest.raises(ps.DataError, match=r"actuals\.csv.*value"):
        ps.load(tmp_path)
