"""Frames for charts: of some indicators they say what they say of all; every sign is explained."""

from __future__ import annotations

import pandas as pd
import pytest

from psanalysis.datapackage.identity import shared_indicators
from psanalysis.measures.ambition import ambition
from psanalysis.report.frames import narrowed, signs_note
from psanalysis.tables.marks import SIGNS
from psanalysis.wording import keys, say


def test_narrowing_the_data_changes_no_verdict(ds):
    few = shared_indicators(ds)[:6]
    whole = ambition(narrowed(ds, shared_indicators(ds)))
    part = ambition(narrowed(ds, few))
    pd.testing.assert_frame_equal(
        whole[whole["indicator_id"].isin(few)].reset_index(drop=True), part, check_dtype=False
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sign_in_a_chart_is_explained_below_it(lang):
    note = signs_note(pd.DataFrame({"marks": [" ".join(SIGNS)]}), lang)
    assert all(f"{sign} {say(f'mark.{mark}', lang)}" in note for mark, sign in SIGNS.items())
    assert set(SIGNS) == set(keys("mark")) - {"list"}
    assert signs_note(pd.DataFrame({"marks": [None, ""]}), lang) == ""
