"""Drafts are scored row by row against what was curated."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.draft import evaluate
from psanalysis.draft.evaluate import match
from psanalysis.errors import ParameterError


def test_rows_are_matched_one_to_one_by_overlap() -> None:
    curated = pd.DataFrame(
        {
            "char_start": [5, 5, 40],
            "char_end": [9, 9, 44],
            "value": ["3", "4", "9"],
            "role": "target",
        }
    )
    own = pd.DataFrame(
        {
            "char_start": [4, 6, 60],
            "char_end": [8, 9, 64],
            "value": ["4", "3", "9"],
            "role": "target",
        }
    )
    assert [(a["value"], b["value"]) for a, b in match(curated, own)] == [("3", "3"), ("4", "4")]


def test_scoring_needs_source_texts(ds: ps.Dataset, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="source texts"):
        evaluate(ds, tmp_path)
