"""Counts of data that lack what the shipped data have; the overview and the notes count the
same.
"""

from __future__ import annotations

from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.curation.notes import notes
from psanalysis.report import DataQuality, FindingsPage, Overview

PLAN = "nanjing-15fyp"


def without(ds: ps.Dataset, what: str) -> ps.Dataset:
    """The shipped data without some statements, and without the findings, which name them."""
    statements = ds.statements
    left = {
        "all": statements["plan_id"].isna(),
        "targets": statements["role"] != "target",
        "baselines": statements["role"] != "baseline",
        "those of a plan": statements["plan_id"] != PLAN,
        "targets of a plan": (statements["plan_id"] != PLAN) | (statements["role"] != "target"),
    }[what]
    return replace(
        ds,
        statements=statements[left].reset_index(drop=True),
        findings=ds.findings.iloc[:0],
    )


@pytest.mark.parametrize(
    "what", ["all", "targets", "baselines", "those of a plan", "targets of a plan"]
)
def test_statements_that_are_not_there_end_no_page(ds: ps.Dataset, what: str) -> None:
    sparse = without(ds, what)
    assert isinstance(notes(sparse), pd.DataFrame)
    for lang in ("zh", "en"):
        overview, quality = Overview(lang, sparse), DataQuality(lang, sparse)
        shown = [overview.title(), overview.plans(), overview.table(), quality.title()]
        shown += [quality.table(), FindingsPage(lang, sparse).title()]
        assert all("nan%" not in part._repr_html_() for part in shown)
        assert overview.chart() is not None
        plt.close("all")
