"""The real data, and the source texts beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

import psanalysis as ps
from machine import SOURCES
from psanalysis.datapackage.source_texts import TextFolders

# What is known of these plans from outside is tested exactly; a plan that somebody adds has to keep
# the general rules.
CURATED = (
    "mianyang-14fyp",
    "panjin-14fyp",
    "jingmen-13fyp",
    "xinyang-2023-2025",
    "yuyao-2023-2027",
    "china-14fyp",
    "beijing-15fyp",
    "nanjing-14fyp",
    "nanjing-15fyp",
    "china-15fyp",
)


@pytest.fixture(scope="session")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="session")
def sources() -> list[Path]:
    return SOURCES


@pytest.fixture(scope="session")
def texts(ds: ps.Dataset, sources: list[Path]) -> dict[str, str]:
    """plan_id to text, for the curated plans that have one, and for added ones whose text is
    there.
    """
    folders = TextFolders(sources)
    found = {plan.plan_id: folders.of(plan) for plan in ds.plans.itertuples()}
    with_text = ds.plans.loc[ds.plans["source_file"].notna(), "plan_id"]
    assert all(found[plan] for plan in with_text if plan in CURATED)
    return {plan: text.content.decode("utf-8") for plan, text in found.items() if text}


@pytest.fixture(scope="session")
def known_plans() -> tuple[str, ...]:
    """The curated plans, those of the nation too, in the order of plans.csv."""
    return CURATED


@pytest.fixture(scope="session")
def curated(ds: ps.Dataset) -> list[str]:
    """The curated plans that were read from end to end."""
    return [
        plan for plan in ds.plans.loc[ds.plans["coverage"] == "full", "plan_id"] if plan in CURATED
    ]
