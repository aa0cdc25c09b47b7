"""Packed tables are what a full reading gives, and count only for the files that they were packed
with.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import psanalysis as ps
from psanalysis.datapackage.dataset import TABLES, data_folder
from psanalysis.datapackage.tables import PACKED, Packer
from psanalysis.report.kinds import data_slice
from psanalysis.site.datafiles import load_with_files

REPORTS = [
    ("00_overview", {}),
    ("01_city_gap", {"plan_id": "panjin-14fyp"}),
    ("03_indicator_profile", {"indicator_id": "life_expectancy"}),
    ("05_service_coverage", {}),
]


@pytest.fixture(scope="module")
def loaded():  # type: ignore[no-untyped-def]
    return load_with_files(data_folder())


@pytest.fixture(scope="module")
def packer(loaded) -> Packer:  # type: ignore[no-untyped-def]
    return _packer(loaded[0])


def _packer(ds: ps.Dataset, **changed: pd.DataFrame) -> Packer:
    return Packer(ds.package, {name: getattr(ds, name) for name in TABLES} | changed)


@pytest.fixture
def given(loaded, packer: Packer, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A folder with a report's files and the packed rows beside them."""

    def made(notebook: str = "01_city_gap", packer: Packer = packer, **parameters: str) -> Path:
        ds, files = loaded
        rows = data_slice(ds, notebook, parameters)
        contents = files.only(ds, rows)
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        for name, content in (contents | {PACKED: packer.packed(rows, contents)}).items():
            (folder / name).write_bytes(content)
        return folder

    return made


def same(first: ps.Dataset, second: ps.Dataset) -> None:
    for name in TABLES:
        assert_frame_equal(getattr(first, name), getattr(second, name), obj=name)
    assert first.content_hash == second.content_hash


@pytest.mark.parametrize(("notebook", "parameters"), REPORTS)
def test_packed_rows_are_what_reading_and_checking_gives(
    given, notebook: str, parameters: dict[str, str]
) -> None:  # type: ignore[no-untyped-def]
    folder = given(notebook, **parameters)
    packed = ps.load(folder)
    (folder / PACKED).unlink()
    same(packed, ps.load(folder))
    assert len(packed.statements) or notebook == "05_service_coverage"


def test_packed_rows_are_used(loaded, given) -> None:  # type: ignore[no-untyped-def]
    ds, _ = loaded
    named = ds.plans.assign(title_en="as packed")
    assert set(
        ps.load(given(packer=_packer(ds, plans=named), plan_id="panjin-14fyp")).plans["title_en"]
    ) == {"as packed"}


def test_an_edited_file_is_read_and_checked(given) -> None:  # type: ignore[no-untyped-def]
    folder = given(plan_id="panjin-14fyp")
    path = folder / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",firm,", ",solid,"), encoding="utf-8")
    with pytest.raises(ps.DataError, match="solid"):
        ps.load(folder)


def test_packed_rows_of_other_data_do_not_count(given, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    other = given(plan_id="yuyao-2023-2027")
    content = (other / PACKED).read_bytes()
    (other / PACKED).unlink()
    folder = given(plan_id="panjin-14fyp")
    (folder / PACKED).write_bytes(content)
    assert "panjin-14fyp" in set(ps.load(folder).statements["plan_id"])


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"x" + content,
    ],
)
def test_a_damaged_file_is_passed_over(given, damage) -> None:  # type: ignore[no-untyped-def]
    folder = given(plan_id="panjin-14fyp")
    path = folder / PACKED
    path.write_bytes(damage(path.read_bytes()))
    spoilt = ps.load(folder)
    path.unlink()
    same(spoilt, ps.load(folder))
