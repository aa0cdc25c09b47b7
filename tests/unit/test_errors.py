"""Errors: one tree, faults sorted by place and told once, parameters with their valid values."""

from __future__ import annotations

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import errors
from psanalysis.errors import (
    CatalogError,
    DataError,
    Fault,
    FaultsError,
    choose,
    system_words,
    with_remedy,
)


def test_one_tree() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    ]
    assert all(issubclass(kind, ps.PsanalysisError) for kind in kinds)
    assert issubclass(DataError, FaultsError)
    assert not issubclass(ps.PsanalysisError, ValueError)


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (
            Fault("a.csv", 3, "value", "abc", "must be a number", "write digits"),
            "a.csv:3: value='abc' must be a number -> write digits",
        ),
        (
            Fault("a.csv", 3, "value", "", "must not be empty"),
            "a.csv:3: value='' must not be empty",
        ),
        (Fault("a.csv", 3, "", "", "has 4 cells"), "a.csv:3: has 4 cells"),
        (Fault("a.csv", 1, "", "x,y", "is out of order"), "a.csv:1: 'x,y' is out of order"),
        (Fault("a.csv", 0, "", "", "cannot be read"), "a.csv: cannot be read"),
    ],
)
def test_a_fault_in_words(fault: Fault, text: str) -> None:
    assert str(fault) == text


def test_faults_are_sorted_by_place_and_told_once() -> None:
    first, second, third = (
        Fault("a.csv", 2, "x", "1", "r"),
        Fault("a.csv", 10, "x", "1", "r"),
        Fault("b.csv", 1, "x", "1", "r"),
    )
    error = DataError([third, second, first, second])
    assert error.faults == (first, second, third)
    assert str(error).split("\n") == ["data package: 3 faults", *map(str, (first, second, third))]
    assert str(CatalogError([first])).startswith("report catalogue: 1 fault\n")


def test_very_many_faults_are_cut_but_kept() -> None:
    error = DataError(Fault("a.csv", line, "x", "1", "r") for line in range(205))
    lines = str(error).split("\n")
    assert (lines[0], len(lines), lines[-1]) == (
        "data package: 205 faults",
        202,
        "... and 5 more faults",
    )
    assert len(error.faults) == 205
    assert "more faults" not in str(
        DataError(Fault("a.csv", line, "x", "1", "r") for line in range(200))
    )


def test_a_missing_value_is_no_choice() -> None:
    with pytest.raises(ps.ParameterError, match=r"^plan=<NA> is not valid"):
        choose("plan", pd.NA, ["a"])


def test_choose() -> None:
    choose("lang", "zh", ("zh", "en"))
    with pytest.raises(
        ps.ParameterError, match=r"^lang='de' is not valid -> choose one of 'zh', 'en'$"
    ):
        choose("lang", "de", ("zh", "en"))
    with pytest.raises(ps.ParameterError, match="plan=None"):
        choose("plan", None, iter(["a"]))


@pytest.mark.parametrize(
    ("value", "listed"),
    [
        ("nursing_bed_shar", "15, such as 'nursing_bed_share', 'nursing_beds'"),
        ("code_3", "15, such as 'code_3x', 'code_9x', 'code_8x'"),
        ("zzz", "15, such as 'code_0x', 'code_1x', 'code_2x'"),
        (3, "15, such as 'code_0x', 'code_1x', 'code_2x'"),
    ],
)
def test_of_very_many_the_closest_are_named(value: object, listed: str) -> None:
    codes = [*(f"code_{number}x" for number in range(13)), "nursing_bed_share", "nursing_beds"]
    with pytest.raises(ps.ParameterError) as caught:
        choose("indicator", value, codes)
    assert str(caught.value) == f"indicator={value!r} is not valid -> choose one of {listed}"


def test_a_dozen_is_listed_whole() -> None:
    codes = [f"c{number}" for number in range(13)]
    with pytest.raises(ps.ParameterError, match=r"choose one of 'c0', 'c1', .*'c11'$"):
        choose("plan", "x", codes[:12])
    with pytest.raises(ps.ParameterError, match=r"choose one of 13, such as 'c0', 'c1', 'c2'$"):
        choose("plan", "x", codes)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device", "x"), "No space left on device"),
        (OSError("AF_UNIX path too long"), "AF_UNIX path too long"),
    ],
)
def test_an_error_of_the_system_has_words(error: OSError, words: str) -> None:
    assert system_words(error) == words


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            OSError(28, "No space left on device", "a.csv"),
            "a.csv: No space left on device -> make room",
        ),
        (
            PermissionError(13, "Permission denied", "a.csv"),
            "a.csv: Permission denied -> check the permissions, or choose another place",
        ),
        (
            OSError("AF_UNIX path too long"),
            "AF_UNIX path too long -> try again, or choose another place",
        ),
    ],
)
def test_an_error_of_the_system_has_a_remedy(error: OSError, line: str) -> None:
    assert with_remedy(error) == line
