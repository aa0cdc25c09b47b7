"""The builder's copy of the data: the files as they were loaded, and any rows of them."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis.datapackage.dataset import TABLES, data_folder
from psanalysis.errors import DataError
from psanalysis.site import datafiles
from psanalysis.site.datafiles import DataFiles, load_with_files
from psanalysis.site.model import hash_files


@pytest.fixture(scope="module")
def loaded() -> tuple[ps.Dataset, DataFiles]:
    return load_with_files(data_folder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))


def lines(content: bytes) -> list[bytes]:
    return content.decode().splitlines(keepends=True)


def test_the_copy_is_the_files(loaded: tuple[ps.Dataset, DataFiles], tmp_path: Path) -> None:
    _, files = loaded
    there = {name: (data_folder() / name).read_bytes() for name in files.files}
    assert {name: files.content(name) for name in files.files} == there
    assert files.hash == hash_files(there)
    files.write(tmp_path / "new")
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == there


@given(data=st.data())
def test_any_rows_are_their_lines(
    loaded: tuple[ps.Dataset, DataFiles], data: st.DataObject
) -> None:
    ds, files = loaded
    rows = {}
    for name in TABLES:
        count = len(getattr(ds, name))
        rows[name] = np.array(
            sorted(data.draw(st.sets(st.integers(0, count - 1), max_size=30))) if count else [],
            dtype=np.intp,
        )
    chosen = files.only(ds, rows)
    for resource in ds.package.resources:
        whole = lines(files.content(resource.path))
        wanted = [whole[0], *(whole[row + 1] for row in rows[resource.name])]
        if resource.name == "findings":
            there = set(ds.statements["statement_id"].iloc[rows["statements"]])
            assert list(cells(lines(chosen[resource.path]))) == list(cells(wanted, there))
        else:
            assert lines(chosen[resource.path]) == wanted


def cells(rows: list[str], there: set[str] | None = None) -> Iterator[dict[str, object]]:
    """Rows of the findings; of the statements that they name those that are there."""
    for row in csv.DictReader(io.StringIO("".join(rows), newline="")):
        named = row["statement_ids"].split()
        yield row | {"statement_ids": [one for one in named if there is None or one in there]}


def test_a_last_line_without_an_end_gets_one(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().rstrip(b"\n"))
    ds, files = load_with_files(folder)
    assert not files.content("units.csv").endswith(b"\n")
    every = {name: np.arange(len(getattr(ds, name))) for name in TABLES}
    for resource in ds.package.resources:
        assert files.only(ds, every)[resource.path] == files.content(resource.path) + b"\n"


def test_what_is_loaded_is_what_was_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edited(copy: Path) -> ps.Dataset:
        units = folder / "units.csv"
        units.write_bytes(units.read_bytes().replace("个".encode(), "只".encode(), 1))
        return ps.load(copy)

    monkeypatch.setattr(datafiles, "load", edited)
    ds, files = load_with_files(folder)
    assert "只" not in set(ds.units["name_zh"])
    assert "只" not in files.content("units.csv").decode()
    assert ds.package.path == folder / "datapackage.json"


def test_faults_name_the_files_of_the_package(folder: Path) -> None:
    (folder / "units.csv").unlink()
    (folder / "plans.csv").write_text("no,header\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_with_files(folder)
    assert "units.csv: cannot be read: No such file" in str(raised.value)
    assert "plans.csv:1" in str(raised.value)
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(str(folder / "datapackage.json"))):
        load_with_files(folder)


@pytest.mark.parametrize("path", ["../units.csv", "/etc/passwd", "..", "a\0b", "sub/units.csv"])
def test_nothing_is_copied_from_elsewhere(folder: Path, tmp_path: Path, path: str) -> None:
    descriptor = folder / "datapackage.json"
    descriptor.write_text(
        descriptor.read_text(encoding="utf-8").replace('"units.csv"', json.dumps(path), 1),
        encoding="utf-8",
    )
    (tmp_path / "copies").mkdir()
    with contextlib.suppress(Exception):
        load_with_files(folder, tmp_path / "copies" / "copy")
    assert {path.parent for path in (tmp_path / "copies").rglob("*")} <= {
        tmp_path / "copies",
        tmp_path / "copies" / "copy",
    }
    assert not (tmp_path / "copies" / "units.csv").exists()


def test_what_happens_to_the_files_later_does_not_matter(folder: Path) -> None:
    _, files = load_with_files(folder)
    before = files.content("units.csv")
    (folder / "units.csv").write_bytes(b"")
    shutil.rmtree(folder)
    assert files.content("units.csv") == before


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process's files are POSIX")
def test_a_copy_that_the_system_cuts_short_is_an_error(tmp_path: Path) -> None:
    code = (
        "import os, resource, sys; from pathlib import Path\n"
        "from psanalysis.site.datafiles import load_with_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
        "try: load_with_files(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except OSError as error: print(os.strerror(error.errno))\n"
    )
    words = [sys.executable, "-c", code, str(data_folder()), str(tmp_path / "copy")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
