"""A parameter that a notebook does not have stops the run."""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.report.injected import require_known_parameters

OWN = 'plan_id = "mianyang-14fyp"\nlang: str = "zh"'


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["", OWN],
        ["", OWN, '# Parameters\nlang = "en"\n'],
        ["", OWN, '# Parameters\nlang = "en"\nplan_id = "panjin-14fyp"\n', "page = 1"],
        ["", "# a comment", "other = 1"],
        ["", '# Parameters\nlang = "en"\n'],
        ["", "%magic", "# Parameters\nlang = 1\n"],
    ],
)
def test_known_ones_and_notebooks_without_pass(cells: list[str]) -> None:
    require_known_parameters(cells)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('lan = "en"', r"^lan is not a parameter of this notebook -> use plan_id, lang$"),
        ('lang = "en"\nyeer = 1\nplan = 2', r"^yeer, plan are not parameters"),
    ],
)
def test_unknown_ones_are_named_with_those_that_there_are(given: str, message: str) -> None:
    with pytest.raises(ps.ParameterError, match=message):
        require_known_parameters(["", OWN, f"# Parameters\n{given}\n", "x = 1"])


def test_outside_of_a_notebook_there_is_nothing_to_look_at() -> None:
    require_known_parameters()
