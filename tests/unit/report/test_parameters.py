"""A wrong value of a parameter is named before anything is made."""

from __future__ import annotations

import pytest

from psanalysis.errors import ParameterError
from psanalysis.report import (
    CityComparison,
    CityGap,
    IndicatorProfile,
    Overview,
)


@pytest.mark.parametrize("make", [
    lambda ds: CityGap("atlantis", "zh", ds), lambda ds: CityComparison("magic", "zh", ds=ds),
    lambda ds: IndicatorProfile("luck", "en", ds),
    lambda ds: Overview("fr", ds), lambda ds: CityComparison("health", "zh", ["atlantis"], ds),
])  # fmt: skip
def test_a_wrong_parameter_is_named(ds, make):
    with pytest.raises(ParameterError, match="->"):
        make(ds)
