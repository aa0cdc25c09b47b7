"""The data set that functions share which are called without one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.datapackage.shared import shared
from psanalysis.datapackage.shipped import BUNDLED


def test_it_is_read_anew_when_a_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "data"))
    monkeypatch.setenv("PSANALYSIS_DATA", str(folder))
    first = shared()
    assert shared() is first
    assert first.content_hash == ps.load().content_hash
    areas = folder / "areas.csv"
    areas.write_text(
        areas.read_text(encoding="utf-8").replace("Mianyang", "Mian Yang"), encoding="utf-8"
    )
    assert "Mian Yang" in set(shared().areas["name_en"])


def test_another_folder_is_another_data_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = shared()
    monkeypatch.setenv("PSANALYSIS_DATA", str(shutil.copytree(BUNDLED, tmp_path / "data")))
    assert shared() is not ours
