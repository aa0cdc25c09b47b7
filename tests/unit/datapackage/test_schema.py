"""datapackage.json: what happens when the one schema is broken itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import psanalysis as ps
from psanalysis.datapackage.schema import read_package

Change = Callable[..., Path]


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in descriptor["resources"] if item["name"] == name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", r"datapackage\.json:1: is not JSON"),
        (b"\n{}x", r"datapackage\.json:2: is not JSON"),
        (b"[]", "the descriptor lacks a part"),
        (b"null", "the descriptor lacks a part"),
        (b"{}", "'resources'.* the descriptor lacks a part"),
        (b'{"resources": ["plans"]}', "the descriptor lacks a part"),
        (
            b'{"resources": [{"name": "plans", "path": "plans.csv", "schema": {"fields": [{"name": "a"}]}}]}',
            "'type'.* the descriptor lacks a part",
        ),
        (
            b'{"resources": [{"name": "plans", "path": "plans.csv", "schema": []}]}',
            "the descriptor lacks a part",
        ),
        (b'{"resources": []}', "resources='plans' is missing"),
        ("{说明}".encode("gb18030"), "is not UTF-8"),
    ],
)
def test_a_broken_descriptor(change: Change, content: bytes, message: str) -> None:
    with pytest.raises(ps.DataError, match=message):
        ps.load(change("datapackage.json", lambda _: content))


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda d: d["resources"].remove(resource(d, "actuals")), "resources='actuals' is missing"),
        (lambda d: d["resources"].append(resource(d, "plans")), "resources='plans' is there more than once"),
        (lambda d: resource(d, "plans")["schema"].update(primaryKey="no_such"), "plans.primaryKey='no_such' is no column of it"),
        (lambda d: resource(d, "plans")["schema"]["foreignKeys"][0]["reference"].update(resource="no_such"),
         "plans.foreignKeys='city_id' refers to no column no_such.area_id"),
        (lambda d: resource(d, "plans")["schema"]["foreignKeys"][0].update(fields=["no_such"]), "plans.foreignKeys='no_such' refers to no column"),
        (lambda d: resource(d, "plans")["schema"]["foreignKeys"][0].update(fields=["city_id", "plan_id"]), "must be one column"),
        (lambda d: resource(d, "plans")["schema"]["fields"][0]["constraints"].update(pattern="("), r"plans\.plan_id\.pattern='\(' is no regular expression"),
        (lambda d: resource(d, "plans")["schema"]["fields"].pop(), r"plans\.csv:1: archive_url='' column is not in datapackage\.json"),
    ],
)  # fmt: skip
def test_a_descriptor_that_contradicts_itself(
    folder: Path, edit: Callable[[dict[str, Any]], None], message: str
) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    edit(descriptor)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(ps.DataError, match=message):
        ps.load(folder)


def test_a_key_of_one_column_may_be_written_as_a_word(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource(descriptor, "plans")["schema"]["primaryKey"] = "plan_id"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert read_package(folder).by_name["plans"].primary_key == ("plan_id",)
    assert len(ps.load(folder).plans) == 6


@pytest.mark.parametrize("place", ["nowhere", "plans.csv", "."])
def test_a_folder_without_data(tmp_path: Path, place: str) -> None:
    (tmp_path / "plans.csv").write_text("plan_id\n")
    with pytest.raises(ps.DataError, match="the data package has no descriptor -> name the folder"):
        ps.load(tmp_path / place)


def test_a_folder_in_place_of_the_descriptor(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").mkdir()
    with pytest.raises(ps.DataError, match="cannot be read: Is a directory"):
        ps.load(tmp_path)


def test_labels_and_fields(ds: ps.Dataset) -> None:
    assert ds.label("statements", "nature", "binding", "zh") == "约束性"
    assert ds.package.by_name["statements"].field("value").type == "number"
    assert ds.package.by_name["plans"].field("plan_id").required
