"""ps.load: types, the hash, and where the data comes from."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage import parsing
from psanalysis.datapackage.dataset import TABLES, data_folder

Change = Callable[..., Path]
TYPES = {
    "string": "str",
    "number": "float64",
    "integer": "Int64",
    "year": "Int64",
    "date": "datetime64[us]",
}


def test_every_column_has_the_type_of_the_schema(ds: ps.Dataset) -> None:
    assert set(TABLES) == set(ds.package.by_name)
    for name in TABLES:
        frame = getattr(ds, name)
        fields = ds.package.by_name[name].fields
        assert list(frame.columns) == [field.name for field in fields]
        assert {c: str(t) for c, t in frame.dtypes.items()} == {
            field.name: TYPES[field.type] for field in fields
        }
        assert frame.index.tolist() == list(range(len(frame)))


def test_what_is_not_stated_is_missing(ds: ps.Dataset) -> None:
    for name in TABLES:
        assert not (getattr(ds, name).select_dtypes("str") == "").any(axis=None)
    assert ds.statements["value_high"].isna().any()
    assert ds.areas.set_index("area_id")["parent_id"].isna()["china"]


def test_values_are_those_of_the_file(ds: ps.Dataset) -> None:
    cells = pd.read_csv(data_folder() / "statements.csv", dtype="str", keep_default_na=False)
    assert ds.statements["value"].fillna(-1).tolist() == [
        float(value or -1) for value in cells["value"]
    ]
    assert ds.statements["year"].fillna(-1).tolist() == [
        int(value or -1) for value in cells["year"]
    ]
    assert ds.statements["value_as_written"].tolist() == cells["value_as_written"].tolist()
    assert ds.plans["issued_on"].dt.strftime("%Y-%m-%d").tolist()[0] == "2022-02-23"


def test_the_hash_follows_the_content(folder: Path, ds: ps.Dataset, change: Change) -> None:
    assert ps.load(folder).content_hash == ds.content_hash
    assert (
        ps.load(change("pledges.csv", "everyone eligible", "all who are eligible")).content_hash
        != ds.content_hash
    )


def test_the_hash_follows_the_schema(change: Change, ds: ps.Dataset) -> None:
    assert ps.load(change("datapackage.json", lambda b: b + b"\n")).content_hash != ds.content_hash


def test_blocks_of_any_size_give_the_same(
    monkeypatch: pytest.MonkeyPatch, folder: Path, ds: ps.Dataset
) -> None:
    monkeypatch.setattr(parsing, "BLOCK_BYTES", 4096)
    pd.testing.assert_frame_equal(ps.load(folder).statements, ds.statements)


@pytest.mark.parametrize(
    "edit",
    [
        lambda b: b.replace(b"\n", b"\r\n"),
        lambda b: b.rstrip(b"\n"),
        lambda b: b.replace(b"plan_id", b'"plan_id"', 1),
    ],
)
def test_a_file_that_is_looked_at_line_by_line_gives_the_same(
    change: Change, folder: Path, ds: ps.Dataset, edit: Callable[[bytes], bytes]
) -> None:
    for name in TABLES:
        change(f"{name}.csv", edit)
    again = ps.load(folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(ds, name), obj=name)


def test_sound_data_are_loaded_without_what_explains_faults(folder: Path) -> None:
    code = (
        "import sys, psanalysis as ps; ps.load(sys.argv[1]); print(sorted({'pandera', "
        "'hypothesis'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"


def test_the_environment_may_name_the_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PSANALYSIS_DATA", str(folder))
    assert data_folder() == folder
    (folder / "units.csv").unlink()
    with pytest.raises(ps.DataError, match=r"units\.csv: cannot be read"):
        ps.load()


def test_paths_may_be_strings(folder: Path) -> None:
    assert len(ps.load(str(folder)).plans) >= 6


def test_data_of_an_earlier_schema_are_a_fault_that_names_the_column(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ps.load().package.path.parent, folder)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    statements = next(one for one in descriptor["resources"] if one["name"] == "statements")
    fields = statements["schema"]["fields"]
    statements["schema"]["fields"] = [one for one in fields if one["name"] != "unit_source"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    rows = pd.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
    rows.drop(columns="unit_source").to_csv(folder / "statements.csv", index=False)
    with pytest.raises(ps.DataError, match=r"statements has no column unit_source.*add it"):
        ps.load(folder)
