"""The curated data, whose measures all these tests share, and files of made-up actual values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.datapackage.remembered import remembering


@pytest.fixture(scope="session")
def ds(ds: ps.Dataset) -> ps.Dataset:
    return remembering(ds)


@pytest.fixture
def made_up(ds: ps.Dataset, tmp_path: Path) -> Callable[..., Path]:
    """A file of actual values: area, indicator, year, value and comparator of each row."""

    def write(*rows: tuple[str, str, int, float, str]) -> Path:
        path = tmp_path / "mine.csv"
        lines = [
            f"{area},{indicator},{year},{value},,{sign},percent,,a bureau,a "
            f"yearbook,{year + 1},,,final,original,,"
            for area, indicator, year, value, sign in rows
        ]
        path.write_text("\n".join([",".join(ds.actuals.columns), *lines, ""]), encoding="utf-8")
        return path

    return write
