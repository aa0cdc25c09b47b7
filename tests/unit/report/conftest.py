"""The curated data, whose measures the tests of a file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import psanalysis as ps
from remembered import remember


@pytest.fixture(scope="module")
def ds(ds: ps.Dataset) -> Iterator[ps.Dataset]:
    with pytest.MonkeyPatch.context() as patch:
        remember(patch, ds)
        yield ds
