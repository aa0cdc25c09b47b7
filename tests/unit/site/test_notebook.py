"""Notebooks as the site reads them: whatever the file holds, a page that is always the same, or one
sentence.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from psanalysis.errors import ParameterError
from psanalysis.site.notebook import read_notebook


def cell(**changed: Any) -> dict[str, Any]:
    known = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": []}
    return {**known, **changed}


PARAMETERS = cell(id="p", metadata={"tags": ["parameters"]}, source='lang = "zh"')


def read(folder: Path, *cells: Any) -> Any:
    path = folder / "01.ipynb"
    path.write_text(json.dumps({"cells": list(cells), "nbformat": 4}), encoding="utf-8")
    return read_notebook(path)


@pytest.mark.parametrize(
    "odd",
    [
        cell(metadata=None),
        cell(metadata={"tags": None}),
        cell(source=["a = 1\n", "b = 2"]),
        cell(id=None),
        cell(id=""),
        cell(id="p"),
        cell(id="not an id"),
        {"cell_type": "markdown", "source": "# x"},
    ],
)
def test_what_other_programs_leave_out_is_no_fault(tmp_path: Path, odd: dict[str, Any]) -> None:
    cells = json.loads(read(tmp_path, PARAMETERS, odd).source)["cells"]
    ids = [one["id"] for one in cells]
    assert len(set(ids)) == 2
    assert all(ids)
    assert read(tmp_path, PARAMETERS, odd).source == read(tmp_path, PARAMETERS, odd).source


@pytest.mark.parametrize(
    "odd",
    [3, None, [], "x", {}, cell(source=None), cell(source=[1]), cell(source={1: 2}),
        cell(cell_type="x"), cell(cell_type=None),
     cell(metadata=[1]), cell(metadata={"tags": [1]}), cell(metadata={"tags": 3})],
)  # fmt: skip
def test_what_is_no_cell_is_one_sentence(tmp_path: Path, odd: Any) -> None:
    with pytest.raises(ParameterError, match="is not a notebook of format 4"):
        read(tmp_path, PARAMETERS, odd)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "3",
        '{"cells": 3}',
        '{"cells": {}}',
        "[" * 100_000,
        '{"cells": ' * 20_000,
        "\x00",
    ],
)
def test_what_is_no_notebook_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "01.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"is not a notebook of format 4|has 0 cells tagged"):
        read_notebook(tmp_path / "01.ipynb")


def test_half_a_character_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="half of a character"):
        read(tmp_path, PARAMETERS, cell(source="x = '\ud800'"))


@pytest.mark.parametrize(
    "source",
    ["a = {1, 2}", "a = b'x'", "a = 1j", "a = (1, 2)", "a = ...", "a = [{1}]", "a = {1: 2}",
        f"a = {'9' * 5000}",
     f"a = {'9' * 40}", "a = 1e999", f"a = {'[' * 5000}{']' * 5000}", f"a = {'-' * 100_000}1",
     "a = '\x00'"],
)  # fmt: skip
def test_parameters_are_what_json_can_hold(tmp_path: Path, source: str) -> None:
    with pytest.raises(ParameterError, match="parameters cell: ") as raised:
        read(tmp_path, cell(metadata={"tags": ["parameters"]}, source=source))
    assert len(str(raised.value)) < 400


def write(path: Path, *cells: tuple[str, list[str]]) -> Path:
    made = [
        {
            "cell_type": "code",
            "id": str(i),
            "metadata": {"tags": tags},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for i, (source, tags) in enumerate(cells)
    ]
    path.write_text(
        json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        encoding="utf-8",
    )
    return path


def test_parameters_of_a_notebook(tmp_path: Path) -> None:
    source = (
        '# comment\nplan_id = "a"  # which\nlang: str = "zh"\nplans = []\nyear = 2025\nrate = '
        "-1.5\nfull = False"
    )
    read = read_notebook(write(tmp_path / "n.ipynb", (source, ["parameters"])))
    assert read.parameters == {
        "plan_id": "a",
        "lang": "zh",
        "plans": [],
        "year": 2025,
        "rate": -1.5,
        "full": False,
    }
    assert read.required() == ["plan_id", "lang", "year", "rate", "full"]
    assert read.fault("year", "2025") == "must be a whole number, like 2025"
    assert read.fault("year", True) == "must be a whole number, like 2025"
    assert read.fault("rate", 2) == ""


@pytest.mark.parametrize("source", ["import os", "a = b", "a = f(1)", "a, b = 1, 2", "a ="])
def test_parameters_must_be_plain_values(tmp_path: Path, source: str) -> None:
    with pytest.raises(ParameterError, match="parameters cell"):
        read_notebook(write(tmp_path / "n.ipynb", (source, ["parameters"])))


def test_a_notebook_without_parameters_cell(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="0 cells tagged"):
        read_notebook(write(tmp_path / "n.ipynb", ("a = 1", [])))
