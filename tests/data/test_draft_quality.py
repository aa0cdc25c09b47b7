"""The drafts of the five sources stay as good as the codebook says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.curation.scores import part_of, scores_markdown, with_scores
from psanalysis.datapackage.dataset import data_folder
from psanalysis.draft import evaluate
from psanalysis.draft.evaluate_marked import evaluate_marked

MARKED = Path(__file__).parents[1] / "unit" / "draft" / "marked"
FLOORS = {
    "recall": 0.95,
    "precision": 0.97,
    "value": 0.99,
    "comparator": 0.99,
    "role": 0.98,
    "year": 0.98,
}


@pytest.fixture(scope="module")
def alone(ds: ps.Dataset, curated: list[str]) -> ps.Dataset:
    """The curated plans alone: a plan that is added changes what is known of names, and so the
    figures.
    """
    plans = [*curated, "china-14fyp"]
    return replace(
        ds,
        plans=ds.plans[ds.plans["plan_id"].isin(plans)],
        statements=ds.statements[ds.statements["plan_id"].isin(plans)],
    )


@pytest.fixture(scope="module")
def scores(ds: ps.Dataset, sources: Path) -> pd.DataFrame:
    return evaluate(ds, sources)


@pytest.fixture(scope="module")
def codebook() -> str:
    return (data_folder() / "README.md").read_text(encoding="utf-8")


def test_every_plan_with_a_source_is_scored(scores: pd.DataFrame, curated: list[str]) -> None:
    assert list(scores.index) == [*curated, "all"]


@pytest.mark.parametrize("measure", FLOORS)
def test_quality_does_not_fall(scores: pd.DataFrame, measure: str) -> None:
    assert scores.loc["all", measure] >= FLOORS[measure]


@pytest.mark.parametrize(
    "plan",
    ["mianyang-14fyp", "panjin-14fyp", "jingmen-13fyp", "xinyang-2023-2025", "yuyao-2023-2027"],
)
def test_no_plan_is_left_behind(scores: pd.DataFrame, plan: str) -> None:
    assert scores.loc[plan, "recall"] >= 0.85
    assert scores.loc[plan, "precision"] >= 0.97


def test_the_codebook_prints_these_figures(scores: pd.DataFrame, codebook: str) -> None:
    assert [found["lang"] for found in part_of("draft_quality").finditer(codebook)] == ["zh", "en"]
    for lang in ("zh", "en"):
        assert scores_markdown(scores, lang) in codebook
    assert with_scores(codebook, scores) == codebook, (
        "run psanalysis draft --evaluate --sources DIR --write"
    )


def test_a_changed_figure_is_seen(scores: pd.DataFrame, codebook: str) -> None:
    worse = scores.assign(recall=scores["recall"] - 0.01)
    assert with_scores(codebook, worse) != codebook


@pytest.fixture(scope="module")
def marked(alone: ps.Dataset) -> pd.DataFrame:
    return evaluate_marked(alone, MARKED)


def test_marked_texts_come_in_two_sets(marked: pd.DataFrame) -> None:
    assert list(marked.index) == ["unseen", "worked"]
    assert marked.loc["worked", "texts"] >= 10
    assert marked.loc["unseen", "texts"] >= 2


@pytest.mark.parametrize(("name", "f1", "fields"), [("worked", 0.97, 0.98), ("unseen", 0.90, 0.90)])
def test_other_cities_wordings_are_read(
    marked: pd.DataFrame, name: str, f1: float, fields: float
) -> None:
    assert marked.loc[name, "f1"] >= f1
    for measure in ("value", "comparator", "role", "year", "unit"):
        assert marked.loc[name, measure] >= fields, measure


def test_the_codebook_prints_the_figures_of_marked_texts(
    marked: pd.DataFrame, codebook: str
) -> None:
    assert [found["lang"] for found in part_of("draft_marked").finditer(codebook)] == ["zh", "en"]
    assert with_scores(codebook, marked, "draft_marked") == codebook, (
        "run psanalysis draft --evaluate --marked tests/unit/draft/marked --write"
    )
