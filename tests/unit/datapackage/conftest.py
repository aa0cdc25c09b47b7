"""Copies of the real data, each broken by one change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.datapackage.dataset import data_folder


@pytest.fixture(scope="session")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real data."""
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))


@pytest.fixture
def change(folder: Path) -> Callable[..., Path]:
    """`change(file, old, new)` replaces the first occurrence, `change(file, function)` rewrites the
    bytes; gives the folder.
    """

    def edit(file: str, old: str | Callable[[bytes], bytes], new: str = "") -> Path:
        path = folder / file
        content = path.read_bytes()
        if isinstance(old, str):
            assert old.encode() in content, f"{old!r} is not in {file}"
            path.write_bytes(content.replace(old.encode(), new.encode(), 1))
        else:
            path.write_bytes(old(content))
        return folder

    return edit


Places = list[tuple[str, int, str, str, str]]


@pytest.fixture
def faults() -> Callable[[Path], Places]:
    """File, line, column, value and rule of everything that is wrong with a folder."""

    def found(folder: Path) -> Places:
        with pytest.raises(ps.DataError) as caught:
            ps.load(folder)
        assert all(fault.remedy for fault in caught.value.faults)
        return [(f.file, f.line, f.column, f.value, f.rule) for f in caught.value.faults]

    return found


@pytest.fixture
def line_of(folder: Path) -> Callable[[str, str], int]:
    """`line_of(file, text)`: the first line of a file of the folder that starts with a text."""

    def found(file: str, text: str) -> int:
        lines = (folder / file).read_text(encoding="utf-8").split("\n")
        return 1 + next(
            number for number, line in enumerate(lines) if line.startswith(text.rstrip("\n"))
        )

    return found
