"""The real data, and the source texts beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

import psanalysis as ps

SOURCES = Path(__file__).parents[2].parent / "shared" / "sources"


@pytest.fixture(scope="session")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="session")
def sources() -> Path:
    assert SOURCES.is_dir(), f"the source texts of the plans are expected in {SOURCES}"
    return SOURCES


@pytest.fixture(scope="session")
def texts(ds: ps.Dataset, sources: Path) -> dict[str, str]:
    """plan_id to text, for the plans that have one."""
    files = ds.plans.dropna(subset=["source_file"]).set_index("plan_id")["source_file"]
    return {plan: (sources / file).read_text(encoding="utf-8") for plan, file in files.items()}
