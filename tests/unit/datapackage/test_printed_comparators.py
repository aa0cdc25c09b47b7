"""The comparator of a row against the words in its span and around it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from psanalysis.datapackage.printed_comparators import comparator_in_span, comparator_in_text
from psanalysis.datapackage.printed_figures import figures


@pytest.mark.parametrize(
    ("before", "printed", "after", "comparator", "printed_there"),
    [
        ("每个乡镇至少建设", "1所", "", "ge", True), ("每个乡镇建设", "1所", "", "ge", False),
        ("达到不低于", "98%", "", "eq", False),
        ("达到", "98%", "", "eq", True), ("达到", "98%", "以上", "ge", True),
        ("", "98%以上", "", "ge", True), ("", "1—2所", "", "between", True),
    ],
)  # fmt: skip
def test_comparators_whose_words_stand_around_the_span(
    before: str, printed: str, after: str, comparator: str, printed_there: bool
) -> None:
    row = pd.Series({"value": 98.0, "value_as_written": printed, "comparator": comparator})
    assert comparator_in_text(row, before, after) is printed_there


@pytest.mark.parametrize(
    ("printed", "comparator", "fits"),
    [("98%以上", "ge", True), ("98%以上", "eq", False), ("98%", "ge", True), ("30余人", "gt", True),
        ("30余人", "eq", False), ("2—3名", "between", True)],
)  # fmt: skip
def test_words_of_another_comparator_in_the_span(printed: str, comparator: str, fits: bool) -> None:
    row = SimpleNamespace(comparator=comparator)
    assert comparator_in_span(row, printed, list(figures(printed))) is fits
