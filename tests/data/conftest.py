"""The real data, and the source texts beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

import psanalysis as ps
from machine import SOURCES

# What is known of these plans from outside is tested exactly; a plan that somebody adds has to keep the general rules.
CURATED = (
    "mianyang-14fyp",
    "panjin-14fyp",
    "jingmen-13fyp",
    "xinyang-2023-2025",
    "yuyao-2023-2027",
    "china-14fyp",
)


@pytest.fixture(scope="session")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="session")
def sources() -> Path:
    return SOURCES


@pytest.fixture(scope="session")
def texts(ds: ps.Dataset, sources: Path) -> dict[str, str]:
    """plan_id to text, for the curated plans that have one, and for added ones whose text is there."""
    files = ds.plans.dropna(subset=["source_file"]).set_index("plan_id")["source_file"]
    there = {
        plan: sources / file
        for plan, file in files.items()
        if plan in CURATED or (sources / file).is_file()
    }
    return {plan: path.read_text(encoding="utf-8") for plan, path in there.items()}


@pytest.fixture(scope="session")
def known_plans() -> tuple[str, ...]:
    """The curated plans and the national one, in the order of plans.csv."""
    return CURATED


@pytest.fixture(scope="session")
def curated(ds: ps.Dataset) -> list[str]:
    """The curated plans that have a text."""
    return [
        plan for plan in ds.plans.loc[ds.plans["source_file"].notna(), "plan_id"] if plan in CURATED
    ]
